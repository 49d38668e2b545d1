"""TikTok's API for Business: the integrated report, by ad, day, age and gender.

GET /open_api/v1.3/report/integrated/get/ (business-api.tiktok.com/portal/docs). Every answer comes with HTTP 200 and a
`code`: 0 is good, 40100 too many calls, 50000 and up their own trouble. Days come 30 at a time at most. The key is
SOUNDBITE_TIKTOK_TOKEN; it travels in the header Access-Token, without "Bearer".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import httpx

from analytics.errors import PullBroken, PullFailed
from analytics.model.scope import Window

from .asking import ask, client_of
from .envelope import keep, secret

URL: Final = "https://business-api.tiktok.com/open_api/v1.3/report/integrated/get/"
TOKEN: Final = "SOUNDBITE_TIKTOK_TOKEN"  # noqa: S105 (the name of the variable)
DAYS_AT_ONCE: Final = 30
METRICS: Final = ("ad_name", "campaign_id", "currency", "impressions", "clicks", "spend")
DIMENSIONS: Final = ("ad_id", "stat_time_day", "age", "gender")
_LATER: Final = frozenset({40100, 40016, 40133, 51010})
_TOKEN_CODES: Final = frozenset({40001, 40102, 40104, 40105})


def pull(
    folder: Path,
    advertiser: str,
    window: Window,
    *,
    dimensions: Sequence[str] = DIMENSIONS,
    metrics: Sequence[str] = METRICS,
    client: httpx.Client | None = None,
    pulled_at: datetime | None = None,
) -> Path:
    """The audience report of `advertiser` (its id) for `window`, in one file.

    Raises PullFailed, PullBroken, and what `keep` raises.
    """
    params = {
        "advertiser_id": advertiser,
        "report_type": "AUDIENCE",
        "service_type": "AUCTION",
        "data_level": "AUCTION_AD",
        "dimensions": json.dumps(list(dimensions)),
        "metrics": json.dumps(list(metrics)),
        "page_size": "1000",
    }
    headers = {"Access-Token": secret(TOKEN, "TikTok")}
    with client_of(client) as http:
        pages = [page for part in _parts(window) for page in _pages(http, {**params, **_days(part)}, headers)]
    return keep(folder, "tiktok.business_api", {**params, **_days(window)}, pages, pulled_at=pulled_at)


def _parts(window: Window) -> Iterator[Window]:
    first = window.first
    while first <= window.last:
        last = min(first + timedelta(days=DAYS_AT_ONCE - 1), window.last)
        yield Window(first, last)
        first = last + timedelta(days=1)


def _days(window: Window) -> dict[str, str]:
    return {"start_date": window.first.isoformat(), "end_date": window.last.isoformat()}


def _pages(http: httpx.Client, params: Mapping[str, str], headers: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    page, of = 1, 1
    while page <= of:
        answer = ask(http, "TikTok", URL, {**params, "page": str(page)}, headers, _judge)
        data = answer.get("data")
        if not isinstance(data, dict) or not isinstance(data.get("list"), list):
            raise PullFailed("TikTok answered without a list of rows", "Check the advertiser's id and what was asked.")
        yield {"data": data}
        info = data.get("page_info")
        of = int(info.get("total_page", 1)) if isinstance(info, dict) else 1
        page += 1


def _judge(answer: Mapping[str, object]) -> PullFailed | None:
    code, said = int(str(answer.get("code", 0))), str(answer.get("message", ""))[:200]
    if code == 0:
        return None
    if code in _LATER or 50000 <= code < 60000:
        return PullBroken(f"TikTok asks to wait (code {code}: {said})", "Try again in some minutes.")
    if code in _TOKEN_CODES:
        return PullFailed(f"TikTok does not take the key (code {code})", f"Make a new one and set {TOKEN}.")
    return PullFailed(f"TikTok said no (code {code}: {said})", "Check the advertiser's id and what was asked.")
