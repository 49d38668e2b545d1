"""The timeline of one recording: media time, the epochs it is made of, and the air clock.

Media time is exact, starts at 0 with the first picture that can be decoded, and runs on without holes
from epoch to epoch. Where signal was lost, the air clock ran on while the recording did not: an epoch
carries the air time `lost` just before it. See docs/media.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any

from archive.errors import SettingsWrong, TimeOutside
from archive.timeline.clock import format_time, microseconds
from archive.timeline.marks import Marks

PTS_WRAP = 1 << 33
"""MPEG-TS stamps are 33 bits of a 90 kHz clock (ISO/IEC 13818-1, 2.4.3.7): back to 0 after 26.5 h."""


@dataclass(frozen=True)
class Epoch:
    """A stretch on one unbroken clock.

    `start` and `duration` are media seconds; `first_pts` is the raw time stamp, as stored, of its first
    picture in ticks of `time_base`. `byte_start` to `byte_end` is where its pictures lie in a transport
    stream. `lost` is the air time, in seconds, that went by unrecorded just before it. `wall_start` is
    when its first picture was on air, if the air time is known.
    """

    start: Fraction
    duration: Fraction
    first_pts: int
    time_base: Fraction
    byte_start: int | None = None
    byte_end: int | None = None
    wall_start: datetime | None = None
    lost: Fraction = Fraction(0)

    @property
    def end(self) -> Fraction:
        return self.start + self.duration


@dataclass(frozen=True)
class Timeline:
    """Built by `archive.media.scan`, kept as JSON. `frames` are the starts of all pictures, `keyframes`
    where decoding can begin, `sound` some places in the sound: all in ticks of the time base."""

    epochs: tuple[Epoch, ...]
    frame_rate: Fraction | None = None
    frames: Marks = field(default_factory=Marks)
    keyframes: Marks = field(default_factory=Marks)
    sound: Marks = field(default_factory=Marks)
    aired_at: datetime | None = None

    @classmethod
    def regular(cls, duration: Fraction, frame_rate: Fraction | None) -> Timeline:
        """A recording without breaks whose pictures come at an even rate (None: sound only)."""
        base = 1 / frame_rate if frame_rate else Fraction(1, 48000)
        count = ceil(duration / base)
        frames = Marks.of(range(count)) if frame_rate else Marks()
        return cls((Epoch(Fraction(0), duration, 0, base),), frame_rate, frames)

    @property
    def time_base(self) -> Fraction:
        return self.epochs[0].time_base

    @property
    def duration(self) -> Fraction:
        return self.epochs[-1].end

    @cached_property
    def breaks(self) -> tuple[Fraction, ...]:
        """Media times at which one epoch gives way to the next."""
        return tuple(epoch.start for epoch in self.epochs[1:])

    def breaks_within(self, start: Fraction, end: Fraction) -> tuple[Fraction, ...]:
        """Breaks strictly between two media times: a cut over one shows a jump."""
        return tuple(b for b in self.breaks if start < b < end)

    def tick(self, t: Fraction) -> int:
        """The last tick at or before media time `t`."""
        return floor(t / self.time_base)

    def epoch_at(self, t: Fraction) -> Epoch:
        """Raises TimeOutside where the recording has no such media time."""
        if not 0 <= t < self.duration:
            what = f"{format_time(t)} is outside the recording"
            raise TimeOutside(what, f"It runs from 00:00:00.000 to {format_time(self.duration)}")
        return next(e for e in reversed(self.epochs) if e.start <= t)

    def epoch_after(self, epoch: Epoch) -> Epoch | None:
        following = self.epochs.index(epoch) + 1
        return self.epochs[following] if following < len(self.epochs) else None

    def snap(self, t: Fraction) -> Fraction:
        """Exact start of the picture on screen at media time `t`; `t` itself where there is no picture.

        Raises TimeOutside.
        """
        self.epoch_at(t)
        shown = self.frames.last_at(self.tick(t))
        return t if shown is None else self.frames.ticks[shown] * self.time_base

    # --- the air clock ---------------------------------------------------------------------------

    def with_air_time(self, aired_at: datetime) -> Timeline:
        """The same timeline, knowing that media time 0 was on air at `aired_at` (with a zone)."""
        if aired_at.tzinfo is None:
            raise SettingsWrong(f"The air time {aired_at} has no time zone", "Give one, such as Z")
        known = replace(self, aired_at=aired_at.astimezone(UTC))
        epochs = tuple(replace(e, wall_start=known._wall(e, e.start)) for e in self.epochs)
        return replace(known, epochs=epochs)

    def wall_at(self, t: Fraction) -> datetime:
        """When media time `t` was on air, in UTC, up to the next microsecond. Raises TimeOutside."""
        return self._wall(self.epoch_at(t), t)

    def media_at(self, wall: datetime) -> Fraction:
        """The media time of what was on air at `wall`.

        Raises TimeOutside before, after, and where signal was lost; the message names the edges.
        """
        since = Fraction(microseconds(wall - self._aired_at), 1_000_000)
        for epoch in reversed(self.epochs):
            t = since - self._lost_before(epoch)
            if t >= epoch.start:
                return self._inside(epoch, t, wall)
        return self._inside(self.epochs[0], since, wall)

    def _inside(self, epoch: Epoch, t: Fraction, wall: datetime) -> Fraction:
        if epoch.start <= t < epoch.end:
            return t
        following = self.epoch_after(epoch)
        if following is not None and t >= epoch.end:
            until, since = self._wall(epoch, epoch.end), self._wall(following, following.start)
            what = f"Nothing was recorded at {wall.astimezone(UTC):%H:%M:%S}Z"
            raise TimeOutside(what, f"Signal was lost from {until:%H:%M:%S}Z to {since:%H:%M:%S}Z")
        first, last = self._wall(self.epochs[0], Fraction(0)), self._wall(self.epochs[-1], self.duration)
        what = f"{wall.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z is outside the recording"
        raise TimeOutside(what, f"It was on air from {first:%Y-%m-%d %H:%M:%S}Z to {last:%H:%M:%S}Z")

    @property
    def _aired_at(self) -> datetime:
        if self.aired_at is None:
            raise TimeOutside("The air time of this recording is not known", "Say when it began, then ask again")
        return self.aired_at

    def _lost_before(self, epoch: Epoch) -> Fraction:
        return sum((e.lost for e in self.epochs if e.start <= epoch.start), Fraction(0))

    def _wall(self, epoch: Epoch, t: Fraction) -> datetime:
        # Up, not to the nearest: media_at(wall_at(start of a picture)) must not fall into the one before.
        since = ceil((t + self._lost_before(epoch)) * 1_000_000)
        return self._aired_at + timedelta(microseconds=since)

    # --- keeping it ------------------------------------------------------------------------------

    def to_json(self) -> str:
        """Text from which `from_json` makes an equal timeline."""
        marks = {name: _marks_to_json(getattr(self, name)) for name in ("frames", "keyframes", "sound")}
        document = {
            "version": 1,
            "frame_rate": None if self.frame_rate is None else str(self.frame_rate),
            "aired_at": None if self.aired_at is None else self.aired_at.isoformat(),
            "epochs": [_epoch_to_json(epoch) for epoch in self.epochs],
            **marks,
        }
        return json.dumps(document)

    @classmethod
    def from_json(cls, text: str) -> Timeline:
        """Raises SettingsWrong where `text` is no timeline."""
        try:
            document = json.loads(text)
            return cls(
                epochs=tuple(_epoch_from_json(e) for e in document["epochs"]),
                frame_rate=Fraction(document["frame_rate"]) if document["frame_rate"] else None,
                frames=Marks(*document["frames"]),
                keyframes=Marks(*document["keyframes"]),
                sound=Marks(*document["sound"]),
                aired_at=_moment(document["aired_at"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise SettingsWrong("A kept timeline can't be read", "Ingest the recording again") from error


def _marks_to_json(marks: Marks) -> list[str]:
    return [marks.ticks_packed, marks.bytes_packed]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _epoch_to_json(epoch: Epoch) -> dict[str, object]:
    return {
        "start": str(epoch.start),
        "duration": str(epoch.duration),
        "first_pts": epoch.first_pts,
        "time_base": str(epoch.time_base),
        "bytes": [epoch.byte_start, epoch.byte_end],
        "wall_start": epoch.wall_start.isoformat() if epoch.wall_start else None,
        "lost": str(epoch.lost),
    }


def _epoch_from_json(entry: dict[str, Any]) -> Epoch:
    return Epoch(
        start=Fraction(entry["start"]),
        duration=Fraction(entry["duration"]),
        first_pts=int(entry["first_pts"]),
        time_base=Fraction(entry["time_base"]),
        byte_start=entry["bytes"][0],
        byte_end=entry["bytes"][1],
        wall_start=_moment(entry["wall_start"]),
        lost=Fraction(entry["lost"]),
    )
