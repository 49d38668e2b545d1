"""The flows that nobody waits for: the night's sweep, the watched folder of exports, the morning's reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from analytics.errors import NothingToReport

from . import metrics as metrics_step
from . import overnight as overnight_step
from . import report as report_step
from .artifacts import show_clips, show_imports, show_report
from .asks import ReportAsk
from .tracking import TRACKED, enter, log_event, tracked


@flow(
    name="overnight",
    description="Sweep a folder: everything new is taken in, transcribed, flagged and clipped.",
)
def overnight(folder: str | None = None) -> State[Any]:
    """The scheduled sweep. A second run on the same folder finds nothing to do.

    Args:
        folder: Folder to sweep; the settings' watch_folder if empty.
    """
    with enter() as workspace:
        answer = overnight_step.sweep(
            workspace, log_event, folder=Path(folder) if folder else None, asked_by="overnight", steps=TRACKED
        )
        show_clips(workspace, answer.clips, answer.packs)
    words = f"{answer.new} new, {answer.known} known, {answer.refused} refused; {len(answer.clips)} clips"
    if answer.failures:
        return Failed(message=f"{words}; {len(answer.failures)} failed: {answer.failures[0]}")
    return Completed(message=words)


@flow(name="import metrics", description="Platform exports that are new in a folder go into the metrics lake.")
def import_metrics(folder: str | None = None) -> State[Any]:
    """Import what is new. A second run changes nothing; what was refused is tried again only once it has changed.

    Args:
        folder: Folder of exports; the settings' exports_folder if empty.
    """
    with enter() as workspace:
        place = Path(folder) if folder else workspace.settings.exports_folder
        if place is None:
            return Completed(message="No exports_folder is set: nothing to import")
        work = tracked("import", metrics_step.import_folder)
        answer = work(workspace, log_event, folder=place, asked_by="import metrics")
        show_imports(answer)
    refused = [item for item in answer.files if item.status == "quarantined"]
    words = f"{len(answer.files) - len(refused)} imported, {len(refused)} refused"
    if refused:
        return Failed(message=f"{words}: {Path(refused[0].path).name}: {refused[0].reason}")
    return Completed(message=words)


@flow(name="report", description="Whom did it reach? One page a question, a workbook and a mail digest.")
def report(first: str = "", last: str = "") -> State[Any]:
    """Write the reports of a window of days.

    Args:
        first: First day, 2026-11-01; the settings' report_days before the last if empty.
        last: Last day; yesterday if empty.
    """
    with enter() as workspace:
        try:
            answer = tracked("report", report_step.write_reports)(
                workspace, ReportAsk(first=first, last=last, asked_by="report"), log_event
            )
        except NothingToReport as nothing:
            return Completed(message=str(nothing))
        show_report(workspace, answer)
    return Completed(message=answer.pages[0].answer)
