"""The metrics lake: every snapshot kept, the newest of each value read fast, in a folder or in object storage."""

from .lake import Lake
from .receipts import Receipt

__all__ = ["Lake", "Receipt"]
