"""Pure functions that keep people from being named: text, figures, dates."""
