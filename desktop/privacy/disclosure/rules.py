"""The rules that a release is made by, and that everybody may know."""

PARTNERS, PUBLIC = "partenaires", "public"
THRESHOLDS = {PARTNERS: 5, PUBLIC: 11}
"""Audience -> k: a cell of fewer records is hidden."""
FLOOR = 3
"""Records of others than one organisation that a shown cell holds at least."""
REPORTERS = 2
"""Organisations that a shown cell comes from at least."""
NUMERATOR, DENOMINATOR = 9, 10
"""A cell that holds this share of a row of a table says the category of nearly everyone in the
row."""
PERCENT_BASE = 30
"""Records under which no percentage is given."""
LEAST_SHOWN = 0.20
"""A table whose shown cells hold less than this share of its records is not published."""
