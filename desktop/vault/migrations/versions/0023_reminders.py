"""reminders: each one is a record, with who sent it

The day on which an accord was last reminded of becomes a reminder. Its id and stamps are made of
the validation's, so that every computer makes the same row.
"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0020'
branch_labels = None
depends_on = None

_REFERENCE = sa.LargeBinary(length=16)
_FIELDS = (('action_id', _REFERENCE), ('party', sa.Text()), ('organisation_id', _REFERENCE),
           ('on', sa.Text()), ('how', sa.Text()), ('about', sa.Text()), ('action_ids', sa.Text()),
           ('remark', sa.Text()))
_COMMON = (('id', _REFERENCE, False), ('channel', sa.Text(), False),
           ('deleted', sa.Boolean(), True), ('deleted_stamp', _REFERENCE, True),
           ('created_by_id', _REFERENCE, True), ('created_by_id_stamp', _REFERENCE, True))


def upgrade() -> None:
    op.create_table(
        'reminder',
        *(sa.Column(name, kind, nullable=True) for name, kind in _FIELDS),
        *(sa.Column(f'{name}_stamp', _REFERENCE, nullable=True) for name, _kind in _FIELDS),
        *(sa.Column(name, kind, nullable=nullable) for name, kind, nullable in _COMMON),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')))
    op.create_index('ix_reminder_action_id', 'reminder', ['action_id'], unique=False)
    op.create_index('ix_reminder_organisation_id', 'reminder', ['organisation_id'], unique=False)
    op.create_index('ix_reminder_deleted', 'reminder', ['id'], unique=False,
                    sqlite_where=sa.text('deleted IS 1'))
    _carry_days(op.get_bind())
    for name in ('reminded_on', 'reminded_on_stamp'):
        op.execute(f'ALTER TABLE "validation" DROP COLUMN "{name}"')


def _carry_days(connection: sa.Connection) -> None:
    rows = connection.exec_driver_sql(
        "SELECT id, channel, action_id, party, reminded_on, reminded_on_stamp FROM validation "
        "WHERE reminded_on IS NOT NULL AND reminded_on_stamp IS NOT NULL AND deleted IS NOT 1")
    for validation_id, channel, action_id, party, day, stamp in rows.fetchall():
        connection.exec_driver_sql(
            'INSERT INTO reminder (id, channel, action_id, action_id_stamp, party, party_stamp, '
            '"on", on_stamp) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            (_reminder_id(validation_id), channel, action_id, stamp, party, stamp, day, stamp))


def _reminder_id(validation_id: bytes) -> bytes:
    """Return an id made of the validation's; it bears the mark of the same channel, where that has
    one."""
    made = uuid.uuid5(uuid.UUID(bytes=validation_id), "reminder").bytes
    if validation_id[6] >> 4 != 8:
        return made
    return made[:6] + bytes([made[6] & 0x0F | 0x80]) + made[7:-4] + validation_id[-4:]
