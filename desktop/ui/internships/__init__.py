"""The screen of the internship offers and searches."""
