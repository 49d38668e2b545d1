"""The cards of Business Suite's Overview and Audience pages: small tables, each under its title, often several a file.

A daily card ("Reach": Date, Primary) is of the account. An audience card (age and gender, top cities, top countries)
is of its followers, not of anybody whom a post reached.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
import pandas as pd

from analytics.errors import ExportRefused
from analytics.model.cells import UNKNOWN
from analytics.model.extract import Ask, Extract
from analytics.people.bands import age_label, parse_band, parse_gender
from analytics.reading import Item, Numbers, Table
from analytics.reading.numbers import parse_counts, parse_decimals, parse_shares
from analytics.reading.separators import UNDECIDED
from analytics.sources.columns import Measured, melt, problems_of, repairs_of, without_lines
from analytics.sources.contract import Known, Match, Source, refuse_unknown_columns

from . import who
from .amounts import locale_of
from .card_words import AUDIENCE, PRIMARY, TITLES
from .content_words import ABOUT, METRICS
from .contracts import AUDIENCE as AUDIENCE_CONTRACT
from .contracts import CARD, breaches
from .finish import finished, first_of_each_line, refuse_if_nothing
from .headers import find, plain
from .tables import dates, days_after

OVERVIEW_NAME: Final = "meta.overview_card"
AUDIENCE_NAME: Final = "meta.audience_card"
_NUMBER: Final = r"[\d.,\s]+%?"
_DAILY: Final = {"date": ABOUT["date"], "primary": PRIMARY}
_PLATFORM: Final = re.compile(r"\b(facebook|instagram)\b")
_AROUND: Final = re.compile(
    r"^(?:page|profile|auf|sur|en|su|no|do|di|op|na|de|d'|in|on|von|-|\s)+\b|\b(?:auf|sur|en|su|no|do|di|op|na|de|on|von)\s*$|-"
)


@dataclass(frozen=True, slots=True)
class Title:
    """What a card's title says: our field, and the platform if it names one."""

    text: str
    field: str
    platform: str


def title_of(table: Table) -> Title:
    """The last line above the table that names something that we know; else the last line."""
    for line in reversed(table.preamble):
        for name in (plain(line), _without_platform(line)):
            field = next(iter(find([name], TITLES).columns), "")
            if field:
                return Title(line, field, _platform(line))
    return Title(table.preamble[-1] if table.preamble else "", "", _platform(" ".join(table.preamble)))


def _platform(line: str) -> str:
    named = set(_PLATFORM.findall(plain(line)))
    return next(iter(named)) if len(named) == 1 else ""


def _without_platform(line: str) -> str:
    bare = " ".join(_PLATFORM.sub(" ", plain(line)).split())
    return " ".join(_AROUND.sub(" ", bare).split())


def recognise_overview(item: Item) -> Match | None:
    if not isinstance(item, Table):
        return None
    found = find(item.columns, _DAILY)
    return Match("daily", found.language, certainty=3) if found.has("date", "primary") else None


