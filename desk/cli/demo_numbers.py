"""The demo's second half: posts of its clips, the bundled exports, and the reports: whom did it reach?"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from desk.cli.options import enter

if TYPE_CHECKING:
    from flows.results import ClaimResult, ImportedFile, NotedPost
    from flows.telling import Tell
    from flows.workspace import Workspace

FIRST, LAST = "2026-11-20", "2026-12-03"
ASKED_BY = "demo"
SETTINGS = """# Written by ./run demo, for whoever goes on from there. docs/settings.md has every setting.
watchlist = "{demo}/watchlist.yaml"
target = "{demo}/target.yaml"
seat_groups = "{demo}/seat-groups.csv"
claims = "{demo}/claims.txt"
own_pages = "Orchard Party"
"""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What became of the posts and exports, what the reports say first, and where they lie."""

    posts: tuple[NotedPost, ...]
    files: tuple[ImportedFile, ...]
    answer: str
    claim: ClaimResult
    index: Path
    is_written: bool  # now; else they lay there already, and nothing was new


def settle_in(home: Path, demo: Path) -> None:
    """Give the demo's home its settings, unless somebody wrote others."""
    path = home / "soundbite.toml"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.write_text(SETTINGS.format(demo=demo.absolute().as_posix()), encoding="utf-8")


def reach(home: Path, demo: Path, clips: Sequence[str], tell: Tell) -> Numbers:
    """Note the posts of `clips` (in the order of the broadcast), import the exports, write the reports of the two
    weeks. What is known already changes nothing.

    Raises:
        SoundbiteError: as noting, importing and reporting do.
    """
    from flows.asks import ClaimAsk
    from flows.claim import judge

    with enter(home) as workspace:
        posts, files = _posts(workspace, demo / "posts.csv", clips), _exports(workspace, demo / "exports", tell)
        is_new = any(post.status != "known" for post in posts) or any(file.status == "imported" for file in files)
        answer, index, is_written = _report(workspace, is_new, tell)
        claim = judge(workspace, ClaimAsk(sentence=_sentence(demo), first=FIRST, last=LAST, asked_by=ASKED_BY))
    return Numbers(posts, files, answer, claim, index, is_written)


def _posts(workspace: Workspace, table: Path, clips: Sequence[str]) -> tuple[NotedPost, ...]:
    """The table names clips by their place in the broadcast; posts of clips that were not made are left out."""
    from flows.asks import PostAsk
    from flows.posts import note_post

    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["clip"]) <= len(clips)]
    asks = [PostAsk.model_validate({**row, "clip": clips[int(row["clip"]) - 1], "asked_by": ASKED_BY}) for row in rows]
    return tuple(post for ask in asks for post in note_post(workspace, ask).posts)


def _exports(workspace: Workspace, folder: Path, tell: Tell) -> tuple[ImportedFile, ...]:
    """Every export, with what imports.yaml says of it."""
    from flows.asks import MetricsAsk
    from flows.metrics import import_metrics

    steps = yaml.safe_load((folder / "imports.yaml").read_text(encoding="utf-8"))
    found: list[ImportedFile] = []
    for step in steps:
        files = [folder / name for name in step.pop("files")]
        if "mapping" in step:
            step["mapping"] = str(folder / step["mapping"])
        found += import_metrics(workspace, files, MetricsAsk(**step, asked_by=ASKED_BY), tell).files
    return tuple(found)


def _report(workspace: Workspace, is_new: bool, tell: Tell) -> tuple[str, Path, bool]:
    """The overnight page's answer, the index, and whether they were written now."""
    from analytics.reports.edition import read_edition
    from flows.asks import ReportAsk
    from flows.report import write_reports

    folder = workspace.home / "reports" / f"{FIRST}-to-{LAST}"
    if is_new or not (folder / "index.html").exists():
        write_reports(workspace, ReportAsk(first=FIRST, last=LAST, asked_by=ASKED_BY), tell)
        is_new = True
    edition = read_edition(folder)
    return next(page.answer for page in edition.pages if page.slug == "overnight"), edition.index, is_new


def _sentence(demo: Path) -> str:
    """The first of the demo's claims."""
    lines = (demo / "claims.txt").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line and not line.startswith("#"))
