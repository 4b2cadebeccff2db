"""Synchronisation: one round, where the shared folder is, letting other computers in."""
