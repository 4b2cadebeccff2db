"""The first world of the sample collective, written by hand in `resources/sample`."""
