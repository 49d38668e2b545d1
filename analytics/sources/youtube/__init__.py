"""YouTube: Studio's tables, results of the Analytics API, and the Reporting API's daily files."""

from typing import Final

from analytics.sources.contract import Source

from . import api, reporting, studio

SOURCES: Final[tuple[Source, ...]] = (*studio.SOURCES, *api.SOURCES, *reporting.SOURCES)
