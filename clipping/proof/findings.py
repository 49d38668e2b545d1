"""What a verification found: one finding for each check, in words a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from clipping.errors import NotVerified


class Check(StrEnum):
    """Every check there is, in the order they are made. docs/verification.md explains each."""

    WHOLE = "whole file"
    INDEX_FIRST = "index first"
    EDIT_LIST = "no edit list"
    PICTURE_FORMAT = "picture format"
    SIZE = "size"
    SQUARE_PIXELS = "square pixels"
    FRAME_RATE = "frame rate"
    CLOSED_GOP = "closed GOP"
    SOUND_FORMAT = "sound format"
    DECODES = "decodes"
    FRAMES = "frames"
    DURATION = "duration"
    FIRST_FRAME = "first frame"
    SOUND_LENGTH = "sound length"
    LOUDNESS = "loudness"
    TRUE_PEAK = "true peak"
    CAPTIONS = "captions"
    CREDIT = "credit"
    IMPRINT = "imprint"
    END_CARD = "imprint on the end card"


@dataclass(frozen=True, slots=True)
class Finding:
    """`detail` says what was seen, and where that is wrong also what was wanted."""

    check: Check
    ok: bool
    detail: str

    def __str__(self) -> str:
        return f"{self.check}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Verified:
    """A file that was looked at; only where `ok` may it be shown to anybody.

    A file that is not whole or doesn't decode has fewer findings: the later checks were not made. Loudness in
    LUFS and true peak in dBTP are None where the clip is meant to be silent or could not be heard.
    """

    findings: tuple[Finding, ...]
    sha256: str
    size_bytes: int
    width: int
    height: int
    frames: int
    fps: Fraction
    duration: Fraction
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    poster_frame: int  # the sharpest of the frames looked at, a caption on screen

    @property
    def ok(self) -> bool:
        return bool(self.findings) and not self.failed

    @property
    def failed(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.ok)


def demand(verified: Verified, name: str) -> Verified:
    """The same, if every check passed. Raises NotVerified with the findings that failed."""
    if verified.ok:
        return verified
    failed = [str(finding) for finding in verified.failed]
    raise NotVerified(
        f"{name} failed its checks and is not shown: {failed[0] if failed else 'none was made'}",
        "Cut the clip again; if it fails again, send the log to whoever looks after Soundbite",
        findings=failed,
    )
