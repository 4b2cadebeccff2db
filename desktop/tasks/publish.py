"""Publishing figures: made and attacked, kept for good, then written; a preview keeps and writes
nothing."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.base.dates.french import long_date
from desktop.base.errors import AppError, StoppedError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _, language
from desktop.base.log import log
from desktop.commands.journal import append
from desktop.commands.releases import keep_release
from desktop.exchange.publication.files import files_of
from desktop.models.states import JournalWhat
from desktop.privacy.disclosure.admission import Barred, Past, bar
from desktop.privacy.disclosure.periods import quarters_of
from desktop.privacy.disclosure.release import FrozenRelease
from desktop.privacy.disclosure.rules import THRESHOLDS
from desktop.queries.counted_records import counted_records
from desktop.queries.documents.publication import Publication, publication_of
from desktop.queries.releases import (
    frozen_releases,
    release_of,
    unreadable_releases,
)
from desktop.queries.releases_words import publisher_of, words_of_release
from desktop.sync.trust import state
from desktop.tasks.shared_folder import open_store
from desktop.vault import Vault

Progress = Callable[[str], None]
EXPORTS = "exports"
"""The folder of the shared folder where publications lie, for all to read."""


def _quiet(_text: str) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A publication that may be made, or was. `kept`: it was published before, and is read
    again."""

    publication: Publication
    kept: bool
    shared: str = ""
    """Where the shared folder has it; empty where there is none, or it could not be reached."""


def check_period(period: str, audience: str) -> None:
    """AppError where this is no period or no audience."""
    try:
        quarters_of(period)
    except ValueError as error:
        raise AppError(
            _("{period} is no period.").format(period=period[:20]),
            _(
                "Write a year (2026), a half-year (2026-S1), a quarter (2026-T3) or two years "
                "(2025-2026)."
            ),
            field="period",
        ) from error
    if audience not in THRESHOLDS:
        raise AppError(
            _("There is no audience called {name}.").format(name=audience[:20]),
            _("Choose one of: {kinds}.").format(kinds=", ".join(THRESHOLDS)),
            field="audience",
        )


def preview(
    vault: Vault,
    period: str,
    audience: str,
    today: date,
    *,
    progress: Progress = _quiet,
    stopping: Callable[[], bool] = lambda: False,
) -> Preview:
    """Return what a publication would show, attacked as it will be; nothing is kept or written.

    A period that was published is read again as it was. AppError for what is refused, with what
    would
    be allowed; StoppedError when `stopping` says so.
    """
    check_period(period, audience)
    kept = vault.ask(release_of, period, audience)
    if kept is not None:
        return Preview(publication=publication_of(kept), kept=True)
    return Preview(
        publication=publication_of(_prepared(vault, period, audience, today, progress, stopping)),
        kept=False,
    )


def publish(
    vault: Vault,
    period: str,
    audience: str,
    out: Path,
    today: date,
    *,
    parquet: bool = False,
    to: str = "",
    progress: Progress = _quiet,
    stopping: Callable[[], bool] = lambda: False,
) -> Preview:
    """Publish a period for an audience: keep the release for good, and write its files into `out`.

    The files are written beside `out` first and moved there once the release is kept, so that
    nothing
    leaves that the vault does not know. `to`: the address of a database that gets the tables too.
    AppError, StoppedError as `preview`.
    """
    _check_folder(out)
    found = preview(vault, period, audience, today, progress=progress, stopping=stopping)
    files = written(vault, found.publication, parquet=parquet, progress=progress)
    with _folder_beside(out) as folder:
        _write(folder, files)
        if stopping():
            raise StoppedError(_("Stopped; nothing was published."))
        if not found.kept:
            vault.do(keep_release, found.publication.release)
        _move(folder, out)
        vault.do(append, JournalWhat.PUBLISHED, "release", how=audience)
    if to:
        from desktop.exchange.publication.warehouse import load

        progress(_("The tables go into the database."))
        load(found.publication, to)
    return replace(found, shared=share(vault, found.publication, files, progress=progress))


def share(
    vault: Vault, publication: Publication, files: dict[str, bytes], *, progress: Progress = _quiet
) -> str:
    """Put the files of a publication under `exports/` of the shared folder; its name there.

    Empty where no folder is known or it cannot be reached: published again, the same bytes go
    there.
    """
    if vault.ask(state.store_url) is None:
        return ""
    release = publication.release
    folder = f"{EXPORTS}/{release.window}-{release.audience}"
    try:
        storage = open_store(vault, None)
        for name, data in sorted(files.items()):
            progress(_("To the shared folder: {file}").format(file=name))
            storage.put(f"{folder}/{name}", data)
    except AppError as error:
        log.warning("a publication was not put into the shared folder: %s", error.message)
        return ""
    return folder


