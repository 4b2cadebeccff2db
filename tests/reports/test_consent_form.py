"""The consent form is empty but for where it goes: no code, no month, nothing of the case; one
page, whatever the name."""

from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.commands.records import add_record, delete_record
from desktop.commands.referrals import open_referral
from desktop.privacy.case_codes import shown_case_code
from desktop.queries.documents.consent import consent_form_of
from desktop.queries.referrals import referrals_of
from desktop.reports import consent_form
from desktop.vault import Vault
from tests.day import TODAY
from tests.reports import papers


@pytest.mark.parametrize("name",
                         ["CPAM du Hainaut", "", "Caisse primaire d’assurance maladie " * 6])
def test_the_form_says_where_it_goes_and_nothing_of_the_case(vault: Vault, tmp_path: Path,
                                                             name: str) -> None:
    place = vault.do(add_record, "organisation", {"name": name}) if name else None
    made = vault.do(open_referral, {"kind": "acces_aux_droits", "outcome": "Une issue", **(
        {"organisation_id": str(place)} if place else {})})
    path = papers.written(tmp_path, consent_form.draw(vault.ask(consent_form_of, made, TODAY)))
    text = " ".join(papers.text_of(path).split())
    (row,) = vault.ask(referrals_of)
    code = shown_case_code(row.case_code)
    for secret in (code, row.case_code, *code.split("-"), row.opened_month, "Une issue"):
        assert secret not in text
    assert (name[:30].strip() in text and "Numéro de sécurité sociale" in text
            and "Date et signature" in text)
    assert papers.pages_of(path) == 1
    fonts = papers.run("pdffonts", path).splitlines()[2:]
    assert fonts and all("yes yes" in " ".join(line.split()) for line in fonts)


def test_a_referral_that_is_gone_has_no_form(vault: Vault) -> None:
    made = vault.do(open_referral, {"kind": "ccas"})
    vault.do(delete_record, made)
    with pytest.raises(AppError):
        vault.ask(consent_form_of, made, TODAY)
