"""Words at the times their captions say: all there is to know when the sound can't be asked."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from transcription.cues import Cue, CueWord
from transcription.transcript import Origin, TimedBy, Word

_LONGEST_WORD = Fraction(1)  # a word with a time of its own lasts until the next one, or this long
_SURE_AS_CUE, _SURE_AS_WORD = 0.3, 0.85


def words_by_cue(cues: Sequence[Cue], *, carry_times: bool = False) -> tuple[Word, ...]:
    """Words spread over their cues by length, or at their own times where a cue carries them.

    With `carry_times` the whole file carries times, so a cue without any is one word, said as it begins.
    """
    words = [word for cue in cues for word in (_timed(cue) if carry_times or cue.has_word_times else _spread(cue))]
    return tuple(sorted(words, key=lambda word: word.start))


def _spread(cue: Cue) -> list[Word]:
    weights = [len(word.text) + 1 for word in cue.words]
    words: list[Word] = []
    passed = 0
    for word, weight in zip(cue.words, weights, strict=True):
        start = cue.start + (cue.end - cue.start) * passed / sum(weights)
        passed += weight
        end = cue.start + (cue.end - cue.start) * passed / sum(weights)
        words.append(_word(word, start, end, TimedBy.CUE, _SURE_AS_CUE))
    return words


def _timed(cue: Cue) -> list[Word]:
    starts: list[Fraction] = []
    for word in cue.words:
        before = starts[-1] if starts else cue.start
        starts.append(max(before, word.at if word.at is not None else before))
    ends = [*starts[1:], max(cue.end, starts[-1])]
    return [
        _word(
            word,
            start,
            max(min(end, start + _LONGEST_WORD), start + Fraction(1, 100)),
            TimedBy.ENGINE,
            _SURE_AS_WORD,
        )
        for word, start, end in zip(cue.words, starts, ends, strict=True)
    ]


def _word(word: CueWord, start: Fraction, end: Fraction, timed_by: TimedBy, confidence: float) -> Word:
    return Word(word.text, start, end, confidence, Origin.CAPTIONS, timed_by, word.speaker_change, word.speaker)
