"""What a file's name says: channel, programme and air time, in the shapes that recorders write.

"Channel - Programme - 2026-11-20 22-00.ts" is ours; "20261120 2230 - BBC TWO HD - Newsnight.ts" (Enigma2),
"Newsnight-BBC TWO HD-2026-11-20-22-30.ts" (Tvheadend), "Newsnight_20261120_22302315.ts" (NextPVR),
"Newsnight - 2026-11-20 22 30 00 - Title.ts" (Plex) and "1234_20261120223000.ts" (MythTV) are read as well.
What can't be told is left open: an unknown channel is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_YMD = r"(?P<y>(?:19|20)\d\d)(?P<s>[-_. ]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)"
_DMY = r"(?P<d2>\d\d)[-_.](?P<m2>\d\d)[-_.](?P<y2>20\d\d)"
_TIME = r"(?:[ T_.@-]{0,3})(?P<H>[01]\d|2[0-3])[-_.:h ]?(?P<M>[0-5]\d)(?:[-_.: ]?(?P<S>[0-5]\d)|\d{4})?"
_ZONE = r"(?P<zone> ?Z| ?UTC|[+-]\d\d:?\d\d)?"
_WHEN = re.compile(rf"(?<!\d)(?:{_YMD}|{_DMY})(?:{_TIME}{_ZONE}(?!\d)|(?!\d))")

_BETWEEN = re.compile(r"\s+[-–—|]\s+|_-_|\0")
_TIGHT = re.compile(r"[-_]")
_NOISE = re.compile(r"(?i)^(?:\d+|s\d+e\d+|vid|img|mov|pxl|rec|recording|capture|video|original)$")
_TRAILING = re.compile(r"(?i)\b(?:uhd|hd|sd|uk|\+1)$")

CHANNELS = (
    "BBC One", "BBC Two", "BBC Three", "BBC Four", "BBC News", "BBC Parliament", "BBC Scotland", "BBC Alba",
    "BBC Radio 4", "BBC Radio 5 Live", "BBC World Service", "ITV1", "ITV2", "ITV", "STV", "UTV", "S4C",
    "Channel 4", "Channel 5", "Sky News", "GB News", "TalkTV", "LBC", "Times Radio",
    "Al Jazeera English", "CNN International", "Euronews", "RTÉ One", "Parliament TV",
)  # fmt: skip
_ALIASES = {"bbc1": "BBC One", "bbc2": "BBC Two", "bbc4": "BBC Four", "c4": "Channel 4", "c5": "Channel 5"}


@dataclass(frozen=True, slots=True)
class Guess:
    """What the name says; None where it says nothing. `aired_at` is naive where the name gives local time."""

    channel: str | None = None
    programme: str | None = None
    aired_at: datetime | None = None
    note: str = ""


def read_name(stem: str) -> Guess:
    """Read a file name without its suffix."""
    match = _first_date(stem)
    if match is None:
        return _without_date(_pieces(stem))
    aired_at = _moment(match)
    note = "" if aired_at else f"the file name gives the day {_day(match):%Y-%m-%d} but no time of day"
    before, after = _pieces(stem[: match.start()]), _pieces(stem[match.end() :])
    channel, rest = _take_channel(before + after)
    if channel is None and len(rest) > 1 and not (before and after):
        channel, rest = rest[0], rest[1:]
    return Guess(channel, rest[0] if rest else None, aired_at, note)


def channel_named(text: str) -> str | None:
    """The channel's usual spelling, if `text` is the name of one we know ("BBC TWO HD" → "BBC Two")."""
    return _KNOWN.get(_folded(text)) or _KNOWN.get(_folded(_TRAILING.sub("", text.strip())))


def _without_date(pieces: list[str]) -> Guess:
    channel, rest = _take_channel(pieces)
    return Guess(channel, rest[0] if channel and rest else None)


def _first_date(stem: str) -> re.Match[str] | None:
    return next((match for match in _WHEN.finditer(stem) if _day(match) is not None), None)


def _day(match: re.Match[str]) -> datetime | None:
    year, month, day = (match[name] or match[f"{name}2"] for name in "ymd")
    try:
        return datetime(int(year), int(month), int(day))  # local until the zone is known
    except ValueError:
        return None


def _moment(match: re.Match[str]) -> datetime | None:
    day = _day(match)
    if day is None or match["H"] is None:
        return None
    at = day.replace(hour=int(match["H"]), minute=int(match["M"]), second=int(match["S"] or 0))
    zone = (match["zone"] or "").strip()
    if zone in ("Z", "UTC"):
        return at.replace(tzinfo=UTC)
    if zone:
        sign, digits = (-1 if zone[0] == "-" else 1), zone[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return at.replace(tzinfo=timezone(sign * offset)) if offset < timedelta(days=1) else None
    return at


def _pieces(text: str) -> list[str]:
    parts = (_clean(part) for part in _BETWEEN.split(text))
    return [part for part in parts if part and not _NOISE.match(part)]


def _clean(text: str) -> str:
    is_tight = " " not in text.strip()
    return re.sub(r"\s+", " ", text.replace("_", " ") if is_tight else text).strip(" -_.,()[]")


def _take_channel(pieces: list[str]) -> tuple[str | None, list[str]]:
    """The known channel among the pieces, and the pieces without it."""
    for index, piece in enumerate(pieces):
        for channel, rest in _splits(piece):
            if channel:
                return channel, [*pieces[:index], *rest, *pieces[index + 1 :]]
    return None, pieces


def _splits(piece: str) -> list[tuple[str | None, list[str]]]:
    """Ways to see a channel in a piece: all of it, or a part between hyphens."""
    ways: list[tuple[str | None, list[str]]] = [(channel_named(piece), [])]
    tight = [_clean(part) for part in _TIGHT.split(piece)]
    if len(tight) > 1:
        ways += [(channel_named(p), [q for q in tight[:i] + tight[i + 1 :] if q]) for i, p in enumerate(tight)]
    return ways


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


_KNOWN = {_folded(name): name for name in CHANNELS} | _ALIASES
