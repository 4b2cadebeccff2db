"""Ground floor: paths, errors, words, clock, identifiers. No Qt, no database."""
