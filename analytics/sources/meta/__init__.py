"""What Meta gives: Business Suite, Ads Manager, the Ads Insights and Graph APIs, the Ad Library."""

from __future__ import annotations

from typing import Final

from analytics.sources.contract import Source

from . import ad_library_api, content_export, election_ad_index

SOURCES: Final[tuple[Source, ...]] = (*content_export.SOURCES, ad_library_api.SOURCE, election_ad_index.SOURCE)
