"""What the rooms think ⇄ the rows that the catalogue keeps."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction

from archive.catalogue import moment_id
from archive.catalogue.moments import MomentRow
from archive.catalogue.transcripts import TranscriptRow, WordRow
from clipping.listening.entries import Kind, Rebuttal
from clipping.listening.moments import Moment
from transcription.transcript import Origin, TimedBy, Transcript, Word

from .results import FlaggedMoment

Span = tuple[Fraction, Fraction]


def transcript_to_row(transcript: Transcript) -> TranscriptRow:
    words = tuple(
        WordRow(
            w.text,
            w.start,
            w.end,
            w.confidence,
            w.origin.value,
            w.timed_by.value,
            w.speaker_change,
            w.speaker,
        )
        for w in transcript.words
    )
    return TranscriptRow(words, transcript.language, transcript.engine, transcript.notes)


def row_to_transcript(row: TranscriptRow) -> Transcript:
    words = tuple(
        Word(
            w.text,
            w.start,
            w.end,
            w.confidence,
            Origin(w.origin),
            TimedBy(w.timed_by),
            w.speaker_change,
            w.speaker,
        )
        for w in row.words
    )
    return Transcript(words, row.language, row.engine, row.notes)


def moment_to_row(recording: str, moment: Moment, speaker: str = "") -> MomentRow:
    return MomentRow(
        id=moment_id(recording, moment.start, moment.end, moment.kind.value),
        recording_id=recording,
        start=moment.start,
        end=moment.end,
        kind=moment.kind.value,
        score=moment.score,
        why=moment.why,
        quote=moment.quote,
        entries=moment.entries,
        rebuttal={"answers": [asdict(rebuttal) for rebuttal in moment.rebuttals]} if moment.rebuttals else None,
        warnings=moment.warnings,
        speaker=speaker,
    )


def row_to_moment(row: MomentRow) -> Moment:
    return Moment(
        start=row.start,
        end=row.end,
        kind=Kind(row.kind),
        score=row.score,
        why=row.why,
        quote=row.quote,
        entries=row.entries,
        rebuttals=_rebuttals(row),
        warnings=row.warnings,
    )


def _rebuttals(row: MomentRow) -> tuple[Rebuttal, ...]:
    answers = row.rebuttal.get("answers") if row.rebuttal else None
    if not isinstance(answers, list):
        return ()
    return tuple(Rebuttal(str(answer["line"]), tuple(map(str, answer["sources"]))) for answer in answers)


def row_to_flagged(row: MomentRow) -> FlaggedMoment:
    return FlaggedMoment(
        moment=row.id,
        start=float(row.start),
        end=float(row.end),
        kind=row.kind,
        score=round(row.score, 3),
        why=row.why,
        quote=row.quote,
        warnings=row.warnings,
        speaker=row.speaker,
    )


def spans_to_json(spans: tuple[Span, ...]) -> str:
    """Voiced stretches, exact."""
    return json.dumps([[str(start), str(end)] for start, end in spans])


def json_to_spans(text: str) -> tuple[Span, ...]:
    return tuple((Fraction(start), Fraction(end)) for start, end in json.loads(text))
