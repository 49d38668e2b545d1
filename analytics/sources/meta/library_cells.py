"""Whom the Ad Library says an ad reached: shares of its range, and the European Union's exact counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.model.cells import UNKNOWN
from analytics.model.extract import RefusedRow
from analytics.reading import Numbers

from . import who
from .amounts import numbers
from .contracts import SHARE, breaches
from .records import Record, dicts

REST: Final = 0.001  # shares have six digits: less than this is rounding
_SHARES: Final = (("demographic_distribution",), ("delivery_by_region", "region_distribution"))


def shares_of(rows: tuple[Record, ...]) -> tuple[pd.DataFrame, list[RefusedRow]]:
    """One row an ad and cell: line, share (0…1), age, gender, place, place_kind; the rest of 1 as an unknown cell."""
    listed = [
        (line, kind, cell)
        for line, row in enumerate(rows, 1)
        for kind, names in enumerate(_SHARES)
        for name in names
        for cell in dicts(row.get(name))
    ]
    words = {
        name: pd.Series([str(cell.get(name) or "") for _, _, cell in listed], dtype="str", name=name)
        for name in ("age", "gender", "region", "percentage")
    }
    age, gender, share = who.ages(words["age"]), who.genders(words["gender"]), numbers(words["percentage"])
    line = pd.Series([line for line, _, _ in listed], dtype="int64")
    frame = who.regions(words["region"]).assign(
        share=share.low, age=age.words, gender=gender.words, by=[kind for _, kind, _ in listed], line=line
    )
    cells = (*age.problems, *gender.problems, *share.problems, *breaches(SHARE, frame))
    doubts = [*_not_lists(rows), *(replace(problem, line=int(line[problem.line])) for problem in cells)]
    return pd.concat([frame, _rest(frame)], ignore_index=True), doubts


def _not_lists(rows: tuple[Record, ...]) -> list[RefusedRow]:
    return [
        RefusedRow(line, name, str(row[name])[:80], "is no list of shares")
        for line, row in enumerate(rows, 1)
        for names in _SHARES
        for name in names
        if row.get(name) is not None and not isinstance(row[name], list)
    ]


def _rest(frame: pd.DataFrame) -> pd.DataFrame:
    sums = frame.groupby(["line", "by"], as_index=False)["share"].sum()
    rest = sums[1 - sums["share"] > REST].assign(share=lambda one: 1 - one["share"])
    by_people = rest["by"] == 0
    return rest.assign(
        age=np.where(by_people, UNKNOWN, "all"),
        gender=np.where(by_people, UNKNOWN, "all"),
        place=np.where(by_people, "all", UNKNOWN),
        place_kind=np.where(by_people, "all", UNKNOWN),
    )


def cells_of(keys: pd.DataFrame, impressions: Numbers, shares: pd.DataFrame) -> pd.DataFrame:
    """Impressions of each cell, modelled: its share of the people reached, of the ad's range of impressions."""
    of_ads = shares[shares["line"].isin(keys.index[keys.index.isin(impressions.low.dropna().index)])]
    # Several names for one cell ("Unknown" twice, the rest beside it) are one cell.
    cell = ["line", "age", "gender", "place", "place_kind"]
    of_ads = of_ads.groupby(cell, as_index=False)["share"].sum()
    low = impressions.low.reindex(of_ads["line"]).to_numpy() * of_ads["share"].to_numpy()
    # A share of nothing is nothing, of an open range too.
    top = np.where(of_ads["share"] == 0, 0, impressions.high.reindex(of_ads["line"]))
    high = top * of_ads["share"].to_numpy()
    ads = keys.loc[of_ads["line"]].reset_index(drop=True).drop(columns="counted_from")
    long = ads.assign(metric="impressions", low=low, high=high, **{name: of_ads[name] for name in cell})
    return long.assign(state=np.where(high == 0, "zero", "modelled"))


def reached_of(rows: tuple[Record, ...]) -> tuple[pd.DataFrame, list[RefusedRow]]:
    """The European Union's breakdown, exact: line, place, age, gender, people of each cell; and what is wrong in it."""
    listed = [
        (line, by_country.get("country"), by_age.get("age_range"), gender, by_age[gender])
        for line, row in enumerate(rows, 1)
        for by_country in dicts(row.get("age_country_gender_reach_breakdown"))
        for by_age in dicts(by_country.get("age_gender_breakdowns"))
        for gender in ("male", "female", "unknown")
        if by_age.get(gender) is not None
    ]
    told = pd.DataFrame(listed, columns=["line", "country", "age_range", "gender", "people"])
    words = told[["country", "age_range", "people"]].fillna("").astype("str")
    place, age, people = who.countries(words["country"]), who.ages(words["age_range"]), numbers(words["people"])
    cells = pd.DataFrame(
        {"line": told["line"].astype("int64"), "place": place.words, "age": age.words, "gender": told["gender"]}
    ).assign(low=people.low, state=people.state)
    wrong = (*place.problems, *age.problems, *people.problems)
    return cells, [replace(problem, line=int(cells["line"][problem.line])) for problem in wrong]


def people_of(keys: pd.DataFrame, reached: pd.DataFrame) -> pd.DataFrame:
    """People of each cell of `reached` whose ad is in `keys`."""
    cells = reached[reached["line"].isin(keys.index)].reset_index(drop=True)
    ads = keys.loc[cells["line"]].reset_index(drop=True).drop(columns="counted_from")
    return pd.concat([ads, cells], axis=1).assign(metric="reach", place_kind="country", high=cells["low"])
