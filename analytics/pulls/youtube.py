"""YouTube's Analytics API: `reports.query`, by video, day, country, and by age × gender of a channel or a video.

Reports and limits: developers.google.com/youtube/analytics/channel_reports. Needs the extra `pull`
(google-api-python-client) and SOUNDBITE_YOUTUBE_CREDENTIALS: the path of an authorised user's JSON file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from analytics.errors import PullBroken, PullFailed
from analytics.model.scope import Window

from .envelope import keep, secret

CREDENTIALS: Final = "SOUNDBITE_YOUTUBE_CREDENTIALS"
SCOPE: Final = "https://www.googleapis.com/auth/yt-analytics.readonly"
ROWS_AT_ONCE: Final = 200  # the API's limit with the dimension video
_LATER: Final = frozenset({403, 408, 429, 500, 502, 503, 504})
_LATER_REASONS: Final = ("quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "backendError")
_COUNTS: Final = (
    "views,engagedViews,estimatedMinutesWatched,averageViewDuration,averageViewPercentage,"
    "likes,dislikes,comments,shares,subscribersGained,subscribersLost"
)


class Request(Protocol):
    def execute(self) -> Mapping[str, object]: ...


class Reports(Protocol):
    def query(self, **asked: object) -> Request: ...


class Service(Protocol):
    """What `googleapiclient.discovery.build("youtubeAnalytics", "v2")` gives, as far as it is used here."""

    def reports(self) -> Reports: ...


@dataclass(frozen=True, slots=True)
class Report:
    """A query that the API allows: its dimensions, metrics and order."""

    name: str
    dimensions: str
    metrics: str
    sort: str = ""


VIDEOS: Final = Report("videos", "video", _COUNTS, "-views")
DAYS: Final = Report("days", "day", _COUNTS, "day")
COUNTRIES: Final = Report("countries", "country", "views,engagedViews,estimatedMinutesWatched", "-views")
AGES: Final = Report("ages", "ageGroup,gender", "viewerPercentage")


def pull(
    folder: Path,
    window: Window,
    *,
    channel: str = "MINE",
    videos: Sequence[str] = (),
    service: Service | None = None,
    pulled_at: datetime | None = None,
) -> tuple[Path, ...]:
    """The channel's videos, days, countries and ages in `window`, and days and ages of each of `videos` (ids).

    One file a report. Raises PullFailed, PullBroken, and what `keep` raises.
    """
    api = service or connect()
    wanted = [(report, "") for report in (VIDEOS, DAYS, COUNTRIES, AGES)]
    wanted += [(report, video) for video in videos for report in (DAYS, AGES)]
    kept = []
    for report, video in wanted:
        asked = _asked(report, window, channel, video)
        pages = _pages(api, asked, is_paged=report is VIDEOS)
        kept.append(keep(folder, "youtube.analytics_api", asked, pages, pulled_at=pulled_at))
    return tuple(kept)


def connect() -> Service:
    """The API, with the credentials of the environment. Raises PullFailed."""
    place = secret(CREDENTIALS, "YouTube")
    try:
        from google.oauth2.credentials import Credentials
        from googleapiclient.discovery import build
    except ImportError as error:
        raise PullFailed("YouTube's client is not installed", 'Install it: pip install "soundbite[pull]"') from error
    try:
        credentials = Credentials.from_authorized_user_file(place, [SCOPE])  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise PullFailed(f"{CREDENTIALS} names no file of an authorised user", "Sign in again and save it.") from error
    service: Service = build(
        "youtubeAnalytics", "v2", credentials=credentials, cache_discovery=False, static_discovery=True
    )
    return service


def _asked(report: Report, window: Window, channel: str, video: str) -> dict[str, object]:
    asked = {
        "ids": f"channel=={channel}",
        "startDate": window.first.isoformat(),
        "endDate": window.last.isoformat(),
        "dimensions": report.dimensions,
        "metrics": report.metrics,
        "sort": report.sort,
        "filters": f"video=={video}" if video else "",
    }
    return {name: value for name, value in asked.items() if value}


def _pages(api: Service, asked: Mapping[str, object], *, is_paged: bool) -> list[Mapping[str, object]]:
    if not is_paged:
        return [_execute(api, asked)]
    pages: list[Mapping[str, object]] = []
    while not pages or len(_rows(pages[-1])) == ROWS_AT_ONCE:
        start = 1 + ROWS_AT_ONCE * len(pages)
        pages.append(_execute(api, {**asked, "maxResults": ROWS_AT_ONCE, "startIndex": start}))
    return pages


def _rows(page: Mapping[str, object]) -> list[object]:
    rows = page.get("rows")  # the API leaves it out where there is nothing
    return rows if isinstance(rows, list) else []


def _execute(api: Service, asked: Mapping[str, object]) -> Mapping[str, object]:
    from google.auth.exceptions import GoogleAuthError
    from googleapiclient.errors import HttpError
    from httplib2 import HttpLib2Error  # type: ignore[import-untyped]

    try:
        return api.reports().query(**asked).execute()
    except HttpError as error:
        raise _said(error.resp.status, error.content) from error
    except GoogleAuthError as error:
        raise PullFailed("YouTube does not take the credentials", f"Sign in again: {CREDENTIALS}.") from error
    except (OSError, HttpLib2Error) as error:
        raise PullBroken(f"YouTube did not answer ({type(error).__name__})", "Try again later.") from error


def _said(status: int, content: bytes) -> PullFailed:
    try:
        error = json.loads(content)["error"]
        message = str(error.get("message", ""))[:200]
        reasons = {str(one.get("reason", "")) for one in error.get("errors", [])}
    except (ValueError, KeyError, TypeError, AttributeError):
        message, reasons = "", set()
    is_later = status in _LATER and (status != 403 or bool(reasons & set(_LATER_REASONS)))
    if is_later:
        return PullBroken(f"YouTube asks to wait (HTTP {status}: {message})", "Try again later.")
    return PullFailed(f"YouTube said no (HTTP {status}: {message})", "Check the channel, its rights and the dates.")
