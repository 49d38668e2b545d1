"""The ad libraries, day by day: what is new, what has vanished, and what was spent on whom."""

from .money import By, spending
from .watch import LIBRARIES, Asked, new, seen, vanished

__all__ = ["LIBRARIES", "Asked", "By", "new", "seen", "spending", "vanished"]
