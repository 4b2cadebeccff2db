"""Makes the fonts of the documents: Noto Sans, joined by the letters of Noto Sans Arabic and Hebrew
and the signs of Noto Emoji.

    pip install fonttools && python packaging/fonts.py FOLDER

FOLDER holds NotoSans-*.ttf, NotoSansArabic-*.ttf, NotoSansHebrew-*.ttf and NotoEmoji-Regular.ttf,
as the Noto project gives them. One file a style, since what breaks lines and measures words then
knows one font. What shapes letters is left out:
`desktop/reports/scripts.py` writes Arabic with the forms that Unicode has for each place in a word.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

STYLES = {"Regular": "Regular", "Bold": "Bold", "Italic": "Regular", "BoldItalic": "Bold"}
"""Of Noto Sans, and of the scripts that have no italic."""
LAYOUT = ["GSUB", "GPOS", "GDEF", "STAT", "DSIG"]
TO = Path(__file__).parent.parent / "resources" / "fonts"


def cut(file: Path, without: set[int], folder: Path) -> Path:
    """The font with the characters that are not in `without`, on the same grid as Noto Sans,
    without hints."""
    font = TTFont(file)
    options = Options(layout_features=[], hinting=False, glyph_names=False, notdef_outline=True)
    options.drop_tables += LAYOUT
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(font.getBestCmap()) - without)
    subsetter.subset(font)
    scale_upem(font, 1000)
    made = folder / file.name
    font.save(made)
    return made


def main() -> None:
    """fonts.py FOLDER"""
    source = Path(sys.argv[1])
    for style, upright in STYLES.items():
        with tempfile.TemporaryDirectory() as folder:
            base = TTFont(source / f"NotoSans-{style}.ttf")
            for table in LAYOUT:
                if table in base:
                    del base[table]
            base["post"].formatType = 3
            plain = Path(folder) / "base.ttf"
            base.save(plain)
            known, parts = set(base.getBestCmap()), [plain]
            for other in (f"NotoSansArabic-{upright}.ttf", f"NotoSansHebrew-{upright}.ttf",
                          "NotoEmoji-Regular.ttf"):
                parts.append(cut(source / other, known, Path(folder)))
                known |= set(TTFont(parts[-1]).getBestCmap())
            font = Merger().merge([str(part) for part in parts])
        # The lines of the documents stay as high as they were.
        for table, fields in (("hhea", ("ascent", "descent", "lineGap")),
                              ("OS/2", ("sTypoAscender", "sTypoDescender", "sTypoLineGap",
                                        "usWinAscent", "usWinDescent"))):
            for field in fields:
                setattr(font[table], field, getattr(base[table], field))
        font["post"].formatType = 3
        font.save(TO / f"NotoSans-{style}.ttf")


if __name__ == "__main__":
    main()
