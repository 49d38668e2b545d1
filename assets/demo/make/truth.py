"""What the recording holds, to the millisecond: words, shots, straps, late captions, and what it was made for."""

from __future__ import annotations

import json
from typing import Any

from make.direction import Shot, StrapShown
from make.screenplay import Screenplay
from make.soundstage import SaidLine, Take
from make.subtitler import LateCue


def truth_of(
    play: Screenplay, take: Take, shots: tuple[Shot, ...], straps: tuple[StrapShown, ...], cues: tuple[LateCue, ...]
) -> dict[str, Any]:
    return {
        "channel": play.channel,
        "programme": play.programme,
        "duration": round(take.duration, 3),
        "speakers": {who: {"name": person.name, "role": person.role} for who, person in play.cast.items()},
        "words": [
            {"text": w.text, "start": _ms(w.start), "end": _ms(w.end), "speaker": w.who, "line": w.line}
            for w in take.words
        ],
        "lines": [_line(said) for said in take.lines],
        "shots": [{"start": _ms(shot.start), "end": _ms(shot.end), "shot": shot.kind} for shot in shots],
        "straps": [
            {"start": _ms(s.start), "end": _ms(s.end), "name": play.cast[s.who].name, "role": play.cast[s.who].role}
            for s in straps
        ],
        "captions": [
            {
                "start": _ms(cue.start),
                "end": _ms(cue.end),
                "text": " ".join(cue.lines),
                "said_start": _ms(cue.said_start),
                "said_end": _ms(cue.said_end),
                "late": _ms(cue.start - cue.said_start),
            }
            for cue in cues
        ],
        "contents": [_content(play, take, place) for place in range(len(play.contents))],
    }


def _line(said: SaidLine) -> dict[str, Any]:
    return {
        "id": said.line.id,
        "speaker": said.line.who,
        "start": _ms(said.start),
        "end": _ms(said.end),
        "text": " ".join(said.line.tokens),
        "interrupted": bool(said.line.swallowed),
    }


def _content(play: Screenplay, take: Take, place: int) -> dict[str, Any]:
    wanted = play.contents[place]
    ids = [said.line.id for said in take.lines]
    covered = take.lines[ids.index(wanted.first_line) : ids.index(wanted.last_line) + 1]
    return {
        "id": wanted.id,
        "what": wanted.what,
        "start": _ms(min(said.start for said in covered)),
        "end": _ms(max(said.end for said in covered)),
        "lines": [said.line.id for said in covered],
        "text": " ".join(" ".join(said.line.tokens) for said in covered),
    }


def as_json(truth: dict[str, Any]) -> str:
    """One word, line, shot or cue on each row, so that a change shows as a change of a row."""
    rows = []
    for key, value in truth.items():
        if isinstance(value, list):
            inner = ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in value)
            rows.append(f"  {json.dumps(key)}: [\n{inner}\n  ]")
        else:
            rows.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _ms(seconds: float) -> float:
    return round(seconds, 3)
