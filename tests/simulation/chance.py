"""Every choice from one seed: writers, ids and keys too, so that a run can be played again."""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest
import uuid_utils


@contextmanager
def determined(seed: object) -> Iterator[None]:
    """The sources of chance that lie outside Carnet draw from the seed. Signatures and sealing
    still draw their own."""
    rng = Random(f"ids {seed}")
    count = 0

    def ordered() -> uuid.UUID:
        nonlocal count
        count += 1
        return uuid.UUID(int=(count << 80) | (7 << 76) | (2 << 62) | rng.getrandbits(62))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_bytes", lambda size=32: rng.randbytes(size or 32))
        patch.setattr(uuid_utils, "uuid7", ordered)
        patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=rng.getrandbits(128), version=4))
        yield
