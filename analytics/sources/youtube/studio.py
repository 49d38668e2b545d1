"""YouTube Studio, advanced mode: tables by video, age, gender, country, city and day, as CSV or the zip of them.

Whatever the language of the headers, numbers and dates are written as in English. Percentages by age and gender are
of signed-in viewers; the two come apart, and people/raking.py brings them together later.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analytics.errors import ExportRefused
from analytics.model.definitions import version_on
from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Item, Table
from analytics.reading.dates import parse_dates
from analytics.reading.numbers import parse_decimals, parse_durations
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import Contract, claim
from analytics.sources.who import ages, countries, genders
from analytics.sources.wide import Wide, period, read_wide, table_of, to_extract

from .contracts import STUDIO
from .other_words import OTHER_DIMENSIONS, OTHER_WORDS
from .spans import spans

PLATFORM: Final = "youtube"
_PACIFIC: Final = "YouTube's days are days in California; they are kept under their own date"
_NO_PERIOD: Final = "the file does not say which days it covers: say it with --from and --to"


def read(contract: Contract, item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """The values of one table. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), contract, ask, _title(contract))
    if "Date" in wide.frame:
        wide = wide.dated("Date", ask, match.locale)
    cells, refused = _cells(wide)
    keys = _keys(wide, ask).assign(**cells)
    published, notes = _published(wide, ask, match)
    if "Content" in wide.frame:
        keys = keys.assign(counted_from=published)
    return to_extract(
        _name(contract),
        match,
        known,
        _with_definition(wide, keys, known),
        keys,
        objects=_objects(wide, ask, published) if "Content" in wide.frame else None,
        refused=refused,
        notes=(*notes, _PACIFIC if "Date" in wide.frame else _NO_PERIOD if ask.first is None else ""),
    )


def _keys(wide: Wide, ask: Ask) -> pd.DataFrame:
    keys = pd.DataFrame(
        {"platform": PLATFORM, "account": ask.account, "payment": ask.payment or "all", "object_kind": "account"},
        index=wide.frame.index,
    )
    if "Content" in wide.frame:
        keys = keys.assign(object_kind="post", object=wide.frame["Content"])
    if "Date" not in wide.dates:
        return keys.assign(**period(ask))
    start = wide.dates["Date"].start
    grain, end = spans(start, ask.zone)
    return keys.assign(grain=grain, start=start, end=end)


def _cells(wide: Wide) -> tuple[dict[str, pd.Series], tuple[RefusedRow, ...]]:
    frame = wide.frame
    if "Viewer age" in frame:
        read_ages = ages(frame["Viewer age"])
        return {"age": read_ages.words}, read_ages.problems
    if "Viewer gender" in frame:
        read_genders = genders(frame["Viewer gender"])
        return {"gender": read_genders.words}, read_genders.problems
    if "Geography" in frame:
        places, kinds = countries(frame["Geography"])
        return {"place": places.words, "place_kind": kinds}, places.problems
    if "Cities" in frame:
        names = wide.text("City name").where(wide.text("City name") != "", frame["Cities"])
        return {"place": names, "place_kind": pd.Series("city", frame.index)}, ()
    return {}, ()


def _published(wide: Wide, ask: Ask, match: Match) -> tuple[pd.Series, tuple[str, ...]]:
    """When each video went up; NaT where a draft has none. A date that can't be read costs the date, not the row."""
    read = parse_dates(wide.text("Video publish time"), ask.locale or match.locale, zone=ask.zone)
    note = (f"{len(read.problems)} publish times could not be read",) if read.problems else ()
    return read.start, note


def _with_definition(wide: Wide, keys: pd.DataFrame, known: Known) -> Wide:
    """With engaged views beside them, views are in a definition of 2025-03-31 or later, though no day is stated."""
    if "Engaged views" not in wide.measures or "Views" not in wide.measures or keys["start"].notna().any():
        return wide
    latest = version_on(PLATFORM, "views", known.snapshot_at.date())
    is_first_change = latest == version_on(PLATFORM, "views", pd.Timestamp("2025-03-31").date())
    if not is_first_change:
        return wide
    views = wide.measures["Views"]
    named = replace(views, says={**views.says, "definition": latest})
    return replace(wide, measures={**wide.measures, "Views": named})


def _objects(wide: Wide, ask: Ask, published: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "platform": PLATFORM,
            "account": ask.account,
            "object_kind": "post",
            "object": wide.frame["Content"],
            "title": wide.text("Video title"),
            "url": "https://www.youtube.com/watch?v=" + wide.frame["Content"],
            "published_at": published,
            "duration_s": _seconds(wide.text("Duration")),
        },
        index=wide.frame.index,
    )


def _seconds(column: pd.Series) -> pd.Series:
    """Whole seconds in newer tables, a clock in older ones."""
    is_clock = column.str.contains(":", regex=False)
    plain = parse_decimals(column.mask(is_clock, ""), machine=True).low
    return plain.where(~is_clock, parse_durations(column.where(is_clock, "")).low)


def recognise_other(item: Item) -> Match | None:
    """A table of Studio's that we can't keep."""
    if not isinstance(item, Table) or any(claim(item, contract) for contract in STUDIO):
        return None
    found, _ = OTHER_WORDS.of(item.columns, OTHER_DIMENSIONS)
    counts, _ = STUDIO[-1].words.of(item.columns, ("Views", "Watch time (hours)", "Views (%)"))
    return Match(next(iter(found.values())), certainty=2) if found and counts else None


def refuse_other(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused, always: it says neither of which video or day nor among whom."""
    raise ExportRefused(
        f"{item.name} is YouTube Studio's table by {match.version.lower()}: it says nothing of videos, days or people",
        "Export the tables by content, date, viewer age, viewer gender, geography or cities.",
        column=match.version,
    )


def _name(contract: Contract) -> str:
    return f"youtube.studio_{contract.version}"


def _title(contract: Contract) -> str:
    return f"YouTube Studio, {contract.version}"


SOURCES: Final = (
    *(Source(_name(one), _title(one), partial(claim, contract=one), partial(read, one), one.columns) for one in STUDIO),
    Source("youtube.studio_other", "YouTube Studio, another table", recognise_other, refuse_other),
)
