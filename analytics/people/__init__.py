"""Who people are: age bands and genders, places and seats, and how many people there are of each."""

from .bands import parse_band, parse_cell, parse_gender
from .population import Denominator, Population
from .seats import Seat, seat, seats

__all__ = [
    "Denominator",
    "Population",
    "Seat",
    "parse_band",
    "parse_cell",
    "parse_gender",
    "seat",
    "seats",
]
