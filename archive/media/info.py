"""What a media file says about itself, before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class VideoStream:
    """One picture stream. Sizes are as coded, before `rotation` and `sar` are applied.

    `rotation` is the clockwise turn in degrees (0, 90, 180, 270) that puts the picture upright.
    `id` is the PID in a transport stream. Colour names are ffmpeg's; "unknown" where untagged.
    """

    index: int
    codec: str
    width: int
    height: int
    sar: Fraction
    rotation: int
    frame_rate: Fraction
    is_interlaced: bool
    is_vfr: bool
    is_hdr: bool
    primaries: str
    transfer: str
    matrix: str
    time_base: Fraction
    id: int = 0

    @property
    def shown_size(self) -> tuple[int, int]:
        """(width, height) in square pixels, upright, as a viewer sees it."""
        width, height = round(self.width * self.sar), self.height
        return (height, width) if self.rotation in (90, 270) else (width, height)


@dataclass(frozen=True)
class AudioStream:
    index: int
    codec: str
    sample_rate: int
    channels: int
    id: int = 0


@dataclass(frozen=True)
class CaptionStream:
    index: int
    codec: str
    language: str


@dataclass(frozen=True)
class MediaInfo:
    """`declared` is the length in seconds that the container states; a transport stream states none."""

    container: str
    size_bytes: int
    declared: Fraction | None
    video: VideoStream | None
    audio: AudioStream | None
    captions: tuple[CaptionStream, ...]

    @property
    def is_transport_stream(self) -> bool:
        return self.container == "mpegts"

    @property
    def can_seek(self) -> bool:
        """Whether a place can be found by its time; bare MP3 and AAC have no index, and libav guesses."""
        return self.container not in ("mp3", "aac")
