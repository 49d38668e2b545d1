"""How far off a seat's figures may be, measured where the truth is known; the middle 95 % of what was found.

England and Wales: seats whose boundary did not change have a figure of mid-2020. Carried to the census of 2021 as
ours are carried to mid-2024 (the seat's part of its region, times the region's new figure), it is compared with the
census itself. The figures of 2020 had drifted from a census nine years before, ours for three.
Scotland and Northern Ireland: their method is tried on the seats of England and Wales.
One gender alone: the doubt in how far a seat's balance of the sexes is its region's, twice, on top.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analytics.people.bands import parse_band

GROUPS = ((0, 15), (16, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 90))
MIDDLE = (0.025, 0.975)


def measured(seats: pd.DataFrame, ages: pd.DataFrame, areas: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """nations, first, last, gender, low, high: factors on a seat's count at each single year."""
    sexes = _sex_doubt(seats, ages, areas, folder)
    rows = []
    for nations, ratios in (("EW", _drift(seats, folder)), ("SN", _by_electorate(seats, ages))):
        for number, found in ratios.items():
            group = GROUPS[number]
            low, high = np.quantile(found, MIDDLE)
            low, high = min(low, 1.0), max(high, 1.0)
            rows.append((nations, *group, "all", low, high))
            rows.append((nations, *group, "one", low * sexes[0] ** 2, high * sexes[1] ** 2))
    return pd.DataFrame(rows, columns=["nations", "first", "last", "gender", "low", "high"]).round(3)


def _drift(seats: pd.DataFrame, folder: Path) -> dict[int, pd.Series]:
    from .build import read_old

    old = read_old(folder)
    alone = old.groupby("code")["old_code"].transform("size").eq(1) & old["share"].eq(1.0)
    then = _grouped(old[alone].set_index("code")[[str(a) for a in range(91)]])
    census = pd.read_csv(folder / "ons_census21_wpc_age18.csv").set_axis(["code", "n", "i", "band", "count"], axis=1)
    group_of = {band: _group(parse_band(band).low) for band in census["band"].unique()}  # type: ignore[union-attr]
    now = census.assign(group=census["band"].map(group_of)).pivot_table(
        index="code", columns="group", values="count", aggfunc="sum"
    )
    both = then.index.intersection(now.index)
    grew = now.loc[both].sum() / then.loc[both].sum()
    return {i: now.loc[both, i] / (then.loc[both, i] * grew[i]) for i in range(len(GROUPS))}


def _by_electorate(seats: pd.DataFrame, ages: pd.DataFrame) -> dict[int, pd.Series]:
    known = seats[seats["nation"].isin(["England", "Wales"])].set_index("code")
    counts = _grouped(ages.groupby("code").sum().loc[known.index])
    share = known["electorate"] / known.groupby("region")["electorate"].transform("sum")
    totals = counts.groupby(known["region"]).transform("sum")
    return {i: counts[i] / (totals[i] * share) for i in range(len(GROUPS))}


def _sex_doubt(seats: pd.DataFrame, ages: pd.DataFrame, areas: pd.DataFrame, folder: Path) -> tuple[float, float]:
    """A seat's women, over what its ages and its region would give."""
    from .build import BY_NAME

    years = [str(a) for a in range(91)]
    sexes = pd.read_csv(folder / "ons_census21_wpc_sex.csv").set_axis(["code", "n", "i", "sex", "count"], axis=1)
    counted = sexes.pivot_table(index="code", columns="sex", values="count")
    women = areas.xs("female", level="gender") / areas.groupby("code").sum()
    region = seats.set_index("code").loc[counted.index, "region"].map(BY_NAME)
    people = ages.groupby("code").sum().loc[counted.index, years]
    expected = (people.to_numpy() * women.loc[region, years].to_numpy()).sum(axis=1) / people.sum(axis=1)
    actual = counted["Female"] / counted.sum(axis=1)
    ratio = actual / expected
    low, high = np.quantile(ratio / ratio.median(), MIDDLE)
    return float(low), float(high)


def _grouped(years: pd.DataFrame) -> pd.DataFrame:
    """One column a group, by its number."""
    spans = [[str(age) for age in range(first, last + 1)] for first, last in GROUPS]
    return pd.DataFrame({i: years[span].sum(axis=1) for i, span in enumerate(spans)})


def _group(age: int) -> int:
    return next(i for i, (first, last) in enumerate(GROUPS) if first <= age <= last)
