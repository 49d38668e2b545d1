"""soundbite ingest: take recordings in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli.answer import clock, give
from desk.cli.options import AsJson, Home, enter, person
from desk.cli.screen import telling

if TYPE_CHECKING:
    from flows.results import IngestedRecording

Channel = Annotated[str | None, typer.Option("--channel", help="Channel, if the file does not say.")]
Programme = Annotated[str | None, typer.Option("--programme", help="Programme, if the file does not say.")]
AiredAt = Annotated[str | None, typer.Option("--aired-at", help="Air time: 2026-11-20 22:00, local or with a zone.")]


def ingest(
    source: Annotated[str, typer.Argument(help="File, folder, file://, s3://, or http(s):// file.")],
    channel: Channel = None,
    programme: Programme = None,
    aired_at: AiredAt = None,
    as_json: AsJson = False,
    home: Home = None,
) -> int:
    """Take a file, a folder or an address into the archive. The same bytes twice are one recording."""
    from flows.asks import RunAsk
    from flows.ingest import ingest_source

    ask = RunAsk(source=source, channel=channel, programme=programme, aired_at=aired_at, asked_by=person())
    with telling() as tell:
        answer = ingest_source(enter(home), ask, tell)
    give(answer, [line for item in answer.recordings for line in lines(item)], as_json=as_json)
    return 2 if all(item.status == "refused" for item in answer.recordings) else 0


def lines(item: IngestedRecording) -> list[str]:
    """One recording in a few lines for a person."""
    if item.status == "refused":
        return [f"refused  {item.path}: {item.reason}"]
    length = clock(item.duration_s) if item.duration_s is not None else "length unknown"
    told = [f"{item.status:<8} {item.recording}  {length}  {item.path}"]
    if item.captions:
        told.append(f"         captions: {', '.join(item.captions)}")
    told += [f"         damage: {damage}" for damage in item.damage]
    return told + [f"         note: {note}" for note in item.notes]
