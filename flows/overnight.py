"""Nobody waits, certainty counts: everything new in a folder becomes words, moments, clips and packs."""

from __future__ import annotations

from pathlib import Path

from archive.errors import SourceMissing

from .asks import RunAsk
from .rapid import STEPS, Steps, rapid_rebuttal
from .results import SweepResult
from .telling import Event, Tell
from .workspace import Workspace


def sweep(
    workspace: Workspace,
    tell: Tell,
    *,
    folder: Path | None = None,
    asked_by: str = "",
    steps: Steps = STEPS,
) -> SweepResult:
    """Sweep a folder. One recording's failure never stops the next; a second run changes nothing.

    Raises:
        SourceMissing: no folder is given or set, or it holds no media.
    """
    place = folder or workspace.settings.watch_folder
    if place is None:
        raise SourceMissing("No folder to sweep", "Name one, or set watch_folder in soundbite.toml.")
    tell(Event("sweep", "began", str(place)))
    answer = rapid_rebuttal(workspace, RunAsk(source=str(place), asked_by=asked_by), tell, steps)
    states = [run.ingested.status for run in answer.runs]
    tell(Event("sweep", "ended"))
    return SweepResult(
        new=states.count("new"),
        known=states.count("known"),
        refused=states.count("refused"),
        clips=answer.clips,
        packs=answer.packs,
        failures=tuple(failure for run in answer.runs for failure in run.failures),
    )
