"""An invitation as a text: whatever mail programs and telephones do to it, it is whole or refused,
never another."""

import random
from collections.abc import Callable
from datetime import datetime

import pytest
from gallery.invitation import invitation
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.reports.invitation_sheet import InvitationSheet, draw
from desktop.reports.page.qr import level_of, squares_of
from desktop.tasks.enrol import read_invitation
from desktop.tasks.invitation import BEGIN, END, as_file, as_text, in_lines, looks_like_text

INVITATION = invitation()
TEXT = as_text(INVITATION)


def quoted_twice(text: str) -> str:
    return "\r\n".join(f"> > {line}" for line in in_lines(text).split("\n"))


def quoted_printable(text: str) -> str:
    return "=\r\n".join(text[start:start + 75] for start in range(0, len(text), 75))


MANGLED: dict[str, Callable[[str], str]] = {
    "one line": str, "lines": in_lines, "quoted": quoted_twice,
    "quoted-printable": quoted_printable,
    "small letters": str.lower, "spaces": " ".join,
    "a space before the colon": lambda text: text.replace(":", "\u202f: "),
    "hyphens of a mail program": lambda text: text[:100] + "\u00ad-\n" + text[100:],
    "no-break spaces": lambda text: "\u00a0".join(text[start:start + 9]
                                                  for start in range(0, len(text), 9)),
    "cut in the first mark": lambda text: text[:4] + "\n" + text[4:],
    "a letter around it": lambda text: f"Bonjour Lou,\nvoici (7 jours) "
                                       f":\n\n{in_lines(text)}\n\nCamille, 03 27 00 00 00",
    "a page of the web": lambda text: f"<pre>{in_lines(text)}</pre>",
    "a byte order mark": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("way", MANGLED)
def test_it_arrives_whole(way: str) -> None:
    arrived = MANGLED[way](TEXT)
    assert as_file(arrived.encode()) == INVITATION and looks_like_text(arrived)
    assert read_invitation(arrived.encode()) == read_invitation(INVITATION)


def test_a_file_is_taken_as_it_is() -> None:
    assert (as_file(INVITATION) == INVITATION
            and as_file(b"\xef\xbb\xbf" + INVITATION)[3:] == INVITATION)
    assert not looks_like_text("/home/zoé/invitation.carnet") and not looks_like_text("carnet")


@pytest.mark.parametrize("cut",
                         [TEXT[:-1], TEXT[:-7], TEXT[:200], TEXT[:40] + TEXT[60:], TEXT[9:],
                          BEGIN + END,
                          f"{BEGIN}AA{END}"])
def test_what_is_missing_is_told(cut: str) -> None:
    with pytest.raises(AppError) as caught:
        read_invitation(cut.encode())
    assert caught.value.hint and ("coupée" in caught.value.message
                                  or "pas une invitation" in caught.value.message)


@pytest.mark.parametrize(("given", "words"), [
    (b"", "pas une invitation"), (b"Bonjour", "pas une invitation"),
    (b"\x00\xff" * 999, "pas une invitation"),
    (TEXT.replace("CARNET1", "CARNET2").encode(), "plus récent"),
    (b'{"carnet": "invitation"}', "abîmé"), (b"{", "abîmé"),
])
def test_anything_else_is_refused(given: bytes, words: str) -> None:
    with pytest.raises(AppError, match=words) as caught:
        read_invitation(given)
    assert caught.value.hint


def test_an_old_one_is_refused_in_either_form() -> None:
    old = invitation(days=-1)
    for form in (old, as_text(old).encode()):
        with pytest.raises(AppError, match="sept jours"):
            read_invitation(form)


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("ABCXYZ234567:>é0 "))
def test_one_letter_wrong_is_never_another_invitation(at: int, letter: str) -> None:
    try:
        found = as_file((TEXT[:at] + letter + TEXT[at + 1:]).encode())
    except AppError:
        return
    assert found == INVITATION


@given(st.binary(max_size=400))
def test_noise_is_refused(noise: bytes) -> None:
    for form in (noise,
                 f"{BEGIN}{TEXT[8:60]}{noise.hex().upper().translate(str.maketrans('0189', 'GHIJ'))}{END}".encode()):
        if noise.lstrip().startswith(b"{"):
            continue
        with pytest.raises(AppError):
            as_file(form)


def test_the_square_is_small_and_a_long_one_is_not_drawn() -> None:
    rows = squares_of(TEXT)
    assert rows is not None and len(rows) == len(rows[0]) <= 69 and level_of(TEXT) == "M"
    assert rows[0][:7] == [True] * 7 and rows[1][:7] == [True] + [False] * 5 + [
        True], "the mark of its corner"
    noise = random.Random(1)
    authority = "".join(
        noise.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", k=900))
    assert level_of(as_text(invitation(authority))) == "L"
    longer = as_text(
        invitation(
            authority + "".join(noise.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=1500))))
    assert squares_of(longer) is None and as_file(longer.encode())
    until = datetime.now().date()
    for text in (TEXT, longer):
        assert draw(InvitationSheet("Essai", "Membre", text, until, until)).startswith(b"%PDF-")
