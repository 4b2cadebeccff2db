"""Find structured identities: addresses of mail and web, handles, telephones, social security,
bank, plates, file numbers.

A span blocks only if its own check is right (key of a social security number, of an IBAN, a
telephone number that can exist) or if it can be nothing else (a mail address). `phonenumbers` and
`stdnum` are imported at the first candidate: they cost 100 ms that a text without numbers does not
pay.
"""

from collections.abc import Iterator

from desktop.privacy.detect.numbers.contacts import find_handles, find_links, find_mails
from desktop.privacy.detect.numbers.files import find_files, find_plates
from desktop.privacy.detect.numbers.papers import find_banks, find_socials
from desktop.privacy.detect.numbers.phones import find_phones, find_spelt_phones
from desktop.privacy.detect.spans import Span

__all__ = ["find_files", "find_numbers"]


def find_numbers(text: str) -> Iterator[Span]:
    """Find structured identities; where two overlap the first is right."""
    folded_has_digit = any(sign.isdigit() for sign in text)
    yield from find_mails(text)
    yield from find_links(text)
    if folded_has_digit:
        yield from find_banks(text)
        yield from find_socials(text)
    yield from find_phones(text, folded_has_digit)
    yield from find_spelt_phones(text)
    yield from find_handles(text)
    if folded_has_digit:
        yield from find_plates(text)
