"""X's exports, new and old: paid and organic stay apart, two ways of sharing are two parts of the shares."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.analytics.sources.platform_files import read_text, rows, total

OVERVIEW = """Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,\
Create Post,Video views,Media views
"Sat, Sep 6, 2025",3388,25,104,1,2,2,1,6,5,25,0,7,9
"Fri, Sep 5, 2025",4418,39,125,2,1,3,2,2,1,18,1,0,0
"""


def test_the_overview_is_the_account_by_day(tmp_path: Path) -> None:
    extract = read_text(tmp_path, OVERVIEW)
    impressions = rows(extract, "impressions", object_kind="account", grain="day")
    assert extract.source == "x.overview"
    assert list(impressions["low"]) == [3388, 4418]
    assert impressions["start"].iloc[1] == datetime(2025, 9, 4, 23, tzinfo=UTC)  # London's midnight
    assert (total(extract, "shares", placement="reposts"), total(extract, "shares")) == ((6, 6), (9, 9))
    assert total(extract, "saves") == (3, 3)


def test_content_is_what_each_post_had_gathered(tmp_path: Path) -> None:
    text = """Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,\
Reposts,Profile visits,Detail Expands,URL Clicks,Hashtag Clicks,Permalink Clicks
2074000000000000001,"Tue, Jul 14, 2026",Homes,https://x.com/a/status/2074000000000000001,122978,12,300,0,0,0,0,0,129,200,66,3,1
2.074E+18,"Tue, Jul 14, 2026",Spoilt,https://x.com/a/status/2,1,1,1,0,0,0,0,0,1,2,6,3,1
"""
    extract = read_text(tmp_path, text)
    assert set(extract.values["grain"]) == {"lifetime"}
    assert list(extract.objects["object"]) == ["2074000000000000001"]
    assert total(extract, "link_clicks") == (66, 66)
    assert "clicks" not in set(extract.values["metric"])  # of hashtags and permalinks only: not all there were
    assert [(row.line, row.column, row.value) for row in extract.refused] == [(3, "Post id", "2.074E+18")]


ACTS = "impressions,engagements,engagement rate,retweets,replies,likes,user profile clicks,url clicks,hashtag clicks"
TWEETS = (
    f'"Tweet id","Tweet permalink","Tweet text","time",{ACTS},promoted {ACTS.replace(",", ",promoted ")}\n'
    '"649293177409679360","https://twitter.com/a/status/1","Homes","2015-09-30 18:42 +0000",'
    '"424.0","3.0","0.007","1.0","2.0","3.0","4.0","5.0","6.0","-","-","-","-","-","-","-","-","-"\n'
)


def test_older_tweet_activity_has_decimals_and_no_promotion(tmp_path: Path) -> None:
    extract = read_text(tmp_path, TWEETS)
    assert extract.source == "x.tweet_activity"
    assert total(extract, "impressions", payment="organic") == (424, 424)
    assert set(extract.values["payment"]) == {"organic"}
    assert total(extract, "link_clicks") == (5, 5)
    assert "clicks" not in set(extract.values["metric"])
    assert extract.objects["published_at"].iloc[0] == datetime(2015, 9, 30, 18, 42, tzinfo=UTC)


def test_promoted_numbers_are_paid(tmp_path: Path) -> None:
    promoted = TWEETS.replace('"6.0","-"', '"6.0","1000.0"')
    extract = read_text(tmp_path, promoted)
    assert total(extract, "impressions", payment="paid") == (1000, 1000)
    assert total(extract, "impressions", payment="organic") == (424, 424)


def test_the_organic_report_is_by_tweet_and_day(tmp_path: Path) -> None:
    text = """account_id,date,organic_tweet_id,placement,_fivetran_synced,clicks,engagements,impressions,retweets,\
video_total_views,video_views_100
18ce,2026-03-14T07:00:00,664569014195085312,ALL_ON_TWITTER,2026-10-06T07:47:23.745,1,2,30,4,5,0
18ce,2026-03-15T07:00:00,664569014195085312,SPOTLIGHT,2026-10-06T07:47:23.745,1,2,70,4,5,0
"""
    extract = read_text(tmp_path, text)
    impressions = rows(extract, "impressions", account="18ce", payment="organic", grain="day")
    assert list(impressions["placement"]) == ["", "spotlight"]
    assert impressions["start"].iloc[0] == datetime(2026, 3, 14, 7, tzinfo=UTC)
    assert list(rows(extract, "completions")["state"]) == ["zero", "zero"]
