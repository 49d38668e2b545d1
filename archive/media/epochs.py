"""Packets → epochs. Where the clock breaks, a new epoch begins; where it only wraps, it does not.

Decode time stamps decide, since presentation stamps go to and fro between pictures. Arithmetic is modulo
2^33 in a transport stream, so that the wrap after 26.5 hours is one small step like any other.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from archive.media.walk import Stamp
from archive.timeline.timeline import Epoch

FORWARD_BREAK_S = 1
"""A clock that jumps ahead by more than this breaks; by less, packets were lost and pictures stand longer."""
BACKWARD_BREAK_S = Fraction(1, 10)
LONGEST_LOSS_S = 3600
"""A jump ahead by up to this is lost signal: the station's clock ran on. By more, the clock was set anew."""


def signed(difference: int, wrap: int | None) -> int:
    """The step nearest to zero that `difference` stands for on a clock that starts again at `wrap`."""
    if wrap is None:
        return difference
    return (difference + wrap // 2) % wrap - wrap // 2


@dataclass
class Stretch:
    """The packets of one epoch; `at`: presentation ticks counted from the first packet's decode time."""

    first_dts: int
    stamps: list[Stamp] = field(default_factory=list)
    at: list[int] = field(default_factory=list)

    def shown(self) -> list[tuple[int, Stamp]]:
        """(tick, packet) of all that is not hidden by an edit list, in order of the file."""
        return [pair for pair in zip(self.at, self.stamps, strict=True) if pair[1].is_shown]

    def usable(self) -> list[tuple[int, Stamp]]:
        """(tick, packet) of every picture that can be decoded, in order of presentation.

        Pictures before the first keyframe, or shown before it, refer to ones that are not there.
        """
        first = next((n for n, stamp in enumerate(self.stamps) if stamp.is_key), None)
        if first is None:
            return []
        begin = self.at[first]
        pairs = zip(self.at[first:], self.stamps[first:], strict=True)
        return sorted((p for p in pairs if p[0] >= begin and p[1].is_shown), key=lambda pair: pair[0])


def split(stamps: Sequence[Stamp], time_base: Fraction, *, wrap: int | None) -> list[Stretch]:
    """Cut the packets of one stream where its clock breaks. `wrap` None: no breaks are looked for."""
    stretches: list[Stretch] = []
    forward, backward = FORWARD_BREAK_S / time_base, -BACKWARD_BREAK_S / time_base
    now = previous = 0
    for n, stamp in enumerate(stamps):
        step = signed(stamp.dts - previous, wrap)
        breaks = wrap is not None and not backward <= step <= forward
        if stretches and breaks and _is_stray(stamps, n, previous, wrap, backward, forward):
            continue
        if not stretches or breaks:
            stretches.append(Stretch(stamp.dts))
            now = 0
        else:
            now += step
        previous = stamp.dts
        stretches[-1].stamps.append(stamp)
        stretches[-1].at.append(now + signed(stamp.pts - stamp.dts, wrap))
    return stretches


def _is_stray(stamps: Sequence[Stamp], n: int, previous: int, wrap: int | None, low: Fraction, high: Fraction) -> bool:
    """One packet with a damaged time stamp: the ones after it go on where the ones before it were."""
    following = [signed(s.dts - previous, wrap) for s in stamps[n + 1 : n + 4]]
    return bool(following) and all(low <= step <= high for step in following)


@dataclass(frozen=True)
class Laid:
    """Epochs laid end to end, with the tick of every usable picture and its packet."""

    epochs: tuple[Epoch, ...]
    frames: list[tuple[int, Stamp]]
    unusable: int


def lay(stretches: Sequence[Stretch], time_base: Fraction, *, wrap: int | None, is_video: bool = True) -> Laid:
    """Lay stretches end to end from media tick 0. A stretch without a keyframe is left out and counted."""
    epochs: list[Epoch] = []
    frames: list[tuple[int, Stamp]] = []
    unusable, begin = 0, 0
    for stretch in stretches:
        usable = stretch.usable() if is_video else stretch.shown()
        unusable += len(stretch.shown()) - len(usable)
        if not usable:
            continue
        first, last = usable[0], usable[-1]
        length = last[0] - first[0] + _last_length(usable)
        lost = _lost(epochs[-1], first[1], begin, time_base, wrap) if epochs else Fraction(0)
        at, until = _bytes(stretch)
        start, duration = begin * time_base, length * time_base
        epochs.append(Epoch(start, duration, first[1].pts, time_base, at, until, None, lost))
        frames += [(tick - first[0] + begin, stamp) for tick, stamp in usable]
        begin += length
    return Laid(tuple(epochs), frames, unusable)


def _bytes(stretch: Stretch) -> tuple[int | None, int | None]:
    places = [s.position for s in stretch.stamps if s.position >= 0]
    return (places[0], places[-1]) if places else (None, None)


def _last_length(usable: Sequence[tuple[int, Stamp]]) -> int:
    """How long the last picture stands: as long as its packet says, else as most others do."""
    steps = sorted(b[0] - a[0] for a, b in itertools.pairwise(usable))
    usual = steps[len(steps) // 2] if steps else 0
    own = usable[-1][1].duration
    if usual and not usual // 2 <= own <= usual * 2:
        return usual
    return max(1, own or usual)


def _lost(before: Epoch, first: Stamp, begin: int, time_base: Fraction, wrap: int | None) -> Fraction:
    """Air time between two epochs, if the station's clock can be believed; 0 if it was set anew."""
    expected = before.first_pts + begin - int(before.start / time_base)
    jump = signed(first.pts - expected, wrap) * time_base
    return jump if 0 < jump <= LONGEST_LOSS_S else Fraction(0)
