"""Schemas that say what each column of an export is, and whether a table keeps to one.

A schema's columns are the headers as downloaded, in English. `measured` columns become values, `text` and `moment`
columns say of what and when, `understood` ones are not kept. A column may be a pattern: "Spend (GBP)".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd
import pandera.pandas as pa

from analytics.reading import Item, Table

from .contract import Match
from .words import Words

Kind = Literal["count", "decimal", "percent", "duration", "minutes", "hours", "money"]
_UTC: Final = "datetime64[us, UTC]"
SURE: Final = 10  # a claim below it: any platform could have such a table


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column of numbers is. A net one (given less taken back) may fall below zero, which no value can hold."""

    metric: str
    kind: Kind = "count"
    is_net: bool = False
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contract:
    """One layout of an export: its schema, and its headers in other languages."""

    version: str
    schema: pa.DataFrameSchema
    words: Words = field(default_factory=Words)
    claim: int = SURE  # certainty of a match, to which its known columns are added
    total_in: str = ""  # the column in which a row may say "Total"
    telling: frozenset[str] = frozenset()  # columns of which one at least must be there, where required ones say little

    @property
    def columns(self) -> tuple[str, ...]:
        """Headers for hints, patterns shown as one of them."""
        return tuple(_shown(name, column) for name, column in self.schema.columns.items())

    def find(self, columns: Sequence[str]) -> tuple[dict[str, str], str]:
        """Column of the file → header of the contract, and the language."""
        named, language = self.words.of(columns, (_stem(name, one) for name, one in self.schema.columns.items()))
        found = {column: header for column, header in named.items() if self.column(header) is not None}
        fitting = {column: column for column in columns if column not in found and self.column(column) is not None}
        return {**found, **fitting}, language

    def column(self, header: str) -> pa.Column | None:
        """What the contract says of that header of its own, a pattern's where one fits."""
        exact: pa.Column | None = self.schema.columns.get(header)
        if exact is not None and not exact.regex:
            return exact
        patterns = ((name, one) for name, one in self.schema.columns.items() if one.regex)
        return next((one for name, one in patterns if re.fullmatch(name, header)), None)


def measured(metric: str, kind: Kind = "count", *, regex: bool = False, is_net: bool = False, **says: str) -> pa.Column:
    """A column of numbers. Shares lie within 0…1 once read, everything is 0 or more."""
    checks = [pa.Check.ge(0, error="is below zero")]
    if metric.endswith("_share") or metric == "click_through_rate":
        checks.append(pa.Check.le(1 + 1e-9, error="is more than the whole"))
    meaning = Meaning(metric, kind, is_net, says)
    return pa.Column(float, checks, nullable=True, required=False, regex=regex, metadata={"meaning": meaning})


def text(pattern: str = "", what: str = "", *, required: bool = True) -> pa.Column:
    """A column of text, every cell of it like `pattern`, which is `what` ("a video's id")."""
    check = pa.Check.str_matches(rf"^(?:{pattern})$", error=f"is not {what}") if pattern else None
    return pa.Column(str, check, required=required)


def moment(*, required: bool = True, nullable: bool = False) -> pa.Column:
    """A column of dates or times, from the first year that any of these platforms had."""
    since = pd.Timestamp("2004-01-01", tz="UTC")
    return pa.Column(
        _UTC, pa.Check.ge(since, error="is before there was such a platform"), required=required, nullable=nullable
    )


def understood(*, regex: bool = False) -> pa.Column:
    """A column that we understand and do not keep: it follows from others, or the model has no place for it."""
    return pa.Column(str, required=False, regex=regex, nullable=True)


def claim(item: Item, contract: Contract) -> Match | None:
    """A match where every required column is there, one that tells, and few others; the fewer unknown, the surer.

    A contract that claims little (others have such columns too) claims nothing with a column that it does not know.
    """
    if not isinstance(item, Table):
        return None
    found, language = contract.find(item.columns)
    needed = {name for name, column in contract.schema.columns.items() if column.required}
    unknown = len(item.columns) - len(found)
    there = set(found.values())
    tells = not contract.telling or bool(contract.telling & there)
    allowed = len(found) // 2 if contract.claim >= SURE else 0
    if not needed <= there or not tells or unknown > allowed:
        return None
    return Match(contract.version, "" if language == "en" else language, contract.claim + len(found) - 3 * unknown)


def meaning_of(column: pa.Column | None) -> Meaning | None:
    """What that column counts; None where it is no column of numbers."""
    found = (column.metadata or {}).get("meaning") if column is not None else None
    return found if isinstance(found, Meaning) else None


def _stem(name: str, column: pa.Column) -> str:
    return name.partition(" \\(")[0] if column.regex else name


def _shown(name: str, column: pa.Column) -> str:
    return f"{_stem(name, column)} (GBP)" if column.regex else name
