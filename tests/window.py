"""A window as a test shows it and types in it."""

from gallery.window import press, settle, shown, type_into, wait

__all__ = ["press", "settle", "shown", "type_into", "wait"]
