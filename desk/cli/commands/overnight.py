"""soundbite overnight: the scheduled sweep, now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli.answer import give
from desk.cli.options import AsJson, Home, enter, person
from desk.cli.screen import telling

if TYPE_CHECKING:
    from flows.results import SweepResult


def overnight(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder to sweep. [default: the settings' watch_folder]")
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> int:
    """Take in, transcribe, flag and clip everything new in a folder. A second run finds nothing to do."""
    from flows.overnight import sweep

    with telling() as tell:
        answer = sweep(enter(home), tell, folder=folder, asked_by=person())
    give(answer, lines(answer), as_json=as_json)
    return 1 if answer.failures else 0


def lines(answer: SweepResult) -> list[str]:
    """A sweep in a few lines for a person."""
    told = [f"{answer.new} new, {answer.known} known, {answer.refused} refused; {len(answer.clips)} clips"]
    told += [f"  {clip.clip}  “{clip.quote}”" for clip in answer.clips]
    return told + [f"  failed: {failure}" for failure in answer.failures]
