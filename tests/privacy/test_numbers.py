"""Structured identities: every way of writing them, and whether they bar the text from leaving."""

import pytest

from desktop.privacy.detect import BLOCK, GENERALISE, find_identities


def found(text: str) -> list[tuple[str, str, str]]:
    return [(span.text, span.category, span.severity) for span in find_identities(text)]


@pytest.mark.parametrize(
    "number",
    [
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06/12/34/56/78",
        "0612345678",
        "0612 345 678",
        "06123 45678",
        "+33 (0)6 12 34 56 78",
        "0033 6 12 34 56 78",
        "O6 12 34 56 78",
        "(06) 12 34 56 78",
        "0 6 1 2 3 4 5 6 7 8",
        "+32 475 12 34 56",
        "0475/12.34.56",
        "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
        "zero six 12 trente quatre 56 78",
    ],
)
def test_a_telephone_bars_the_text_however_it_is_written(number: str) -> None:
    assert found(f"appeler le {number}, merci") == [(number, "phone", BLOCK)]


@pytest.mark.parametrize(
    "text",
    [
        "appeler le 39 28",
        "le 3928",
        "le 115 et le 17",
        "au 0 800 840 800",
        "loyer de 607,75 euros, 20000 euros de dette",
        "les 13 400 habitants",
        "article L1132-1 et 225-1",
        "ouvert 24/24, 7/7",
        "à 14h30, 12 personnes, salle 3",
    ],
)
def test_public_numbers_and_quantities_are_no_identity(text: str) -> None:
    assert found(text) == []


def test_half_a_telephone_is_asked_about() -> None:
    assert found("tel 06 12 34 xx xx") == [("06 12 34 xx xx", "phone", GENERALISE)]


@pytest.mark.parametrize(
    "mail",
    [
        "lea.dupont@exemple.fr",
        "lea.dupont @ exemple.fr",
        "lea.dupont(at)exemple.fr",
        "lea point dupont arobase exemple point fr",
        "a point dupont arobase exemple point fr",
        "LEA@EXEMPLE.FR",
        "lea_d [at] exemple [dot] org",
    ],
)
def test_a_mail_address_bars_the_text_told_or_written(mail: str) -> None:
    assert found(f"écrire : {mail}") == [(mail, "email", BLOCK)]


def test_the_key_of_a_social_security_number_decides() -> None:
    assert found("sécu 2 85 05 59 392 025 67")[-1][2] == GENERALISE
    value = int("2850559392025")
    right = f"2 85 05 59 392 025 {97 - value % 97:02}"
    assert found(f"NIR : {right}") == [(right, "nir", BLOCK)]
    corsican = int("2850519392025")
    right = f"2 85 05 2A 392 025 {97 - corsican % 97:02}"
    assert found(f"NIR : {right}") == [(right, "nir", BLOCK)]


def test_the_key_of_an_account_decides() -> None:
    assert found("compte FR76 3000 6000 0112 3456 7890 189 ouvert") == [
        ("FR76 3000 6000 0112 3456 7890 189", "iban", BLOCK)
    ]
    assert found("fr7630006000011234567890189") == [("fr7630006000011234567890189", "iban", BLOCK)]
    assert found("FR76 3000 6000 0112 3456 7890 188")[0][1:] == ("iban", GENERALISE)
    assert found("RIB 30002 00550 0000157845Z 02") == [
        ("30002 00550 0000157845Z 02", "iban", BLOCK)
    ]
    assert found("RIB : 30006 00001 12345678901 89") == [
        ("30006 00001 12345678901 89", "iban", BLOCK)
    ]


@pytest.mark.parametrize(
    "plate",
    ["AB-123-CD", "AB 123 CD", "AB123CD", "fg 456 hj", "4521 TZ 59", "123 ABC 59", "1-ABC-234"],
)
def test_plates_new_old_and_belgian(plate: str) -> None:
    assert found(f"la voiture {plate} garée là") == [(plate, "plate", GENERALISE)]


@pytest.mark.parametrize("text", ["de 300 km", "les 120 de la classe", "un 200 au", "et 150 ha"])
def test_small_words_around_a_number_are_no_plate(text: str) -> None:
    assert [kind for _words, kind, _severity in found(text) if kind == "plate"] == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("dossier n° 2024/00345", "2024/00345"),
        ("numéro allocataire 1234567", "1234567"),
        ("n° d'allocataire 1234567 A", "1234567 A"),
        ("n° étranger 9903012345", "9903012345"),
        ("INE 1234567890K", "1234567890K"),
        ("passeport 18AB45678", "18AB45678"),
        ("réf. VAL-2024-118", "VAL-2024-118"),
        ("plainte n° 01234/2024/005678", "01234/2024/005678"),
        ("le 48213 du fichier", "48213"),
    ],
)
def test_numbers_of_files_and_any_long_number(text: str, number: str) -> None:
    assert (number, "file_number", GENERALISE) in found(text)


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("@momo_59600 a posté", "@momo_59600"),
        ("snap : yaya.zz", "yaya.zz"),
        ("son insta c'est lea.dbs59", "lea.dbs59"),
        ("discord raven#4521", "raven#4521"),
        ("pseudo darkblade_77", "darkblade_77"),
    ],
)
def test_accounts(text: str, handle: str) -> None:
    assert (handle, "handle", GENERALISE) in found(text)


def test_links() -> None:
    assert found("voir https://exemple.org/page?id=4.") == [
        ("https://exemple.org/page?id=4", "url", GENERALISE)
    ]
    assert found("profil facebook.com/jean.dupont.59")[-1][:2] == (
        "facebook.com/jean.dupont.59",
        "url",
    )
