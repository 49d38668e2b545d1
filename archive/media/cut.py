"""The plan of a cut: one ffmpeg input and the times at which to trim it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from archive.errors import TimeOutside
from archive.media.info import MediaInfo
from archive.media.reach import Reach, reach
from archive.timeline.clock import format_time
from archive.timeline.timeline import Timeline


@dataclass(frozen=True)
class SourceCut:
    """What the renderer gives ffmpeg, once, for all shapes.

    `input_args` reach up to and including the input (with `-copyts`: input times are absolute). Then come
    `video_filter` and `audio_filter`, or the like. The first picture out is `timeline.snap(start)`.

    `at` is that picture's media time; a media time t stands at t + `offset` on the input's clock.
    `video` and `audio` are stream specifiers for `-map` and filter labels ("0:v:0"), None where there is no
    such stream. `breaks` are media times inside the cut at which the recording jumps: say so on screen.
    """

    input_args: tuple[str, ...]
    reads: tuple[Path, ...]
    trim_start: Fraction
    trim_end: Fraction
    frame_rate: Fraction
    at: Fraction
    offset: Fraction
    breaks: tuple[Fraction, ...]
    video: str | None
    audio: str | None
    reach: Reach = field(repr=False, compare=False)

    @property
    def video_filter(self) -> str:
        """Keeps the pictures of the cut; the first gets time 0. ffmpeg rounds to the nearest tick."""
        start, end = float(self.trim_start), float(self.trim_end)
        return f"trim=start={start:.6f}:end={end:.6f},setpts=PTS-STARTPTS"

    @property
    def audio_filter(self) -> str:
        """Keeps the sound of the cut where it belongs beside the picture, with silence where there is none.

        `asetpts=PTS-STARTPTS` would pull sound that begins late, or after a hole, to the beginning.
        """
        start, end = float(self.trim_start), float(self.trim_end)
        trim = f"atrim=start={start:.6f}:end={end:.6f},asetpts=PTS-{start:.6f}/TB"
        return f"{trim},aresample=async=1:first_pts=0:min_hard_comp=0.03"


def plan_cut(
    path: Path,
    timeline: Timeline,
    info: MediaInfo,
    start: Fraction,
    end: Fraction,
    *,
    work: Path | None = None,
) -> SourceCut:
    """Plan the cut of media time `start` to `end` (seconds, end not included).

    Costs the same wherever in the recording it lies. `work` is where a slice may be written if the cut
    touches a break in a transport stream (gone with the returned object); without it, the system's
    temporary folder. Raises TimeOutside.
    """
    if end <= start:
        what = f"The out point {format_time(end)} is not after the in point {format_time(start)}"
        raise TimeOutside(what, "Give an out point that is later")
    if end > timeline.duration:
        what = f"The out point {format_time(end)} is beyond the end of the recording"
        raise TimeOutside(what, f"It ends at {format_time(timeline.duration)}")
    at = timeline.snap(start)
    way = reach(path, timeline, info, at, end, work)
    return SourceCut(
        input_args=way.input_args,
        reads=way.reads,
        trim_start=at + way.offset,
        trim_end=end + way.offset,
        frame_rate=timeline.frame_rate or (info.video.frame_rate if info.video else Fraction(25)),
        at=at,
        offset=way.offset,
        breaks=timeline.breaks_within(at, end),
        video=_specifier(info, info.video.index, info.video.id) if info.video else None,
        audio=_specifier(info, info.audio.index, info.audio.id) if info.audio else None,
        reach=way,
    )


def _specifier(info: MediaInfo, index: int, pid: int) -> str:
    """By PID in a transport stream, where a slice may number its streams otherwise; else by number."""
    return f"0:i:{pid}" if info.is_transport_stream else f"0:{index}"
