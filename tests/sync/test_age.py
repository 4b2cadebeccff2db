"""Sealed and opened block by block, a large content is what stock age makes of it, and what is
spoilt is refused as ever."""

import os

import pyrage
import pytest

from desktop.sync.packages.age import LARGE, decrypt, encrypt

OURS, ANOTHERS = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()


@pytest.mark.parametrize("size", [0, 10, LARGE - 1, LARGE, 5_000_000])
def test_both_ways_say_the_same(size: int) -> None:
    data = os.urandom(size)
    sealed = encrypt(data, [ANOTHERS.to_public(), OURS.to_public()])
    assert pyrage.decrypt(sealed, [OURS]) == data
    assert decrypt(pyrage.encrypt(data, [OURS.to_public()]), [ANOTHERS, OURS]) == data


@pytest.mark.parametrize("size", [10, 5_000_000])
@pytest.mark.parametrize("spoilt",
                         ["cut by one", "cut in the middle", "cut in the header",
                          "a bit in the middle", "the last bit",
                          "longer", "of another", "rubbish"])
def test_what_is_spoilt_opens_nothing(size: int, spoilt: str) -> None:
    sealed = bytearray(encrypt(os.urandom(size), [OURS.to_public()]))
    half = len(sealed) // 2
    match spoilt:
        case "cut by one":
            del sealed[-1:]
        case "cut in the middle":
            del sealed[half:]
        case "cut in the header":
            del sealed[90:]
        case "a bit in the middle":
            sealed[half] ^= 4
        case "the last bit":
            sealed[-1] ^= 1
        case "longer":
            sealed += b"x"
        case "rubbish":
            sealed[:] = os.urandom(len(sealed))
    with pytest.raises(pyrage.DecryptError):
        decrypt(bytes(sealed), [ANOTHERS if spoilt == "of another" else OURS])
