"""Words, cues and transcripts for tests, and the bundled demo recording with the truth its script knows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from pathlib import Path

from transcription.cues import Cue, CueWord
from transcription.transcript import Origin, TimedBy, Transcript, Word

DEMO = Path(__file__).parents[2] / "assets" / "demo"
DEMO_MEDIA = DEMO / "the-long-table.mp4"
DEMO_CAPTIONS = DEMO / "the-long-table.srt"
DEMO_TRUTH = DEMO / "the-long-table.truth.json"


def word(text: str, start: str | float, end: str | float | None = None, **more: object) -> Word:
    begin = Fraction(str(start))
    finish = begin + Fraction(1, 4) if end is None else Fraction(str(end))
    plain = Word(text, begin, finish, 0.9, Origin.CAPTIONS, TimedBy.ALIGNED)
    return Word(
        plain.text,
        plain.start,
        plain.end,
        plain.confidence,
        plain.origin,
        plain.timed_by,
        bool(more.get("speaker_change", False)),
        str(more["speaker"]) if more.get("speaker") else None,
    )


def transcript(text: str, pace: str = "0.5") -> Transcript:
    step = Fraction(pace)
    words = [word(piece, str(float(step * k))) for k, piece in enumerate(text.split())]
    return Transcript(tuple(words), "en", "test")


def cue(start: float, end: float, text: str) -> Cue:
    words = tuple(CueWord(piece) for piece in text.split())
    return Cue(Fraction(str(start)), Fraction(str(end)), text, words)


def demo_truth() -> list[tuple[str, float]]:
    listed = json.loads(DEMO_TRUTH.read_text(encoding="utf-8"))["words"]
    return [(str(entry["text"]), float(entry["start"])) for entry in listed]


def errors_against(truth: Sequence[tuple[str, float]], words: Sequence[Word]) -> list[float]:
    """Seconds each word's start is off, for the words that both have, matched in order."""
    ours = [_bare(item.text) for item in words]
    blocks = SequenceMatcher(None, [_bare(text) for text, _ in truth], ours, autojunk=False).get_matching_blocks()
    pairs = [(block.a + k, block.b + k) for block in blocks for k in range(block.size)]
    return [float(words[b].start) - truth[a][1] for a, b in pairs]


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
