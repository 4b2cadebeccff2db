"""The file that says whose folder it is and in which form it is written: looked at before anything
else is."""

import json
from typing import Any

from desktop.base.i18n import _
from desktop.sync.stores.storage import FORMAT, Storage, StoreError, StoreProblem

VERSION = 1
OWN = "Carnet"
"""The folder that Carnet keeps to, where a place holds other things too."""
_OURS = frozenset({"trust", "w"})
"""What lies beside the file in every folder of a collective that has exchanged."""


def check_format(storage: Storage, collective: str | None) -> bytes:
    """Return the format.json of the store; StoreError where it is not this collective's (wrong
    folder, or a share not mounted), or is written in a form of which this version knows nothing.
    `collective`: None where that is not known yet.
    """
    data = storage.get(FORMAT)
    if data is None:
        raise _not_ours(storage.names(""))
    try:
        said = _said(data)
        version = said["format"]
        if type(version) is not int or version < 1:
            raise ValueError(version)
        # Before the rest of it, of which a later form may have made something else.
        if version > VERSION:
            raise StoreError(StoreProblem.NEWER,
                             _("This shared folder was made by a newer Carnet; nothing was read or "
                               "written."),
                             _("Update Carnet on this computer, then exchange again: nothing is "
                               "lost."))
        found = said["collective"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _spoilt(_("The format.json of the shared folder is damaged.")) from error
    if collective is not None and found != collective:
        raise StoreError(StoreProblem.OTHERS, _("This folder belongs to another collective."),
                         _("Check the address of the folder."))
    return data


def _spoilt(message: str, code: StoreProblem = StoreProblem.SPOILT) -> StoreError:
    """Note the address, and the rest of the folder: who takes part knows what stood there."""
    return StoreError(code, message, _(
        "The rest of the folder is as it was. “Verify”, then “Put right” in the window, or "
        "`carnet check --server --mend`, puts it back."))


def _not_ours(names: list[str]) -> StoreError:
    if not names:
        return StoreError(StoreProblem.ABSENT,
                          _("This folder is empty: it is not the collective's shared folder."),
                          _("Is the share mounted? A new folder is prepared by the computer that "
                            "has the coordination."))
    if set(names) >= _OURS:
        return _spoilt(_("The format.json of the shared folder is missing."), StoreProblem.MISSING)
    if OWN in names:
        return StoreError(StoreProblem.ABSENT,
                          _("This folder is not the collective's shared folder: it holds other "
                            "things."),
                          _("There is a folder named {name} in it: choose that one.")
                          .format(name=OWN))
    return StoreError(StoreProblem.ABSENT,
                      _("This folder is not Carnet's shared folder: format.json is missing."),
                      _("Check the address; is the share mounted?"))


def new_format(collective: str, store: str) -> bytes:
    """Return the file of a folder that is prepared; `store`: a name of its own."""
    return (json.dumps({"format": VERSION, "collective": collective, "store": store}).encode()
            + b"\n")


def _said(data: bytes) -> dict[str, Any]:
    said = json.loads(data)
    if not isinstance(said, dict):
        raise TypeError(said)
    return said
