"""Platform exports → reach by demographic, with bounds.

lake = analytics.open("lake")
lake.frame("SELECT clip, age, gender, sum(low) AS impressions FROM tidy WHERE metric = 'impressions' GROUP BY ALL")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analytics.lake import Lake

__all__ = ["open"]


def open(place: str | Path) -> Lake:
    """The lake in a folder or at an fsspec URL ("s3://bucket/lake"); it is made on first use. Raises NotWritable."""
    from analytics.lake import Lake  # pandas and DuckDB: a second that `soundbite --help` need not wait

    return Lake(place)
