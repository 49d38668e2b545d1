"""Packets → the timeline of a recording: epochs, the start of every picture, where decoding can begin."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from archive.errors import NotMedia
from archive.media.epochs import Laid, lay, signed, split
from archive.media.info import MediaInfo
from archive.media.probe import nearest_rate
from archive.media.walk import Stamp, Walk, walk
from archive.timeline.marks import Marks
from archive.timeline.timeline import PTS_WRAP, Epoch, Timeline

SOUND_MARK_S = Fraction(1, 2)


def index(path: Path, info: MediaInfo) -> Timeline:
    """The timeline of `path` from its packets alone. Raises what `probe` raises."""
    timeline, _ = timeline_of(walk(path, info), info)
    return timeline


def timeline_of(found: Walk, info: MediaInfo) -> tuple[Timeline, Laid]:
    """Raises NotMedia where no packet can be used."""
    wrap = PTS_WRAP if info.is_transport_stream else None
    if found.video:
        stamps = one_a_picture(found.video, info, found.video_base)
        laid = lay(split(stamps, found.video_base, wrap=wrap), found.video_base, wrap=wrap)
    else:
        laid = lay(split(found.audio, found.audio_base, wrap=wrap), found.audio_base, wrap=wrap, is_video=False)
    if not laid.epochs:
        raise NotMedia("Not one picture or sound in it can be decoded", "Fetch the recording again")
    if not found.video:
        return Timeline(laid.epochs, None, sound=_marks(laid.frames, SOUND_MARK_S / found.audio_base)), laid
    ticks = _rising([tick for tick, _ in laid.frames])
    keys = [(tick, stamp) for tick, stamp in laid.frames if stamp.is_key]
    sound = _sound_marks(found, laid.epochs, wrap)
    rate = frame_rate_of(ticks, found.video_base) or (info.video.frame_rate if info.video else None)
    return Timeline(laid.epochs, rate, Marks.of(ticks), _marks(keys, Fraction(0)), sound), laid


def _rising(ticks: Sequence[int]) -> list[int]:
    return [t for n, t in enumerate(ticks) if n == 0 or t > ticks[n - 1]]


def _marks(frames: Sequence[tuple[int, Stamp]], apart: Fraction) -> Marks:
    kept: list[tuple[int, int]] = []
    for tick, stamp in frames:
        if not kept or tick - kept[-1][0] >= max(apart, Fraction(1)):
            kept.append((tick, stamp.position))
    return Marks.of([t for t, _ in kept], [p for _, p in kept])


def frame_rate_of(ticks: Sequence[int], time_base: Fraction) -> Fraction | None:
    """The rate at which most pictures come; None where there is no usual one (VFR, a single picture)."""
    usual, share = usual_step(ticks)
    if not usual or share < Fraction(8, 10):
        return None
    near = [b - a for a, b in itertools.pairwise(ticks) if abs(b - a - usual) <= max(1, usual // 20)]
    return nearest_rate(1 / (Fraction(sum(near), len(near)) * time_base))


def usual_step(ticks: Sequence[int]) -> tuple[int, Fraction]:
    """(median step between pictures, share of steps within 5 % or one tick of it)."""
    steps = sorted(b - a for a, b in itertools.pairwise(ticks))
    if not steps:
        return 0, Fraction(0)
    usual = steps[len(steps) // 2]
    near = sum(1 for s in steps if abs(s - usual) <= max(1, usual // 20))
    return usual, Fraction(near, len(steps))


def one_a_picture(stamps: Sequence[Stamp], info: MediaInfo, time_base: Fraction) -> list[Stamp]:
    """Leave out second fields: H.264 coded in fields gives two packets a picture, half a picture apart."""
    if not (info.video and info.video.is_interlaced and info.video.codec in ("h264", "hevc")):
        return list(stamps)
    picture = 1 / (info.video.frame_rate * time_base)
    usual, share = usual_step(sorted(s.pts for s in stamps))
    if share < Fraction(8, 10) or not Fraction(45, 100) <= usual / picture <= Fraction(55, 100):
        return list(stamps)
    kept: list[Stamp] = []
    for stamp in stamps:
        if not kept or stamp.is_key or abs(stamp.pts - kept[-1].pts) != usual:
            kept.append(stamp)
    return kept


def _sound_marks(found: Walk, epochs: Sequence[Epoch], wrap: int | None) -> Marks:
    """Where the sound of about every half second lies, on the picture's clock (transport streams only)."""
    if wrap is None or not found.audio:
        return Marks()
    clock = SoundClock(epochs, wrap)
    placed = sorted((tick, s.position) for s in found.audio if (tick := clock.tick(s.pts, s.position)) is not None)
    kept: list[tuple[int, int]] = []
    apart = int(SOUND_MARK_S / epochs[0].time_base)
    for tick, position in placed:
        if not kept or tick - kept[-1][0] >= apart:
            kept.append((tick, position))
    return Marks.of([t for t, _ in kept], [p for _, p in kept])


@dataclass
class SoundClock:
    """Sound packets of a transport stream → media ticks, on the picture's clock.

    Sound trails the picture in the file, so that just after a break its packets still belong to the epoch
    before: as long as a packet follows on from the last one, it stays with that one's epoch.
    """

    epochs: Sequence[Epoch]
    wrap: int | None
    at: int | None = None
    last: int = 0

    def tick(self, pts: int, position: int) -> int | None:
        """Media tick of the packet, or None where it lies outside every epoch's picture."""
        if self.at is None or not self._follows(pts):
            self.at = self._by_place(pts, position)
        self.last = pts
        if self.at is None:
            return None
        since, length = self._since(self.at, pts), self._ticks(self.epochs[self.at].duration)
        if (since < 0 and self.at > 0) or (since >= length and self.at < len(self.epochs) - 1):
            return None
        return since + self._ticks(self.epochs[self.at].start)

    def _follows(self, pts: int) -> bool:
        assert self.at is not None  # noqa: S101 - the caller has looked
        second, step = self._ticks(Fraction(1)), signed(pts - self.last, self.wrap)
        is_near = -second // 10 <= step <= second
        return is_near and self._since(self.at, pts) <= self._ticks(self.epochs[self.at].duration) + second

    def _by_place(self, pts: int, position: int) -> int | None:
        here = max(0, bisect_right([e.byte_start or 0 for e in self.epochs], position) - 1)
        second = self._ticks(Fraction(1))
        for n in (here, here - 1, here + 1):
            if 0 <= n < len(self.epochs):
                length = self._ticks(self.epochs[n].duration)
                if -second <= self._since(n, pts) <= length + second:
                    return n
        return None

    def _since(self, n: int, pts: int) -> int:
        return signed(pts - self.epochs[n].first_pts, self.wrap)

    def _ticks(self, seconds: Fraction) -> int:
        return int(seconds / self.epochs[0].time_base)
