"""Snapshots: all that a reader of every channel holds, in a few large files, so that the packages
behind it may go."""
