"""The 650 Westminster seats of 2024, by code and by name. Codes of before 2024 are recognised, never taken for today's.

They join to nothing otherwise, in silence. Five Scottish seats kept code and boundary; everything else in W07000041 to
80, E14000530 to 1062, S14000001 to 59 and N06… is old.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rapidfuzz import process

from analytics.errors import PopulationWrong, SeatUnknown

TABLES: Final = Path(__file__).resolve().parents[2] / "assets" / "population"
_CODE: Final = re.compile(r"(?:E14|S14|N05|N06|W07)\d{6}")
_ONE_TO_ONE: Final = 0.999
_ALL_LISTED: Final = "assets/population/seats.csv lists all 650"


@dataclass(frozen=True, slots=True)
class Seat:
    """A Westminster seat of 2024. `region` and `nation` are names (outside England they are the same).

    `electorate`: on the register for the election of 4 July 2024. `hex_q`, `hex_r`: axial position in our own
    layout of equal hexagons, r growing southwards (assets/population/README.md).
    """

    code: str
    name: str
    region: str
    nation: str
    electorate: int
    hex_q: int
    hex_r: int


@dataclass(frozen=True, slots=True)
class Successor:
    """A 2024 seat that holds `share` (0 to 1) of the people of a seat of before."""

    code: str
    name: str
    share: float


@cache
def seats() -> tuple[Seat, ...]:
    """All 650, by code."""
    return tuple(
        Seat(
            row["code"],
            row["name"],
            row["region"],
            row["nation"],
            int(row["electorate"]),
            int(row["hex_q"]),
            int(row["hex_r"]),
        )
        for row in _rows("seats.csv")
    )


def seat(code_or_name: str) -> Seat:
    """The seat of that 2024 code or name; case, accents, "&" and the order round "Hull East" don't matter.

    Raises:
        SeatUnknown: there is none. It names the closest; for a code of before 2024 it holds the successors,
            unless one of 2024 holds the very same people (then that one is given).
    """
    code = code_or_name.strip().upper()
    if _CODE.fullmatch(code):
        return seats_by_code().get(code) or _translated(code)
    found = _by_name().get(fold(code_or_name))
    if found is not None:
        return found
    close = process.extract(fold(code_or_name), {s.code: fold(s.name) for s in seats()}, limit=3, score_cutoff=70)
    names = [f"{seats_by_code()[code].name} ({code})" for _, _, code in close]
    mend = f"Did you mean {' or '.join(names)}?" if names else _ALL_LISTED
    raise SeatUnknown(f"there is no seat {code_or_name.strip()!r}", mend, code=code_or_name)


def translate_2010(code: str) -> tuple[Successor, ...]:
    """The 2024 seats that hold the people of a seat of 2010 to 2024, largest share first; () if it is no such code.

    Shares are hundredths, of the population. They spread what was counted in the old seat only as far as people
    there are all alike, so whoever uses them calls the result modelled.
    """
    found = [Successor(row["code"], seats_by_code()[row["code"]].name, float(row["share"])) for row in _old(code)]
    return tuple(sorted(found, key=lambda successor: -successor.share))


def fold(name: str) -> str:
    """Lower case, no accents, "and" for "&", words only."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    return " ".join(
        re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)).replace("'", ""))
    )


def _translated(code: str) -> Seat:
    successors = translate_2010(code)
    if not successors:
        raise SeatUnknown(f"there is no seat {code}", _ALL_LISTED, code=code)
    first, *_ = successors
    if first.share >= _ONE_TO_ONE and _is_all_of(code, first.code):
        return seats_by_code()[first.code]
    listed = ", ".join(f"{s.code} {s.name} ({s.share:.0%})" for s in successors)
    raise SeatUnknown(
        f"{code} is {_old(code)[0]['old_name']} as it was before 2024",
        f"Its people are now in {listed}: name one, or ask for the shares",
        code=code,
        successors=tuple(s.code for s in successors),
    )


def _is_all_of(old: str, new: str) -> bool:
    """Nobody else's people are in the new seat."""
    return not any(row["code"] == new and row["old_code"] != old for row in _rows("seats_2010.csv"))


def _old(code: str) -> list[dict[str, str]]:
    return _by_old_code().get(code.strip().upper(), [])


@cache
def _by_old_code() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in _rows("seats_2010.csv"):
        found.setdefault(row["old_code"], []).append(row)
    return found


@cache
def seats_by_code() -> dict[str, Seat]:
    return {s.code: s for s in seats()}


@cache
def _by_name() -> dict[str, Seat]:
    named = {fold(s.name): s for s in seats()}
    for s in seats():
        first, _, last = fold(s.name).rpartition(" ")
        for other in (
            f"{last} {first}",
            fold(s.name).replace("kingston upon ", ""),
            fold(s.name).removeprefix("city of "),
        ):
            named.setdefault(other, s)
    return named


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    try:
        with (TABLES / name).open(encoding="utf-8", newline="") as file:
            return tuple(csv.DictReader(file))
    except OSError as error:
        raise PopulationWrong(
            f"{TABLES / name} can't be read ({error.strerror})", "Put the shipped table back"
        ) from None
