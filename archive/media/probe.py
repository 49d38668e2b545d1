"""What is in the file: streams, sizes, colours, captions. Nothing but the first pictures is decoded."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import MediaRefused, NotMedia
from archive.media.container import MAX_PIXELS, main_video, open_media, packets
from archive.media.info import AudioStream, CaptionStream, MediaInfo, VideoStream

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream as AvVideo

_HDR = ("smpte2084", "arib-std-b67")
_PRIMARIES = {1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020"}
_PRIMARIES |= {11: "smpte431", 12: "smpte432"}
_TRANSFERS = {1: "bt709", 4: "gamma22", 5: "gamma28", 6: "smpte170m", 7: "smpte240m", 8: "linear"}
_TRANSFERS |= {11: "iec61966-2-4", 13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12"}
_TRANSFERS |= {16: "smpte2084", 18: "arib-std-b67"}
_MATRICES = {0: "gbr", 1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc"}
_MATRICES |= {10: "bt2020c"}


def probe(path: Path) -> MediaInfo:
    """Look at a media file.

    Raises SourceMissing (nothing there), NotMedia (no picture or sound) or MediaRefused (a format or
    a trick that we do not open, or a picture over 36 million pixels).
    """
    with open_media(path) as container:
        video, audio = _video(container, path), _audio(container)
        if video is None and container.format.name != "mpegts" and _has_unsized(container):
            what = f"{path.name} has pictures that can't be opened: damaged, or over {MAX_PIXELS:,} pixels"
            raise MediaRefused(what, "Make the recording smaller, or fetch it again")
        if video is None and audio is None:
            raise NotMedia(f"{path.name} holds no picture and no sound", "Give a recording")
        return MediaInfo(
            container=container.format.name,
            size_bytes=path.stat().st_size,
            declared=_declared(container),
            video=video,
            audio=audio,
            captions=_captions(container),
        )


def _declared(container: InputContainer) -> Fraction | None:
    if container.format.name == "mpegts" or not container.duration or container.duration < 0:
        return None  # libav guesses a transport stream's from its clock: 94,513 s for 40 s of joined parts
    return Fraction(container.duration, 1_000_000)


def _has_unsized(container: InputContainer) -> bool:
    """A picture stream whose size can't be told; in a transport stream that only means it never came."""
    contexts = (stream.codec_context for stream in container.streams.video)
    return any(context is not None and context.width == 0 for context in contexts)


def _video(container: InputContainer, path: Path) -> VideoStream | None:
    stream = main_video(container)
    if stream is None or stream.time_base is None:
        return None
    context = stream.codec_context
    if context.width * context.height > MAX_PIXELS:
        size = f"{context.width}×{context.height}"
        raise MediaRefused(f"{path.name} has pictures of {size}", f"At most {MAX_PIXELS:,} pixels are opened")
    frame = _first_frame(container, stream)
    transfer = _TRANSFERS.get(context.color_trc, "unknown")
    return VideoStream(
        index=stream.index,
        codec=context.codec.canonical_name,
        width=context.width,
        height=context.height,
        sar=_sar(stream),
        rotation=-frame.rotation % 360 // 90 * 90 if frame else 0,
        frame_rate=_rate(stream),
        is_interlaced=_is_interlaced(stream, frame),
        is_vfr=_is_vfr(stream),
        is_hdr=transfer in _HDR,
        primaries=_PRIMARIES.get(context.color_primaries, "unknown"),
        transfer=transfer,
        matrix=_MATRICES.get(context.colorspace, "unknown"),
        time_base=stream.time_base,
        id=stream.id,
    )


def _first_frame(container: InputContainer, stream: AvVideo) -> VideoFrame | None:
    import av

    stream.codec_context.thread_type = "NONE"  # frame threads would decode a dozen pictures before the first
    try:
        for count, packet in enumerate(packets(container, stream)):
            frames = packet.decode()
            if frames:
                return frames[0]
            if count > 60:
                return None
    except (av.error.FFmpegError, EOFError):
        return None
    return None


def _sar(stream: AvVideo) -> Fraction:
    shape = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    return Fraction(shape) if shape else Fraction(1)


def _rate(stream: AvVideo) -> Fraction:
    rates = [stream.average_rate, stream.guessed_rate, stream.base_rate]
    sensible = [Fraction(r) for r in rates if r and Fraction(1) <= Fraction(r) <= 1000]
    return nearest_rate(sensible[0]) if sensible else Fraction(25)


def nearest_rate(rate: Fraction) -> Fraction:
    """The broadcast frame rate that `rate` stands for, if it lies within 0.05 % of one; else `rate`."""
    whole = [Fraction(n) for n in (24, 25, 30, 48, 50, 60, 100, 120)]
    known = whole + [Fraction(n * 1000, 1001) for n in (24, 30, 48, 60, 120)]
    near = min(known, key=lambda k: abs(k - rate))
    return near if abs(near - rate) <= near / 2000 else rate


def _is_interlaced(stream: AvVideo, frame: VideoFrame | None) -> bool:
    return bool(frame and frame.interlaced_frame) or int(stream.codec_context.field_order or 0) > 1


def _is_vfr(stream: AvVideo) -> bool:
    """From the container's own index where it has one; `scan` decides by every packet."""
    times = sorted({e.timestamp for e in stream.index_entries}) if len(stream.index_entries) > 8 else []
    steps = sorted(b - a for a, b in itertools.pairwise(times))
    if len(steps) < 8 or len(steps) < (stream.frames or 0) // 2:
        return False
    usual = steps[len(steps) // 2]
    odd = sum(1 for s in steps if abs(s - usual) > max(1, usual // 20))
    return odd * 20 > len(steps)


def _audio(container: InputContainer) -> AudioStream | None:
    best = container.streams.best("audio", related=main_video(container))
    found = [s for s in container.streams.audio if best is not None and s.index == best.index]
    if not found or found[0].codec_context is None or not found[0].codec_context.sample_rate:
        return None
    context = found[0].codec_context
    codec, channels = context.codec.canonical_name, context.channels
    return AudioStream(found[0].index, codec, context.sample_rate, channels, found[0].id)


def _captions(container: InputContainer) -> tuple[CaptionStream, ...]:
    found = []
    for stream in container.streams.subtitles:
        context = stream.codec_context
        codec = context.codec.canonical_name if context is not None else "dvb_teletext"
        found.append(CaptionStream(stream.index, codec, stream.language or ""))
    return tuple(found)
