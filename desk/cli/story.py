"""The end of a run in lines that a person enjoys: heard, flagged and why, the clips, the pack, whom it reached,
what next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desk.cli.answer import clock, exact_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk.cli.demo_numbers import Numbers
    from flows.results import ClipResult, ImportedFile, RunResult, RunsResult

MOST_MOMENTS = 3
QUOTE_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Way:
    """How this person calls the command, so that what we suggest can be pasted."""

    command: str = "soundbite"
    home: str = ""

    def say(self, words: str) -> str:
        return f"{self.command} {words}" + (f" --home {self.home}" if self.home else "")


def tell_story(answer: RunsResult, way: Way | None = None, numbers: Numbers | None = None) -> list[str]:
    """Under 20 lines for one recording, `numbers` among them; a line each for the rest of a folder."""
    if len(answer.runs) == 1:
        return list(_one(answer.runs[0], way or Way(), numbers))
    told = [f"{len(answer.runs)} recordings:"]
    for run in answer.runs:
        made = f"{len(run.clips)} clips" if run.recording else f"refused: {run.ingested.reason}"
        told.append(f"  {run.recording or '—':<15} {made:<10} {run.ingested.path}")
        told += [f"    failed: {failure}" for failure in run.failures]
    return told


def _one(run: RunResult, way: Way, numbers: Numbers | None) -> Iterator[str]:
    item = run.ingested
    if run.recording is None:
        yield f"Refused: {item.path}: {item.reason}"
        return
    name = ", ".join(part for part in (item.channel, item.programme) if part) or item.path
    length = clock(item.duration_s or 0)
    yield f"Heard    {name}: {length}, {_words(run)}."
    yield from (f"         Damage: {damage}" for damage in item.damage[:2])
    yield from _flagged(run, way)
    for clip in run.clips:
        yield from _clip(clip)
    yield from (f"Failed   {failure}" for failure in run.failures)
    if numbers is None:
        yield from _next(run, way)
    else:
        yield from _packs(run)
        yield from _numbers(numbers, way)


def _words(run: RunResult) -> str:
    if run.transcript is None:
        return "no words"
    if run.transcript.words == 0:
        return "no words: " + (run.notes[-1].rstrip(".") if run.notes else "nobody speaks")
    return f"{run.transcript.words} words ({run.transcript.engine})"


def _flagged(run: RunResult, way: Way) -> Iterator[str]:
    moments, words = run.moments, run.transcript and run.transcript.words
    if not moments:
        yield "Flagged  nothing" + (
            ": no word of it matches the watchlist." if words else ", since there are no words."
        )
    for number, moment in enumerate(moments[:MOST_MOMENTS]):
        lead = "Flagged" if number == 0 else ""
        yield f"{lead:<8} {clock(moment.start)} {moment.kind}: “{_short(moment.quote)}”"
        yield f"         {_short(moment.why, 150)}"
    if len(moments) > MOST_MOMENTS:
        yield f"         and {len(moments) - MOST_MOMENTS} more: {way.say(f'flag {run.recording}')}"


def _clip(clip: ClipResult) -> Iterator[str]:
    shapes = ", ".join(f"{r.recipe} {r.width}×{r.height}" for r in clip.renditions)
    length = clip.renditions[0].duration_s if clip.renditions else clip.end - clip.start
    state = "exists already" if clip.status == "exists" else f"made in {clip.elapsed_s:.0f} s"
    yield f"Clip     {clip.clip}, {length:.0f} s, {state}: {shapes}"


def _next(run: RunResult, way: Way) -> Iterator[str]:
    for number, pack in enumerate(run.packs):
        yield f"{'Pack' if number == 0 else '':<8} {pack}"
    length = run.ingested.duration_s or 0.0
    by_hand = (
        f"clip {run.recording} --in {exact_clock(length / 4)} --out {exact_clock(min(length / 2, length / 4 + 20))}"
    )
    if run.packs:
        yield "Next     Watch the clips in the pack, then post them with the texts beside them; or cut by hand:"
        yield f"         {way.say(by_hand)}"
    else:
        yield f"Next     Cut by hand: {way.say(by_hand)}"


def _packs(run: RunResult) -> Iterator[str]:
    """All in one line: the folder that they lie in."""
    if run.packs:
        yield f"Packs    {len(run.packs)} in {Path(run.packs[0]).parent}"


def _numbers(numbers: Numbers, way: Way) -> Iterator[str]:
    new = sum(post.status != "known" for post in numbers.posts)
    where = ", ".join(dict.fromkeys(post.platform for post in numbers.posts))
    yield f"Posts    {len(numbers.posts)} on {where}" + ("" if new else ", known already")
    yield from _exports(numbers.files)
    yield f"Reached  {numbers.answer}"
    claim = numbers.claim
    yield f"Claim    “{claim.claim}”: {claim.verdict}." + (
        f" You can say: “{claim.sentence}”" if claim.sentence else ""
    )
    yield f"Report   {numbers.index}" + ("" if numbers.is_written else " (exists already: nothing was new)")
    again = way.say('claim "half a million people saw our videos on Facebook"')
    yield f"Next     Watch the clips, open the report in a browser, or judge a sentence: {again}"


def _exports(files: tuple[ImportedFile, ...]) -> Iterator[str]:
    """How many came in, what was mended, and what was refused and why."""
    imported, known = (sum(file.status == status for file in files) for status in ("imported", "known"))
    told = " and ".join(
        f"{many} {status}" for many, status in ((imported, "imported"), (known, "known already")) if many
    )
    mended = next((file for file in files if file.repairs and file.status != "quarantined"), None)
    yield f"Exports  {told}" + (f"; mended: {Path(mended.path).name}, {mended.repairs[0]}" if mended else "")
    yield from (f"         refused: {_short(file.reason, 120)}" for file in files if file.status == "quarantined")


def _short(text: str, length: int = QUOTE_LENGTH) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
