"""« Pas un nom »: remembered as salted hashes, asked once."""

from desktop.privacy.detect import find_identities
from desktop.privacy.detect.dismissed import asking, hash_of, new_salt


def test_a_dismissed_word_is_not_asked_again_in_any_case_or_accent() -> None:
    salt = new_salt()
    asked = asking({hash_of("Élodie", salt)}, salt)
    assert find_identities("Mme Élodie est venue.") != []
    assert find_identities("Mme Élodie est venue.", asked) == []
    assert find_identities("mme elodie est venue.", asked) == []


def test_a_number_is_never_dismissed() -> None:
    salt = new_salt()
    asked = asking({hash_of("06 12 34 56 78", salt)}, salt)
    assert len(find_identities("appeler le 06 12 34 56 78", asked)) == 1


def test_a_hash_says_nothing_without_its_salt() -> None:
    assert hash_of("Rose", new_salt()) != hash_of("Rose", new_salt())
