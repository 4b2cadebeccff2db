"""internships: words of a list, days, and the applications one by one

The totals of each search (sent, refused, without an answer, found) become applications to nobody in
particular. Their ids and stamps are made of the search's, so that every computer makes the same
rows of the same search.
"""

import re
import unicodedata
import uuid
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

ADDED: dict[str, dict[str, Any]] = {
    "internship_offer": {
        "starts_on": sa.Text(), "ends_on": sa.Text(), "taken": sa.Integer(),
        "accessible": sa.Boolean(), "contact": sa.Text(),
        "commune": sa.Text(), "zone": sa.Text(), "description": sa.Text(), "closed": sa.Boolean()},
    "internship_request": {
        "starts_on": sa.Text(), "ends_on": sa.Text(), "zone": sa.Text(), "lives_in_qpv": sa.Text(),
        "school_type": sa.Text()},
}
GONE = {"internship_offer": ("period",),
        "internship_request": ("neighbourhood", "sent", "refused", "no_answer", "found")}

LEVELS = {
    "3e": "troisieme", "3eme": "troisieme", "troisieme": "troisieme", "2de": "seconde",
    "2nde": "seconde", "seconde": "seconde",
    "cap": "cap", "bac professionnel": "bac_pro", "bac pro": "bac_pro", "bts": "bts_but",
    "but": "bts_but", "dut": "bts_but",
    "licence": "superieur", "master": "superieur"}
SECTORS = (
    ("accueil", "accueil"), ("secretariat", "accueil"), ("bureau", "accueil"),
    ("animation", "animation"), ("sport", "animation"),
    ("batiment", "batiment"), ("travaux", "batiment"), ("coiffure", "beaute"),
    ("esthetique", "beaute"), ("commerce", "commerce"),
    ("vente", "commerce"), ("communication", "communication"), ("journal", "communication"),
    ("mediatheque", "culture"),
    ("media", "communication"),
    ("bibliotheque", "culture"), ("culture", "culture"), ("creche", "enfance"),
    ("enfance", "enfance"), ("ecole", "enfance"),
    ("espaces verts", "environnement"), ("environnement", "environnement"),
    ("cuisine", "hotellerie"),
    ("restauration", "hotellerie"), ("hotel", "hotellerie"), ("industrie", "industrie"),
    ("maintenance", "industrie"),
    ("mecanique", "industrie"), ("informatique", "informatique"), ("numerique", "informatique"),
    ("justice", "justice"),
    ("droit", "justice"), ("securite", "justice"), ("sante", "sante"), ("soin", "sante"),
    ("soign", "sante"),
    ("hopital", "sante"),
    ("social", "social"), ("aide", "social"), ("transport", "transport"),
    ("logistique", "transport"))
PERIOD = re.compile(
    r"\s*(?:du\s+)?(\d{1,2})/(\d{1,2})/(\d{4})\s+(?:au|-)\s+(\d{1,2})/(\d{1,2})/(\d{4})\s*")


