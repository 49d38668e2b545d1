"""Caption files beside a clip: the same words at the same frames as burned in, on the clip's own clock."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from archive.timeline import format_time
from clipping.look.shapes import CaptionShown, ShapePlan


def srt(plan: ShapePlan) -> str:
    """SubRip text; empty where the plan has no captions."""
    cues = (
        f"{number}\n{start.replace('.', ',')} --> {end.replace('.', ',')}\n{text}\n"
        for number, (start, end, text) in enumerate(_cues(plan), 1)
    )
    return "\n".join(cues)


def vtt(plan: ShapePlan) -> str:
    """WebVTT text; empty where the plan has no captions."""
    cues = [f"{start} --> {end}\n{_escaped(text)}\n" for start, end, text in _cues(plan)]
    return "\n".join(["WEBVTT\n", *cues]) if cues else ""


def widest(plans: Sequence[ShapePlan]) -> ShapePlan:
    """The plan whose captions come in the fewest pieces: they read best beside a player."""
    return min((plan for plan in plans if plan.captions), key=lambda p: len(p.captions), default=plans[0])


def _cues(plan: ShapePlan) -> list[tuple[str, str, str]]:
    return [(_at(shown.first_frame, plan), _at(shown.last_frame + 1, plan), _text(shown)) for shown in plan.captions]


def _at(frame: int, plan: ShapePlan) -> str:
    return format_time(Fraction(frame) / plan.frame_rate)


def _text(shown: CaptionShown) -> str:
    return "\n".join(line for line in shown.lines if line.strip()) or shown.text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
