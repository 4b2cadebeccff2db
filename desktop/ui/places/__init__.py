"""The screen of the places and the words of the territory."""
