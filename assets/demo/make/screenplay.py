"""The screenplay as typed data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Manner:
    """How a speaker speaks: a flite voice, its pace, and what is done to pitch and timbre (1 = nothing)."""

    name: str
    stretch: float
    pitch: float
    liveliness: float
    formants: float


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    role: str
    manner: Manner


@dataclass(frozen=True)
class Line:
    id: str
    who: str
    tokens: tuple[str, ...]
    said: tuple[str, ...]  # the same tokens, spelled for the synthesiser
    gap: float
    tempo: float
    swallowed: str
    shots: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Strap:
    who: str
    line: str
    at: float
    lasts: float


@dataclass(frozen=True)
class Edit:
    """What the subtitler did to a line: a phrase dropped (`becomes` empty) or heard as something else."""

    line: str
    phrase: tuple[str, ...]
    becomes: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    id: str
    what: str
    first_line: str
    last_line: str


@dataclass(frozen=True)
class Screenplay:
    channel: str
    programme: str
    aired_at: datetime
    zone: str
    stem: str
    opening_s: float
    closing_s: float
    cast: dict[str, Person]
    lines: tuple[Line, ...]
    straps: tuple[Strap, ...]
    edits: tuple[Edit, ...]
    contents: tuple[Wanted, ...]


def read_screenplay(path: Path) -> Screenplay:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Screenplay(
        **{key: data[key] for key in ("channel", "programme", "aired_at", "zone", "stem", "opening_s", "closing_s")},
        cast={who: _person(who, entry) for who, entry in data["cast"].items()},
        lines=tuple(_line(entry) for entry in data["lines"]),
        straps=tuple(Strap(**entry) for entry in data["straps"]),
        edits=tuple(edit for entry in data["subtitler"] for edit in _edits(entry)),
        contents=tuple(Wanted(e["id"], e["what"], e["from"], e["to"]) for e in data["contents"]),
    )


def _person(who: str, entry: dict[str, Any]) -> Person:
    return Person(who, entry["name"], entry["role"], Manner(**entry["voice"]))


def _line(entry: dict[str, Any]) -> Line:
    tokens = tuple(entry["text"].split())
    spelled = entry.get("say", {})
    return Line(
        id=entry["id"],
        who=entry["who"],
        tokens=tokens,
        said=tuple(_spelled(token, spelled) for token in tokens),
        gap=float(entry["gap"]),
        tempo=float(entry.get("tempo", 1.0)),
        swallowed=entry.get("swallowed", ""),
        shots=tuple((float(at), str(shot)) for at, shot in entry.get("shots", [])),
    )


def _spelled(token: str, spelled: dict[str, str]) -> str:
    """`Quenby,` is said as the entry for `Quenby` with the comma kept."""
    bare = token.rstrip(".,:;?!")
    return spelled.get(bare, bare) + token[len(bare) :]


def _edits(entry: dict[str, Any]) -> list[Edit]:
    dropped = [Edit(entry["line"], tuple(phrase.split()), ()) for phrase in entry.get("drop", [])]
    heard = [
        Edit(entry["line"], tuple(phrase.split()), tuple(becomes.split()))
        for phrase, becomes in entry.get("hear", {}).items()
    ]
    return dropped + heard
