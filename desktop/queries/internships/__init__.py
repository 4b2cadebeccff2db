"""What the internship screen shows: offers, searches, which fit which, and figures."""
