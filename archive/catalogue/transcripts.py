"""Transcripts and their words, as plain rows: the catalogue knows nothing of how words are found."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction

from sqlalchemy import delete, insert, select

from archive.catalogue import audit
from archive.catalogue.tables import transcripts, words
from archive.catalogue.transaction import Tx, WriteTx


@dataclass(frozen=True, slots=True)
class WordRow:
    """One word; times in exact seconds of media time. The fields are those of `transcription.Word`."""

    text: str
    start: Fraction
    end: Fraction
    confidence: float
    origin: str
    timed_by: str
    speaker_change: bool = False
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """All words of one recording, in spoken order. `made_at` is None until it is kept."""

    words: tuple[WordRow, ...]
    language: str
    engine: str
    notes: tuple[str, ...] = ()
    made_at: datetime | None = None


def put(tx: WriteTx, recording_id: str, transcript: TranscriptRow) -> None:
    """Keep a recording's transcript in place of the one before. CatalogueError without such a recording."""
    for table in (words, transcripts):
        tx.connection.execute(delete(table).where(table.c.recording_id == recording_id))
    tx.connection.execute(
        insert(transcripts).values(
            recording_id=recording_id,
            language=transcript.language,
            engine=transcript.engine,
            notes=list(transcript.notes),
            made_at=tx.now,
            word_count=len(transcript.words),
        )
    )
    rows = [_row(recording_id, position, word) for position, word in enumerate(transcript.words)]
    if rows:
        tx.connection.execute(insert(words), rows)
    audit.record(tx, "transcript.put", recording_id, {"engine": transcript.engine, "words": len(rows)})


def get(tx: Tx, recording_id: str) -> TranscriptRow | None:
    """The recording's transcript, None if it was never transcribed."""
    head = tx.connection.execute(select(transcripts).where(transcripts.c.recording_id == recording_id)).first()
    if head is None:
        return None
    columns = [words.c[field.name] for field in fields(WordRow)]
    query = select(*columns).where(words.c.recording_id == recording_id).order_by(words.c.position)
    found = tuple(WordRow(*row) for row in tx.connection.execute(query))
    return TranscriptRow(found, head.language, head.engine, tuple(head.notes), head.made_at)


def _row(recording_id: str, position: int, word: WordRow) -> dict[str, object]:
    return {"recording_id": recording_id, "position": position} | {
        field.name: getattr(word, field.name) for field in fields(word)
    }
