"""A transcript as caption files: WebVTT (https://www.w3.org/TR/webvtt1/) and SubRip.

Two lines of about 37 characters, cut at sentences, speakers and pauses; gaps under a second are closed (BBC
guidance).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from transcription.transcript import Transcript, Word

LINE = 37  # characters
_LINES = 2
_PAUSE = Fraction(1)  # a pause this long ends a cue; a shorter gap between cues is closed
_LONGEST = Fraction(7)  # seconds
_READING = Fraction(3, 10)  # seconds a word needs to be read (BBC: 160 to 180 words a minute)
_SHORTEST = Fraction(1, 100)
_SENTENCE_END = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class ShownCue:
    """One caption: `lines` of text as written, with the speaker's name where it is known."""

    start: Fraction
    end: Fraction
    lines: tuple[str, ...]
    speaker: str | None = None


def write_vtt(transcript: Transcript, *, line: int = LINE) -> str:
    """A WebVTT file; text is escaped, a known speaker is a voice tag."""
    blocks = [
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_voice(cue)}"
        for cue in shown_cues(transcript.words, line=line)
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def write_srt(transcript: Transcript, *, line: int = LINE) -> str:
    """A SubRip file; empty for an empty transcript."""
    blocks = [
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n" + "\n".join(map(_srt_safe, cue.lines))
        for number, cue in enumerate(shown_cues(transcript.words, line=line), start=1)
    ]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def shown_cues(words: Sequence[Word], *, line: int = LINE) -> list[ShownCue]:
    """Captions in order that do not overlap and last at least a hundredth of a second."""
    groups = list(_groups(words, line))
    cues: list[ShownCue] = []
    floor = Fraction(0)
    for group, after in zip_longest(groups, groups[1:]):
        start = max(floor, group[0].start, Fraction(0))
        following = after[0].start if after else None
        end = max(_end(group, start, following), start + _SHORTEST)
        cues.append(ShownCue(start, end, wrapped(group, line), group[0].speaker))
        floor = end
    return cues


def _end(group: Sequence[Word], start: Fraction, following: Fraction | None) -> Fraction:
    wanted = max(group[-1].end, start + _READING * len(group))
    if following is None:
        return wanted
    return following if following - wanted < _PAUSE else wanted


def _groups(words: Sequence[Word], line: int) -> Iterator[list[Word]]:
    group: list[Word] = []
    for word in words:
        if group and _is_full(group, word, line):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _is_full(group: Sequence[Word], word: Word, line: int) -> bool:
    last = group[-1]
    is_cut = word.speaker_change or word.speaker != last.speaker or word.start - last.end >= _PAUSE
    is_long = word.end - group[0].start > _LONGEST or len(wrapped([*group, word], line)) > _LINES
    is_sentence = last.text.rstrip("\"'”’)").endswith(_SENTENCE_END) and len(wrapped(group, line)) == _LINES
    return is_cut or is_long or is_sentence


def wrapped(words: Sequence[Word], line: int) -> tuple[str, ...]:
    """Words in lines of at most `line` characters; a longer word has a line of its own. A change begins with
    `- `.
    """
    lines: list[str] = []
    for place, word in enumerate(words):
        text = f"- {word.text}" if place == 0 and word.speaker_change and not word.speaker else word.text
        if lines and len(lines[-1]) + 1 + len(text) <= line:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return tuple(lines)


def _voice(cue: ShownCue) -> str:
    text = "\n".join(map(_escaped, cue.lines))
    if not cue.speaker:
        return text
    return f"<v {_escaped(' '.join(cue.speaker.split()))}>{text}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _srt_safe(text: str) -> str:
    return text.replace("-->", "→")  # the arrow would begin another cue


def _clock(at: Fraction, point: str) -> str:
    milliseconds = round(at * 1000)
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"
