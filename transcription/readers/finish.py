"""From raw cues to captions: order, roll-up repetition, speakers, and what was dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from transcription.cues import Captions, Cue, CueWord
from transcription.readers.markup import plain_text, words_of
from transcription.readers.raw import RawCue, RawCues

_TOUCHING = Fraction(1, 10)  # cues this close follow on
_ROLLING_SHARE = 0.3  # of the cues that follow on: above it the file rolls
_MAX_ROLLED_WORDS = 60


def finish(raw: RawCues, format: str) -> Captions:
    """Sorted cues with their words. A rolling caption's repeated words are kept once."""
    ordered = sorted(raw.cues, key=lambda cue: (cue.start, cue.end))
    cues = [_cue(item, raw) for item in ordered]
    rolled = _unroll(cues)
    notes = _notes(raw, len(cues) - len(rolled))
    return Captions(tuple(_mark_speakers(rolled)), format, notes)


def _cue(item: RawCue, raw: RawCues) -> Cue:
    words = words_of(item.payload, raw.markup)
    return Cue(item.start, item.end, plain_text(item.payload, raw.markup), _from_cue_start(words, item.start))


def _from_cue_start(words: tuple[CueWord, ...], start: Fraction) -> tuple[CueWord, ...]:
    """Where words carry times, one without any at the beginning is said as its cue begins."""
    if words and words[0].at is None and any(word.at is not None for word in words):
        return (replace(words[0], at=start), *words[1:])
    return words


def _notes(raw: RawCues, rolled: int) -> tuple[str, ...]:
    notes: list[str] = []
    if not raw.cues:
        notes.append("the captions hold no cue")
    if raw.dropped:
        plural = "cue was" if raw.dropped == 1 else "cues were"
        notes.append(f"{raw.dropped} caption {plural} damaged and left out")
    if rolled:
        notes.append("rolling captions: repeated lines were kept once")
    return tuple(notes)


def _texts(words: Sequence[CueWord]) -> list[str]:
    return [word.text for word in words]


def overlap(shown: Sequence[str], current: Sequence[str]) -> int:
    """How many words at the start of `current` are the end of what was `shown`."""
    longest = min(len(shown), len(current), _MAX_ROLLED_WORDS)
    return next((k for k in range(longest, 0, -1) if list(shown[-k:]) == list(current[:k])), 0)


def _unroll(cues: list[Cue]) -> list[Cue]:
    pairs = [
        overlap(_texts(before.words), _texts(after.words))
        for before, after in pairwise(cues)
        if after.start <= before.end + _TOUCHING
    ]
    if len(pairs) < 4 or sum(k >= 2 for k in pairs) < _ROLLING_SHARE * len(pairs):
        return cues
    fresh = [cues[0]]
    for before, after in pairwise(cues):
        follows = after.start <= before.end + _TOUCHING
        repeated = overlap(_texts(before.words), _texts(after.words)) if follows else 0
        if len(after.words) > repeated:
            fresh.append(_without_first(after, repeated))
    return fresh


def _without_first(cue: Cue, repeated: int) -> Cue:
    """The cue without its repeated words. A first word without a time of its own begins with the cue."""
    words = _from_cue_start(cue.words[repeated:], cue.start)
    text = " ".join(_texts(words)) if repeated else cue.text
    return replace(cue, words=words, text=text)


def _mark_speakers(cues: list[Cue]) -> list[Cue]:
    """Another name, or another colour at the start of a line, is another speaker; a name holds until then."""
    colours = {word.colour for cue in cues for word in cue.words}
    marked: list[Cue] = []
    before: CueWord | None = None
    name: str | None = None
    for cue in cues:
        words: list[CueWord] = []
        for index, word in enumerate(cue.words):
            is_new = word.speaker_change or (
                before is not None
                and (
                    (word.speaker is not None and word.speaker != name)
                    or (len(colours) > 1 and index == 0 and word.colour != before.colour)
                )
            )
            name = word.speaker or (None if is_new else name)
            words.append(replace(word, speaker_change=is_new, speaker=name))
            before = word
        marked.append(replace(cue, words=tuple(words)))
    return marked
