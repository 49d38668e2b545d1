"""How ffmpeg gets at a stretch of a recording: one input, its clock, no more bytes than needed."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from shutil import rmtree

from archive.media import slices, transport
from archive.media.info import MediaInfo
from archive.timeline.timeline import PTS_WRAP, Epoch, Timeline

_VIDEO_TAIL = Fraction(2)
_SOUND_TAIL = Fraction(1)
_SEEK_MARGIN = Fraction(1, 10)
"""So that the sound packet that is already playing at the in point is read too."""
_TURN_BEFORE = 1
_TURN_AFTER = 15


@dataclass(frozen=True)
class Reach:
    """ffmpeg arguments up to and including the input; on its clock, media time t stands at t + `offset`."""

    input_args: tuple[str, ...]
    reads: tuple[Path, ...]
    offset: Fraction
    byte_start: int = 0
    byte_end: int = 0


def reach(
    path: Path, timeline: Timeline, info: MediaInfo, start: Fraction, end: Fraction, work: Path | None = None
) -> Reach:
    """The input that holds media time `start` to `end`, with the keyframe from which `start` can be decoded.

    `work` is a folder for a slice, needed where a transport stream's clock breaks or wraps nearby; without
    it the slice lies in a temporary folder that goes with the returned object.
    """
    if not info.is_transport_stream:
        return _by_seeking(path, timeline, start if info.can_seek else Fraction(0))
    begin, until = byte_range(path, timeline, info, start, end)
    turn = _turn(timeline, timeline.epoch_at(start), begin, until)
    if turn is not None:
        return _by_bytes(path, timeline.epoch_at(start), begin, until, info, turn)
    return _by_slice(path, timeline, info, begin, until, work)


def _by_seeking(path: Path, timeline: Timeline, start: Fraction) -> Reach:
    epoch = timeline.epochs[0]
    offset = epoch.first_pts * epoch.time_base
    seek: tuple[str, ...] = ()
    place = _seekable(timeline, start - _SEEK_MARGIN)
    if place > 0:
        # To the keyframe's own time: some indexes count decode times, and a later target would overshoot.
        place += offset
        seek = ("-seek_timestamp", "1", "-noaccurate_seek", "-ss", f"{float(place):.6f}")
    full = path.absolute()
    return Reach(("-copyts", *seek, "-i", f"file:{full}"), (full,), offset)


def _seekable(timeline: Timeline, t: Fraction) -> Fraction:
    """Media time of the last keyframe at or before `t`; `t` itself where there is only sound."""
    if not len(timeline.keyframes):
        return t
    key = timeline.keyframes.last_at(timeline.tick(t))
    return timeline.keyframes.ticks[key] * timeline.time_base if key is not None else Fraction(0)


def byte_range(path: Path, timeline: Timeline, info: MediaInfo, start: Fraction, end: Fraction) -> tuple[int, int]:
    """Bytes of a transport stream that hold `start`…`end`: programme tables, keyframe, and a tail."""
    key = timeline.keyframes.last_at(timeline.tick(start))
    sound = timeline.sound.last_at(timeline.tick(start))
    places = [m.positions[n] for m, n in ((timeline.keyframes, key), (timeline.sound, sound)) if n is not None]
    entry = min(places, default=0)
    stream = info.video or info.audio
    begin = transport.tables_before(path, entry, stream.id) if stream and entry else 0
    return begin, _range_end(timeline, info, end)


def _range_end(timeline: Timeline, info: MediaInfo, end: Fraction) -> int:
    tails = ((timeline.keyframes, _VIDEO_TAIL), (timeline.sound, _SOUND_TAIL))
    until = 0
    for marks, tail in tails:
        if len(marks):
            following = marks.first_after(timeline.tick(end + tail))
            until = max(until, info.size_bytes if following is None else marks.positions[following])
    return until or info.size_bytes


def _turn(timeline: Timeline, epoch: Epoch, begin: int, until: int) -> int | None:
    """Which turn of the 33-bit clock, counted from the epoch's first, the bytes lie in.

    None where they touch another epoch or another turn: ffmpeg can't read those as they lie.
    """
    place = timeline.epochs.index(epoch)
    is_first, is_last = place == 0, place == len(timeline.epochs) - 1
    if not (is_first or begin >= (epoch.byte_start or 0)) or not (is_last or until <= (epoch.byte_end or 0)):
        return None
    base = epoch.first_pts - int(epoch.start / epoch.time_base)
    raw = [
        base + tick
        for marks in (timeline.keyframes, timeline.sound)
        for tick, at in zip(marks.ticks, marks.positions, strict=True)
        if begin <= at <= until
    ]
    if not raw:
        return None
    before, after = int(_TURN_BEFORE / epoch.time_base), int(_TURN_AFTER / epoch.time_base)
    first, last = (min(raw) - before) // PTS_WRAP, (max(raw) + after) // PTS_WRAP
    return first if first == last else None


def _by_bytes(path: Path, epoch: Epoch, begin: int, until: int, info: MediaInfo, turn: int) -> Reach:
    full = path.absolute()
    url = f"file:{full}" if begin == 0 and until >= info.size_bytes else _subfile(full, begin, until)
    args = ("-copyts", "-f", "mpegts", "-correct_ts_overflow", "0", "-i", url)
    offset = (epoch.first_pts - turn * PTS_WRAP) * epoch.time_base - epoch.start
    return Reach(args, (full,), offset, begin, until)


def _subfile(path: Path, begin: int, until: int) -> str:
    return f"subfile,,start,{begin},end,{until},,:file:{path}"


def _by_slice(path: Path, timeline: Timeline, info: MediaInfo, begin: int, until: int, work: Path | None) -> Reach:
    folder = Path(tempfile.mkdtemp(prefix="soundbite-slice-", dir=work)).absolute()
    to = folder / "slice.ts"
    video, audio = (s.id if s else None for s in (info.video, info.audio))
    try:
        slices.write_slice(path, timeline, begin, until, video_pid=video, audio_pid=audio, to=to)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    args = ("-copyts", "-f", "mpegts", "-i", f"file:{to}")
    made = Reach(args, (to,), slices.LEAD, begin, until)
    weakref.finalize(made, rmtree, folder, ignore_errors=True)
    return made
