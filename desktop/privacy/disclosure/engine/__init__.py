"""The attack and what it makes hide. It needs numpy and HiGHS: whoever only reads releases does
not load it."""
