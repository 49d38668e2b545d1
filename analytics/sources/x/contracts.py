"""What X's exports hold, column by column. Their headers are English whatever the account's language."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from analytics.sources.schema import Contract, measured, moment, text, understood
from analytics.sources.words import Words

POST_ID: Final = r"\d{1,20}"
_WORDS: Final = Words(
    {
        "en": {
            "Post id": "Post ID | Tweet id",
            "Post text": "Tweet text",
            "Post Link": "Post permalink | Tweet permalink",
            "New follows": "New followers",
            "Create Post": "Posts created | Create Posts",
        }
    }
)
# Reposts show a post to others; the share menu sends its address. Both are shares, each its own part of them.
_ACTS: Final = {
    "Impressions": measured("impressions"),
    "Engagements": measured("engagements"),
    "Likes": measured("likes"),
    "Bookmarks": measured("saves"),
    "Reposts": measured("shares", placement="reposts"),
    "Shares": measured("shares", placement="share menu"),
    "Replies": measured("replies"),
    "New follows": measured("follows"),
    "Profile visits": measured("profile_visits"),
    "Video views": measured("views"),
    "Media views": understood(),  # pictures seen, in videos and not
    "Engagement rate": understood(),
}
OVERVIEW: Final = Contract(
    "overview",
    pa.DataFrameSchema(
        {
            "Date": moment(),
            **_ACTS,
            "Unfollows": measured("unfollows"),
            "Create Post": measured("posts"),
        }
    ),
    _WORDS,
    telling=frozenset({"Reposts", "Bookmarks", "Create Post"}),
)
CONTENT: Final = Contract(
    "content",
    pa.DataFrameSchema(
        {
            "Post id": text(POST_ID, "a post's id"),
            "Date": moment(required=False, nullable=True),
            "Post text": text(required=False),
            "Post Link": text(required=False),
            **_ACTS,
            "Detail Expands": measured("detail_expands"),
            "URL Clicks": measured("link_clicks"),
            "Hashtag Clicks": understood(),  # with the address's clicks apart they are not all clicks
            "Permalink Clicks": understood(),
        }
    ),
    _WORDS,
)

_TWEET_ACTS: Final = {
    "impressions": "impressions",
    "engagements": "engagements",
    "retweets": "shares",
    "replies": "replies",
    "likes": "likes",
    "favorites": "likes",
    "user profile clicks": "profile_visits",
    "url clicks": "link_clicks",
    "detail expands": "detail_expands",
    "follows": "follows",
}
_TWEET_REST: Final = (
    "engagement rate", "app opens", "app installs", "email tweet", "dial phone", "media views", "media engagements",
    "hashtag clicks", "permalink clicks",
)  # fmt: skip


def _tweets(prefix: str, payment: str) -> dict[str, pa.Column]:
    return {
        **{prefix + name: measured(metric, payment=payment) for name, metric in _TWEET_ACTS.items()},
        **{prefix + name: understood() for name in _TWEET_REST},
    }


_BOTH: Final = {**_tweets("", "organic"), **_tweets("promoted ", "paid")}
TWEETS: Final = Contract(
    "tweet_activity",
    pa.DataFrameSchema(
        {
            "Tweet id": text(POST_ID, "a post's id"),
            "Tweet permalink": text(required=False),
            "Tweet text": text(required=False),
            "time": moment(nullable=True),
            **_BOTH,
        }
    ),
    claim=20,
)
TWEET_DAYS: Final = Contract(
    "tweet_activity_by_day",
    pa.DataFrameSchema({"Date": moment(), "Tweets published": measured("posts", payment="organic"), **_BOTH}),
    claim=20,
    telling=frozenset({"Tweets published"}),
)

_ORGANIC_REST: Final = (
    "app_clicks", "card_engagements", "carousel_swipes", "poll_card_vote", "qualified_impressions", "tweets_send",
    "video_content_starts", "video_cta_clicks", "media_views", "media_engagements",
)  # fmt: skip
ORGANIC: Final = Contract(
    "organic_tweet_report",
    pa.DataFrameSchema(
        {
            "account_id": text(),
            "date": moment(),
            "organic_tweet_id": text(POST_ID, "a post's id"),
            "placement": text(),
            "impressions": measured("impressions"),
            "engagements": measured("engagements"),
            "likes": measured("likes"),
            "replies": measured("replies"),
            "retweets": measured("shares"),
            "follows": measured("follows"),
            "unfollows": measured("unfollows"),
            "clicks": measured("clicks"),
            "url_clicks": measured("link_clicks"),
            "video_total_views": measured("views"),
            "video_3_s_100_pct_views": measured("views_3s"),
            "video_6_s_views": measured("views_6s"),
            "video_15_s_views": measured("views_15s"),
            "video_views_25": measured("views_25pct"),
            "video_views_50": measured("views_50pct"),
            "video_views_75": measured("views_75pct"),
            "video_views_100": measured("completions"),
            **{name: understood() for name in _ORGANIC_REST},
            r"_fivetran_\w+": understood(regex=True),  # columns of the service that fetched it
        }
    ),
    claim=20,
)