def read_overview(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused for a card whose title we do not know, ExportUnclear."""
    table = cast(Table, item)
    has = find(table.columns, _DAILY).columns
    refuse_unknown_columns(table, has.values(), "a card of Business Suite")
    title = title_of(table)
    if not title.field:
        raise ExportRefused(
            f"{table.name} is a card of Business Suite, but “{title.text}” is none that we know",
            "Say what it counts with --mapping (docs/metrics-mapping.md).",
            line=max(table.header_line - 1, 0),
            value=title.text,
        )
    column, locale = table.frame[has["primary"]], locale_of(table, [has["primary"]], match.locale, ask)
    is_whole = title.field not in ("watch_time", "minutes", "average_watch_time", "revenue")
    counts = parse_counts(column, locale) if is_whole else parse_decimals(column, locale)
    counts = counts.times(60) if title.field == "minutes" else counts
    day = dates(table.frame[has["date"]], match.locale, ask)
    about = pd.DataFrame({"start": day.start, "end": days_after(day.start, ask.zone)})
    refused = first_of_each_line((*problems_of(counts, day), *breaches(CARD, about)))
    about = without_lines(about, refused.values())
    refuse_if_nothing(table.name, len(about), refused.values())
    metric, payment = CARD_METRICS[title.field]
    keys = about.assign(
        platform=title.platform or ask.platform or "meta", object_kind="account", grain="day",
        payment=payment or ask.payment or "all", snapshot_at=known.snapshot_at,
    )  # fmt: skip
    return finished(
        OVERVIEW_NAME, match, ask, known, [melt(keys, [Measured(metric, counts)])], rows=len(about),
        refused=(*table.refused, *refused.values()), repairs=(*table.repairs, *repairs_of(counts, day)),
        notes=[*_platform_note(title, ask), f"days are read as {ask.zone}"],
    )  # fmt: skip


CARD_METRICS: Final[dict[str, tuple[str, str]]] = {
    **METRICS,
    "minutes": ("watch_time", ""),
    "reach_paid": ("reach", "paid"),
    "impressions_paid": ("impressions", "paid"),
    "unfollows": ("unfollows", ""),
    "followers": ("followers", ""),
    "posts": ("posts", ""),
}


def recognise_audience(item: Item) -> Match | None:
    if not isinstance(item, Table) or not item.preamble or item.frame.empty:
        return None
    kind = _audience_kind(item)
    return Match(kind, "", certainty=3) if kind else None


def read_audience(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused, ExportUnclear."""
    table, title = cast(Table, item), title_of(cast(Table, item))
    if match.version == "pages":
        note = f"left out: “{title.text}” is other pages, with a score of Meta's own"
        return finished(AUDIENCE_NAME, match, ask, known, [], rows=len(table.frame), notes=[note])
    cells = _matrix(table) if match.version == "age and gender" else _listed(table, match.version)
    share = _shares(cells["text"], table, ask)
    about = cells.assign(share=share.low)
    refused = [*share.problems, *breaches(AUDIENCE_CONTRACT, about)]
    about = without_lines(about, refused)
    refuse_if_nothing(table.name, len(about), refused)
    keys = about[["age", "gender", "place", "place_kind"]].assign(
        platform=title.platform or ask.platform or "meta", object_kind="account", basis="follower", grain="unstated",
        snapshot_at=known.snapshot_at,
    )  # fmt: skip
    values = melt(keys, [Measured("audience_share", share)]).assign(line=about["line"].to_numpy())
    return finished(
        AUDIENCE_NAME, match, ask, known, [values, _rest(values)], rows=len(table.frame),
        refused=(*table.refused, *refused), repairs=(*table.repairs, *share.repairs),
        notes=[*_platform_note(title, ask), "followers of the account, not people whom a post reached"],
    )  # fmt: skip


def _audience_kind(table: Table) -> str:
    field = next((found for line in reversed(table.preamble) for found in find([line], AUDIENCE).columns), "")
    if field != "ages":
        return field
    ages, genders = table.frame.iloc[:, 0], table.columns[1:]
    try:
        bands = [parse_band(cell) for cell in ages]
        named = {parse_gender(name) for name in genders}
    except ValueError:
        return ""
    return "age and gender" if bands and named & {"female", "male"} else ""


def _matrix(table: Table) -> pd.DataFrame:
    """text, age, gender, place, place_kind, line of each cell of the matrix."""
    parts = [
        pd.DataFrame(
            {
                "text": table.frame[column].to_numpy(),
                "age": [age_label(parse_band(cell)) for cell in table.frame.iloc[:, 0]],
                "gender": parse_gender(column),
                "place": "all",
                "place_kind": "all",
                "line": table.frame.index,
            }
        )
        for column in table.columns[1:]
    ]
    return pd.concat(parts, ignore_index=True)


def _listed(table: Table, kind: str) -> pd.DataFrame:
    """The same of a list of places: names in the header and one row of numbers, or a name and a number a row."""
    frame = table.frame
    if len(frame) == 1 and frame.iloc[0].str.fullmatch(_NUMBER).all():
        names, texts, lines = list(frame.columns), list(frame.iloc[0]), [frame.index[0]] * len(frame.columns)
    else:
        names, texts, lines = list(frame.iloc[:, 0]), list(frame.iloc[:, 1]), list(frame.index)
    try:
        places = [who.country(name) for name in names] if kind == "countries" else names
    except ValueError as error:
        raise ExportRefused(
            f"{table.name}: {error}",
            "Export it again in English, or say what it is with --mapping.",
            line=table.header_line,
        ) from error
    place_kind = {"countries": "country", "cities": "city"}[kind]
    return pd.DataFrame(
        {"text": texts, "age": "all", "gender": "all", "place": places, "place_kind": place_kind, "line": lines}
    )


def _shares(texts: pd.Series, table: Table, ask: Ask) -> Numbers:
    """Per cent as Meta writes them (one decimal, with or without the sign), or fractions with more decimals."""
    texts = texts.astype("str").rename("share")
    locale = ask.locale or ("" if table.delimiter == ";" else "en")
    shares = parse_shares(texts, locale if locale else UNDECIDED)
    is_fraction = not texts.str.contains("%", regex=False).any() and texts.str.contains(r"[.,]\d{3,}").any()
    return shares.times(100) if is_fraction and shares.low.sum() <= 0.0101 else shares


def _rest(values: pd.DataFrame) -> pd.DataFrame:
    """What the cells by age and gender leave. Lists of places are the top of many and say nothing of the rest."""
    cells = values[values["age"] != "all"]
    rest = 1 - cells["low"].sum()
    if cells.empty or rest <= 0.005:
        return pd.DataFrame()
    return cells.iloc[[0]].assign(
        age=UNKNOWN, gender=UNKNOWN, low=np.round(rest, 6), high=np.round(rest, 6), state="observed"
    )


def _platform_note(title: Title, ask: Ask) -> list[str]:
    if title.platform or ask.platform:
        return []
    return ["the card does not say whether it is Facebook or Instagram: kept as Meta's (say it with --platform)"]


SOURCES: Final = (
    Source(OVERVIEW_NAME, "Meta Business Suite, overview card", recognise_overview, read_overview, ("Date", "Primary")),
    Source(AUDIENCE_NAME, "Meta Business Suite, audience card", recognise_audience, read_audience, ("Women", "Men")),
)
