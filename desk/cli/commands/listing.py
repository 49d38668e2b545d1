"""soundbite list: what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.cli.answer import clock, give
from desk.cli.options import AsJson, Home, enter

if TYPE_CHECKING:
    from flows.results import ListResult


def listing(as_json: AsJson = False, home: Home = None) -> None:
    """List recordings and their clips, with the ids that the other commands take."""
    from flows.listing import list_held

    answer = list_held(enter(home))
    give(answer, lines(answer) or ["Nothing is held here yet. Begin with: soundbite run SOURCE"], as_json=as_json)


def lines(answer: ListResult) -> list[str]:
    """A line for each recording, and below it one for each clip."""
    told = []
    for held in answer.recordings:
        name = ", ".join(part for part in (held.channel, held.programme) if part) or held.name
        told.append(f"{held.recording}  {clock(held.duration_s)}  {name}  {(held.aired_at or '')[:10]}".rstrip())
        for clip in held.clips:
            quote = f"  “{clip.quote[:60]}”" if clip.quote else ""
            told.append(f"  {clip.clip}  {clock(clip.start)}–{clock(clip.end)}  {', '.join(clip.recipes)}{quote}")
    return told
