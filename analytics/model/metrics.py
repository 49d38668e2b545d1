"""What can be measured: the one registry of metrics, their units, and whether values may be added.

People do not add: the same person can see two posts. Only metrics with `is_additive` are ever summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Platform = Literal[
    "facebook",
    "instagram",
    "meta",  # Facebook and Instagram together, as the Ads Manager and the Ad Library count them
    "youtube",
    "tiktok",
    "x",
    "snapchat",
    "google",  # Google Ads and its political library, YouTube ads among them
    "origin",  # WFA Origin: measured across publishers by a panel and a census
    "other",
]
PLATFORMS: Final[tuple[Platform, ...]] = get_args(Platform)

Unit = Literal["people", "count", "seconds", "share", "money"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that platforms report. `share` is a fraction 0…1 of a total; `money` needs a currency."""

    name: str
    unit: Unit
    is_additive: bool
    meaning: str


def _registry(*metrics: Metric) -> dict[str, Metric]:
    return {metric.name: metric for metric in metrics}


def _people(name: str, meaning: str) -> Metric:
    return Metric(name, "people", False, meaning)


def _count(name: str, meaning: str) -> Metric:
    return Metric(name, "count", True, meaning)


def _share(name: str, meaning: str) -> Metric:
    return Metric(name, "share", False, meaning)


METRICS: Final[dict[str, Metric]] = _registry(
    _people("reach", "people who saw it at least once, counted once each within that row"),
    _people("viewers", "people who played it at least once"),
    _people("viewers_3s", "people who watched 3 seconds or more"),
    _people("viewers_1m", "people who watched a minute or more"),
    _people("reach_2plus", "people who saw it twice or more"),
    _people("reach_3plus", "people who saw it three times or more"),
    _people("reach_4plus", "people who saw it four times or more"),
    _people("reach_5plus", "people who saw it five times or more"),
    _people("followers", "people who follow the account"),
    _people("engaged_people", "people who acted on it"),
    _count("impressions", "times it was shown on a screen"),
    _count("views", "plays, as the platform's definition of the day counts them"),
    _count("engaged_views", "plays that the platform counts as watched on purpose"),
    _count("views_2s", "plays of 2 seconds or more"),
    _count("views_3s", "plays of 3 seconds or more"),
    _count("views_6s", "plays of 6 seconds or more"),
    _count("views_15s", "plays of 15 seconds or more"),
    _count("views_30s", "plays of 30 seconds or more"),
    _count("views_1m", "plays of a minute or more"),
    _count("views_25pct", "plays to a quarter of the length"),
    _count("views_50pct", "plays to half of the length"),
    _count("views_75pct", "plays to three quarters of the length"),
    _count("completions", "plays to the end"),
    _count("viewable_impressions", "impressions at least half in view"),
    _count("engagements", "all acts on it together, as the platform sums them"),
    _count("reactions", "reactions of all kinds"),
    _count("likes", "likes"),
    _count("dislikes", "dislikes"),
    _count("comments", "comments"),
    _count("shares", "shares, reposts or retweets"),
    _count("saves", "saves, bookmarks or favourites"),
    _count("replies", "replies"),
    _count("clicks", "clicks of any kind"),
    _count("link_clicks", "clicks on a link"),
    _count("detail_expands", "opened to read more"),
    _count("profile_visits", "visits to the account's page"),
    _count("follows", "new followers"),
    _count("unfollows", "followers lost"),
    _count("net_follows", "new followers less lost ones"),
    _count("negative_feedback", "hides, reports and unlikes"),
    _count("leads", "forms, calls and other contacts"),
    _count("ads", "advertisements"),
    _count("posts", "posts published"),
    Metric("watch_time", "seconds", True, "seconds watched, all plays together"),
    Metric("average_watch_time", "seconds", False, "seconds watched a play"),
    Metric("spend", "money", True, "what was paid"),
    Metric("revenue", "money", True, "what was earned"),
    Metric("frequency", "count", False, "impressions a person reached"),
    _share("views_share", "this cell's part of the views"),
    _share("watch_time_share", "this cell's part of the time watched"),
    _share("impressions_share", "this cell's part of the impressions"),
    _share("spend_share", "this cell's part of the spend"),
    _share("reach_share", "this cell's part of the people reached"),
    _share("audience_share", "this cell's part of the account's followers or viewers"),
    _share("click_through_rate", "clicks an impression"),
    _share("average_share_watched", "part of the length watched, on average"),
    _share("engagement_rate", "engagements an impression"),
)


def metric(name: str) -> Metric:
    """The metric of that name. KeyError if it is not in the registry."""
    return METRICS[name]
