"""What stays on this device: values of the vault, and which rows hold edits that no package has yet."""

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.record import Base


class LocalValue(Base):
    """A small named value: identity, clock, address of the shared folder."""

    __tablename__ = "local_value"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)


class Pending(Base):
    """A row with unsealed edits: every field of it stamped at or after `low` goes into the next package."""

    __tablename__ = "pending"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    record_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    low: Mapped[bytes] = mapped_column(LargeBinary(16))
