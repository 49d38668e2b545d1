"""Which picture is on air when: shots and straps on the clock of the take, on whole frames of 25 a second."""

from __future__ import annotations

from dataclasses import dataclass

from make.screenplay import Screenplay
from make.soundstage import Take

FRAMES_A_SECOND = 25


@dataclass(frozen=True)
class Shot:
    kind: str
    start: float
    end: float


@dataclass(frozen=True)
class StrapShown:
    who: str
    start: float
    end: float


def shot_list(play: Screenplay, take: Take) -> tuple[Shot, ...]:
    cuts = [(0.0, "title")]
    for said in take.lines:
        cuts += [(_frame(said.start + at), kind) for at, kind in said.line.shots]
    cuts.append((_frame(take.duration - play.closing_s + 0.6), "closing"))
    if cuts != sorted(cuts, key=lambda cut: cut[0]):
        raise ValueError("the shots of the screenplay are not in order of time")
    merged = [cut for place, cut in enumerate(cuts) if place == 0 or cuts[place - 1][1] != cut[1]]
    ends = [start for start, _ in merged[1:]] + [take.duration]
    return tuple(Shot(kind, start, end) for (start, kind), end in zip(merged, ends, strict=True))


def straps_shown(play: Screenplay, take: Take) -> tuple[StrapShown, ...]:
    return tuple(
        StrapShown(
            strap.who,
            _frame(take.line(strap.line).start + strap.at),
            _frame(take.line(strap.line).start + strap.at + strap.lasts),
        )
        for strap in play.straps
    )


def _frame(seconds: float) -> float:
    return round(seconds * FRAMES_A_SECOND) / FRAMES_A_SECOND
