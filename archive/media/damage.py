"""What is wrong with a recording, in lines for people. An undamaged one has none."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from archive.media.epochs import LONGEST_LOSS_S, Laid, signed
from archive.media.index import usual_step
from archive.media.info import MediaInfo
from archive.media.walk import Stamp, Walk
from archive.timeline.clock import format_time
from archive.timeline.timeline import PTS_WRAP, Timeline

_SHORT_S = Fraction(1, 2)
_SOUND_GAP_S = Fraction(1, 10)


def damage_of(found: Walk, laid: Laid, timeline: Timeline, info: MediaInfo) -> list[str]:
    """All that the packets tell."""
    lines = [*_cut_short(found, timeline, info), *_breaks(timeline), *_missing_lines(timeline)]
    if found.corrupt:
        lines.append(f"{found.corrupt} packets were lost or damaged on the way")
    if found.unstamped:
        lines.append(f"{found.unstamped} packets carry no time and were passed over")
    if laid.unusable:
        lines.append(f"{laid.unusable} pictures before the first keyframe can't be decoded")
    return lines + _sound(found, timeline, info)


def _cut_short(found: Walk, timeline: Timeline, info: MediaInfo) -> list[str]:
    lines = []
    if found.trouble:
        lines.append(f"Reading ends at {format_time(timeline.duration)}: {found.trouble}")
    if info.declared is not None:
        held = max(timeline.duration, _sound_end(found, timeline))
        if info.declared - held > max(_SHORT_S, info.declared / 100):
            lines.append(f"Cut short: {format_time(info.declared)} declared, {format_time(held)} there")
    return lines


def _sound_end(found: Walk, timeline: Timeline) -> Fraction:
    if not found.audio or not found.video:
        return Fraction(0)
    zero = timeline.epochs[0].first_pts * timeline.time_base
    return max(s.pts + s.duration for s in found.audio) * found.audio_base - zero


def _breaks(timeline: Timeline) -> list[str]:
    lines = []
    for before, after in zip(timeline.epochs, timeline.epochs[1:], strict=False):
        at = format_time(after.start)
        if after.lost:
            lines.append(f"Break at {at}: {float(after.lost):.1f} s of signal lost")
            continue
        expected = before.first_pts + int(before.duration / before.time_base)
        jump = signed(after.first_pts - expected, PTS_WRAP) * after.time_base
        way = "back" if jump < 0 else "ahead"
        beyond = "" if jump < 0 else f" (more than {LONGEST_LOSS_S} s: not counted as lost signal)"
        lines.append(f"Break at {at}: the clock was set {way} by {abs(float(jump)):.1f} s{beyond}")
    return lines


def missing_pictures(timeline: Timeline) -> tuple[int, list[int]]:
    """How many pictures are missing inside epochs, and the ticks after which; none where they come unevenly."""
    ticks = timeline.frames.ticks
    usual, share = usual_step(ticks)
    if not usual or share < Fraction(9, 10):
        return 0, []
    breaks = {int(b / timeline.time_base) for b in timeline.breaks}
    pairs = itertools.pairwise(ticks)
    holes = [(a, b) for a, b in pairs if 2 * (b - a) > 3 * usual and b not in breaks]
    return sum(round(Fraction(b - a, usual)) - 1 for a, b in holes), [a for a, _ in holes]


def _missing_lines(timeline: Timeline) -> list[str]:
    missing, places = missing_pictures(timeline)
    if not missing:
        return []
    first = format_time(places[0] * timeline.time_base)
    return [f"{missing} pictures are missing in {len(places)} places, the first at {first}"]


def _sound(found: Walk, timeline: Timeline, info: MediaInfo) -> list[str]:
    if info.audio is None or info.video is None:
        return []
    if not found.audio:
        return ["The sound stream is empty"]
    wrap = PTS_WRAP if info.is_transport_stream else None
    holes, missing = _sound_holes(found.audio, found.audio_base, wrap)
    lines = [f"Sound is missing in {holes} places, {float(missing):.1f} s in all"] if holes else []
    late = _sound_lateness(found, timeline, wrap)
    if late > _SHORT_S:
        lines.append(f"The sound begins {float(late):.1f} s after the picture")
    return lines


def _sound_lateness(found: Walk, timeline: Timeline, wrap: int | None) -> Fraction:
    first = timeline.epochs[0]
    heard = found.audio[0].pts * found.audio_base
    if wrap is None:
        return heard - first.first_pts * first.time_base
    return signed(found.audio[0].pts - first.first_pts, wrap) * first.time_base


def _sound_holes(stamps: Sequence[Stamp], base: Fraction, wrap: int | None) -> tuple[int, Fraction]:
    """Holes of over 0.1 s that are no breaks of the clock: how many, how long."""
    holes, missing = 0, Fraction(0)
    for before, after in itertools.pairwise(stamps):
        hole = (signed(after.pts - before.pts, wrap) - before.duration) * base
        if _SOUND_GAP_S < hole <= (1 if wrap else 86400):
            holes, missing = holes + 1, missing + hole
    return holes, missing
