"""The screen of what was deleted and can be brought back."""
