"""All files of a publication, by their names; the same release gives the same bytes."""

from collections.abc import Callable

from desktop.exchange.publication import csv_files, description, spreadsheets
from desktop.queries.documents.publication import Publication, certificate_lines


def files_of(
    publication: Publication,
    publisher: str,
    territory: str,
    *,
    parquet: bool = False,
    progress: Callable[[str], None] = lambda _name: None,
) -> dict[str, bytes]:
    """Every file but the report on paper: path within the folder -> bytes."""
    period = publication.release.window
    files: dict[str, bytes] = {}
    for table in publication.tables:
        files[f"tables/{table.name}.csv"] = csv_files.tidy(table, period)
        files[f"tables-excel/{table.name}.csv"] = csv_files.for_spreadsheets(table, period)
    progress("tables.xlsx")
    files["tables.xlsx"] = spreadsheets.xlsx(publication)
    progress("tables.ods")
    files["tables.ods"] = spreadsheets.ods(publication)
    if parquet:
        from desktop.exchange.publication.parquet import parquet_of

        files |= {
            f"tables-parquet/{table.name}.parquet": parquet_of(table, period)
            for table in publication.tables
        }
    files["certificate.json"] = description.certificate(publication)
    files["certificate.txt"] = ("\n\n".join(certificate_lines(publication)) + "\n").encode()
    files["README.md"] = description.readme(publication, publisher)
    files["catalog.jsonld"] = description.catalog(publication, publisher, territory)
    files["datapackage.json"] = description.datapackage(publication, publisher, files)
    return files
