"""What YouTube's exports hold, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandera.pandas as pa

from analytics.sources.schema import Contract, measured, moment, text, understood

from .studio_words import STUDIO_WORDS

VIDEO_ID: Final = r"[\w-]{11}"
_ABOUT: Final = {
    "Video title": text(required=False),
    "Video publish time": understood(),
    "Duration": understood(),
}
# Counts of viewers by how often they come, rates that follow from counts, and money in other cuts.
_KNOWN: Final = (
    "New viewers", "Returning viewers", "Casual viewers", "Regular viewers", "Average views per viewer",
    "Stayed to watch (%)", "Likes (vs. dislikes) (%)", "Likes (vs dislikes) (%)", "Your transaction revenue (USD)",
    "Estimated monetized playbacks", "Hypes", "Hype points", "Remix views", "Remix count", "Shown in feed",
    "YouTube Premium views", "YouTube Premium watch time (hours)", "Card clicks", "Cards shown",
    "Clicks per card shown (%)", "Card teaser clicks", "Card teasers shown", "Clicks per card teaser shown (%)",
    "End screen element clicks", "End screen elements shown", "Clicks per end screen element shown (%)",
    "Average concurrent viewers", "Peak concurrent viewers", "Chat messages", "Premiere countdown views",
    "Content type",
)  # fmt: skip
_COUNTS: Final = {
    "Views": measured("views"),
    "Engaged views": measured("engaged_views"),
    "Watch time (hours)": measured("watch_time", "hours"),
    "Watch time (minutes)": measured("watch_time", "minutes"),
    "Subscribers": measured("net_follows", is_net=True),
    "Subscribers gained": measured("follows"),
    "Subscribers lost": measured("unfollows"),
    r"Estimated revenue \([A-Z]{3}\)": measured("revenue", "money", regex=True, is_net=True),
    r"(?:Ad revenue|Watch Page ads|YouTube Premium|Transactions|RPM|CPM|Playback-based CPM) \([A-Z]{3}\)": understood(
        regex=True
    ),
    "Average view duration": measured("average_watch_time", "duration"),
    "Average percentage viewed (%)": measured("average_share_watched", "percent"),
    "Impressions": measured("impressions"),
    "Impressions click-through rate (%)": measured("click_through_rate", "percent"),
    "Likes": measured("likes", is_net=True),
    "Dislikes": measured("dislikes", is_net=True),
    "Comments added": measured("comments", is_net=True),
    "Shares": measured("shares"),
    "Unique viewers": measured("viewers"),
    "Views (%)": measured("views_share", "percent"),
    "Watch time (hours) (%)": measured("watch_time_share", "percent"),
    "Impressions (%)": measured("impressions_share", "percent"),
    **{name: understood() for name in _KNOWN},
}


def _studio(version: str, dimensions: Mapping[str, pa.Column], claim: int = 20) -> Contract:
    columns = {"Date": moment(required=False), **dimensions, **_COUNTS}
    return Contract(version, pa.DataFrameSchema(columns), STUDIO_WORDS, claim, total_in=next(iter(dimensions)))


CONTENT: Final = _studio("content", {"Content": text(VIDEO_ID, "a video's id"), **_ABOUT})
AGE: Final = _studio("age", {"Viewer age": text()})
GENDER: Final = _studio("gender", {"Viewer gender": text()})
GEOGRAPHY: Final = _studio("geography", {"Geography": text()})
CITIES: Final = _studio("cities", {"Cities": text(), "City name": text(required=False)})
DAYS: Final = _studio("days", {"Date": moment()}, claim=2)  # "Date, Views" may be anybody's
STUDIO: Final = (CONTENT, AGE, GENDER, GEOGRAPHY, CITIES, DAYS)

API: Final = Contract(
    "v2",
    pa.DataFrameSchema(
        {
            "day": moment(required=False),
            "video": text(VIDEO_ID, "a video's id", required=False),
            "ageGroup": text(required=False),
            "gender": text(required=False),
            "country": text("[A-Z]{2}", "a country's code", required=False),
            "province": text("[A-Z]{2}-[A-Z0-9]{1,3}", "a region's code", required=False),
            "views": measured("views"),
            "engagedViews": measured("engaged_views"),
            "estimatedMinutesWatched": measured("watch_time", "minutes"),
            "averageViewDuration": measured("average_watch_time", "decimal"),
            "averageViewPercentage": measured("average_share_watched", "percent"),
            "viewerPercentage": measured("views_share", "percent"),
            "likes": measured("likes", is_net=True),
            "dislikes": measured("dislikes", is_net=True),
            "comments": measured("comments", is_net=True),
            "shares": measured("shares"),
            "subscribersGained": measured("follows"),
            "subscribersLost": measured("unfollows"),
            "videoThumbnailImpressions": measured("impressions"),
            "videoThumbnailImpressionsClickRate": measured("click_through_rate", "decimal"),
            "redViews": understood(),
            "estimatedRedMinutesWatched": understood(),
            "viewsPerPlaylistStart": understood(),
        }
    ),
)

# Split further by these; rows that differ in nothing else are added up, or told apart as a placement.
REPORTING_SPLITS: Final = ("live_or_on_demand", "subscribed_status")
_REPORTING_KEYS: Final = {
    "date": moment(),
    "channel_id": text(),
    "video_id": text(VIDEO_ID, "a video's id", required=False),
    "live_or_on_demand": text(required=False),
    "subscribed_status": text(required=False),
    "country_code": text("[A-Z]{2}", "a country's code", required=False),
    r"_fivetran_\w+": understood(regex=True),  # columns of the service that fetched it
}
_CARDS: Final = r"(?:annotation|card)_\w+"
DEMOGRAPHICS: Final = Contract(
    "channel_demographics_a1",
    pa.DataFrameSchema(
        {
            **_REPORTING_KEYS,
            "age_group": text(),
            "gender": text(),
            "views_percentage": measured("views_share", "percent"),
        }
    ),
    claim=20,
)
BASIC: Final = Contract(
    "channel_basic",
    pa.DataFrameSchema(
        {
            **_REPORTING_KEYS,
            "province_code": text("[A-Z]{2}-[A-Z0-9]{1,3}", "a region's code", required=False),
            "views": measured("views"),
            "engaged_views": measured("engaged_views"),
            "watch_time_minutes": measured("watch_time", "minutes"),
            "likes": measured("likes", is_net=True),
            "dislikes": measured("dislikes", is_net=True),
            "comments": measured("comments", is_net=True),
            "shares": measured("shares"),
            "subscribers_gained": measured("follows"),
            "subscribers_lost": measured("unfollows"),
            "video_thumbnail_impressions": measured("impressions"),
            **{
                name: understood()
                for name in (
                    "video_thumbnail_impressions_ctr", "videos_added_to_playlists", "videos_removed_from_playlists",
                    "average_view_duration_seconds", "average_view_duration_percentage", "red_views",
                    "red_watch_time_minutes",
                )
            },
            _CARDS: understood(regex=True),
        }
    ),
    claim=10,
)  # fmt: skip
