"""What TikTok's exports hold, column by column."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from analytics.sources.schema import Contract, measured, moment, text, understood

from .headers import TIKTOK_WORDS, VIDEO_WORDS

_ACTS: Final = {
    "Likes": measured("likes", is_net=True),
    "Comments": measured("comments", is_net=True),
    "Shares": measured("shares", is_net=True),
}
# What a profile's buttons do, each its own part of the clicks.
_BUTTONS: Final = {
    "Phone number clicks": measured("link_clicks", placement="phone number"),
    "Email clicks": measured("link_clicks", placement="e-mail"),
    "Address clicks": measured("link_clicks", placement="address"),
    "App download clicks": measured("link_clicks", placement="app download"),
    "App download link clicks": measured("link_clicks", placement="app download"),
    "Website clicks": measured("link_clicks", placement="website"),
    "Product link clicks": measured("link_clicks", placement="product"),
    "Leads submission": measured("leads"),
}
OVERVIEW: Final = Contract(
    "overview",
    pa.DataFrameSchema(
        {
            "Date": moment(),
            "Video views": measured("views"),
            "Reached audience": measured("reach"),
            "Profile views": measured("profile_visits"),
            **_ACTS,
            **_BUTTONS,
            "Net growth": measured("net_follows", is_net=True),
            "New followers": measured("follows"),
            "Lost followers": measured("unfollows"),
        }
    ),
    TIKTOK_WORDS,
    telling=frozenset({"Video views", "Profile views"}),
)
FOLLOWERS: Final = Contract(
    "followers",
    pa.DataFrameSchema(
        {
            "Date": moment(),
            "Followers": measured("followers", basis="follower"),
            "Difference in followers from previous day": understood(),  # follows from the rows themselves
        }
    ),
    TIKTOK_WORDS,
    claim=2,  # "Date, Followers" may be anybody's
    telling=frozenset({"Followers"}),
)
VIEWERS: Final = Contract(
    "viewers",
    pa.DataFrameSchema(
        {
            "Date": moment(),
            "Total viewers": measured("viewers"),
            "New viewers": understood(),
            "Returning viewers": understood(),
        }
    ),
    TIKTOK_WORDS,
    telling=frozenset({"Total viewers"}),
)
DAILY: Final = (OVERVIEW, FOLLOWERS, VIEWERS)
VIDEO_LINK: Final = r"https?://(?:www\.|m\.)?tiktok\.com/\S*?(?:video|photo|v)/(\d{15,21})(?:\.html)?(?:[/?#].*)?"
VIDEOS: Final = Contract(
    "videos",
    pa.DataFrameSchema(
        {
            "Video link": text(),
            "Video title": text(required=False),
            "Post time": text(required=False),
            "Time": understood(),  # when it was downloaded, without a year
            "Duration": understood(),
            "Video duration": understood(),
            "Video views": measured("views"),
            "Reached audience": measured("reach"),
            **_ACTS,
            "Add to Favorites": measured("saves"),
            "Average watch time": measured("average_watch_time", "duration"),
            "Total play time": measured("watch_time", "duration"),
            "Watched full video": understood(),  # a rate of plays that are not stated
            "New followers": measured("follows"),
        }
    ),
    VIDEO_WORDS,
    claim=15,
)

AUDIENCE: Final = Contract(
    "audience",
    pa.DataFrameSchema(
        {
            "Gender": text(required=False),
            "Age": text(required=False),
            "Top territories": text(required=False),
            "Top cities": text(required=False),
            "Distribution": measured("audience_share", "percent", basis="follower"),
            "Followers": measured("followers", basis="follower"),
            "Reached audience": measured("reach"),
            "Engaged audience": measured("engaged_people", basis="engaged"),
        }
    ),
    TIKTOK_WORDS,
)
GROUPS: Final = ("Gender", "Age", "Top territories", "Top cities")
OF_AUDIENCE: Final = ("Distribution", "Reached audience", "Engaged audience")  # "Gender, Followers" may be anybody's

# The integrated report: one object per row, with "dimensions" and "metrics" side by side here.
_RATES: Final = (
    "ctr", "cpc", "cpm", "conversion", "conversion_rate", "cost_per_conversion", "real_time_conversion",
    "real_time_conversion_rate", "real_time_cost_per_conversion", "result", "result_rate", "cost_per_result",
    "real_time_result", "real_time_result_rate", "real_time_cost_per_result", "cost_per_1000_reached",
    "promotion_type", "tt_app_name", "tt_app_id", "mobile_app_id", "dpa_target_audience_type", "placement_type",
    "adgroup_name", "campaign_name", "advertiser_name", "ad_text", "image_mode", "average_video_play_per_user",
    "conversion_rate_v2", "app_install", "is_aco", "is_smart_creative", "secondary_goal_result",
    "cost_per_secondary_goal_result", "secondary_goal_result_rate", "budget", "bid_strategy", "bid",
    "clicks_on_music_disc", "objective_type", "smart_target", "opt_status", "split_test", "call_to_action",
)  # fmt: skip
_IDS: Final = ("ad_id", "adgroup_id", "campaign_id", "advertiser_id")
# Cuts of a report that are no group of people.
SHOWN: Final = ("platform", "placement", "language")
API: Final = Contract(
    "v1.3",
    pa.DataFrameSchema(
        {
            **{name: text(r"\d*", "an id", required=False) for name in _IDS},
            "stat_time_day": moment(required=False),
            "stat_time_hour": moment(required=False),
            "gender": text(required=False),
            "age": text(required=False),
            "country_code": text(required=False),
            "province_id": text(required=False),
            "ad_name": text(required=False),
            "currency": text("[A-Z]{3}|", "a currency", required=False),
            "impressions": measured("impressions"),
            "reach": measured("reach"),
            "frequency": measured("frequency", "decimal"),
            "clicks": measured("clicks"),
            "spend": measured("spend", "decimal"),
            "video_play_actions": measured("views"),
            "video_watched_2s": measured("views_2s"),
            "video_watched_6s": measured("views_6s"),
            "video_views_p25": measured("views_25pct"),
            "video_views_p50": measured("views_50pct"),
            "video_views_p75": measured("views_75pct"),
            "video_views_p100": measured("completions"),
            "average_video_play": measured("average_watch_time", "decimal"),
            "likes": measured("likes", is_net=True),
            "comments": measured("comments", is_net=True),
            "shares": measured("shares", is_net=True),
            "follows": measured("follows"),
            "profile_visits": measured("profile_visits"),
            **{name: text(required=False) for name in SHOWN},
            **{name: understood() for name in (*_RATES, "profile_visits_rate")},
        }
    ),
)
