"""From cues and sound to words at the times they were said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from statistics import median

from transcription.align.decode import HeardToken, Window, decode_window
from transcription.align.match import Anchor, CaptionToken, match
from transcription.align.place import Placed, gaps, is_in_cue, spread, within_cues
from transcription.align.refine import refine
from transcription.align.spoken import spoken_tokens
from transcription.align.stretches import EARLIEST, LATEST, Stretch, stretches, windows
from transcription.cue_words import words_by_cue
from transcription.cues import Cue, CueWord
from transcription.transcript import Origin, TimedBy, Word
from transcription.voice import RATE, Pcm, Span, to_int16
from transcription.workers import in_order, usable_workers

_WORTH_A_POOL = 60.0  # voiced seconds: below it starting processes costs more than it saves
_FEWEST_MATCHED = 0.12  # of the tokens: below it the captions are not this sound's
_ENOUGH_TO_JUDGE, _ENGLISH = 12, 0.1  # tokens, and the share of them that must be plainly English
_PLAINLY_ENGLISH = frozenset(
    (
        "the",
        "and",
        "of",
        "to",
        "is",
        "that",
        "it",
        "for",
        "with",
        "as",
        "be",
        "have",
        "you",
        "not",
        "are",
        "this",
        "we",
        "they",
        "he",
        "will",
        "there",
        "what",
        "but",
        "has",
    )
)
_ACCURATE_MEDIAN, _ACCURATE_WITHIN, _ACCURATE_SHARE = 0.6, 1.2, 0.85
_MILLISECOND = 1000


@dataclass(frozen=True, slots=True)
class Realigned:
    """`words` in spoken order. `delay` is the captions' median delay in seconds, None where it could not be
    heard.
    """

    words: tuple[Word, ...]
    delay: float | None
    notes: tuple[str, ...] = ()


def realign(
    cues: Sequence[Cue],
    pcm: Pcm,
    voiced: Sequence[Span],
    *,
    on_progress: Callable[[float], None] | None = None,
    workers: int | None = None,
) -> Realigned:
    """Words of the cues at the times they are heard in mono 16 kHz `pcm`, whose sample 0 is media time 0.

    Costs about 0.1 of real time on one core. Where the sound does not carry the captions (another
    language, music, the wrong file) the cues' own times are kept and a note says so.
    """
    tokens = caption_tokens(cues)
    spoken = [token for token in tokens if token.token]
    if not spoken:
        return Realigned(words_by_cue(cues), None)
    if not is_english([token.token for token in spoken]):
        return _kept(cues, "the captions are not in English: their words keep the captions' own times")
    duration = len(pcm) / RATE
    spans = [(float(a), float(b)) for a, b in voiced]
    heard = _hear(tokens, pcm, spans, on_progress, workers)
    anchors = match(tokens, heard)
    if len(anchors) < max(2, _FEWEST_MATCHED * len(spoken)):
        return _kept(cues, "the captions could not be matched to the sound: their words keep the captions' own times")
    return _settle(cues, tokens, anchors, pcm, spans, duration)


def is_english(tokens: Sequence[str]) -> bool:
    """Whether common English words are as common as they are in English; a few tokens get the benefit of the doubt."""
    plain = sum(token in _PLAINLY_ENGLISH for token in tokens)
    return len(tokens) < _ENOUGH_TO_JUDGE or plain >= _ENGLISH * len(tokens)


def _kept(cues: Sequence[Cue], note: str) -> Realigned:
    return Realigned(words_by_cue(cues), None, (note,))


def caption_tokens(cues: Sequence[Cue]) -> list[CaptionToken]:
    """Spoken tokens of all cues; a word without any (a dash) keeps its place by an empty token."""
    tokens: list[CaptionToken] = []
    number = 0
    for cue in cues:
        begin, end = float(cue.start), float(cue.end)
        shown = [(k, token) for k, word in enumerate(cue.words) for token in spoken_tokens(word.text) or ("",)]
        for place, (k, token) in enumerate(shown):
            own = cue.words[k].at
            at = begin + (end - begin) * place / len(shown) if own is None else float(own)
            tokens.append(CaptionToken(token, number + k, at, begin, end))
        number += len(cue.words)
    return tokens


def _hear(
    tokens: Sequence[CaptionToken],
    pcm: Pcm,
    spans: Sequence[tuple[float, float]],
    on_progress: Callable[[float], None] | None,
    workers: int | None,
) -> list[HeardToken]:
    duration = len(pcm) / RATE
    groups = windows(stretches(spans, duration))
    many = usable_workers() if workers is None else workers
    if sum(b - a for a, b in spans) < _WORTH_A_POOL:
        many = 1
    heard: list[HeardToken] = []
    for done, found in enumerate(in_order(decode_window, _windows(groups, tokens, pcm), many), start=1):
        heard.extend(found)
        if on_progress:
            on_progress(done / len(groups))
    return heard


def _windows(groups: Sequence[list[Stretch]], tokens: Sequence[CaptionToken], pcm: Pcm) -> Iterator[Window]:
    for group in groups:
        start, end = group[0].start, group[-1].end
        expected = [
            t.token for t in tokens if t.token and t.cue_end >= start + EARLIEST and t.cue_start <= end + LATEST
        ]
        sound = to_int16(pcm[int(start * RATE) : int(end * RATE) + 1])
        yield Window(start, sound, tuple(group), tuple(expected))


def _settle(
    cues: Sequence[Cue],
    tokens: Sequence[CaptionToken],
    anchors: list[Anchor],
    pcm: Pcm,
    spans: Sequence[tuple[float, float]],
    duration: float,
) -> Realigned:
    delays = cue_delays(tokens, anchors)
    delay = median(delays)
    accurate = are_accurate(delays)
    if accurate and 2 * sum(word.at is not None for cue in cues for word in cue.words) > len(tokens):
        return Realigned(
            words_by_cue(cues, carry_times=True), delay, ("the captions carry the time of each word and were on time",)
        )
    if accurate:
        anchors = [anchor for anchor in anchors if is_in_cue(tokens[anchor.index], anchor)]
    anchors = refine(tokens, anchors, pcm, duration)
    placed: list[Placed | None] = [None] * len(tokens)
    for anchor in anchors:
        sure = 0.95 if anchor.is_exact else 0.8
        placed[anchor.index] = Placed(anchor.start, anchor.end, TimedBy.ALIGNED, sure)
    for run in gaps(tokens, anchors, duration):
        for part in within_cues(tokens, run) if accurate else [run]:
            placed[part.first : part.last] = spread(tokens, part, spans)
    words = _words(cues, tokens, [item for item in placed if item is not None])
    return Realigned(words, delay, _notes(delay, accurate, words))


def cue_delays(tokens: Sequence[CaptionToken], anchors: Sequence[Anchor]) -> list[float]:
    """For each anchor, seconds from when it was said to when an even reading of its cue shows it."""
    return [tokens[anchor.index].shown - anchor.start for anchor in anchors]


def are_accurate(delays: Sequence[float]) -> bool:
    """Captions made offline: hardly late, and all alike."""
    near = sum(abs(delay) <= _ACCURATE_WITHIN for delay in delays)
    return abs(median(delays)) <= _ACCURATE_MEDIAN and near >= _ACCURATE_SHARE * len(delays)


def _notes(delay: float, accurate: bool, words: Sequence[Word]) -> tuple[str, ...]:
    aligned = sum(word.timed_by is TimedBy.ALIGNED for word in words) / max(len(words), 1)
    share = f"{aligned:.0%} of the words were matched to the sound"
    if accurate:
        return (f"the captions were on time; {share}",)
    return (f"the captions were about {delay:.1f} s late and were put back; {share}",)


def _words(cues: Sequence[Cue], tokens: Sequence[CaptionToken], placed: Sequence[Placed]) -> tuple[Word, ...]:
    source: list[CueWord] = [word for cue in cues for word in cue.words]
    by_word: dict[int, list[Placed]] = {}
    for token, item in zip(tokens, placed, strict=True):
        by_word.setdefault(token.word, []).append(item)
    words: list[Word] = []
    floor = 0.0
    for number, written in enumerate(source):
        parts = by_word[number]
        start = max(parts[0].start, floor)
        end = max(parts[-1].end, start + 0.02)
        floor = start
        weakest = min(parts, key=lambda part: part.confidence)
        words.append(_word(written, start, end, weakest))
    return tuple(_untangled(words))


def _word(written: CueWord, start: float, end: float, how: Placed) -> Word:
    return Word(
        written.text,
        Fraction(round(start * _MILLISECOND), _MILLISECOND),
        Fraction(round(end * _MILLISECOND), _MILLISECOND),
        how.confidence,
        Origin.CAPTIONS,
        how.timed_by,
        written.speaker_change,
        written.speaker,
    )


def _untangled(words: Sequence[Word]) -> Iterator[Word]:
    """No word ends after the next one begins, unless that would leave it no time at all."""
    for word, after in zip_longest(words, words[1:]):
        end = word.end if after is None else min(word.end, after.start)
        yield replace(word, end=max(end, word.start + Fraction(1, 100)))