def upgrade() -> None:
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
        for name in columns:
            op.add_column(table,
                          sa.Column(f"{name}_stamp", sa.LargeBinary(length=16), nullable=True))
    op.create_table('internship_application',
    sa.Column('request_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('offer_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('organisation_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('month', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('request_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('offer_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('organisation_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('month_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('answer_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('deleted', sa.Boolean(), nullable=True),
    sa.Column('deleted_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('created_by_id_stamp', sa.LargeBinary(length=16), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_internship_application'))
    )
    with op.batch_alter_table('internship_application', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_internship_application_offer_id'), ['offer_id'],
                              unique=False)
        batch_op.create_index(batch_op.f('ix_internship_application_request_id'), ['request_id'],
                              unique=False)
        batch_op.create_index('ix_internship_application_deleted', ['id'], unique=False,
                              sqlite_where=sa.text('deleted IS 1'))
    connection = op.get_bind()
    _carry_offers(connection)
    _carry_searches(connection)
    for table, names in GONE.items():
        for name in (*names, *(f"{name}_stamp" for name in names)):
            op.execute(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')


def _carry_offers(connection: sa.Connection) -> None:
    """Free words become those of the lists, a period its days; what is not understood goes into
    what is done there."""
    for record_id, domain, level, period, domain_stamp, level_stamp, period_stamp in connection.exec_driver_sql(
            "SELECT id, domain, level, period, domain_stamp, level_stamp, period_stamp FROM "
            "internship_offer").fetchall():
        code, degree, days = _sector(domain), LEVELS.get(_folded(level)), _days(period)
        left = [(domain, domain_stamp) if domain else None,
                (level, level_stamp) if level and degree is None else None,
                (period, period_stamp) if period and days is None else None]
        kept = [one for one in left if one is not None]
        stamps = [stamp for _text, stamp in kept if stamp is not None]
        connection.exec_driver_sql(
            "UPDATE internship_offer SET domain = ?, level = ?, starts_on = ?, ends_on = ?, "
            "starts_on_stamp = ?, ends_on_stamp = ?, description = ?, description_stamp = ? WHERE "
            "id = ?",
            (code, degree, *(days or (None, None)), *([period_stamp if days else None] * 2),
             ", ".join(text for text, _stamp in kept) or None, max(stamps, default=None),
             record_id))


def _carry_searches(connection: sa.Connection) -> None:
    for row in connection.exec_driver_sql(
            "SELECT id, channel, domain, level, month, neighbourhood, neighbourhood_stamp, sent, "
            "refused, no_answer, found, sent_stamp, refused_stamp, no_answer_stamp, found_stamp, "
            "created_by_id, created_by_id_stamp FROM internship_request").mappings().fetchall():
        connection.exec_driver_sql(
            "UPDATE internship_request SET domain = ?, level = ?, lives_in_qpv = ?, "
            "lives_in_qpv_stamp = ? WHERE id = ?",
            (_sector(row["domain"]), LEVELS.get(_folded(row["level"])),
             "oui" if row["neighbourhood"] else None,
             row["neighbourhood_stamp"] if row["neighbourhood"] else None, row["id"]))
        _carry_totals(connection, row)


def _carry_totals(connection: sa.Connection, row: Any) -> None:
    """Make the applications that the totals of a search count."""
    stamps = [stamp for name in ("sent", "refused", "no_answer", "found")
              if (stamp := row[f"{name}_stamp"]) is not None]
    if not stamps:
        return
    stamp, refused, silent = max(stamps), max(0, row["refused"] or 0), max(0, row["no_answer"] or 0)
    found = 1 if row["found"] else 0
    waiting = max(0, (row["sent"] or 0) - refused - silent - found)
    answers = (["acceptee"] * found + ["refusee"] * refused + ["sans_reponse"] * silent
               + ["attente"]
               * waiting)
    month = (row["month"]
             or f"{datetime.fromtimestamp(int.from_bytes(stamp[:6], 'big') / 1000, UTC):%Y-%m}")
    for number, answer in enumerate(answers):
        made = uuid.uuid5(uuid.UUID(bytes=row["id"]), f"application {number}").bytes
        connection.exec_driver_sql(
            "INSERT INTO internship_application (id, channel, request_id, month, answer, "
            "request_id_stamp, month_stamp, answer_stamp, created_by_id, created_by_id_stamp) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (made, row["channel"], row["id"], month, answer, stamp, stamp, stamp,
             row["created_by_id"],
             row["created_by_id_stamp"]))
        if row["created_by_id"] is not None:
            # The author of what names nobody is known where it was written alone: from there it is
            # sent.
            connection.exec_driver_sql("INSERT INTO pending (kind, record_id, low) VALUES "
                                       "('internship_application', ?, ?)",
                                       (made, stamp))


def _sector(text: str | None) -> str | None:
    words = _folded(text)
    if not words:
        return None
    return next((code for word, code in SECTORS if word in words), "autre")


def _days(period: str | None) -> tuple[str, str] | None:
    match = PERIOD.fullmatch(period or "")
    if match is None:
        return None
    day, month, year, last_day, last_month, last_year = map(int, match.groups())
    try:
        days = datetime(year, month, day).date(), datetime(last_year, last_month, last_day).date()
    except ValueError:
        return None
    return (days[0].isoformat(), days[1].isoformat()) if days[0] <= days[1] else None


def _folded(text: str | None) -> str:
    plain = unicodedata.normalize("NFD", (text or "").casefold())
    return " ".join("".join(c for c in plain if unicodedata.category(c) != "Mn").split())
