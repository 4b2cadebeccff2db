"""Work that takes longer than a gesture: its lanes, and the way back to the window."""
