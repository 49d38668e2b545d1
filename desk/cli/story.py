"""The end of a run in lines that a person enjoys: heard, flagged and why, the clips, the pack, what next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.cli.answer import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.results import ClipResult, FlaggedMoment, RunResult, RunsResult

MOST_MOMENTS = 3
QUOTE_LENGTH = 90


def tell_story(answer: RunsResult) -> list[str]:
    """Under 20 lines for one recording; a line each for the rest of a folder."""
    if len(answer.runs) == 1:
        return list(_one(answer.runs[0]))
    told = [f"{len(answer.runs)} recordings:"]
    for run in answer.runs:
        made = f"{len(run.clips)} clips" if run.recording else f"refused: {run.ingested.reason}"
        told.append(f"  {run.recording or '—':<15} {made:<10} {run.ingested.path}")
        told += [f"    failed: {failure}" for failure in run.failures]
    return told


def _one(run: RunResult) -> Iterator[str]:
    item = run.ingested
    if run.recording is None:
        yield f"Refused: {item.path}: {item.reason}"
        return
    name = ", ".join(part for part in (item.channel, item.programme) if part) or item.path
    length = clock(item.duration_s or 0)
    yield f"Heard    {name}: {length}, {_words(run)}."
    yield from (f"         Damage: {damage}" for damage in item.damage[:2])
    yield from _flagged(run.moments)
    for clip in run.clips:
        yield from _clip(clip)
    yield from (f"Failed   {failure}" for failure in run.failures)
    yield from _next(run)


def _words(run: RunResult) -> str:
    if run.transcript is None:
        return "no words"
    if run.transcript.words == 0:
        return "no words: " + (run.notes[-1].rstrip(".") if run.notes else "nobody speaks")
    return f"{run.transcript.words} words ({run.transcript.engine})"


def _flagged(moments: tuple[FlaggedMoment, ...]) -> Iterator[str]:
    if not moments:
        yield "Flagged  nothing: no word of it matches the watchlist."
    for number, moment in enumerate(moments[:MOST_MOMENTS]):
        lead = "Flagged" if number == 0 else ""
        yield f"{lead:<8} {clock(moment.start)} {moment.kind}: “{_short(moment.quote)}”"
        yield f"         {_short(moment.why, 150)}"
    if len(moments) > MOST_MOMENTS:
        yield f"         and {len(moments) - MOST_MOMENTS} more: soundbite flag"


def _clip(clip: ClipResult) -> Iterator[str]:
    shapes = ", ".join(f"{r.recipe} {r.width}×{r.height}" for r in clip.renditions)
    length = clip.renditions[0].duration_s if clip.renditions else clip.end - clip.start
    state = "exists already" if clip.status == "exists" else f"made in {clip.elapsed_s:.0f} s"
    yield f"Clip     {clip.clip}, {length:.0f} s, {state}: {shapes}"


def _next(run: RunResult) -> Iterator[str]:
    for number, pack in enumerate(run.packs):
        yield f"{'Pack' if number == 0 else '':<8} {pack}"
    if run.packs:
        yield "Next     Watch the clips in the pack, then post them with the texts beside them; pick another"
        yield f"         stretch with: soundbite clip {run.recording} --in 00:00:10 --out 00:00:25"
    else:
        yield f"Next     Clip by hand: soundbite clip {run.recording} --in 00:00:10 --out 00:00:25"


def _short(text: str, length: int = QUOTE_LENGTH) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
