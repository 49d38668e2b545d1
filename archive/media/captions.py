"""Captions that lie in the recording as a text stream → SRT text on media time."""

from __future__ import annotations

from pathlib import Path

from archive.errors import MediaRefused
from archive.media.container import media_zero, open_media
from archive.media.door import run_ffmpeg
from archive.media.info import CaptionStream
from archive.timeline.timeline import Timeline

TEXT_CODECS = frozenset({"mov_text", "subrip", "webvtt", "text", "ass", "ssa"})


def extract_captions(path: Path, stream: CaptionStream, *, timeline: Timeline | None = None) -> str:
    """The cues of an embedded text stream as SRT, whose times are media time.

    Raises MediaRefused for streams that are pictures or teletext; else what the door raises.
    """
    if stream.codec not in TEXT_CODECS:
        what = f"Captions as {stream.codec} can't be read yet"
        raise MediaRefused(what, "Put an .srt or .vtt file beside the recording")
    if timeline is not None:
        zero = timeline.epochs[0].first_pts * timeline.time_base
    else:
        with open_media(path) as container:
            zero = media_zero(container)
    full, out = path.absolute(), bytearray()
    args = ["-copyts", "-itsoffset", f"{float(-zero):.6f}", "-i", f"file:{full}"]
    args += ["-map", f"0:{stream.index}", "-c:s", "srt", "-f", "srt", "pipe:1"]
    run_ffmpeg(args, reads=(full,), writes=(), stdout=out.extend)
    return out.decode("utf-8", "replace")
