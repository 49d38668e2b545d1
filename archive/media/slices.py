"""A piece of a transport stream with its clock set right: time stamps become media time plus a constant.

Used where a piece touches a break or the 33-bit wrap, so that ffmpeg meets one clock that runs on. Not a
picture is re-coded; pictures that can't be decoded (before the first keyframe of an epoch) are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from archive.media import transport
from archive.media.epochs import signed
from archive.media.index import SoundClock
from archive.timeline.timeline import PTS_WRAP, Epoch, Timeline

LEAD_TICKS = 10 * 90_000
"""Media time 0 stands at 10 s of the slice's clock, so that decode times before it stay positive."""
LEAD = Fraction(10)


def write_slice(
    path: Path,
    timeline: Timeline,
    begin: int,
    end: int,
    *,
    video_pid: int | None,
    audio_pid: int | None,
    to: Path,
) -> None:
    """Copy bytes `begin`…`end` of `path` to `to` with every time stamp on media time + LEAD."""
    sound = SoundClock(timeline.epochs, PTS_WRAP)
    setter = _Setter(timeline, video_pid, audio_pid, sound)
    with path.open("rb") as source, to.open("wb") as target:
        shape = transport.packet_shape(source.read(2048))
        size, offset = shape or (188, 0)
        place = begin + (offset - begin) % size
        source.seek(place)
        for packet, at in _packets(source, size, place, end):
            kept = setter.packet(packet, at)
            if kept is not None:
                target.write(kept)


def _packets(source: BinaryIO, size: int, place: int, end: int) -> Iterator[tuple[bytes, int]]:
    while place < end:
        block = source.read(min(size * 8192, end - place))
        for n in range(0, len(block) - 187, size):
            if block[n] == transport.SYNC:
                yield block[n : n + 188], place + n
        if len(block) < size:
            return
        place += len(block)


@dataclass
class _Setter:
    timeline: Timeline
    video_pid: int | None
    audio_pid: int | None
    sound: SoundClock
    keeps: dict[int, bool] = field(default_factory=dict)

    def packet(self, packet: bytes, at: int) -> bytes | None:
        pid = transport.pid_of(packet)
        if pid not in (self.video_pid, self.audio_pid):
            return packet if pid != 0x1FFF else None
        if not transport.starts_unit(packet):
            return _without_clock(packet) if self.keeps.get(pid, False) else None
        changed = self._unit(packet, pid, at)
        self.keeps[pid] = changed is not None
        return changed

    def _unit(self, packet: bytes, pid: int, at: int) -> bytes | None:
        start = transport.payload_at(packet)
        if start is None or packet[start : start + 3] != b"\0\0\1" or len(packet) < start + 19:
            return None
        flags = packet[start + 7] >> 6
        if not flags & 2:
            return None
        pts = transport.read_stamp(packet[start + 9 : start + 14])
        dts = transport.read_stamp(packet[start + 14 : start + 19]) if flags == 3 else pts
        tick = self._video_tick(pts, at) if pid == self.video_pid else self.sound.tick(pts, at)
        if tick is None:
            return None
        stamped = bytearray(_without_clock(packet))
        stamped[start + 9 : start + 14] = transport.stamp_bytes(flags, tick + LEAD_TICKS)
        if flags == 3:
            earlier = signed(pts - dts, PTS_WRAP)
            stamped[start + 14 : start + 19] = transport.stamp_bytes(1, tick + LEAD_TICKS - earlier)
        return bytes(stamped)

    def _video_tick(self, pts: int, at: int) -> int | None:
        epoch = self._epoch_of(at)
        since = signed(pts - epoch.first_pts, PTS_WRAP)
        if since < 0 or since > epoch.duration / epoch.time_base + 90_000:
            return None
        return since + int(epoch.start / epoch.time_base)

    def _epoch_of(self, at: int) -> Epoch:
        epochs = self.timeline.epochs
        return next((e for e in reversed(epochs) if (e.byte_start or 0) <= at), epochs[0])


def _without_clock(packet: bytes) -> bytes:
    """The packet without PCR: its adaptation field keeps the random access flag and turns into stuffing."""
    if not packet[3] & 0x20 or not packet[4]:
        return packet
    return packet[:5] + bytes([packet[5] & 0x40]) + b"\xff" * (packet[4] - 1) + packet[5 + packet[4] :]
