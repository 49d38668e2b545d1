"""Moments worth answering: by watchlist, or by hand."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from archive.catalogue import moments, recordings
from archive.catalogue.recordings import Recording
from archive.errors import TimeOutside
from archive.timeline import Timeline, format_time, parse_time
from clipping.moments import Moment, by_hand, find_moments

from .results import FlagResult
from .rows import moment_to_row, row_to_flagged
from .telling import Event, Tell
from .transcribe import read_transcript
from .workspace import Workspace


def flag_recording(
    workspace: Workspace, recording: str, tell: Tell, *, watchlist: Path | None = None, asked_by: str = ""
) -> FlagResult:
    """Flag by watchlist, best first. What was flagged before by the same entries keeps its id.

    Raises:
        NotInCatalogue, WatchlistWrong.
    """
    listening = workspace.watchlist(watchlist)
    with workspace.catalogue.read() as tx:
        held = recordings.get(tx, recording)
    tell(Event("flag", "began", held.name))
    transcript, _ = read_transcript(workspace, held)
    found = find_moments(transcript, listening, programme=held.programme or "", channel=held.channel or "")
    answer = _keep(workspace, held, found, asked_by)
    tell(Event("flag", "ended"))
    return answer


def flag_at(workspace: Workspace, recording: str, at: str, *, asked_by: str = "") -> FlagResult:
    """Flag one moment by hand, at a media time or a wall clock.

    Raises:
        NotInCatalogue; TimeOutside: no such time in the recording, or no time at all.
    """
    with workspace.catalogue.read() as tx:
        held = recordings.get(tx, recording)
    _, _, timeline = workspace.media(held)
    transcript, _ = read_transcript(workspace, held)
    found = by_hand(transcript, media_time(timeline, at), duration=timeline.duration)
    return _keep(workspace, held, (found,), asked_by)


def media_time(timeline: Timeline, text: str) -> Fraction:
    """A time as people write it, as media time inside the recording. Raises TimeOutside."""
    given = parse_time(text)
    at = timeline.media_at(given) if isinstance(given, datetime) else given
    if not 0 <= at <= timeline.duration:
        raise TimeOutside(
            f"{text} is not in this recording",
            f"It runs from 00:00:00.000 to {format_time(timeline.duration)}.",
        )
    return at


def _keep(workspace: Workspace, held: Recording, found: tuple[Moment, ...] | list[Moment], asked_by: str) -> FlagResult:
    rows = [moment_to_row(held.id, moment) for moment in found]
    with workspace.catalogue.write(asked_by or "soundbite") as tx:
        moments.put(tx, rows)
    return FlagResult(recording=held.id, moments=tuple(row_to_flagged(row) for row in rows))
