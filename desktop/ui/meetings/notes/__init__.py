"""The notes of a meeting, typed card by card."""
