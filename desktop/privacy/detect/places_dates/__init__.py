"""Find days and places that tell who somebody is."""

from desktop.privacy.detect.places_dates.dates import find_dates
from desktop.privacy.detect.places_dates.places import find_places, find_units

__all__ = ["find_dates", "find_places", "find_units"]
