"""The screen of the settings, a card a module."""
