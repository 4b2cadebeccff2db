"""Identifiers: ordered ones for ordinary records, random ones where the order would tell
something."""

import uuid

import uuid_utils


def new_id() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562): sorts by the time it was made."""
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)


def random_id() -> uuid.UUID:
    """Return a UUIDv4: for observations, referrals and requests, whose exact time must not show."""
    return uuid.uuid4()
