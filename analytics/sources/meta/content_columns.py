"""The columns of a content export, sorted: what a post is, what is counted, and of which people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from analytics.model.cells import ALL, PlaceKind
from analytics.people.bands import age_label, parse_cell

from . import who
from .content_words import ABOUT, COUNTED, LEFT_OUT, METRICS
from .headers import Found, Words, find, plain, spellings_of
from .tables import is_like

WORDS: Final[Words] = {**ABOUT, **COUNTED}
_CUT: Final = re.compile(r"(?P<lead>[^()]*[^()\s])\s*\((?P<cell>.+)\)")
_FROM: Final = re.compile(r"(?P<lead>.+?) from (?P<cell>[MFU][ ,.]+\d.*|[A-Z]{2})")
_BY_PLACE: Final = re.compile(r"\b(?:region|state|region|région|región|regione|região|regio)\b")
_LEADS: Final = sorted(
    ((spelling, field) for field in COUNTED for spelling in spellings_of(COUNTED, field)),
    key=lambda lead: len(lead[0]),
    reverse=True,
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A column that counts `field` within one group of people; `by` is "people" or "place"."""

    column: str
    field: str
    by: str
    age: str = ALL
    gender: str = "all"
    place: str = ALL
    place_kind: PlaceKind = "all"

    @property
    def says(self) -> dict[str, str]:
        return {"age": self.age, "gender": self.gender, "place": self.place, "place_kind": self.place_kind}


@dataclass(frozen=True, slots=True)
class Sorted:
    """All columns of a table. `counted`: field → column, one for each metric and payment; `unknown` must be empty."""

    found: Found
    counted: dict[str, str]
    cuts: tuple[Cut, ...]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...]


def sort_columns(columns: Iterable[str]) -> Sorted:
    found = find(columns, WORDS)
    cuts = {column: cut for column in found.unknown if (cut := cut_of(column)) is not None}
    rest = [column for column in found.unknown if column not in cuts]
    out = [column for column in rest if is_like(LEFT_OUT, plain(column))]
    counted, doubled = _once({field: found.columns[field] for field in COUNTED if field in found.columns})
    return Sorted(
        found,
        counted,
        tuple(cuts.values()),
        (*out, *doubled),
        tuple(column for column in rest if column not in set(out)),
    )


def cut_of(column: str) -> Cut | None:
    """ "3-second video views by top audience (M, 45-54)", "… by country (Bulgaria (BG))", "Views from F 25-34"."""
    match = _CUT.fullmatch(column.strip()) or _FROM.fullmatch(column.strip())
    field = next((field for lead, field in _LEADS if plain(match["lead"]).startswith(lead)), "") if match else ""
    if match is None or not field:
        return None
    lead, cell = plain(match["lead"]), match["cell"].strip()
    try:
        if any(sign.isdigit() for sign in cell) or cell.casefold() in ("m", "f", "u"):
            gender, age = parse_cell(cell)
            return Cut(column, field, "people", age=age_label(age), gender=gender)
        if _BY_PLACE.search(lead):
            place, kind = who.region(cell)
            return Cut(column, field, "region", place=place, place_kind=kind)
        return Cut(column, field, "country", place=who.country(cell), place_kind="country")
    except ValueError:
        return None


def _once(counted: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Each metric and payment once: where "Views" is there, "Plays" would be the same thing in another meaning."""
    kept: dict[str, str] = {}
    for field, column in counted.items():
        if METRICS[field] not in [METRICS[one] for one in kept]:
            kept[field] = column
    return kept, [column for field, column in counted.items() if field not in kept]
