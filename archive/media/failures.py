"""How ffmpeg ended, in our own errors: every way it fails has a class and a line for people."""

from __future__ import annotations

import signal

from archive.errors import DiskFull, FfmpegFailed, LimitExceeded, MediaRefused, NotWritable, SoundbiteError

_TAIL_LINES = 12
SIGNS: tuple[tuple[str, type[SoundbiteError], str, str], ...] = (
    ("no space left on device", DiskFull, "The disk is full", "Free some space and ask again"),
    (
        "exceeds specified max pixel count",
        LimitExceeded,
        "The picture has more pixels than are opened here",
        "Make the recording smaller",
    ),
    ("cannot allocate memory", LimitExceeded, "ffmpeg needed more memory than it may use", "Raise the limit"),
    (
        "not in whitelist",
        MediaRefused,
        "The file points at a place that is not opened here",
        "Give the file itself",
    ),
    ("not on whitelist", MediaRefused, "The file is in a format that is not opened here", "Convert it first"),
    ("permission denied", NotWritable, "ffmpeg may not read or write there", "Check the permissions"),
    ("read-only file system", NotWritable, "ffmpeg may not write there", "Name the place in writes"),
)
"""What ffmpeg prints (in small letters) → the error it means. The first that fits counts."""


def failure_of(returncode: int, stderr: str) -> SoundbiteError:
    """The error for an ffmpeg that ended with `returncode` (negative or 128 + n: signal n)."""
    ended_by = -returncode if returncode < 0 else returncode - 128 if 128 < returncode < 160 else 0
    if ended_by == signal.SIGXCPU or f"received signal {signal.SIGXCPU:d}" in stderr:
        return LimitExceeded("ffmpeg used more processor time than it may", "Take a shorter part")
    low = stderr.lower()
    for sign, error, what, mend in SIGNS:
        if sign in low:
            return error(what, mend)
    tail = "\n".join(stderr.strip().splitlines()[-_TAIL_LINES:])
    what = f"ffmpeg was ended by signal {ended_by}" if ended_by else f"ffmpeg failed: {_last_word(tail)}"
    return FfmpegFailed(what, "Details are in the log", returncode=returncode, stderr_tail=tail)


def _last_word(tail: str) -> str:
    told = [line.strip() for line in tail.splitlines() if line.strip() and "Conversion failed" not in line]
    return told[-1][:200].rstrip(".") if told else "no reason given"
