"""Reminders that went out: the list of them, and how other sheets show them."""
