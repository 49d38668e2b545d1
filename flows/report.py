"""Writing the reports of a window: pages, workbook and mail, published whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.disclosure.keeping import Keeper
from analytics.model.scope import Window
from analytics.people.groups import load_groups
from analytics.people.population import Population
from analytics.people.targets import Target, load_target
from analytics.questions.sight import Sight, look
from archive.catalogue import audit, clips
from archive.errors import SettingsWrong

from .asks import ReportAsk
from .days import window_of
from .links import relink
from .results import ReportResult, WrittenPage
from .telling import Event, Tell
from .workspace import Workspace

if TYPE_CHECKING:
    from analytics.reports.page import Page

TITLE = "Whom did it reach?"
MOST_CLAIMS = 200


def write_reports(workspace: Workspace, ask: ReportAsk, tell: Tell) -> ReportResult:
    """Write every page of the window.

    Raises:
        NothingToReport: nothing was imported, or nothing of those days.
        TimeUnclear: a day that is none.
        PopulationWrong: a target or seat groups that do not hold.
        NotInCatalogue: no such clip.
    """
    from analytics.reports import words
    from analytics.reports.edition import write_edition

    keeper = Keeper(workspace.store)
    sight = _sight(workspace, ask, keeper)
    tell(Event("report", "began", words.period(sight.window)))
    folder, pages = _folder(workspace, sight.window), _pages(sight, tell)
    now = datetime.now(UTC)
    keeper.keep()  # first: what is shown and not remembered could give somebody away in the next edition
    edition = write_edition(pages, folder, title=TITLE, window=sight.window, made_at=now, replace=True)
    with workspace.catalogue.write(ask.asked_by or "soundbite") as tx:
        audit.record(tx, "report.write", folder.name, {"pages": [page.slug for page in pages]})
    tell(Event("report", "ended", path=str(folder)))
    return ReportResult(
        pages=tuple(WrittenPage(question=p.question, answer=p.answer, html=str(p.html)) for p in edition.pages),
        xlsx=str(edition.xlsx),
        folder=str(folder),
        mail=str(edition.mail),
    )


def _pages(sight: Sight, tell: Tell) -> list[Page]:
    from analytics.reports.pages import PAGES

    pages = []
    for number, build in enumerate(PAGES):
        tell(Event("report", "moved", build.__name__.replace("_", " "), number / len(PAGES)))
        pages.append(build(sight))
    return pages


def _folder(workspace: Workspace, window: Window) -> Path:
    """One folder a window: a later report of the same days takes the place of the earlier one."""
    return workspace.home / "reports" / f"{window.first.isoformat()}-to-{window.last.isoformat()}"


def _sight(workspace: Workspace, ask: ReportAsk, keeper: Keeper) -> Sight:
    settings, lake = workspace.settings, workspace.lake()
    relink(workspace, lake)
    with workspace.catalogue.read() as tx:
        clip = clips.get(tx, ask.clip).id if ask.clip else ""
    groups = groups_of(workspace, ask.groups)
    return look(
        lake,
        window_of(ask.first, ask.last, settings.report_days, settings.zone),
        zone=settings.zone,
        population=Population.load(),
        own=settings.own_pages,
        target=target_of(workspace, ask.target, groups),
        groups=groups,
        clip=clip,
        claims=(*ask.claims, *_claims(settings.claims)),
        weights={entry.id: float(entry.weight) for entry in workspace.watchlist().entries},
        hide=lambda name, window, table: keeper.protect(name, window, table).shown,
    )


def groups_of(workspace: Workspace, asked: str = "") -> dict[str, tuple[str, ...]]:
    """The seat groups asked for, else the settings' own; none without either. Raises PopulationWrong."""
    path = Path(asked) if asked else workspace.settings.seat_groups
    return load_groups(path) if path else {}


def target_of(workspace: Workspace, asked: str, groups: Mapping[str, Sequence[str]]) -> Target | None:
    """The target asked for, else the settings' own; it may name seat `groups`. Raises PopulationWrong."""
    path = Path(asked) if asked else workspace.settings.target
    return load_target(path, groups=groups) if path else None


def _claims(path: Path | None) -> tuple[str, ...]:
    """One sentence a line; empty lines and those that begin with # are left out."""
    if path is None:
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"The claims in {path} can't be read: {error}", "Mend or unset `claims`.") from error
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))[:MOST_CLAIMS]