def written(
    vault: Vault, publication: Publication, *, parquet: bool = False, progress: Progress = _quiet
) -> dict[str, bytes]:
    """Every file of a publication: path -> bytes."""
    from desktop.reports.observatory import draw

    publisher, territory = vault.ask(publisher_of)
    files = files_of(
        publication,
        publisher,
        territory,
        parquet=parquet,
        progress=lambda name: progress(_("Writing {file}").format(file=name)),
    )
    files["rapport.pdf"] = draw(publication, publisher, territory)
    return files


def _prepared(
    vault: Vault,
    period: str,
    audience: str,
    today: date,
    progress: Progress,
    stopping: Callable[[], bool],
) -> FrozenRelease:
    if vault.ask(unreadable_releases):
        raise AppError(
            _(
                "An earlier publication cannot be read here: it was altered, or made by a newer "
                "Carnet."
            ),
            _("Install the newer version; else ask the coordination."),
        )
    past, _fallen = vault.ask(frozen_releases)
    barred = bar(period, audience, [Past(r.window, r.audience, r.made_on) for r in past], today)
    if barred is not None:
        raise AppError(*_barred(barred, period))
    records = vault.ask(counted_records)
    words = vault.ask(words_of_release, language())
    told = set[str]()

    def step(name: str) -> None:
        if stopping():
            raise StoppedError(_("Stopped; nothing was published."))
        if name in records and name not in told:
            told.add(name)
            progress(
                _("Attacked: {done} of {all} sets of figures").format(
                    done=len(told), all=len(records)
                )
            )

    progress(_("The protected cells are being attacked."))
    # Here, and not above: numpy and HiGHS are loaded for whoever publishes, for nobody else.
    from desktop.privacy.disclosure.making import prepare

    made = prepare(
        period, audience, past, records, today, language=language(), words=words, progress=step
    )
    if not isinstance(made, FrozenRelease):
        raise AppError(*_refused(made.reason, period, audience))
    return made


def _day(iso: str) -> str:
    return long_date(date.fromisoformat(iso), weekday=False)


def _barred(barred: Barred, period: str) -> tuple[str, str]:
    """Return a refusal in words, and what would be allowed."""
    other = _("{period} may be published.").format(period=barred.allowed) if barred.allowed else ""
    match barred.reason:
        case "open":
            return (
                _("{period} is still open: what comes late counts until {day}.").format(
                    period=period, day=_day(barred.on)
                ),
                other or _("It may be published from {day} on.").format(day=_day(barred.on)),
            )
        case "clock":
            return (
                _("The clock of this computer is before the last publication, of {day}.").format(
                    day=_day(barred.on)
                ),
                _("Set the clock right, then publish."),
            )
        case "within":
            return (
                _("{period} lies in {other}, which is published already.").format(
                    period=period, other=barred.other
                ),
                _("Publish periods before the longer one that holds them."),
            )
        case "across":
            return (
                _("{period} overlaps {other}, which is published already.").format(
                    period=period, other=barred.other
                ),
                _("Choose a period that lies in it or holds it whole."),
            )
        case _reason:
            return _("Partners are shown years, not pairs of them."), other


def _refused(reason: str, period: str, audience: str) -> tuple[str, str]:
    longer = (
        _("Choose a longer period.")
        if len(quarters_of(period)) < 4 or audience == "public"
        else _("Wait for the next period: what was collected stays, and counts then.")
    )
    match reason:
        case "too-few":
            return (
                _(
                    "{period} holds too few reports for this audience: even their number is "
                    "protected."
                ).format(period=period),
                longer,
            )
        case "too-wide":
            return _("These tables are too large to be attacked: they cannot be proved safe."), _(
                "Choose a shorter period."
            )
        case _reason:
            return _("Nothing of {period} can be shown without telling too much.").format(
                period=period
            ), longer


# Files


def _check_folder(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise AppError(
            _("{path} is not an empty folder.").format(path=out),
            _("Choose a new folder."),
            field="out",
        )


class _folder_beside:  # noqa: N801 - used as a function.
    """A folder for files that are not published yet; taken away where they are not."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def __enter__(self) -> Path:
        try:
            self._out.parent.mkdir(parents=True, exist_ok=True)
            self._made = Path(tempfile.mkdtemp(prefix=".carnet-", dir=self._out.parent))
        except OSError as error:
            raise disk_error(error, self._out) from error
        return self._made

    def __exit__(self, *_error: object) -> None:
        shutil.rmtree(self._made, ignore_errors=True)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise disk_error(error, path) from error


def _move(folder: Path, out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path in sorted(folder.iterdir()):
            path.replace(out / path.name)
    except OSError as error:
        raise disk_error(error, out) from error
