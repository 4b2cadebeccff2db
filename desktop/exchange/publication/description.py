"""What says what the tables are: Data Package v2, DCAT, a certificate, a page to read first."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from desktop.base.i18n import words_in
from desktop.exchange.publication.csv_files import columns_of
from desktop.privacy.disclosure.periods import first_day, last_day
from desktop.privacy.disclosure.release import FrozenRelease
from desktop.privacy.disclosure.rules import FLOOR, REPORTERS
from desktop.queries.documents.publication import (
    LIMITS,
    NOT_PUBLISHED,
    REASON,
    Publication,
    PublishedTable,
    title_of,
)

LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
_LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"


def datapackage(publication: Publication, publisher: str, files: Mapping[str, bytes]) -> bytes:
    """`datapackage.json`: Data Package v2, one resource a table."""
    _ = words_in(publication.release.language)
    release = publication.release
    return _json(
        {
            "$schema": _PACKAGE,
            "name": f"observatoire-{release.window.lower()}-{release.audience}",
            "id": f"urn:sha256:{release.sha256}",
            "title": title_of(publication),
            "version": release.window,
            "created": f"{release.made_on}T00:00:00Z",
            "description": _(LIMITS),
            "licenses": [{"name": "etalab-2.0", "path": LICENCE, "title": "Licence Ouverte 2.0"}],
            "contributors": [{"title": publisher, "roles": ["publisher"]}]
            if publisher
            else [{"title": "Carnet"}],
            "resources": [
                _resource(table, _(REASON), files[f"tables/{table.name}.csv"])
                for table in publication.tables
            ],
        }
    )


def _resource(table: PublishedTable, reason: str, data: bytes) -> dict[str, Any]:
    fields: list[dict[str, Any]] = []
    for name in columns_of(table):
        if name in ("value", "base"):
            required = {"required": True} if name == "base" else {}
            fields.append(
                {"name": name, "type": "integer", "constraints": {"minimum": 0, **required}}
            )
        elif name == "conf_status":
            fields.append(
                {
                    "name": name,
                    "type": "string",
                    "constraints": {"required": True, "enum": ["F", "C"]},
                    "description": f"SDMX CL_CONF_STATUS. F: free. C: {reason}",
                }
            )
        else:
            fields.append({"name": name, "type": "string", "constraints": {"required": True}})
    return {
        "$schema": _RESOURCE,
        "name": table.name.replace("_", "-"),
        "type": "table",
        "title": table.title,
        "path": f"tables/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {
            "fields": fields,
            "missingValues": [""],
            "primaryKey": ["period", *table.dimensions],
        },
    }


def catalog(publication: Publication, publisher: str, territory: str) -> bytes:
    """`catalog.jsonld`: the same as a DCAT data set, for portals."""
    release = publication.release
    return _json(
        {
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
            },
            "@id": f"urn:sha256:{release.sha256}",
            "@type": "dcat:Dataset",
            "dct:title": {"@value": title_of(publication), "@language": release.language},
            "dct:publisher": {"@type": "foaf:Agent", "foaf:name": publisher},
            "dct:issued": {"@value": release.made_on, "@type": "xsd:date"},
            "dct:license": {"@id": LICENCE},
            "dct:language": {"@id": _LANGUAGES + ("FRA" if release.language == "fr" else "ENG")},
            "dct:temporal": {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": {
                    "@value": first_day(release.window).isoformat(),
                    "@type": "xsd:date",
                },
                "dcat:endDate": {
                    "@value": last_day(release.window).isoformat(),
                    "@type": "xsd:date",
                },
            },
            "dct:spatial": [
                {"@type": "dct:Location", "dct:title": territory},
                *(
                    {
                        "@id": f"http://id.insee.fr/geo/commune/{code}",
                        "@type": "dct:Location",
                        "dct:title": release.words[f"zone:{code}"],
                    }
                    for code in _communes(release)
                ),
            ],
            "dcat:distribution": [
                {
                    "@type": "dcat:Distribution",
                    "dct:title": table.title,
                    "dcat:mediaType": "text/csv",
                    "dcat:downloadURL": {"@id": f"tables/{table.name}.csv"},
                }
                for table in publication.tables
            ],
        }
    )


def _communes(release: FrozenRelease) -> list[str]:
    """Return the INSEE codes of the communes that the release has words for, in order."""
    codes = (key.partition(":")[2] for key in release.words if key.startswith("zone:"))
    return sorted(code for code in codes if _INSEE.fullmatch(code))


def certificate(publication: Publication) -> bytes:
    """`certificate.json`: what was tried to find hidden cells out, and what came of it."""
    release, proof = publication.release, publication.release.proof
    return _json(
        {
            "form": "carnet certificate 1",
            "period": release.window,
            "audience": release.audience,
            "made_on": release.made_on,
            "release_sha256": release.sha256,
            "threshold": proof.k,
            "reporting_organisations_per_cell": REPORTERS,
            "records_of_others_per_cell": FLOOR,
            "releases_attacked_together": proof.together,
            "hidden_cells": proof.hidden,
            "attackers": [
                "outsider",
                "outsider who knows the status of each hidden cell",
                "each reporting organisation",
            ],
            "organisations_attacking": proof.organisations,
            "recovered_cells": 0,
            "narrowest_interval": list(proof.narrowest) if proof.narrowest else None,
            "method": "whole-number cubes that agree with every published figure, checked by a "
                      "verifier that uses no solver",
            "witnesses_sha256": proof.witnesses,
        }
    )


def readme(publication: Publication, publisher: str) -> bytes:
    """`README.md`: what the files are, and what the figures are not."""
    _ = words_in(publication.release.language)
    lines = [
        f"# {title_of(publication)}",
        "",
        publisher,
        "",
        _(LIMITS),
        "",
        "## " + _("Tables"),
        "",
    ]
    lines += [
        f"- `{table.name}`: {table.title}. "
        + _("Reports: {base}. Protected cells: {hidden}.").format(
            base=table.base, hidden=table.hidden
        )
        for table in publication.tables
    ]
    lines += [f"- {title}: {_(NOT_PUBLISHED)}" for title in publication.missing]
    lines += [
        "",
        "## " + _("Files"),
        "",
        "- `tables/`: " + _("CSV for programs; `datapackage.json` describes them."),
        "- `tables-excel/`, `tables.xlsx`, `tables.ods`: " + _("the same for spreadsheets."),
        "- `certificate.txt`, `certificate.json`: "
        + _("what was tried to find protected cells out."),
        "- `catalog.jsonld`: " + _("the description for open data portals (DCAT)."),
        "",
        _("In `conf_status`, F means free and C means confidential.") + " " + _(REASON),
        "",
        f"[Licence Ouverte 2.0]({LICENCE})",
        "",
    ]
    return "\n".join(lines).encode()


def _json(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
