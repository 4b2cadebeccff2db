"""A release that is kept: read as it was written, in the language of its day."""

import pytest

from desktop.base.i18n import set_language
from desktop.commands.releases import keep_release
from desktop.models.releases import Release
from desktop.privacy.disclosure.release import decode, encode
from desktop.tasks.publish import preview
from desktop.vault import Vault
from tests.tasks.test_publish import TODAY, _made, filled

__all__ = ["filled"]


def test_a_release_reads_as_it_was_written(filled: Vault) -> None:
    made = _made(filled, "2025", [])
    assert decode(encode(made)) == made and decode(encode(made)).sha256 == made.sha256
    for wrong in (
        "",
        "{}",
        '{"form": "carnet release 2"}',
        "[]",
        encode(made).replace('"k":5', '"c":5'),
    ):
        with pytest.raises(ValueError):
            decode(wrong)


def test_a_publication_speaks_the_language_of_its_day(filled: Vault) -> None:
    filled.do(keep_release, _made(filled, "2025-S1", []))
    set_language("en")
    seen = preview(filled, "2025-S1", "partenaires", TODAY).publication
    assert seen.tables[0].title == "Signalements par domaine"
    assert filled.ask(lambda session: session.query(Release).count()) == 1
