"""Every packet of a recording, read once: time stamps, places, damage marks. Nothing is decoded here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from archive.media.container import open_media, packets
from archive.media.info import MediaInfo

if TYPE_CHECKING:
    from av.packet import Packet


class Stamp(NamedTuple):
    """One packet: time stamps as stored (ticks), length (ticks), byte position (−1 unknown).

    Not `is_shown`: an edit list hides it; others may be decoded from it.
    """

    pts: int
    dts: int
    duration: int
    position: int
    is_key: bool
    is_shown: bool = True


@dataclass
class Walk:
    """All packets of the picture and the sound in file order, and what was wrong with them."""

    video: list[Stamp] = field(default_factory=list)
    audio: list[Stamp] = field(default_factory=list)
    corrupt: int = 0
    unstamped: int = 0
    trouble: str = ""
    video_base: Fraction = Fraction(1, 90000)
    audio_base: Fraction = Fraction(1, 90000)


def walk(
    path: Path,
    info: MediaInfo,
    on_progress: Callable[[float], None] | None = None,
    on_keyframe: Callable[[Packet[Any]], None] | None = None,
) -> Walk:
    """Read every packet. `on_progress` hears the share read (0…1), `on_keyframe` each picture keyframe.

    Raises what `open_media` raises; trouble further on ends the walk and is noted in it.
    """
    import av

    result = Walk()
    with open_media(path, is_raw_clock=info.is_transport_stream) as container:
        streams = [container.streams[s.index] for s in (info.video, info.audio) if s is not None]
        if info.video:
            result.video_base = streams[0].time_base or result.video_base
        if info.audio:
            result.audio_base = streams[-1].time_base or result.audio_base
        try:
            for count, packet in enumerate(packets(container, *streams)):
                _note(result, packet, info)
                if on_keyframe and packet.is_keyframe and packet.size and _is_video(packet, info):
                    on_keyframe(packet)
                if on_progress and count % 2000 == 0 and packet.pos:
                    on_progress(min(1.0, packet.pos / max(1, info.size_bytes)))
        except (av.error.FFmpegError, EOFError, OSError) as error:
            result.trouble = str(getattr(error, "strerror", "") or error)
    return result


def _note(result: Walk, packet: Packet[Any], info: MediaInfo) -> None:
    if packet.size == 0:
        return  # the flush at the end
    result.corrupt += bool(packet.is_corrupt)
    pts = packet.pts if packet.pts is not None else packet.dts
    if pts is None:
        result.unstamped += 1
        return
    dts = packet.dts if packet.dts is not None else pts
    stamps = result.video if _is_video(packet, info) else result.audio
    position = packet.pos if packet.pos is not None else -1
    if position < 0 and stamps:
        position = stamps[-1].position  # several packets out of one PES: only the first knows its place
    stamp = Stamp(pts, dts, packet.duration or 0, position, bool(packet.is_keyframe), not packet.is_discard)
    stamps.append(stamp)


def _is_video(packet: Packet[Any], info: MediaInfo) -> bool:
    return info.video is not None and packet.stream_index == info.video.index
