"""Origin's campaign tables: impressions, reach and how often, a row a campaign and publisher."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Item, Numbers
from analytics.reading.numbers import parse_counts
from analytics.sources.columns import Measured
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import claim
from analytics.sources.wide import Wide, days, read_wide, table_of, to_extract

from .contracts import CAMPAIGNS, FREQUENCY

NAME: Final = "origin.campaigns"
TITLE: Final = "WFA Origin, campaigns"
_MOST: Final = 5  # reach_5plus is the last that the model has
_SLACK: Final = 0.01  # people of each frequency are rounded on their own


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Values of each campaign at each publisher over its period. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), CAMPAIGNS, ask, TITLE)
    wide = wide.dated("Start Date", ask, order="mdy").dated("End Date", ask, order="mdy")
    wide, refused = _so_often(wide)
    keys = pd.DataFrame(
        {
            "platform": "origin",
            "account": wide.text("Advertiser"),
            "object_kind": "campaign",
            "object": wide.frame["Event Groups"],
            "placement": _placement(wide),
            "payment": "paid",
            "grain": "period",
            "start": wide.dates["Start Date"].start,
            "end": _end(wide, ask),
        },
        index=wide.frame.index,
    )
    objects = keys[["platform", "account", "object_kind", "object"]].assign(
        title=wide.frame["Event Groups"],
        account_name=wide.text("Brand"),
        started_at=keys["start"],
        stopped_at=keys["end"],
    )
    return to_extract(NAME, match, known, wide, keys, objects=objects, refused=refused)


def _placement(wide: Wide) -> pd.Series:
    """The publisher, and what was shown there ("Common, Video" is video): the two are measured apart."""
    shown = wide.text("Event Template").str.rpartition(",")[2].str.strip().str.lower()
    return wide.frame["Publisher"] + (", " + shown).where(shown != "", "")


def _end(wide: Wide, ask: Ask) -> pd.Series:
    """The day after the last; where the number of days does not count the end date, that date itself."""
    start, last = wide.dates["Start Date"].start, wide.dates["End Date"].start
    stated = parse_counts(wide.text("Number of days")).low
    between = ((last - start) / pd.Timedelta(1, "D")).round()
    return days(last, ask.zone).where(stated != between, last)


def _so_often(wide: Wide) -> tuple[Wide, tuple[RefusedRow, ...]]:
    """People reached exactly once, twice, … → twice or more, three times or more, …; rows where they don't add up."""
    columns = {int(m[1]): one for name, one in wide.measures.items() if (m := re.fullmatch(FREQUENCY, name))}
    plain = {name: one for name, one in wide.measures.items() if not re.fullmatch(FREQUENCY, name)}
    often = sorted(columns)
    is_whole = bool(often) and any(name.endswith("+") for name in wide.measures if name.startswith("Frequency"))
    if not is_whole or often != list(range(1, len(often) + 1)):
        return replace(
            wide, measures=plain, notes=(*wide.notes, "how often people were reached is left out: a column is missing")
        ), ()
    atleast = {n: _sum([columns[k].numbers for k in often if k >= n]) for n in often}
    measures = {f"Frequency {n} or more": Measured(f"reach_{n}plus", atleast[n]) for n in often if 2 <= n <= _MOST}
    problems = tuple(p for one in columns.values() for p in one.numbers.problems)
    return replace(wide, measures={**plain, **measures}), (*problems, *_not_adding(wide, atleast[1]))


def _sum(parts: list[Numbers]) -> Numbers:
    """Their sum where every one of them is known."""
    low, high = (np.sum([getattr(part, end).to_numpy() for part in parts], axis=0) for end in ("low", "high"))
    index = parts[0].low.index
    state = np.where(np.isnan(low), "unavailable", np.where(high == 0, "zero", "observed"))
    return Numbers(pd.Series(low, index), pd.Series(high, index), pd.Series(state, index))


def _not_adding(wide: Wide, everybody: Numbers) -> tuple[RefusedRow, ...]:
    reach = wide.measures.get("Total Reach")
    if reach is None:
        return ()
    off = (everybody.low - reach.numbers.low).abs() > _SLACK * reach.numbers.low.clip(lower=1)
    return tuple(
        RefusedRow(
            int(line), "Total Reach", wide.frame.at[line, "Total Reach"], "the frequencies add up to something else"
        )
        for line in wide.frame.index[off]
    )


SOURCES: Final = (Source(NAME, TITLE, partial(claim, contract=CAMPAIGNS), read, CAMPAIGNS.columns),)
