"""What the screens of a meeting show: its rows, its notes, its decisions, what follows from it."""
