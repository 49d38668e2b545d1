"""Meta's Graph API: insights of an ad account's ads, and the Ad Library's archive.

Shapes and error codes: developers.facebook.com/docs/graph-api (results, guides/error-handling, overview/rate-limiting),
/docs/marketing-api/insights and /docs/graph-api/reference/ads_archive. The token is SOUNDBITE_META_TOKEN; it travels
in a header, and the links of the answers, which carry it, are cleaned before anything is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx

from analytics.errors import PullBroken, PullFailed
from analytics.model.scope import Window

from .asking import ask, client_of
from .envelope import keep, secret

VERSION: Final = "v23.0"
TOKEN: Final = "SOUNDBITE_META_TOKEN"  # noqa: S105 (the name of the variable)
PAGES_AT_MOST: Final = 2000
INSIGHT_FIELDS: Final = (
    "account_id", "account_name", "campaign_id", "campaign_name", "ad_id", "ad_name", "account_currency", "date_start",
    "date_stop", "impressions", "reach", "frequency", "spend", "clicks", "inline_link_clicks",
    "video_p25_watched_actions", "video_p50_watched_actions", "video_p75_watched_actions", "video_p100_watched_actions",
)  # fmt: skip
LIBRARY_FIELDS: Final = (
    "id", "page_id", "page_name", "bylines", "ad_creation_time", "ad_delivery_start_time", "ad_delivery_stop_time",
    "ad_creative_bodies", "ad_creative_link_titles", "ad_snapshot_url", "currency", "impressions", "spend",
    "estimated_audience_size", "demographic_distribution", "delivery_by_region", "publisher_platforms", "languages",
)  # fmt: skip
# Application, account, page and business limits; 1 and 2 are the API's own bad moments.
_LATER: Final = frozenset({1, 2, 4, 17, 32, 341, 613, *range(80000, 80015)})
_TOKEN_CODES: Final = frozenset({102, 190, 463, 467})


def pull_insights(
    folder: Path,
    account: str,
    window: Window,
    *,
    breakdowns: Sequence[str] = ("age", "gender"),
    by_day: bool = True,
    client: httpx.Client | None = None,
    pulled_at: datetime | None = None,
) -> Path:
    """Insights of every ad of the ad account `account` ("act_…") in `window`, by `breakdowns`.

    Raises PullFailed, PullBroken, and what `keep` raises.
    """
    params = {
        "level": "ad",
        "fields": ",".join(INSIGHT_FIELDS),
        "breakdowns": ",".join(breakdowns),
        "time_range": json.dumps({"since": window.first.isoformat(), "until": window.last.isoformat()}),
        "limit": "500",
        **({"time_increment": "1"} if by_day else {}),
    }
    pages = _pages(f"{account}/insights", params, client)
    return keep(folder, "meta.insights_api", {"account": account, **params}, pages, pulled_at=pulled_at)


def pull_ad_library(
    folder: Path,
    pages_of: Sequence[str],
    *,
    countries: Sequence[str] = ("GB",),
    client: httpx.Client | None = None,
    pulled_at: datetime | None = None,
) -> Path:
    """Every political ad, running or not, of the pages `pages_of` (ids) that reached `countries`.

    What a page no longer has in two such files one after the other has vanished: all of its ads are asked for.
    Raises PullFailed, PullBroken, and what `keep` raises.
    """
    params = {
        "search_page_ids": json.dumps(list(pages_of)),
        "ad_reached_countries": json.dumps(list(countries)),
        "ad_type": "POLITICAL_AND_ISSUE_ADS",
        "ad_active_status": "ALL",
        "fields": ",".join(LIBRARY_FIELDS),
        "limit": "250",
    }
    pages = _pages("ads_archive", params, client)
    return keep(folder, "meta.ad_library_api", params, pages, pulled_at=pulled_at)


def _pages(edge: str, params: Mapping[str, str], client: httpx.Client | None) -> list[dict[str, object]]:
    headers = {"Authorization": f"Bearer {secret(TOKEN, 'Meta')}"}
    url, after, pages = f"https://graph.facebook.com/{VERSION}/{edge}", "", list[dict[str, object]]()
    with client_of(client) as http:
        while len(pages) < PAGES_AT_MOST:
            asked = {**params, **({"after": after} if after else {})}
            answer = ask(http, "Meta", url, asked, headers, _judge)
            pages.append({"data": _data(answer)})
            before, after = after, _after(answer)
            if not after:
                return pages
            if after == before:
                raise PullFailed("Meta names the same page again and again", "Try again later.")
    raise PullFailed(f"Meta goes on after {PAGES_AT_MOST} pages", "Ask for fewer days or pages at a time.")


def _data(answer: Mapping[str, object]) -> list[object]:
    """Raises PullFailed where there is none: no answer is not an answer that holds nothing."""
    data = answer.get("data")
    if not isinstance(data, list):
        raise PullFailed("Meta answered without a list of data", "Check the account, its rights and what was asked.")
    return data


def _after(answer: Mapping[str, object]) -> str:
    """The cursor of the next page; "" on the last, which has no `next`.

    Raises PullFailed where there is a next page and no way to it: half a library would look like ads gone.
    """
    paging = answer.get("paging")
    if not isinstance(paging, dict) or not paging.get("next"):
        return ""
    cursors = paging.get("cursors")
    said = cursors.get("after") if isinstance(cursors, dict) else None
    after = said or httpx.URL(str(paging["next"])).params.get("after")
    if not after:
        raise PullFailed("Meta has a next page and does not say where", "Ask for fewer days or pages at a time.")
    return str(after)


def _judge(answer: Mapping[str, object]) -> PullFailed | None:
    error = answer.get("error")
    if not isinstance(error, dict):
        return None
    code, said = int(error.get("code") or 0), str(error.get("message", ""))[:200]
    if code in _LATER or error.get("is_transient"):
        return PullBroken(f"Meta asks to wait (code {code}: {said})", "Try again in an hour.")
    if code in _TOKEN_CODES:
        return PullFailed(f"Meta does not take the key (code {code})", f"Make a new one and set {TOKEN}.")
    return PullFailed(f"Meta said no (code {code}: {said})", "Check the account, its rights and what was asked.")
