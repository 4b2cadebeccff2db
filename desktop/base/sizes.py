"""How large a file or a place is, as it is said."""

from desktop.base.i18n import _, language


def size_in_words(size: int) -> str:
    """"120 ko", "3,4 Mo", "12,5 Go"."""
    if size < 1_000_000:
        return _("{count} kB").format(count=max(1, round(size / 1000)))
    large = size >= 1_000_000_000
    figures = f"{size / (1_000_000_000 if large else 1_000_000):.1f}"
    return (_("{count} GB") if large else _("{count} MB")).format(
        count=figures.replace(".", ",") if language() == "fr" else figures)
