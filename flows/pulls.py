"""Fetching numbers from the platforms: their answers are kept as files and imported like any export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from analytics.model.scope import Window
from archive.errors import SettingsWrong

from .asks import MetricsAsk
from .days import window_of
from .metrics import import_metrics
from .results import MetricsResult
from .telling import Event, Tell
from .workspace import Workspace

PULLED = "pulled"


def _youtube(folder: Path, window: Window, account: str) -> list[Path]:
    from analytics.pulls import youtube

    return list(youtube.pull(folder, window, channel=account or "MINE"))


def _meta(folder: Path, window: Window, account: str) -> list[Path]:
    from analytics.pulls import meta

    return [meta.pull_insights(folder, account, window)]


def _ad_library(folder: Path, window: Window, account: str) -> list[Path]:
    from analytics.pulls import meta

    return [meta.pull_ad_library(folder, [page.strip() for page in account.split(",")])]


def _tiktok(folder: Path, window: Window, account: str) -> list[Path]:
    from analytics.pulls import tiktok

    return [tiktok.pull(folder, account, window)]


# What --account must name; a channel of one's own needs no name.
ACCOUNTS: Mapping[str, str] = {
    "meta": "the ad account (act_…)",
    "ad-library": "the pages' ids, with commas between them",
    "tiktok": "the advertiser's id",
}
PULLS: Mapping[str, Callable[[Path, Window, str], list[Path]]] = {
    "youtube": _youtube,
    "meta": _meta,
    "ad-library": _ad_library,
    "tiktok": _tiktok,
}


def pull_metrics(
    workspace: Workspace, platform: str, first: str, last: str, account: str, tell: Tell, *, asked_by: str = ""
) -> MetricsResult:
    """Fetch a window of days, and import what came.

    Raises:
        SettingsWrong: no such platform, or the account it needs is missing.
        PullFailed, PullBroken: the platform said no, or did not answer.
        TimeUnclear: a day that is none.
    """
    pull = PULLS.get(platform)
    if pull is None:
        raise SettingsWrong(f"'{platform}' can't be fetched from", f"Name one of {', '.join(PULLS)}.")
    if platform in ACCOUNTS and not account:
        raise SettingsWrong(f"--account is missing: {ACCOUNTS[platform]}", "See docs/metrics-pulls.md.")
    window = window_of(first, last, workspace.settings.report_days, workspace.settings.zone)
    tell(Event("pull", "began", platform))
    files = pull(workspace.home / PULLED, window, account)
    tell(Event("pull", "ended"))
    is_library = platform == "ad-library"
    return import_metrics(workspace, files, MetricsAsk(whole_library=is_library, asked_by=asked_by), tell)
