"""The wording that may stand in for an identity fits what is around it."""

import pytest

from desktop.privacy.detect import find_identities


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Mme Durand est venue.", "une femme"),
        ("M. Yılmaz refuse.", "un homme"),
        ("Le Dr Haddad refuse.", "un médecin"),
        ("Sa mère Fatou attend.", "une mère"),
        ("Son fils Karim attend.", "un enfant"),
        ("Le patron, Marcus Horvath, rit.", "l'employeur"),
        ("Fatoumata est arrivée en retard.", "une femme"),
    ],
)
def test_a_name_becomes_a_role(text: str, first: str) -> None:
    (span,) = find_identities(text)
    assert span.suggestions[0] == first


def test_a_wording_takes_the_civility_in() -> None:
    (span,) = find_identities("Reçu Mme Durand ce jour.")
    text = "Reçu Mme Durand ce jour."
    assert text[: span.replace_from] + span.suggestions[0] + text[span.end :] == (
        "Reçu une femme ce jour."
    )


def test_every_category_has_a_wording() -> None:
    text = (
        "Mme Durand 06 12 34 56 78 a@exemple.fr AB-123-CD dossier n° 2024/00345, 14 rue des "
        "Lilas, le 12 mars 2024, née le 3 mars 1990, "
        "@momo_59, l'association Les Colombes, la maire de Feignies. Caissière, 34 ans, "
        "Hautmont. www.exemple.fr"
    )
    spans = find_identities(text)
    assert {span.category for span in spans} >= {
        "name",
        "phone",
        "email",
        "plate",
        "file_number",
        "address",
        "date",
        "birthdate",
        "handle",
        "organisation",
        "unique_role",
        "age_trade_place",
        "url",
    }
    assert all(span.suggestions and span.reason for span in spans)
