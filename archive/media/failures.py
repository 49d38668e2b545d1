"""How ffmpeg ended, in our own errors: every way it fails has a class and a line for people."""

from __future__ import annotations

import signal

from archive.errors import DiskFull, FfmpegFailed, LimitExceeded, MediaRefused, NotWritable, SoundbiteError

_TAIL_LINES = 12


def failure_of(returncode: int, stderr: str) -> SoundbiteError:
    """The error for an ffmpeg that ended with `returncode` (negative or 128 + n: signal n)."""
    ended_by = -returncode if returncode < 0 else returncode - 128 if returncode > 128 else 0
    if ended_by == signal.SIGXCPU:
        return LimitExceeded("ffmpeg used more processor time than it may", "Take a shorter part")
    low = stderr.lower()
    if "no space left on device" in low:
        return DiskFull("The disk is full", "Free some space and ask again")
    if "exceeds specified max pixel count" in low or ("picture size" in low and "is invalid" in low):
        return LimitExceeded("The picture has more pixels than are opened here", "Make the recording smaller")
    if "cannot allocate memory" in low:
        return LimitExceeded("ffmpeg needed more memory than it may use", "Raise the memory limit")
    if "not in whitelist" in low or "format not on whitelist" in low:
        return MediaRefused("The file is in a format, or points at a place, that is not opened here", "")
    if "permission denied" in low:
        return NotWritable("ffmpeg may not write there", "Check the folder's permissions")
    tail = "\n".join(stderr.strip().splitlines()[-_TAIL_LINES:])
    last = _last_word(tail)
    what = f"ffmpeg was ended by signal {ended_by}" if ended_by else f"ffmpeg failed: {last}"
    return FfmpegFailed(what, "Details are in the log", returncode=returncode, stderr_tail=tail)


def _last_word(tail: str) -> str:
    told = [line.strip() for line in tail.splitlines() if line.strip() and "Conversion failed" not in line]
    return told[-1][:200].rstrip(".") if told else "no reason given"
