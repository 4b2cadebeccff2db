"""Figures that cannot be undone: what a publication may show of counts, and the proof of it.

Pure: no window, no vault, no clock. `solver` alone knows HiGHS, and loads it when it is asked to
solve.

Words: a *block* is a calendar quarter whose counts are frozen as a *cube*; a *window* is what one
release covers (a quarter, a half-year, a year, two years); a *cell* is one count of a window; a
*view* is what one audience sees of all releases; an *attacker* is who reads a view, with or without
records of its own; a *witness* is a whole-number cube that agrees with all that an attacker knows.
"""
