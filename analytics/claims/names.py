"""Names in a sentence: clips, targets, groups of seats, partners, periods, platforms and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from analytics.errors import ClaimUnclear, SeatUnknown
from analytics.model.cells import PlaceKind
from analytics.model.metrics import PLATFORMS
from analytics.people.places import NATIONS, REGIONS, UNITED_KINGDOM, Place, seat, seats

from .evidence import Named
from .wording import Sentence, plain

_PLATFORMS: Final = {
    "facebook": "facebook", "fb": "facebook", "instagram": "instagram", "insta": "instagram", "ig": "instagram",
    "meta": "meta", "youtube": "youtube", "you tube": "youtube", "yt": "youtube", "tiktok": "tiktok",
    "tik tok": "tiktok", "tiktoks": "tiktok", "tweets": "x",
    "x": "x", "twitter": "x", "x/twitter": "x", "snapchat": "snapchat", "snap": "snapchat",
    "google ads": "google", "google": "google", "wfa origin": "origin", "origin": "origin",
}  # fmt: skip
PLATFORM_NAMES: Final[dict[str, str]] = dict(
    zip(
        PLATFORMS,
        ("Facebook", "Instagram", "Meta", "YouTube", "TikTok", "X", "Snapchat", "Google", "Origin", "other platforms"),
        strict=True,
    )
)
_KINGDOM: Final = (
    "united kingdom", "uk", "gb", "great britain", "britain", "british", "this country", "across the country",
    "in the country",
)  # fmt: skip
_SPELLINGS: Final = {
    "english": "england", "welsh": "wales", "scottish": "scotland", "scots": "scotland",
    "northern irish": "northern ireland", "ulster": "northern ireland", "londoners": "london",
    "greater london": "london", "yorkshire": "yorkshire and the humber", "the east": "east of england",
    "yorkshire and humber": "yorkshire and the humber", "east anglia": "east of england",
    "north-east": "north east", "north-west": "north west", "south-east": "south east", "south-west": "south west",
}  # fmt: skip
_SEAT_CODE: Final = r"\b(?:e14|s14|n05|n06|w07)\d{6}\b"
_PAID = r"(?<!un)\b(?:paid(?:[ -]for)?|promoted|sponsored|boosted|ads?|adverts?|advertisements?|advertising)\b"
_ORGANIC = r"\b(?:organic(?:ally)?|unpaid|non-paid|unpromoted|without paying|not paid for)\b"
_LIKELY = 82  # rapidfuzz's WRatio from which a name is worth asking about


def gazetteer(cities: Iterable[Named] = ()) -> Mapping[str, Place]:
    """Every place that a sentence may name, by its plain name: the country, nations, regions, seats, and `cities`."""
    named = {plain(city.name): Place("".join(city.codes[:1]) or city.name, city.name, "city") for city in cities}
    return {**named, **_places()}


@cache
def _places() -> Mapping[str, Place]:
    kingdom = Place(UNITED_KINGDOM, "the United Kingdom", "country")
    codes: dict[PlaceKind, dict[str, str]] = {
        "nation": NATIONS,
        "region": REGIONS,
        "seat": {seat.code: seat.name for seat in seats()},
    }
    known = {plain(name): Place(code, name, kind) for kind, named in codes.items() for code, name in named.items()}
    spelt = {spelling: place for spelling in _SPELLINGS if (place := known.get(_SPELLINGS[spelling]))}
    loose = {name.replace("-", " "): place for name, place in known.items()}
    regional = {f"{plain(name)} of england": known[plain(name)] for name in REGIONS.values()}
    articled = {f"the {plain(name)}": known[plain(name)] for name in REGIONS.values()}  # "the East Midlands"
    return {**dict.fromkeys(_KINGDOM, kingdom), **loose, **spelt, **regional, **articled, **known}


def read_names(sentence: Sentence, names: Iterable[Named]) -> tuple[Named, ...]:
    """Every known name in the sentence, the longest first, read away."""
    found = []
    for named, said in sorted(((n, plain(n.name)) for n in names), key=lambda pair: -len(pair[1])):
        is_near = len(said) > 2 and said in sentence.left  # there are thousands of names, and few are said
        if is_near and sentence.take(rf"(?<!\w)(?:the |our )?{re.escape(said)}(?!\w)"):
            found.append(named)
    return tuple(found)


def read_platforms(sentence: Sentence) -> tuple[tuple[str, int, int], ...]:
    """Platforms with where they stand, read away, in the order they are said."""
    words = "|".join(sorted((re.escape(word) for word in _PLATFORMS), key=len, reverse=True))
    found = sentence.take_all(rf"(?<![\w.,/-])(?:{words})(?![\w-]|/\w)")
    return tuple((_PLATFORMS[match[0]], *match.span()) for match in sorted(found, key=lambda match: match.start()))


def read_payment(sentence: Sentence) -> str:
    """ "paid", "organic", or "all" where neither or both are said."""
    organic, paid = sentence.take_all(_ORGANIC), sentence.take_all(_PAID)
    if bool(organic) == bool(paid):
        return "all"
    return "organic" if organic else "paid"


def read_place(sentence: Sentence, places: Mapping[str, Place]) -> Place | None:
    """The one place of a sentence, read away. Raises ClaimUnclear for two."""
    found = [_coded(match[0]) for match in sentence.take_all(_SEAT_CODE)]
    while place := _longest(sentence, places):
        found.append(place)
    narrow = [place for place in dict.fromkeys(found) if place.kind != "country"] or list(dict.fromkeys(found))
    if len(narrow) > 1:
        raise ClaimUnclear(
            f"Two places in one sentence: {narrow[0].name} and {narrow[1].name}",
            "Ask about one at a time, or about a group of seats by its name.",
        )
    return narrow[0] if narrow else None


def _coded(code: str) -> Place:
    try:
        there = seat(code)
    except SeatUnknown as error:
        raise ClaimUnclear(error.what, error.mend) from None
    return Place(there.code, there.name, "seat")


def _longest(sentence: Sentence, places: Mapping[str, Place]) -> Place | None:
    words = list(re.finditer(r"[\w'-]+", sentence.left))
    for length in range(min(9, len(words)), 0, -1):
        for first, last in zip(words, words[length - 1 :], strict=False):
            place = places.get(sentence.left[first.start() : last.end()])
            if place:
                sentence.blank(first.start(), last.end())
                return place
    return None


def closest_name(word: str, names: Iterable[str]) -> str:
    """The known name most like `word`; "" where none is like it."""
    best = process.extractOne(word, list(names), scorer=fuzz.WRatio, score_cutoff=_LIKELY) if len(word) > 3 else None
    return best[0] if best else ""
