"""Ctrl+K: go to a screen, begin a record, print, or find any word that can be read here."""

from desktop.ui.window.palette.panel import Palette

__all__ = ["Palette"]
