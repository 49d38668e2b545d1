"""Google's political ads transparency report: ads, advertisers, weeks and places."""

from typing import Final

from analytics.sources.contract import Source

from . import ads, spending

SOURCES: Final[tuple[Source, ...]] = (*ads.SOURCES, *spending.SOURCES)
