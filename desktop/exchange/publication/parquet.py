"""Tables as Parquet, by the optional package pyarrow."""

import io

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.exchange.publication.csv_files import columns_of, rows_of
from desktop.queries.documents.publication import PublishedTable


def parquet_of(table: PublishedTable, period: str) -> bytes:
    """One table in the tidy form; AppError where pyarrow is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise AppError(
            _("Parquet files need the package pyarrow."),
            _("Install it with: pip install 'carnet[parquet]'."),
        ) from error
    rows = rows_of(table, period)
    names = columns_of(table)
    kinds = {"value": pyarrow.int64(), "base": pyarrow.int64()}
    arrays = [
        pyarrow.array([row[place] for row in rows], type=kinds.get(name, pyarrow.string()))
        for place, name in enumerate(names)
    ]
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, names=names), out)
    return out.getvalue()
