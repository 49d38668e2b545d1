"""Transcripts for tests: who says what, at three words a second, with a pause between turns."""

from __future__ import annotations

from fractions import Fraction

from transcription.transcript import Origin, TimedBy, Transcript, Word

WORD, GAP, TURN_GAP = Fraction(3, 10), Fraction(1, 10), Fraction(6, 10)


def said(
    *turns: tuple[str | None, str],
    timed_by: TimedBy = TimedBy.ALIGNED,
    gap: Fraction = GAP,
    speakers_marked: bool = True,
) -> Transcript:
    """Each word lasts 0.3 s. "[2]" in a text is a pause of two seconds more."""
    words: list[Word] = []
    at = Fraction(1)
    for speaker, text in turns:
        is_first = True
        for token in text.split():
            if token.startswith("[") and token.endswith("]"):
                at += Fraction(token[1:-1])
                continue
            change = is_first and speakers_marked
            words.append(Word(token, at, at + WORD, 0.9, Origin.CAPTIONS, timed_by, change, speaker))
            at, is_first = at + WORD + gap, False
        at += TURN_GAP
    return Transcript(tuple(words), "en-GB", "test")


def end_of(transcript: Transcript) -> Fraction:
    return transcript.words[-1].end + 2 if transcript.words else Fraction(60)
