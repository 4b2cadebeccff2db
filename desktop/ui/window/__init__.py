"""The one window and what it does as a whole: its rail, its strip, locking, quitting."""
