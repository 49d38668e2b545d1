"""Tags, entities, overrides, speaker marks and sound labels of one cue's payload; all other text is verbatim.

UK captions mark another speaker by a colour, by `- ` at the start of a line or by `>>`; WebVTT by `<v Name>`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from transcription.cues import CueWord
from transcription.readers.raw import Markup, clock_to_seconds

_DRAWING = re.compile(r"\{[^{}]*\\p[1-9][^{}]*\}.*?(?:\{[^{}]*\\p0[^{}]*\}|\Z)", re.DOTALL)
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")
_WEBVTT_TAG = re.compile(r"<([^<>]*)(?:>|(?=<)|\Z)")
_SRT_TAG = re.compile(r"<(/?(?:b|i|u|s|c|v|font|lang|ruby|rt)(?:[ .][^<>]{0,200})?|[\d:.]{9,16})>", re.IGNORECASE)
_STAMP = re.compile(r"(?:(\d{2,}):)?(\d{2}):(\d{2})\.(\d{3})")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
_SOUND = re.compile(r"\[[^\[\]\n]{0,80}\]|\((?=[^()\n]*[A-Z])[A-Z ,'’-]{2,60}\)|[♪♫]")
_SOUND_LINE = re.compile(r"(?:APPLAUSE|LAUGHTER|CHEERING|MUSIC|HECKLING|SHOUTING|BELL RINGS)(?: AND [A-Z]+)?")
_TURN = re.compile(r"(?:>>+|[-–—](?=\s))\s*|[-–—](?=[A-Z])")
_LABEL = re.compile(r"([A-Z][A-Z .'’-]{2,40}):\s+")


@dataclass(frozen=True, slots=True)
class _Run:
    """Text under one state of the tags."""

    text: str
    at: Fraction | None
    speaker: str | None
    colour: str | None


def plain_text(payload: str, markup: Markup) -> str:
    """The payload without markup, its line breaks kept and blank lines dropped."""
    lines = "".join(run.text for run in _runs(payload, markup)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def words_of(payload: str, markup: Markup) -> tuple[CueWord, ...]:
    """The spoken words of one cue. `speaker_change` holds what the marks say; colours are judged file-wide
    later.
    """
    words: list[CueWord] = []
    for line in _lines(list(_runs(payload, markup))):
        words.extend(_line_words(line))
    return tuple(words)


def _runs(payload: str, markup: Markup) -> Iterator[_Run]:
    text = _OVERRIDE.sub("", _DRAWING.sub("", payload)).replace(r"\h", " ").replace(r"\N", "\n")
    tag = _WEBVTT_TAG if markup == "webvtt" else _SRT_TAG
    state = _Run("", None, None, None)
    position = 0
    for match in tag.finditer(text):
        yield replace(state, text=_clean(text[position : match.start()]))
        state = _after_tag(state, match.group(1))
        position = match.end()
    yield replace(state, text=_clean(text[position:]))


def _after_tag(state: _Run, tag: str) -> _Run:
    stamp = _STAMP.fullmatch(tag.strip())
    if stamp:
        hours, *rest = stamp.groups()
        return replace(state, at=clock_to_seconds(int(hours or 0), *map(int, rest)))
    name, _, rest_of_tag = tag.partition(" ")
    kind, *classes = name.split(".")
    changes: dict[str, str | None] = {}
    match kind.lower():
        case "v" | "/v":
            changes["speaker"] = _clean(rest_of_tag).strip() or None
        case "font":
            found = re.search(r"color=[\"']?([#\w]+)", rest_of_tag, re.IGNORECASE)
            changes["colour"] = found.group(1).lower() if found else state.colour
        case "c" if classes:
            changes["colour"] = ".".join(classes).lower()
        case "/font" | "/c":
            changes["colour"] = None
    return replace(state, speaker=changes.get("speaker", state.speaker), colour=changes.get("colour", state.colour))


def _clean(text: str) -> str:
    text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    return _INVISIBLE.sub("", text).replace("\u00a0", " ")


def _lines(runs: list[_Run]) -> Iterator[list[_Run]]:
    line: list[_Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(replace(run, text=first))
        for other in others:
            yield line
            line = [replace(run, text=other)]
    yield line


def _line_words(line: list[_Run]) -> Iterator[CueWord]:
    """Words of one line: sound labels out, speaker marks turned into facts."""
    text = "".join(run.text for run in line)
    if _SOUND_LINE.fullmatch(text.strip().strip("*.:")):
        return
    spoken = _SOUND.sub(lambda match: " " * len(match.group()), text)
    turns, spoken, label = _turns(spoken)
    for match in re.finditer(r"\S+", spoken):
        run = _run_at(line, match.start())
        is_change = any(turn <= match.start() for turn in turns)
        turns = [turn for turn in turns if turn > match.start()]
        yield CueWord(match.group(), run.at, label or run.speaker, is_change, run.colour)


def _turns(text: str) -> tuple[list[int], str, str | None]:
    """Where another speaker begins, the text with the marks blanked (same length), and a name in capitals."""
    turns: list[int] = []
    label: str | None = None
    begin = len(text) - len(text.lstrip())
    match = _TURN.match(text, begin)
    if match:
        named = _LABEL.match(text, match.end())
        end = named.end() if named else match.end()
        label = named.group(1).strip() if named else None
        turns.append(begin)
        text = text[:begin] + " " * (end - begin) + text[end:]
    for inner in re.finditer(r"(?<=\s)>>+\s*", text):
        turns.append(inner.start())
        text = text[: inner.start()] + " " * len(inner.group()) + text[inner.end() :]
    return turns, text, label


def _run_at(line: list[_Run], offset: int) -> _Run:
    for run in line:
        if offset < len(run.text):
            return run
        offset -= len(run.text)
    return line[-1]
