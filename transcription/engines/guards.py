"""What a recogniser invents, taken out: loops, words on silence, words stretched back over a pause.

Whisper makes up text in about 1 % of transcripts, and 40 % of that harms somebody (FIELD-NOTES §6). Nothing
is ever dropped for what it says ("thank you" is said in politics), only for how it stands in the sound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcription.voice import Span

_LONGEST_PHRASE = 12  # words in one turn of a loop
_LOOP_TURNS = 3
_REAL_TURNS = 6  # "No, no, no": people do repeat themselves, but not for long
_REAL_WORD = 0.09  # seconds: a repeated word that was really said takes at least this
_REAL_PROBABILITY = 0.5
_SAME_SEGMENTS = 5
_VOICE_MARGIN = 0.25
_FLAT = 0.03  # seconds: words without any length were not found in the sound
_DOUBTFUL_LOGPROB = -0.7
_DOUBTFUL_PROBABILITY = 0.5


@dataclass(frozen=True, slots=True)
class GuessedWord:
    """A word as the recogniser gives it, seconds of media time, probability 0…1."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class GuessedSegment:
    words: tuple[GuessedWord, ...]
    average_logprob: float
    is_doubtful: bool = False

    @property
    def key(self) -> str:
        return " ".join(_bare(word.text) for word in self.words)


@dataclass(frozen=True, slots=True)
class Guarded:
    words: tuple[GuessedWord, ...]
    notes: tuple[str, ...]


def guard(segments: Sequence[GuessedSegment], voiced: Sequence[Span]) -> Guarded:
    """Words that stand, in order, and one note for each kind of thing that was dropped."""
    kept = without_repeats(segments)
    believed = [segment for segment in kept if _is_believable(segment)]
    words = [word for segment in believed for word in segment.words]
    looped = without_loops(words)
    spans = [(float(a), float(b)) for a, b in voiced]
    heard = in_voice(looped, spans)
    counts = {
        "segments said again and again": len(segments) - len(kept),
        "doubtful segments": len(kept) - len(believed),
        "words in a loop": len(words) - len(looped),
        "words where nobody speaks": len(looped) - len(heard),
    }
    return Guarded(tuple(heard), tuple(f"left out {count} {what}" for what, count in counts.items() if count))


def without_repeats(segments: Sequence[GuessedSegment]) -> list[GuessedSegment]:
    """Of five or more equal segments in a row only the first."""
    kept: list[GuessedSegment] = []
    place = 0
    while place < len(segments):
        end = place
        while end < len(segments) and segments[end].key == segments[place].key:
            end += 1
        is_stuck = end - place >= _SAME_SEGMENTS
        kept.extend(segments[place : place + 1] if is_stuck else segments[place:end])
        place = end
    return kept


def _is_believable(segment: GuessedSegment) -> bool:
    if not segment.words:
        return False
    if not segment.is_doubtful:
        return True
    mean = sum(word.probability for word in segment.words) / len(segment.words)
    return segment.average_logprob >= _DOUBTFUL_LOGPROB and mean >= _DOUBTFUL_PROBABILITY


def without_loops(words: Sequence[GuessedWord]) -> list[GuessedWord]:
    """A phrase of up to twelve words said three times running is kept once, unless it was plainly said so
    often.
    """
    bare = [_bare(word.text) for word in words]
    kept: list[GuessedWord] = []
    place = 0
    while place < len(words):
        length, turns = _loop_at(bare, place)
        if turns < _LOOP_TURNS or _is_said(words[place : place + length * turns], turns):
            kept.append(words[place])
            place += 1
            continue
        kept.extend(words[place : place + length])
        place += length * turns
        place += _broken_turn(bare, place, length)
    return kept


def _loop_at(bare: Sequence[str], place: int) -> tuple[int, int]:
    """(words in a turn, turns) of the longest loop that begins here."""
    best = (1, 1)
    for length in range(1, _LONGEST_PHRASE + 1):
        phrase = bare[place : place + length]
        turns = 1
        while len(phrase) == length and bare[place + turns * length : place + (turns + 1) * length] == phrase:
            turns += 1
        if turns >= _LOOP_TURNS and length * turns > best[0] * best[1]:
            best = (length, turns)
    return best


def _broken_turn(bare: Sequence[str], place: int, length: int) -> int:
    """Words of a last turn that the window cut short."""
    phrase = bare[place - length : place]
    return next((k for k in range(length - 1, 0, -1) if list(bare[place : place + k]) == list(phrase[:k])), 0)


def _is_said(words: Sequence[GuessedWord], turns: int) -> bool:
    mean = sum(word.probability for word in words) / len(words)
    has_time = all(word.end - word.start >= _REAL_WORD for word in words)
    return turns <= _REAL_TURNS and mean >= _REAL_PROBABILITY and has_time


def in_voice(words: Sequence[GuessedWord], spans: Sequence[tuple[float, float]]) -> list[GuessedWord]:
    """Words with voice under them; a start that lies in silence is moved to where the voice begins."""
    kept: list[GuessedWord] = []
    for word in words:
        clamped = _clamped(word, spans)
        if clamped is not None:
            kept.append(clamped)
    flat = sum(word.end - word.start < _FLAT for word in kept)
    return kept if flat * 2 <= len(kept) or len(kept) < 4 else [w for w in kept if w.end - w.start >= _FLAT]


def _clamped(word: GuessedWord, spans: Sequence[tuple[float, float]]) -> GuessedWord | None:
    """The word held to one voiced span: whisper stretches a first word back over the silence."""
    touched = [(a, b) for a, b in spans if a - _VOICE_MARGIN < word.end and b + _VOICE_MARGIN > word.start]
    if not touched:
        return None
    begin, finish = touched[-1]
    middle = (word.start + word.end) / 2
    inside = next(((a, b) for a, b in touched if a - _VOICE_MARGIN <= middle <= b + _VOICE_MARGIN), None)
    if inside and word.end - word.start < 1.5:
        begin, finish = inside
    start = max(word.start, begin - _VOICE_MARGIN / 2)
    end = min(word.end, finish + _VOICE_MARGIN)
    return replace(word, start=min(start, end), end=end) if end > begin - _VOICE_MARGIN else None


def _bare(text: str) -> str:
    return re.sub(r"[^\w']", "", text.lower())
