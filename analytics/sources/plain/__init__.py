"""Plain tables of no stated platform: a video's id, its title, when it came out, and counts."""

from typing import Final

from analytics.sources.contract import Source

from . import table

SOURCES: Final[tuple[Source, ...]] = table.SOURCES
