"""soundbite clip: cut one clip by in and out, or by a flagged moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli.answer import clock, give
from desk.cli.options import AsJson, Home, Recipes, enter, home_path, names, person
from desk.cli.screen import telling, tracked_line, warn

if TYPE_CHECKING:
    from flows.results import ClipResult


def clip(
    recording: Annotated[str, typer.Argument(help="Recording id (r_…) or the beginning of it.")],
    start: Annotated[str | None, typer.Option("--in", help="In-point: 00:12:03.400, seconds, or a wall clock.")] = None,
    end: Annotated[str | None, typer.Option("--out", help="Out-point.")] = None,
    moment: Annotated[
        str | None, typer.Option("--moment", help="A flagged moment (m_…) instead of in and out.")
    ] = None,
    recipe: Recipes = "",
    speaker: Annotated[str, typer.Option("--speaker", help="For the lower third: 'Name, role'.")] = "",
    message: Annotated[str, typer.Option("--message", help="The line on the end card.")] = "",
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Cut one clip in every shape; each file is verified before it is visible."""
    from flows.asks import ClipAsk
    from flows.house import find_house

    ask = ClipAsk(
        recording=recording,
        start=start,
        end=end,
        moment=moment,
        recipes=names(recipe),
        speaker=speaker,
        message=message,
        asked_by=person(),
    )
    folder = home_path(home)
    with telling() as tell:
        house = find_house(folder)
        if house:
            from desk.cli.through_house import ask_house
            from flows.results import ClipResult

            made = ClipResult.model_validate(ask_house(house, folder, "clip", ask, tell))
        else:
            from flows.clip import cut_clip

            made = cut_clip(enter(home), ask, tell)
    warn(tracked_line(made.is_tracked))
    give(made, lines(made), as_json=as_json)


def lines(made: ClipResult) -> list[str]:
    """A clip in a few lines for a person."""
    verb = "exists already" if made.status == "exists" else f"made in {made.elapsed_s:.0f} s"
    told = [f"Clip {made.clip} {verb}: {clock(made.start)}–{clock(made.end)}"]
    told += [f"  {r.recipe:<12} {r.width}×{r.height}  {r.duration_s:5.1f} s  {r.path}" for r in made.renditions]
    told += [f"  note: {warning}" for warning in made.warnings]
    return [*told, f"Next: soundbite pack {made.clip}"]
