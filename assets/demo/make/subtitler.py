"""Live captions as a live subtitler makes them: two-line blocks, three to eight seconds late, with a few slips."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from make.screenplay import Edit, Screenplay
from make.soundstage import SaidLine, SaidWord, Take

_LINE_LETTERS = 34
_BLOCK_WORDS = 10
_EARLIEST_S, _LATEST_S = 3.0, 8.0
_LONGEST_SHOWN_S = 5.5


@dataclass(frozen=True)
class LateCue:
    """One block as shown; `said_start` and `said_end` are when its words were really said."""

    start: float
    end: float
    lines: tuple[str, ...]
    said_start: float
    said_end: float


def late_captions(take: Take, play: Screenplay, seed: int = 6) -> tuple[LateCue, ...]:
    """Blocks in order, each 3–8 s after its first word, none before its last word is out, none overlapping the next."""
    dice = np.random.default_rng(seed)
    blocks = [block for said in take.lines for block in _blocks(said, play)]
    speaker = ""
    cues: list[LateCue] = []
    shown, lag = 0.0, 5.2
    for words in blocks:
        lag = float(np.clip(0.6 * lag + 0.4 * 5.4 + dice.normal(0, 0.9), 3.4, 7.6))
        start = max(words[0].start + lag, words[-1].end + 0.4, shown + 0.2)
        start = min(start, words[0].start + _LATEST_S - 0.1, take.duration - 1.2)
        label = f">> {play.cast[words[0].who].name.upper()}:" if words[0].who != speaker else ""
        cues.append(LateCue(start, start, _set(words, label), words[0].start, words[-1].end))
        shown, speaker = start + 0.9, words[0].who
    return tuple(_with_ends(cues, take.duration))


def _with_ends(cues: list[LateCue], duration: float) -> list[LateCue]:
    nexts = [cue.start for cue in cues[1:]] + [duration]
    return [
        replace(cue, end=min(following - 0.04, cue.start + _LONGEST_SHOWN_S, duration - 0.04))
        for cue, following in zip(cues, nexts, strict=True)
    ]


def _blocks(said: SaidLine, play: Screenplay) -> list[list[SaidWord]]:
    """A line's words, edited, in blocks that end at a full stop where they can."""
    words = list(said.words)
    for edit in (edit for edit in play.edits if edit.line == said.line.id):
        words = _edited(words, edit)
    blocks: list[list[SaidWord]] = [[]]
    for word in words:
        block = blocks[-1]
        ended = bool(block) and block[-1].text[-1] in ".?!" and len(block) >= 4
        full = len(block) >= _BLOCK_WORDS or not _fits([*block, word])
        if ended or full:
            blocks.append([])
        blocks[-1].append(word)
    return [block for block in blocks if block]


def _edited(words: list[SaidWord], edit: Edit) -> list[SaidWord]:
    length = len(edit.phrase)
    for place in range(len(words) - length + 1):
        heard = words[place : place + length]
        if tuple(word.text for word in heard) == edit.phrase:
            return words[:place] + _spread(heard, edit.becomes) + words[place + length :]
    raise ValueError(f"{edit.line}: the subtitler cannot change {' '.join(edit.phrase)!r}; it is not said")


def _spread(heard: list[SaidWord], texts: tuple[str, ...]) -> list[SaidWord]:
    edges = np.linspace(heard[0].start, heard[-1].end, len(texts) + 1)
    return [
        replace(heard[0], text=text, start=float(a), end=float(b))
        for text, a, b in zip(texts, edges[:-1], edges[1:], strict=True)
    ]


def _fits(words: list[SaidWord]) -> bool:
    return len(_set(words, ">>")) <= 2


def _set(words: list[SaidWord], label: str) -> tuple[str, ...]:
    """The lines of a block; a new speaker's name goes before, as live captions with names have it."""
    lines = [label]
    for word in words:
        longer = f"{lines[-1]} {word.text}".strip()
        if len(longer) > _LINE_LETTERS:
            lines.append(word.text)
        else:
            lines[-1] = longer
    return tuple(lines)


def as_srt(cues: tuple[LateCue, ...]) -> str:
    return "\n".join(
        f"{number}\n{_clock(cue.start)} --> {_clock(cue.end)}\n" + "\n".join(cue.lines) + "\n"
        for number, cue in enumerate(cues, start=1)
    )


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds // 1000:02},{milliseconds % 1000:03}"
