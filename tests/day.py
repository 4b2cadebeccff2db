"""The day that papers bear in the tests, where the test cares for none."""

from datetime import date

TODAY = date(2026, 11, 20)
