"""The screen of the observatory's figures."""
