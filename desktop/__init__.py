"""The notebook of a local anti-discrimination collective: records, vault, sync, screens."""

__version__ = "0.1.0"
