"""What a render is asked for and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from archive.media import MediaInfo
from archive.timeline import Timeline
from clipping.imprint import Imprint
from clipping.look.brand import BrandKit
from clipping.look.shapes import ShapePlan
from transcription.transcript import Word


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is speaking, for the lower third."""

    name: str
    role: str = ""
    speaks_at: Fraction | None = None  # media time at which they begin: the name waits for it


@dataclass(frozen=True, slots=True)
class RenderJob:
    """One clip in one or more shapes. `start` and `end` are seconds of media time."""

    path: Path
    info: MediaInfo
    timeline: Timeline
    start: Fraction
    end: Fraction
    words: tuple[Word, ...]  # those outside the cut are left out here
    recipes: tuple[str, ...]  # the first is finished first
    kit: BrandKit
    credit: str  # "Channel, Programme, 14 November 2026"
    imprint: Imprint
    speaker: Speaker | None
    message: str | None  # the end card's line; None: the kit's own
    work: Path  # files are made here, under temporary names
    cache: Path  # cards, by content


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A finished but unverified file. `elapsed_s` counts from the start of the render."""

    path: Path
    plan: ShapePlan
    recipe: str
    elapsed_s: float


@dataclass(frozen=True, slots=True)
class RenderedClip:
    """All files, in the order asked. `notes` say what was done otherwise than usual."""

    files: tuple[MadeFile, ...]
    start: Fraction  # media time of the first frame: `start` snapped
    end: Fraction
    notes: tuple[str, ...]
    cpu_s: float
    elapsed_s: float
