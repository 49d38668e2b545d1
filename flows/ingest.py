"""Taking recordings in."""

from __future__ import annotations

from datetime import datetime

from archive.ingest import Ingested, ingest, shown

from .asks import RunAsk
from .errors import TimeUnclear
from .results import IngestedRecording, IngestResult
from .telling import Event, Tell
from .workspace import Workspace

GIGABYTE = 1_000_000_000


def ingest_source(workspace: Workspace, ask: RunAsk, tell: Tell) -> IngestResult:
    """Take a file, a folder or an address into the archive. The same bytes twice are one recording.

    Raises:
        SourceMissing: nothing there, or no media in it.
        TimeUnclear: an air time that is no date and time.
        DiskFull, NotWritable: nothing was taken in.
    """
    settings = workspace.settings
    tell(Event("ingest", "began", shown(ask.source)))
    taken = ingest(
        ask.source,
        workspace.catalogue,
        workspace.store,
        channel=ask.channel,
        programme=ask.programme,
        aired_at=_air_time(ask.aired_at),
        zone=settings.zone,
        actor=ask.asked_by or "soundbite",
        allow_private=settings.allow_private_addresses,
        max_bytes=int(settings.largest_download_gb * GIGABYTE),
        on_step=lambda name, step, share: tell(Event("ingest", "moved", f"{step} {name}", share)),
    )
    tell(Event("ingest", "ended", shown(ask.source)))
    return IngestResult(recordings=tuple(_answer(item) for item in taken))


def _air_time(text: str | None) -> datetime | None:
    """As written; without a zone it is local time in the settings' zone, which ingest sees to."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise TimeUnclear(f"'{text}' is no date and time", "Write 2026-11-20 22:00, or with a zone.") from error


def _answer(item: Ingested) -> IngestedRecording:
    return IngestedRecording(
        recording=item.recording,
        path=item.path,
        status=item.status,
        reason=item.reason,
        duration_s=item.duration_s,
        decoded_s=item.decoded_s,
        damage=item.damage,
        epochs=item.epochs,
        captions=item.captions,
        channel=item.channel or "",
        programme=item.programme or "",
        aired_at=item.aired_at.isoformat() if item.aired_at else None,
        notes=item.notes,
    )
