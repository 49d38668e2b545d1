"""Taking recordings in."""

from __future__ import annotations

from archive.ingest import Ingested, ingest

from .asks import RunAsk
from .results import IngestedRecording, IngestResult
from .telling import Event, Tell
from .workspace import Workspace

GIGABYTE = 1_000_000_000


def ingest_source(workspace: Workspace, ask: RunAsk, tell: Tell) -> IngestResult:
    """Take a file, a folder or an address into the archive. The same bytes twice are one recording.

    Raises:
        SourceMissing: nothing there, or no media in it.
        DiskFull, NotWritable: nothing was taken in.
    """
    settings = workspace.settings
    tell(Event("ingest", "began", ask.source))
    taken = ingest(
        ask.source,
        workspace.catalogue,
        workspace.store,
        channel=ask.channel,
        programme=ask.programme,
        aired_at=ask.aired_at,
        zone=settings.zone,
        actor=ask.asked_by or "soundbite",
        allow_private=settings.allow_private_addresses,
        max_bytes=int(settings.largest_download_gb * GIGABYTE),
    )
    tell(Event("ingest", "ended"))
    return IngestResult(recordings=tuple(_answer(item) for item in taken))


def _answer(item: Ingested) -> IngestedRecording:
    return IngestedRecording(**{name: getattr(item, name) for name in IngestedRecording.model_fields})
