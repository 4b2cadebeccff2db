"""The same tables in a database that a territory runs dashboards on, through SQLAlchemy."""

from typing import Any

from sqlalchemy import BigInteger, Column, MetaData, Table, Text, create_engine, delete, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.exchange.publication.csv_files import columns_of, rows_of
from desktop.queries.documents.publication import Publication

PREFIX = "carnet_"


def load(publication: Publication, url: str) -> int:
    """Put every table of a publication in the place of its rows of that period and audience; how
    many rows.

    One transaction: all tables or none. AppError where the database refuses.
    """
    period, audience = publication.release.window, publication.release.audience
    loaded = 0
    try:
        address = make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        engine = create_engine(address)
        metadata = MetaData()
        with engine.begin() as connection:
            for table in publication.tables:
                names = columns_of(table)
                columns: list[Column[Any]] = [Column("audience", Text, nullable=False)]
                columns += [
                    Column(name, BigInteger if name in ("value", "base") else Text)
                    for name in names
                ]
                target = Table(PREFIX + table.name, metadata, *columns)
                target.create(connection, checkfirst=True)
                connection.execute(
                    delete(target).where(target.c.period == period, target.c.audience == audience)
                )
                rows = [
                    {"audience": audience, **dict(zip(names, row, strict=True))}
                    for row in rows_of(table, period)
                ]
                connection.execute(target.insert(), rows)
                loaded += len(rows)
        engine.dispose()
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise AppError(
            _("This address is not that of a database that Carnet can write to."),
            _(
                "Write postgresql://user@host/name, and install the driver with: pip install "
                "'carnet[postgresql]'."
            ),
        ) from error
    except SQLAlchemyError as error:
        raise AppError(
            _("The database refused the tables."),
            str(error.__cause__ or error).splitlines()[0][:200],
        ) from error
    return loaded
