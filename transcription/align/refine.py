"""Forced alignment of short runs between anchors: exact words, short sound, so it either fits or says so."""

from __future__ import annotations

from collections.abc import Sequence

from pocketsphinx import Decoder

from transcription.align.decode import HeardToken, force_align, listening_decoder
from transcription.align.match import Anchor, CaptionToken
from transcription.align.place import Bounds, gaps, natural_seconds
from transcription.voice import Pcm, to_int16

_RATE = 16_000
_LONGEST = 15.0  # seconds: beyond it forced alignment loses its way (FIELD-NOTES §6)
_CROWDED, _ROOMY = 0.35, 2.5  # of the time the words naturally take
_BATCH = 40  # runs that share one decoder and its dictionary


def refine(tokens: Sequence[CaptionToken], anchors: Sequence[Anchor], pcm: Pcm, duration: float) -> list[Anchor]:
    """The anchors and, for the runs between them that fit their sound, anchors for those too. Sorted by
    index.
    """
    runs = [run for run in gaps(tokens, anchors, duration) if _is_promising(tokens, run, anchors)]
    found = list(anchors)
    for place in range(0, len(runs), _BATCH):
        batch = runs[place : place + _BATCH]
        words = [tokens[i].token for run in batch for i in range(run.first - 1, run.last + 1)]
        decoder = listening_decoder(words)
        known = {anchor.index: anchor for anchor in anchors}
        for run in batch:
            found.extend(_aligned(decoder, tokens, run, known, pcm))
    return sorted(found, key=lambda anchor: anchor.index)


def _is_promising(tokens: Sequence[CaptionToken], run: Bounds, anchors: Sequence[Anchor]) -> bool:
    if run.first == 0 or run.last == len(tokens) or not anchors:
        return False
    time = run.end - run.start
    need = natural_seconds(tokens[run.first : run.last])
    spoken = all(tokens[i].token for i in range(run.first, run.last))
    return spoken and time <= _LONGEST - 2 and _CROWDED * need <= time <= _ROOMY * need + 0.8


def _aligned(
    decoder: Decoder, tokens: Sequence[CaptionToken], run: Bounds, known: dict[int, Anchor], pcm: Pcm
) -> list[Anchor]:
    """The run with its anchor on either side is aligned; it counts if the anchors stay where they were."""
    before, after = known[run.first - 1], known[run.last]
    names = [tokens[i].token for i in range(run.first - 1, run.last + 1)]
    start, end = max(0.0, before.start - 0.05), after.end + 0.05
    sound = to_int16(pcm[int(start * _RATE) : int(end * _RATE)])
    heard = force_align(decoder, sound, start, names)
    if not heard or not _is_steady(heard, before, after):
        return []
    return [Anchor(run.first + k, item.start, item.end, is_exact=False) for k, item in enumerate(heard[1:-1])]


def _is_steady(heard: Sequence[HeardToken], before: Anchor, after: Anchor) -> bool:
    return abs(heard[0].end - before.end) <= 0.4 and abs(heard[-1].start - after.start) <= 0.4
