"""What stays on this device: values of the vault, edits that no package has yet, deletions that
grow old, the journal."""

from sqlalchemy import Boolean, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.record import Base


class LocalValue(Base):
    """A small named value: identity, clock, address of the shared folder."""

    __tablename__ = "local_value"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)


class Pending(Base):
    """A row with unsealed edits: every field of it stamped at or after `low` goes into the next
    package."""

    __tablename__ = "pending"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    record_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    low: Mapped[bytes] = mapped_column(LargeBinary(16))


class Deletion(Base):
    """A deleted record as this device first noticed it: in milliseconds of its own count of days,
    not of any clock.

    `stamp` is the deletion's: brought back and deleted again, a record begins anew. `emptied`:
    nothing of it is left.
    """

    __tablename__ = "deletion"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    record_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    stamp: Mapped[bytes] = mapped_column(LargeBinary(16))
    noticed: Mapped[int] = mapped_column(Integer)
    emptied: Mapped[bool] = mapped_column(Boolean(create_constraint=False))


class JournalEntry(Base):
    """What this device did that cannot be taken back; it says who, when, of what kind and how many,
    nothing of the content.

    Entries are only ever added (`commands.journal.append`), each with the hash of the one before.
    `what`: a code of `JournalWhat`. `on`: the day, or the month for what tells no more, and then no
    hour (`at`) either. `how`: in which way.
    `kind`: of record, of document or of table. `parts`: the records that went with it. `record_id`
    is empty where several are counted together. Rows that left the vault have a `reason`. `by_id`:
    the person whose computer this was, `writer`: the writer it was then.
    """

    __tablename__ = "journal_entry"

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    on: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    record_id: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    count: Mapped[int] = mapped_column(Integer)
    parts: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    writer: Mapped[bytes | None] = mapped_column(LargeBinary(8))
    previous: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class Enclosure(Base):
    """The bytes of an attached file, where this device has them.

    `sent`: every part of it lies on the shared folder. `data` is empty once the record was erased
    for good: what lies on the shared folder is then still to be taken away.
    """

    __tablename__ = "enclosure"

    record_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
