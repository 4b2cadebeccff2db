"""What this device remembers of the exchange with the others: local tables, never synced."""

from sqlalchemy import Boolean, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.record import Base


class Outbox(Base):
    """A package of ours, sealed for good: its bytes are sent as they are, and kept for any store
    that has not got them.

    `pushed_at`: when the collective's shared folder took it. `last_stamp`: our edits up to it are
    in this package or in an earlier one.
    """

    __tablename__ = "outbox"

    writer: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    channel: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    records: Mapped[int] = mapped_column(Integer)
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    pushed_at: Mapped[str | None] = mapped_column(Text)
    last_stamp: Mapped[bytes | None] = mapped_column(LargeBinary(16))


class HeldPackage(Base):
    """A package of another writer as it came, so that this device can put it back, or carry it to
    another store.

    A writer that was copied may have two under one number: both are held.
    """

    __tablename__ = "held_package"

    writer: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    data: Mapped[bytes | None] = mapped_column(LargeBinary)


class Receipt(Base):
    """Up to which package of a writer one store is known to hold what this device holds."""

    __tablename__ = "receipt"

    store: Mapped[str] = mapped_column(Text, primary_key=True)
    writer: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer)


class TrustCopy(Base):
    """A file of the trust as it lies on the stores: put back where it is missing."""

    __tablename__ = "trust_copy"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Peer(Base):
    """What another writer had read of each writer at its package `sequence` (JSON: writer in
    hexadecimal -> number)."""

    __tablename__ = "peer"

    writer: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class Seen(Base):
    """How far we have read (or, for our own writer, written) one writer's chain."""

    __tablename__ = "seen"

    writer: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    device: Mapped[str] = mapped_column(Text)
    sequence: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(Text)
    last_stamp: Mapped[bytes] = mapped_column(LargeBinary(16))


class Snapshot(Base):
    """A snapshot of the collective's records, made by `device`, that this device holds whole or in
    part.

    `kept_at`: when it was first seen here, in milliseconds since 1970. `manifest`: as it was
    verified (JSON).
    `judged`: channel -> whether it says what this device holds itself (JSON).
    """

    __tablename__ = "snapshot"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    device: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[int] = mapped_column(Integer)
    manifest: Mapped[bytes] = mapped_column(LargeBinary)
    judged: Mapped[str] = mapped_column(Text)


class SnapshotFile(Base):
    """One file of a snapshot as it lies on the stores: put back where it is missing."""

    __tablename__ = "snapshot_file"

    snapshot: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class SnapshotMatch(Base):
    """Another device says that a snapshot is, in one channel, what it holds itself."""

    __tablename__ = "snapshot_match"

    snapshot: Mapped[str] = mapped_column(Text, primary_key=True)
    device: Mapped[str] = mapped_column(Text, primary_key=True)
    channel: Mapped[str] = mapped_column(Text, primary_key=True)


class Unread(Base):
    """A package that was verified and counted, but whose channel this device cannot read."""

    __tablename__ = "unread"

    writer: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    channel: Mapped[str] = mapped_column(Text)


class Version(Base):
    """A value that lost to a concurrent edit, or won over one: kept, and can be restored.

    The two wait for somebody's choice as long as the record still bears the stamp of the one that
    won.
    """

    __tablename__ = "version"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    record_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    stamp: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    value: Mapped[str | None] = mapped_column(Text)


class Unknown(Base):
    """A field or a table that this version does not know, kept as it came for a newer one.

    `roles`: those of who wrote it, with spaces between them; None where a snapshot handed it on.
    """

    __tablename__ = "unknown"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    record_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    stamp: Mapped[bytes] = mapped_column(LargeBinary(16))
    value: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str | None] = mapped_column(Text)
    roles: Mapped[str | None] = mapped_column(Text)


class TrustFile(Base):
    """One roster of the chain, as it was verified (plain JSON). Of two under one number, the one
    that stands."""

    __tablename__ = "trust_file"

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    sha256: Mapped[str] = mapped_column(Text)
    roster: Mapped[bytes] = mapped_column(LargeBinary)


class ChannelKey(Base):
    """The secret key of a channel's epoch, where this device is one of its readers; several with
    spaces between them."""

    __tablename__ = "channel_key"

    channel: Mapped[str] = mapped_column(Text, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    identity: Mapped[str] = mapped_column(Text)


class Refusal(Base):
    """A package that was refused, and why: held, never deleted."""

    __tablename__ = "refusal"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    final: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
