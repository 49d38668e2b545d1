"""What Meta gives: Business Suite, Ads Manager, the Ads Insights and Graph APIs, the Ad Library."""

from __future__ import annotations

from typing import Final

from analytics.sources.contract import Source

from . import (
    ad_library_api,
    ad_library_report,
    ads_insights,
    ads_manager,
    cards,
    content_export,
    election_ad_index,
    library_csv,
    page_posts,
)

SOURCES: Final[tuple[Source, ...]] = (
    *content_export.SOURCES,
    *cards.SOURCES,
    ads_manager.SOURCE,
    ads_insights.SOURCE,
    ad_library_api.SOURCE,
    library_csv.SOURCE,
    ad_library_report.SOURCE,
    election_ad_index.SOURCE,
    page_posts.SOURCE,
)
