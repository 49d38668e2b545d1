"""Sentences and speaker turns, also where captions have no punctuation, no speakers and no small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from transcription.transcript import Transcript, Word

EndedBy = Literal["mark", "speaker", "pause", "clause", "end"]

LONG_GAP = Fraction(5)  # nobody holds a sentence over this
PAUSE = Fraction(11, 20)  # a breath between sentences, where no marks say so
MOST_WORDS = 45  # without a full stop for longer than this, the marks are missing
WORDS_PER_MARK = 60  # fewer full stops than one in this many words: the captions have no marks

_STOP = re.compile(r"[.!?…][\"'”’)\]]*$")
_CLAUSE = re.compile(r"[,;:–—-][\"'”’)\]]*$")
_ABBREVIATION = re.compile(
    r"^[\"'“‘(\[]*(?:mr|mrs|ms|dr|prof|sir|rt|hon|st|gen|lt|col|sgt|vs|no|approx|etc|e\.g|i\.e|(?:[a-z]\.)*[a-z])\.$",
    re.IGNORECASE,
)
_CONJUNCTIONS = frozenset({"and", "but", "because", "so", "although", "however"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words `first` to `last` of the transcript, both included, all of one turn."""

    first: int
    last: int
    turn: int
    text: str
    ended_by: EndedBy

    @property
    def is_whole(self) -> bool:
        """Ends where the speaker ended, not where we had to cut."""
        return self.ended_by != "clause"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until another speaks: words `first` to `last`, sentences likewise."""

    first: int
    last: int
    first_sentence: int
    last_sentence: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Script:
    """A transcript with its sentences and turns; `sentence_at[i]` is the sentence of word i."""

    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    turns: tuple[Turn, ...]
    sentence_at: tuple[int, ...]

    def turn_of(self, word: int) -> Turn:
        return self.turns[self.sentences[self.sentence_at[word]].turn]

    def speaker_of(self, word: int) -> str | None:
        return self.turn_of(word).speaker

    def text(self, first: int, last: int) -> str:
        """The words themselves, verbatim."""
        return " ".join(word.text for word in self.words[first : last + 1])


def script_near(transcript: Transcript, start: Fraction, end: Fraction, reach: Fraction) -> Script:
    """The script of the words up to `reach` seconds around a stretch: two hours in no time."""
    words = tuple(w for w in transcript.words if w.end >= start - reach and w.start <= end + reach)
    return script_of(replace(transcript, words=words))


def script_of(transcript: Transcript) -> Script:
    """Sentences by their marks; where marks are missing by speaker changes, pauses and clauses."""
    words = transcript.words
    turns: list[Turn] = []
    sentences: list[Sentence] = []
    has_marks = _has_marks(words)
    for first, last in _turns(words):
        begun = len(sentences)
        sentences.extend(_sentences(words, first, last, len(turns), has_marks))
        speaker = next((word.speaker for word in words[first : last + 1] if word.speaker), None)
        turns.append(Turn(first, last, begun, len(sentences) - 1, speaker))
    places = tuple(index for index, one in enumerate(sentences) for _ in range(one.first, one.last + 1))
    return Script(words, tuple(sentences), tuple(turns), places)


def clause_end(words: Sequence[Word], index: int) -> Fraction:
    """How surely a clause ends with this word: 1 at a comma or dash, a half before "and", else 0."""
    if _CLAUSE.search(words[index].text):
        return Fraction(1)
    following = words[index + 1].text.lower() if index + 1 < len(words) else ""
    return Fraction(1, 2) if following.strip("\"'“‘") in _CONJUNCTIONS else Fraction(0)


def pause_after(words: Sequence[Word], index: int) -> Fraction:
    """Seconds of silence between this word and the next; 0 after the last."""
    if index + 1 >= len(words):
        return Fraction(0)
    return max(Fraction(0), words[index + 1].start - words[index].end)


def _turns(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """A change is marked, or another name stands on the word."""
    first, speaker = 0, None
    for index, word in enumerate(words):
        is_other = word.speaker is not None and speaker is not None and word.speaker != speaker
        if index > first and (word.speaker_change or is_other):
            yield first, index - 1
            first, speaker = index, None
        speaker = word.speaker or speaker
    if words:
        yield first, len(words) - 1


def _has_marks(words: Sequence[Word]) -> bool:
    return sum(1 for word in words if _STOP.search(word.text)) * WORDS_PER_MARK >= len(words)


def _sentences(words: Sequence[Word], first: int, last: int, turn: int, marks: bool) -> Iterator[Sentence]:
    start = first
    for index in range(first, last + 1):
        by = _end(words, index, last)
        if by is None:
            continue
        for piece, piece_last, piece_by in _pieces(words, start, index, by, marks):
            text = " ".join(word.text for word in words[piece : piece_last + 1])
            yield Sentence(piece, piece_last, turn, text, piece_by)
        start = index + 1


def _end(words: Sequence[Word], index: int, last: int) -> EndedBy | None:
    if index == len(words) - 1:
        return "end"
    if _is_stop(words, index):
        return "mark"
    if index == last:
        return "speaker"
    return "pause" if pause_after(words, index) >= LONG_GAP else None


def _is_stop(words: Sequence[Word], index: int) -> bool:
    """A full stop that ends a sentence: not "Mr.", not before a small letter ("… er … we")."""
    text, following = words[index].text, words[index + 1].text.lstrip("\"'“‘(")
    if not _STOP.search(text) or _ABBREVIATION.match(text):
        return False
    return not (following[:1].islower() and text.rstrip("\"'”’)]").endswith((".", "…")))


def _pieces(
    words: Sequence[Word], first: int, last: int, by: EndedBy, marks: bool
) -> Iterator[tuple[int, int, EndedBy]]:
    """Split at pauses where marks are missing, then by clauses what is still too long."""
    if marks and last - first < MOST_WORDS * 2:
        yield first, last, by
        return
    start = first
    for index in range(first, last):
        if pause_after(words, index) >= PAUSE and index - start >= 2:
            yield from _clauses(words, start, index, "pause")
            start = index + 1
    yield from _clauses(words, start, last, by)


def _clauses(words: Sequence[Word], first: int, last: int, by: EndedBy) -> Iterator[tuple[int, int, EndedBy]]:
    """Halve at the best place in the middle until short enough."""
    stack: list[tuple[int, int, EndedBy]] = [(first, last, by)]
    while stack:
        start, end, ended_by = stack.pop()
        if end - start < MOST_WORDS:
            yield start, end, ended_by
            continue
        margin = (end - start) // 5
        cut = max(range(start + margin, end - margin), key=lambda i: (_break(words, i), -i))
        stack += [(cut + 1, end, ended_by), (start, cut, "clause")]


def _break(words: Sequence[Word], index: int) -> Fraction:
    return pause_after(words, index) + clause_end(words, index) / 2
