"""A recording with all that is known about it: its file, its timeline and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from archive.catalogue import recordings
from archive.catalogue.recordings import Recording
from archive.errors import TimeOutside
from archive.media import MediaInfo
from archive.timeline import Timeline, format_time, parse_time
from transcription.transcript import Transcript

from .rows import Span
from .transcribe import read_transcript
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Held:
    """`voiced` are the stretches in which somebody speaks, seconds of media time."""

    recording: Recording
    path: Path
    info: MediaInfo
    timeline: Timeline
    transcript: Transcript
    voiced: tuple[Span, ...]

    def media_time(self, text: str) -> Fraction:
        """A time as people write it, as media time inside the recording. Raises TimeOutside."""
        given = parse_time(text)
        at = self.timeline.media_at(given) if isinstance(given, datetime) else given
        if not 0 <= at <= self.timeline.duration:
            raise TimeOutside(
                f"{text} is not in this recording",
                f"It runs from 00:00:00.000 to {format_time(self.timeline.duration)}.",
            )
        return at


def hold(workspace: Workspace, recording: str) -> Held:
    """The recording with that id, or the only one whose id begins so. Raises NotInCatalogue."""
    with workspace.catalogue.read() as tx:
        held = recordings.get(tx, recording)
    return Held(held, *workspace.media(held), *read_transcript(workspace, held))
