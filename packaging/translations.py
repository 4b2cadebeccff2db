"""Gathers the French catalogues of the rooms into one, and checks that none is missing a sentence
of the code.

`python packaging/translations.py` compiles; `--missing` lists the sentences of the code that no
catalogue has.
"""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations" / "fr"
COMPILED = FOLDER / "LC_MESSAGES" / "carnet.mo"


# A space of any kind before ; : ! ? or » that ends a word, and after «: all of them become U+202F.
_SPACED = re.compile('[ \u00a0\u202f](?=[;:!?»](?![^\\s".,)]))|(?<=«)[ \u00a0\u202f]')


def typography(text: str) -> str:
    """A French sentence with a narrow no-break space before ; : ! ? and », and after «."""
    return _SPACED.sub("\u202f", text)


def gather() -> Catalog:
    """All entries of the room catalogues, their typography made one."""
    # The compiled file is kept in the tree: its dates stand still, so that equal words give equal
    # bytes.
    still = datetime(2026, 1, 1, tzinfo=UTC)
    whole = Catalog(locale="fr", domain="carnet", charset="utf-8", creation_date=still,
                    revision_date=still)
    # The rule that the entries are written for: Babel's own has a third form for millions since
    # 2.19.
    whole.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n > 1);")]
    for file in sorted(FOLDER.glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="fr"):
                if message.id and message.string:
                    french = message.string
                    whole.add(message.id, typography(french) if isinstance(french, str)
                              else tuple(map(typography, french)), flags=message.flags)
    return whole


def compile_catalogue() -> bytes:
    """The bytes of the compiled catalogue."""
    import io

    out = io.BytesIO()
    write_mo(out, gather())
    return out.getvalue()


def sentences_of_the_code() -> dict[object, str]:
    """Every sentence marked for translation, and the file where it stands."""
    found: dict[object, str] = {}
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    for name, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / "desktop"), [("**.py", "python")], keywords=keywords):
        found[message] = name
    # Labels of record fields are marked by their place.
    sys.path.insert(0, str(ROOT))
    from desktop.models import RECORDS, fields_of

    for cls in RECORDS.values():
        for field in fields_of(cls):
            found.setdefault(field.label, f"models: {cls.__name__}.{field.name}")
    return found


def missing() -> list[str]:
    """Sentences without French."""
    have = {message.id for message in gather() if message.id}
    return [f"{where}: {message}"
            for message, where in sorted(sentences_of_the_code().items(), key=str)
            if message not in have]


if __name__ == "__main__":
    if "--missing" in sys.argv:
        print("\n".join(missing()))
    else:
        COMPILED.parent.mkdir(parents=True, exist_ok=True)
        COMPILED.write_bytes(compile_catalogue())
