"""The screen of the charter."""
