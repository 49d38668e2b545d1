"""soundbite run: the main job, from a recording to finished clips."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli.answer import give
from desk.cli.commands.ingest import AiredAt, Channel, Programme
from desk.cli.commands.transcribe import Engine
from desk.cli.options import AsJson, Home, Recipes, enter, home_path, names, person
from desk.cli.screen import telling, tracked_line, warn
from desk.cli.story import Way, tell_story

if TYPE_CHECKING:
    from flows.asks import RunAsk
    from flows.results import RunsResult
    from flows.telling import Tell


def run(
    source: Annotated[str, typer.Argument(help="File, folder, file://, s3://, or http(s):// file.")],
    channel: Channel = None,
    programme: Programme = None,
    aired_at: AiredAt = None,
    watchlist: Annotated[Path | None, typer.Option("--watchlist", help="Watchlist (YAML) to flag with.")] = None,
    recipe: Recipes = "",
    clips: Annotated[int | None, typer.Option("--clips", min=0, max=50, help="How many of the best moments.")] = None,
    engine: Engine = None,
    as_json: AsJson = False,
    home: Home = None,
) -> int:
    """Ingest → transcribe → flag → clip → verify → pack. A second run makes nothing twice."""
    from flows.asks import RunAsk

    ask = RunAsk(
        source=_absolute(source),
        channel=channel,
        programme=programme,
        aired_at=aired_at,
        watchlist=str(watchlist.resolve()) if watchlist else None,
        recipes=names(recipe),
        clips=clips,
        engine=engine,
        asked_by=person(),
    )
    with telling() as tell:
        answer = do_run(ask, home, tell)
    warn(tracked_line(answer.is_tracked))
    give(answer, tell_story(answer, Way(home=str(home) if home else "")), as_json=as_json)
    return exit_code(answer)


def do_run(ask: RunAsk, home: Path | None, tell: Tell) -> RunsResult:
    """By the house if it is up, else here."""
    from flows.house import find_house

    folder = home_path(home)
    house = find_house(folder)
    if house is None:
        from flows.rapid import rapid_rebuttal

        return rapid_rebuttal(enter(home), ask, tell)
    from desk.cli.through_house import ask_house
    from flows.results import RunsResult

    return RunsResult.model_validate(ask_house(house, folder, "run", ask, tell))


def exit_code(answer: RunsResult) -> int:
    """2 if nothing could be taken in, 1 if something that was begun failed."""
    if all(one.ingested.status == "refused" for one in answer.runs):
        return 2
    return 1 if any(one.failures for one in answer.runs) else 0


def _absolute(source: str) -> str:
    """A path as the worker sees it, which has another working directory; addresses stay as they are."""
    return source if "://" in source else str(Path(source).expanduser().absolute())
