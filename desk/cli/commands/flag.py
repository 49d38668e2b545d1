"""soundbite flag: moments worth answering, by watchlist or by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli.answer import clock, give
from desk.cli.options import AsJson, Home, enter, person
from desk.cli.screen import telling

if TYPE_CHECKING:
    from flows.results import FlaggedMoment

Watchlist = Annotated[Path | None, typer.Option("--watchlist", help="Watchlist (YAML). [default: the settings' own]")]


def flag(
    recording: Annotated[str, typer.Argument(help="Recording id (r_…) or the beginning of it.")],
    at: Annotated[str | None, typer.Option("--at", help="Flag this moment by hand: 00:12:03, or a wall clock.")] = None,
    watchlist: Watchlist = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Flag moments, ranked, each with the reason in words."""
    from flows.flag import flag_at, flag_recording

    if at is not None and watchlist is not None:
        raise typer.BadParameter("--at flags by hand and --watchlist by its entries: give one of them")
    with telling() as tell:
        workspace = enter(home)
        if at is not None:
            answer = flag_at(workspace, recording, at, asked_by=person())
        else:
            answer = flag_recording(workspace, recording, tell, watchlist=watchlist, asked_by=person())
    told = [line for moment in answer.moments for line in lines(moment)]
    give(answer, told or ["Nothing in it matches the watchlist."], as_json=as_json)


def lines(moment: FlaggedMoment) -> list[str]:
    """One moment in a few lines for a person."""
    head = f"{moment.moment}  {clock(moment.start)}  {moment.kind} {moment.score:.2f}  “{moment.quote}”"
    return [head, f"    {moment.why}", *(f"    careful: {warning}" for warning in moment.warnings)]
