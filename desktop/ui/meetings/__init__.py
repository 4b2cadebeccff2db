"""Meetings on the screen: the list, the preparation, the session and what follows."""
