"""The guard at the door: what may stand in an ffmpeg command line.

Every input is a named file behind whitelists; every output lies where it was said to lie.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.errors import MediaRefused
from archive.media.container import FORMATS

FORCED = frozenset({"lavfi", "rawvideo", "s16le", "f32le", "png_pipe", "jpeg_pipe", "image2", "mpegts", "srt"})
"""Formats that our own code may name with `-f` before an input; then no other is tried."""
_FLAGS = frozenset(
    (
        "-an",
        "-vn",
        "-sn",
        "-dn",
        "-y",
        "-copyts",
        "-start_at_zero",
        "-shortest",
        "-accurate_seek",
        "-noaccurate_seek",
        "-autorotate",
        "-noautorotate",
        "-xerror",
        "-bitexact",
        "-re",
        "-ignore_unknown",
        "-stats",
        "-nostats",
    )
)
_REFUSED = frozenset(
    (
        "-protocol_whitelist",
        "-format_whitelist",
        "-max_pixels",
        "-progress",
        "-report",
        "-attach",
        "-dump_attachment",
        "-vstats",
        "-vstats_file",
        "-sdp_file",
        "-stdin",
        "-filter_complex_script",
        "-filter_script",
        "-enable_drefs",
        "-use_absolute_path",
        "-init_hw_device",
        "-n",
    )
)
_SPLITTING = frozenset({"tee", "hls", "dash", "segment", "stream_segment", "rtp", "rtsp", "fifo", "image2pipe"})
_SUBFILE = re.compile(r"subfile,,start,\d+,end,\d+,,:(?:file:)?(/.*)", re.DOTALL)
_READS_FILES = re.compile(r"(^|[^\w])a?movie\s*=|(^|[^\w])(sendcmd|asendcmd|zmq|azmq)\b", re.IGNORECASE)
_FILTERS = frozenset({"-vf", "-af", "-filter", "-filter_complex", "-lavfi"})


@dataclass
class _Guard:
    reads: frozenset[str]
    writes: tuple[Path, ...]
    max_pixels: int
    has_stdout: bool
    out: list[str]
    pending: list[str]
    outputs: int = 0
    forced: str = ""

    def option(self, name: str, value: str) -> None:
        plain = name.split(":", 1)[0]
        if plain in _REFUSED or plain.startswith("-/"):
            raise MediaRefused(f"ffmpeg's {name} is not allowed through the door", "Leave it out")
        if plain == "-i":
            self.input(value)
            return
        if plain in _FILTERS and _READS_FILES.search(value):
            raise MediaRefused("A filter that reads files by itself is not allowed", "Add the file as an input")
        self.forced = value if plain == "-f" else self.forced
        self.pending += [name, value]

    def input(self, url: str) -> None:
        formats, protocols, source = FORMATS, "file", url
        if self.forced:
            formats = self._forced_format()
        if formats == "lavfi":
            if _READS_FILES.search(url):
                raise MediaRefused("A lavfi source that reads files is not allowed", "Add the file as an input")
        else:
            source, protocols = self._named_file(url)
        self.out += [*self.pending, "-protocol_whitelist", protocols, "-format_whitelist", formats]
        self.out += ["-max_pixels", str(self.max_pixels), "-i", source]
        self.pending, self.forced = [], ""

    def _forced_format(self) -> str:
        if self.forced not in FORCED and self.forced not in FORMATS.split(","):
            raise MediaRefused(f"An input of format {self.forced} is not opened", "Name one that is")
        return self.forced

    def _named_file(self, url: str) -> tuple[str, str]:
        inside = _SUBFILE.fullmatch(url)
        path = inside.group(1) if inside else url.removeprefix("file:")
        if str(Path(path).absolute()) not in self.reads:
            raise MediaRefused(f"ffmpeg was asked to read {url[:200]}, which was not named", "Name it in reads")
        if inside:
            return url, "file,subfile"
        return f"file:{Path(path).absolute()}", "file"

    def output(self, url: str) -> None:
        if self.forced in _SPLITTING:
            raise MediaRefused(f"Output as {self.forced} writes files that were not named", "Write one file")
        self.out += [*self.pending, self._named_output(url)]
        self.pending, self.forced = [], ""
        self.outputs += 1

    def _named_output(self, url: str) -> str:
        if url in ("-", "pipe:1", "pipe:"):
            if self.forced == "null":
                return "-"
            if self.has_stdout:
                return "pipe:1"
            raise MediaRefused("ffmpeg would write to a pipe that nobody reads", "Pass stdout to the door")
        path = Path(url.removeprefix("file:")).absolute()
        if ".." in path.parts or not any(path == w or w in path.parents for w in self.writes):
            raise MediaRefused(f"ffmpeg was asked to write {url[:200]}, which was not named", "Name it in writes")
        return f"file:{path}"


def guarded_arguments(
    args: Sequence[str],
    reads: Sequence[Path],
    writes: Sequence[Path],
    *,
    max_pixels: int,
    has_stdout: bool,
) -> list[str]:
    """`args` with whitelists before every input. Raises MediaRefused for whatever was not named."""
    named = frozenset(str(path.absolute()) for path in reads)
    guard = _Guard(named, tuple(w.absolute() for w in writes), max_pixels, has_stdout, [], [])
    words = iter(args)
    for word in words:
        if word in _FLAGS:
            guard.pending.append(word)
        elif word.startswith("-") and len(word) > 1:
            guard.option(word, next(words, ""))
        else:
            guard.output(word)
    if not guard.outputs:
        raise MediaRefused("The ffmpeg command has no output", "Name one, or -f null -")
    return guard.out + guard.pending
