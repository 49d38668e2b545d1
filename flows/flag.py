"""Moments worth answering: by watchlist, or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive.catalogue import moments, recordings
from archive.catalogue.recordings import Recording
from clipping.listening.entries import Person
from clipping.listening.matching import is_same_person, shown_name
from clipping.listening.moments import Moment, by_hand, find_moments

from .held import hold
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
    answer = _keep(workspace, held, found, asked_by, listening.people)
    tell(Event("flag", "ended"))
    return answer


def flag_at(workspace: Workspace, recording: str, at: str, *, asked_by: str = "") -> FlagResult:
    """Flag one moment by hand, at a media time or a wall clock.

    Raises:
        NotInCatalogue; TimeOutside: no such time in the recording, or no time at all.
    """
    held = hold(workspace, recording)
    found = by_hand(held.transcript, held.media_time(at), duration=held.timeline.duration)
    return _keep(workspace, held.recording, (found,), asked_by)


def _keep(
    workspace: Workspace, held: Recording, found: Sequence[Moment], asked_by: str, people: Sequence[Person] = ()
) -> FlagResult:
    rows = [moment_to_row(held.id, moment, _who(moment, people)) for moment in found]
    with workspace.catalogue.write(asked_by or "soundbite") as tx:
        moments.put(tx, rows)
    return FlagResult(recording=held.id, moments=tuple(row_to_flagged(row) for row in rows))


def _who(moment: Moment, people: Sequence[Person]) -> str:
    """'Name, role' of who says it: as the watchlist knows them, else as the captions name them."""
    label = moment.speaker or ""
    known = next((person for person in people if label and is_same_person(label, person.name)), None)
    return f"{known.name}, {known.role}" if known else shown_name(label)
