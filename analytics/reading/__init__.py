"""From bytes to a table of text or a document; from text to numbers and dates. Knows no platform."""

from .dates import Dates
from .files import read_tables, tables_in
from .numbers import Numbers
from .table import Document, Item, Table
from .totals import drop_totals, is_total, total_lines

__all__ = [
    "Dates", "Document", "Item", "Numbers", "Table",
    "drop_totals", "is_total", "read_tables", "tables_in", "total_lines",
]  # fmt: skip
