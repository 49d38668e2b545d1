"""Sample pages with every chart, made up: the look is tested on them, and a person looks at them as pictures.

SOUNDBITE_GALLERY=<folder> keeps the pictures that test_in_browser takes.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.model.interval import Interval
from analytics.model.values import State
from analytics.reports import charts
from analytics.reports.charts.over_index import Verdict
from analytics.reports.page import Page, Section

AS_OF = date(2026, 11, 21)
SOURCE = "Meta video export of 21 November 2026, YouTube Studio tables of 20 November 2026"
AGES = ("13-17", "18-24", "25-34", "35-44", "45-54", "55+")
# Made up: region, west and north of its block, columns, seats.
BLOCKS = (
    ("Scotland", 4, 0, 7, 57),
    ("North East", 10, 9, 4, 27),
    ("Northern Ireland", -3, 10, 4, 18),
    ("North West", 5, 9, 5, 73),
    ("Yorkshire and The Humber", 10, 16, 6, 54),
    ("Wales", 0, 19, 5, 32),
    ("West Midlands", 5, 24, 6, 57),
    ("East Midlands", 11, 25, 5, 47),
    ("East of England", 16, 25, 6, 61),
    ("South West", -1, 34, 8, 58),
    ("South East", 7, 35, 8, 91),
    ("London", 15, 36, 8, 75),
)


def between(low: float, high: float) -> Interval:
    return Interval(low, high)


def seats() -> pd.DataFrame:
    """650 seats in blocks, without a value in Northern Ireland, modelled in Wales."""
    dice = np.random.default_rng(3)
    rows = []
    for region, west, north, columns, count in BLOCKS:
        for place in range(count):
            r = north + place // columns
            rows.append((f"{region} {place + 1}", region, west + place % columns - (r - r % 2) // 2, r))
    frame = pd.DataFrame(rows, columns=["name", "region", "q", "r"])
    frame["code"] = [f"E14{number:06d}" for number in range(len(frame))]
    frame["value"] = np.exp(dice.normal(0, 0.8, len(frame)))
    frame.loc[frame["region"] == "Northern Ireland", "value"] = math.nan
    frame["state"] = np.where(frame["region"] == "Wales", "modelled", "observed")
    frame.loc[frame["value"].idxmax(), "name"] = "Bolsover"
    return frame


def days() -> pd.DataFrame:
    dice = np.random.default_rng(5)
    first = date(2026, 11, 1)
    low = 85_000 + 9_000 * dice.standard_normal(20) + np.where(np.arange(20) > 15, 70_000, 0)
    frame = pd.DataFrame({"day": [first + timedelta(days=n) for n in range(20)], "low": low, "high": low * 1.06})
    frame.loc[7, ["low", "high"]] = math.nan
    return frame


def usual() -> pd.DataFrame:
    middle = 90_000 + 12_000 * np.sin(np.arange(20) * 2 * math.pi / 7)
    frame = days()[["day"]].copy()
    return frame.assign(low=middle * 0.7, median=middle, high=middle * 1.4)


def pyramid(title: str, tilt: float, *, is_modelled: bool = False) -> charts.Panel:
    cells = []
    for place, age in enumerate(AGES):
        for gender, part in (("female", 0.46 + tilt / 4), ("male", 0.54 - tilt / 4)):
            weight = max(0.02, 0.17 + tilt * (place - 2.5) / 12) * part
            is_small = (age, gender) == ("13-17", "male") and not is_modelled
            share = None if is_small else between(weight * 0.93, weight * 1.1)
            state: State = "modelled" if is_modelled else "suppressed" if is_small else "observed"
            cells.append(charts.AgeGender(age, gender, share, (0.04, 0.05, 0.08, 0.08, 0.08, 0.17)[place], state))
    return charts.Panel(title, tuple(cells), "3% of unknown age or gender")


def table(*rows: tuple[object, ...], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns))


def overnight() -> Page:
    rows = (
        charts.Bar("Facebook", between(182_000, 214_000), point=196_000, bounds=between(91_000, 260_000), is_key=True),
        charts.Bar("Instagram", between(88_000, 88_000)),
        charts.Bar("YouTube", between(40_000, 71_000), "modelled"),
        charts.Bar("TikTok", between(100_000, math.inf)),
        charts.Bar("Snapchat", None, "suppressed"),
    )
    numbers = table(
        ("Facebook", 182_000, 214_000, "observed"),
        ("Instagram", 88_000, 88_000, "observed"),
        ("YouTube", 40_000, 71_000, "modelled"),
        ("TikTok", 100_000, None, "observed"),
        ("Snapchat", None, None, "suppressed"),
        columns=("Platform", "People, at least", "People, at most", "State"),
    )
    line = days()
    change = charts.Change(date(2026, 11, 12), "views redefined")
    daily = line.assign(Day=line["day"], Views=line["low"].round())[["Day", "Views"]]
    return Page(
        "overnight",
        "How did yesterday go?",
        "Between 210,000 and 260,000 people saw our clips on Facebook yesterday, at least 12% more than usual.",
        "The four Fridays before: between 150,000 and 190,000.",
        "Newest numbers: 21 November 2026, 04:10. Oldest: TikTok, 19 November 2026.",
        ("X: no export since 12 November 2026.", "Snapchat: fewer than 10 people in every cell, so nothing is shown."),
        (
            Section(
                "Facebook carried the day: it alone reached at least 182,000 people",
                SOURCE, AS_OF, charts.bars(rows, "people"), "People reached by platform; Facebook most.", numbers,
                "People of two platforms are never added: many use both.",
            ),
            Section(
                "Views rose above the usual range from 17 November on",
                SOURCE, AS_OF, charts.timeline(days(), usual(), changes=[change]),
                "Views a day from 1 to 20 November over the usual band.", daily,
            ),
            Section(
                "Two posts did most of it",
                SOURCE, AS_OF,
                table=table(
                    ("“You had fourteen years”", "Facebook", date(2026, 11, 20), 91_204, 0.312),
                    ("=cmd|'/c calc'!A1 <script>alert(1)</script>", "Instagram", date(2026, 11, 20), 40_113, 0.2),
                    columns=("Clip", "Platform", "Posted", "Views", "Watched to the end %"),
                ),
            ),
        ),
    )  # fmt: skip


def demographics() -> Page:
    pairs = [
        charts.Pair("Women 18–24", between(0.031, 0.038), between(0.05, 0.05)),
        charts.Pair("Women 25–34", between(0.082, 0.095), between(0.084, 0.084)),
        charts.Pair("Women 55+", between(0.21, 0.24), between(0.18, 0.18), is_key=True),
        charts.Pair("Men 18–24", None, between(0.052, 0.052)),
        charts.Pair("Men 25–34", between(0.11, 0.16), between(0.081, 0.081)),
        charts.Pair("Men 55+", between(0.14, 0.15), between(0.16, 0.16)),
    ]
    ours = [(p.ours.low, p.ours.high) if p.ours else (None, None) for p in pairs]
    rows = [(pair.label, *ends, pair.theirs.low) for pair, ends in zip(pairs, ours, strict=True)]
    numbers = table(*rows, columns=("Group", "Ours, at least %", "Ours, at most %", "Population %"))
    dots = charts.comparison(pairs, "whom we reach", "the population")
    panels = [pyramid("Facebook", 0.5), pyramid("Instagram", -0.35), pyramid("YouTube (raked)", -0.1, is_modelled=True),
              pyramid("“You had fourteen years of it”, Newsnight", 0.2), pyramid("TikTok", -0.5)]  # fmt: skip
    return Page(
        "demographics",
        "Whom do we reach, and whom do we miss?",
        "We reach about 1 in 5 women over 55 and at most 1 in 25 men under 25.",
        freshness="Newest numbers: 21 November 2026.",
        missing=("X gives no ages.",),
        sections=(
            Section("Women over 55 are over-represented; men under 25 are hardly there", SOURCE, AS_OF,
                    dots, "Dots of our share beside the population's.", numbers),
            Section("Each platform brings another generation", SOURCE, AS_OF, charts.age_gender(panels),
                    "Pyramids of age and gender by platform.", numbers),
        ),
    )  # fmt: skip


def seats_page() -> Page:
    frame = seats()
    numbers = frame.dropna(subset=["value"]).nlargest(10, "value")[["name", "region", "value"]]
    return Page(
        "seats",
        "Which seats saw our ads?",
        "Bolsover saw most: between 3.1 and 3.4 impressions for every elector.",
        missing=("No ads ran in Northern Ireland.",),
        sections=(
            Section("The campaign was everywhere, and thickest in a few marginals", SOURCE, AS_OF,
                    charts.hexes(frame, "ratio", "impressions per elector"), "A hexagon for each seat.", numbers),
        ),
    )  # fmt: skip


def what_works() -> Page:
    rates = [
        charts.Rate("“You had fourteen years”", 0.34, between(0.31, 0.37), detail="41,000 views", is_key=True),
        charts.Rate("The evaded question on rents", 0.26, between(0.22, 0.29), "b", "12,400 views"),
        charts.Rate("A nurse in Leeds", 0.25, between(0.19, 0.31), "b", "2,100 views"),
        charts.Rate("Numbers he got wrong", 0.22, between(0.2, 0.25), "b", "30,800 views"),
        charts.Rate("Weekly highlights", 0.11, between(0.1, 0.12), detail="60,000 views"),
    ]
    dice = np.random.default_rng(11)
    cells = []
    for clip in (r.label for r in rates):
        for group in ("Women 18–34", "Women 35–54", "Women 55+", "Men 18–34", "Men 35–54", "Men 55+"):
            point = float(np.exp(dice.normal(0, 0.28)) * 100)
            low, high = point * 0.83, point * 1.2
            verdict: Verdict = "higher" if low > 100 else "lower" if high < 100 else "can't be told apart"
            cells.append(charts.OverIndex(clip, group, between(low, high), point, verdict))
    cells[3] = charts.OverIndex(cells[3].clip, cells[3].group, None, None, "can't be told apart")
    indexes = table(
        *((c.clip, c.group, c.point, c.verdict) for c in cells), columns=("Clip", "Group", "Index", "Verdict")
    )
    numbers = table(
        *((r.label, r.point, r.interval.low, r.interval.high) for r in rates),
        columns=("Clip", "Rate %", "Low %", "High %"),
    )
    return Page(
        "what-works", "What works with whom?", "One clip stands out; the next three can't be told apart.",
        sections=(
            Section("“You had fourteen years” is watched to the end by 1 in 3", SOURCE, AS_OF,
                    charts.forest(rates, "share", 0.21, "the page's average"), "Rates with their intervals.", numbers),
            Section("Women over 55 choose other clips than young men", SOURCE, AS_OF,
                    charts.over_index(cells, "the page's average rate in that group"), "Dots by clip and group.",
                    indexes),
        ),
    )  # fmt: skip


def paid() -> Page:
    rows = [
        charts.Range("England", between(12_000, 15_499), "By nation"),
        charts.Range("Scotland", between(900, 1_499), "By nation"),
        charts.Range("Wales", between(0, 499), "By nation"),
        charts.Range("Northern Ireland", None, "By nation"),
        charts.Range("Women 55+", between(4_000, 6_499), "By age and gender", is_key=True),
        charts.Range("Men 55+", between(3_000, math.inf), "By age and gender"),
    ]
    quarter = charts.claim(between(250_000, math.inf), between(31_000, 58_000), bounds=between(12_000, 77_207),
                           ceiling=77_207, ceiling_label="all electors")  # fmt: skip
    third = charts.claim(between(1 / 3, 1 / 3), between(0.35, 0.44), "share")
    numbers = table(
        *((r.group, r.label, r.value.low if r.value else None) for r in rows), columns=("Cut", "Who", "At least £")
    )
    facts = table(("voters in Bolsover", 77_207), ("impressions", 250_113), columns=("What", "Number"))
    return Page(
        "paid", "What did the paid work reach?", "Between £13,000 and £17,500 was spent, most of it in England.",
        sections=(
            Section("Most of the money went to people over 55", SOURCE, AS_OF,
                    charts.ranges(rows), "Ranges of spend.", numbers),
            Section("“A quarter of a million voters in Bolsover” is impossible: there are 77,207", SOURCE, AS_OF,
                    quarter, "The claim beyond the electorate.", facts),
            Section("“One in three people on Facebook” is supported", SOURCE, AS_OF,
                    third, "The claim below what is known.", facts),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def gallery() -> tuple[Page, ...]:
    """Every chart at least once."""
    return (overnight(), demographics(), seats_page(), what_works(), paid())
