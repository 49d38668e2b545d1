"""From bytes to a table of text or a document; from text to numbers, dates and ids. Knows no platform."""

from .dates import Dates, parse_dates
from .files import read_tables, tables_in
from .ids import parse_ids
from .numbers import Numbers, parse_counts, parse_decimals, parse_durations, parse_money, parse_shares
from .table import Document, Item, Table
from .totals import drop_totals, is_total, total_lines

__all__ = [
    "Dates", "Document", "Item", "Numbers", "Table",
    "drop_totals", "is_total", "parse_counts", "parse_dates", "parse_decimals", "parse_durations", "parse_ids",
    "parse_money", "parse_shares", "read_tables", "tables_in", "total_lines",
]  # fmt: skip
