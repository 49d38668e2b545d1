"""From bytes to a table of text or a document; from text to numbers and dates. Knows no platform."""

from .dates import Dates
from .numbers import Numbers
from .table import Document, Item, Table

__all__ = ["Dates", "Document", "Item", "Numbers", "Table"]
