"""TikTok: the tables of Studio and the Business Suite, and the API for Business."""

from typing import Final

from analytics.sources.contract import Source

from . import api, audience, daily, videos

SOURCES: Final[tuple[Source, ...]] = (*daily.SOURCES, *audience.SOURCES, *videos.SOURCES, *api.SOURCES)
