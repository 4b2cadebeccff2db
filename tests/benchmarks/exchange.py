"""A large collective: sealing it, a new device that reads it all, then searching, opening and
printing on that one."""

import random
import statistics
import uuid
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.base.paths import Home
from desktop.models.meetings import AgendaItem
from desktop.models.record import RECORDS
from desktop.queries.today import today_of
from desktop.reports import REPORTS
from desktop.sample import fill
from desktop.sync.merging.sealing import seal_pending
from desktop.sync.rounds.engine import Round, run_round
from desktop.sync.trust import state
from desktop.tasks import enrol, profiles, shared_folder
from desktop.vault import Cost, Vault
from desktop.vault.search.index import search
from tests.benchmarks.measure import RUNS, median, peak_mib, quantile, say, seconds

PASSPHRASE = "cerisier bleu du jardin"
TODAY = date(2026, 11, 22)
WORDS = ("logement", "entretien", "atelier", "discrimination emploi", "accueil gui", "quartier",
         "formation jeunes",
         "réunion", "plainte", "zygomatique", "école", "sante", "transport bus", "maison", "stage")


def _filled(folder: Path, count: int) -> tuple[Vault, int]:
    share = folder / "share"
    share.mkdir()
    vault, _code = profiles.create_collective(
        Home(folder / "founder"), PASSPHRASE, preset="maubeuge-val-de-sambre", name="Mesures",
        person="Camille LEROY", store=share.as_uri(), cost=Cost.TEST)
    # The first world brings more than each of the next.
    first, more = _trial(folder, 1), _trial(folder, 3)
    fill(vault, scale=2 + (count - first) * 2 // (more - first), today=TODAY)
    return vault, vault.ask(records_of)


def _trial(folder: Path, scale: int) -> int:
    vault, _code = Vault.create(Home(folder / f"trial{scale}"), PASSPHRASE, cost=Cost.TEST)
    made = sum(fill(vault, scale=scale, today=TODAY).values())
    vault.close()
    return made


def records_of(session: Session) -> int:
    return sum(session.scalar(select(func.count()).select_from(cls)) or 0
               for cls in RECORDS.values())


def _seal(vault: Vault) -> None:
    roster = vault.ask(state.roster_in_force)
    device = sshsig.public_key(vault.identity.signing_key).hex()
    rates = []
    sealed = 1
    while sealed:
        def once() -> None:
            nonlocal sealed
            sealed = vault.do(seal_pending, vault.identity, roster, device)
        taken = seconds(once)
        if sealed:
            rates.append(sealed / taken)
    say("seal", statistics.median(rates), "records/s", packages=len(rates))


def _joined(founder: Vault, folder: Path, number: int) -> Vault:
    vault, _code, words = profiles.join(Home(folder / f"joined{number}"), PASSPHRASE,
                                        enrol.invite(founder, ["coordination"]), f"Jo {number}",
                                        Cost.TEST)
    storage = shared_folder.open_store(founder, None)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)
    return vault


def measure(folder: Path, count: int) -> None:
    """Says the figures of a collective of at least `count` records."""
    founder, records = _filled(folder, count)
    _seal(founder)
    run_round(founder, shared_folder.open_store(founder, None))
    joined = [_joined(founder, folder, number) for number in range(RUNS)]
    rounds: list[Round] = []
    taken = median(
        [lambda vault=vault: rounds.append(run_round(vault, shared_folder.open_store(vault, None)))
         for vault in joined])
    say("fresh_device", records / taken, "records/s", records=records, applied=rounds[0].applied,
        seconds=round(taken, 2), refused=len(rounds[0].refused), peak_mib=round(peak_mib()))
    founder.close()
    for vault in joined[1:]:
        vault.close()
    _search(joined[0], records)
    _print(joined[0])
    _open(joined[0], records)
    joined[0].close()


def _search(vault: Vault, records: int) -> None:
    rng = random.Random(3)
    wanted = [rng.choice(WORDS) for _number in range(150)]
    times = [1000 * seconds(lambda words=words: vault.ask(search, words)) for words in wanted]
    say("search_median", statistics.median(times), "ms", records=records)
    say("search_p95", quantile(times, 0.95), "ms", records=records)


def _print(vault: Vault) -> None:
    def fullest(session: Session) -> uuid.UUID:
        return session.scalars(select(AgendaItem.meeting_id).group_by(AgendaItem.meeting_id)
                               .order_by(func.count().desc()).limit(1)).one()

    meeting = vault.ask(fullest)
    for kind in ("attendance_sheet", "minutes"):
        report = REPORTS[kind]
        pages = report.draw(vault.ask(report.query, meeting, TODAY)).count(b"/Type /Page\n")
        taken = median([lambda report=report: report.draw(vault.ask(report.query, meeting, TODAY))]
                       * RUNS)
        say(f"pdf_page_{kind}", 1000 * taken / max(1, pages), "ms", pages=pages)


def _open(vault: Vault, records: int) -> None:
    key = vault.data_key

    def once() -> None:
        vault.unlock_with_key(key)
        vault.ask(today_of, TODAY, vault.identity.person_id)

    times = []
    for _number in range(RUNS):
        vault.close()
        times.append(1000 * seconds(once))
    say("unlock_and_first_screen", statistics.median(times), "ms", records=records)
