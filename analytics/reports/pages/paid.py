"""What did money do, ours and others'? Paid beside organic, and what ad libraries show."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time
from typing import Final

import pandas as pd

from analytics.adwatch import new, spending, vanished
from analytics.adwatch.money import By
from analytics.model.interval import Interval
from analytics.people.places import find_place
from analytics.questions.overview import SHOWN
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import Bar, Range, bars, ranges
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

QUESTION: Final = "What did money do, ours and others'?"
MOST_PAGES: Final = 15
_LIBRARY: Final = "Ad libraries: ranges as published, lifetime of each ad that ran in these days"


def paid(sight: Sight) -> Page:
    """Our own paid and organic posts, then the libraries: who spent, on whom, what is new and what vanished."""
    ours = _payments(sight)
    pages = spending(sight.lake, "page", sight.own, sight.window)
    sections = (
        *_ours(sight, ours),
        *_spenders(sight, pages),
        *_split(sight, "age and gender"),
        *_split(sight, "place"),
        *_came_and_went(sight),
    )
    return Page(
        slug="paid",
        question=QUESTION,
        answer=_answer(ours, pages),
        compared="",
        freshness=said.fresh(sight),
        missing=_missing(sight, ours, pages),
        sections=sections,
    )


def _payments(sight: Sight) -> pd.DataFrame:
    """Platform, payment and measure (spend among them): low and high of our own, from what is told apart."""
    return sight.facts.frame(
        """
        SELECT platform, payment, metric, any_value(currency) AS currency, sum(low) AS low, sum(high) AS high
        FROM facts_by_payment
        WHERE is_ours AND basis = 'delivered' AND payment IN ('paid', 'organic') AND age = 'all' AND gender = 'all'
            AND place_kind = 'all' AND object_kind <> 'account'
            AND (list_contains($shown, metric) OR metric = 'spend')
        GROUP BY platform, payment, metric ORDER BY platform, payment, metric
        """,
        {"shown": list(SHOWN)},
    )


def _interval(row: object) -> Interval:
    return Interval(float(row.low), float(row.high))  # type: ignore[attr-defined]


def _answer(ours: pd.DataFrame, pages: pd.DataFrame) -> str:
    told = []
    spend = ours[ours["metric"] == "spend"]
    if not spend.empty:
        total = Interval(float(spend["low"].sum()), float(spend["high"].sum()))
        told.append(f"We spent {words.spent(total, str(spend['currency'].iloc[0]) or 'GBP')}")
    if not pages.empty:
        currency = str(pages["currency"].mode().iloc[0]) or "GBP"
        same = pages[pages["currency"].isin([currency, ""])]
        total = Interval(float(same["spend_low"].sum()), float(same["spend_high"].sum()))
        ads = int(pages["ads"].sum())
        told.append(f"the ad libraries show {ads:,} ads for {words.spent(total, currency)}")
    if not told:
        return "No export tells paid from organic, and no ad library was imported."
    sentence = "; ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _missing(sight: Sight, ours: pd.DataFrame, pages: pd.DataFrame) -> tuple[str, ...]:
    told = [] if not ours.empty else ["No export of these days tells paid from organic"]
    if pages.empty:
        told.append("No Ad Library file of these days: soundbite metrics import, or pull meta")
    elif not sight.own:
        told.append("No page is named as ours: set own_pages, or all of the library counts as others'")
    return tuple(told)


def _ours(sight: Sight, ours: pd.DataFrame) -> tuple[Section, ...]:
    shown = ours[ours["metric"] != "spend"]
    if shown.empty:
        return ()
    first = shown[shown["metric"] == shown.groupby("platform")["metric"].transform("first")]
    rows = [
        Bar(
            row.payment,
            _interval(row),
            group=f"{said.platform(row.platform)}, {said.measure(row.metric)}",
            is_key=row.payment == "paid",
        )
        for row in first.itertuples()
    ]
    table = pd.DataFrame(
        {
            "Platform": ours["platform"].map(said.platform),
            "Payment": ours["payment"],
            "Measure": [said.measure(name) if name != "spend" else "spend" for name in ours["metric"]],
            "At least": ours["low"],
            "At most": ours["high"],
        }
    )
    return (
        Section(
            finding=_bought(first),
            source="Platform exports, where they tell paid from organic",
            as_of=said.as_of(sight),
            chart=bars(rows, "count"),
            alt="Paid and organic deliveries of each platform, side by side and never added",
            table=table,
        ),
    )


def _bought(first: pd.DataFrame) -> str:
    """What part of it was bought, on the platform that had most."""
    most = first.sort_values("high", ascending=False).iloc[0]["platform"]
    mine = first[first["platform"] == most].set_index("payment")
    if not {"paid", "organic"} <= set(mine.index):
        only = str(mine.index[0])
        return f"All that {said.platform(most)} tells was {only}: {words.whole(float(mine['high'].iloc[0]))}"
    part = float(mine.loc["paid", "high"]) / (float(mine.loc["paid", "high"]) + float(mine.loc["organic", "high"]))
    return f"{words.percent(part)} of what {said.platform(most)} showed was paid for"


def _spenders(sight: Sight, pages: pd.DataFrame) -> tuple[Section, ...]:
    if pages.empty:
        return ()
    named = pages.assign(page=pages["account_name"].where(pages["account_name"].fillna("") != "", pages["account"]))
    ranked = named.sort_values("spend_high", ascending=False, ignore_index=True)
    top = ranked.head(MOST_PAGES)
    currency = str(ranked["currency"].iloc[0]) or "GBP"
    rows = [
        Range(str(row.page), _spend(row), group="our own" if row.is_own else "others'", is_key=bool(row.is_own))
        for row in top.sort_values("is_own", ascending=False, kind="stable").itertuples()
    ]
    first = ranked.iloc[0]
    return (
        Section(
            finding=f"{first['page']} spent most: {words.spent(_spend(first), currency)} on {int(first['ads'])} ads",
            source=_LIBRARY,
            as_of=said.as_of(sight),
            chart=ranges(rows, "money", currency),
            alt="Spend of each page in the ad libraries, from the least to the most that its ranges allow",
            table=_money_table(ranked.rename(columns={"page": "Page"}), ["Page"]),
        ),
    )


def _spend(row: object) -> Interval | None:
    low, high = getattr(row, "spend_low", math.nan), getattr(row, "spend_high", math.nan)
    return None if pd.isna(low) or pd.isna(high) else Interval(float(low), float(high))


def _split(sight: Sight, by: By) -> tuple[Section, ...]:
    """Impressions of the libraries by group or place; a page that no split is told of is in "unknown"."""
    frame = spending(sight.lake, by, sight.own, sight.window)
    columns = ["age", "gender"] if by == "age and gender" else ["place"]
    known = frame[frame["impressions_high"].notna() & (frame[columns[0]].fillna("unknown") != "unknown")]
    if known.empty:
        return ()
    summed = known.groupby(columns, as_index=False)[
        ["impressions_low", "impressions_high", "spend_low", "spend_high"]
    ].sum()
    summed["label"] = [
        " ".join(_place_name(str(value)) for value in row) for row in summed[columns].itertuples(index=False)
    ]
    ranked = summed.sort_values("impressions_high", ascending=False, ignore_index=True)
    rows = [
        Range(row.label, Interval(row.impressions_low, row.impressions_high))
        for row in ranked.head(MOST_PAGES).itertuples()
    ]
    first = ranked.iloc[0]
    told = words.between(Interval(first["impressions_low"], first["impressions_high"]), "impressions")
    return (
        Section(
            finding=f"By {by}, most library ads went to {first['label']}: {told}",
            source=_LIBRARY,
            as_of=said.as_of(sight),
            chart=ranges(rows, "count"),
            alt=f"Impressions of library ads by {by}, as ranges",
            table=_money_table(ranked.rename(columns={"label": by.capitalize()}), [by.capitalize()]),
            note="The libraries give each ad's range and its shares; the shares of the range are an estimate.",
        ),
    )


def _place_name(value: str) -> str:
    """A place by its name, "female" as women."""
    found = find_place(value)
    return found.name if found else {"female": "women", "male": "men"}.get(value, value)


def _money_table(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    told = {
        "ads": "Ads", "spend_low": "Spend, at least £", "spend_high": "Spend, at most £",
        "impressions_low": "Impressions, at least", "impressions_high": "Impressions, at most",
    }  # fmt: skip
    kept = [*names, *(name for name in told if name in frame)]
    return frame[kept].rename(columns=told)


def _came_and_went(sight: Sight) -> tuple[Section, ...]:
    since = datetime.combine(sight.window.first, time(), UTC)
    came, went = new(sight.lake, since, sight.own), vanished(sight.lake, since, sight.own)
    if came.empty and went.empty:
        return ()
    both = pd.concat([came.assign(what="new"), went.assign(what="vanished")], ignore_index=True)
    table = pd.DataFrame(
        {
            "What": both["what"],
            "Page": both["account_name"].where(both["account_name"].fillna("") != "", both["account"]),
            "Ad": both["title"].where(both["title"].fillna("") != "", both["object"]).str.slice(0, 80),
            "First seen": pd.to_datetime(both["first_seen"], utc=True).dt.date,
            "Last seen": pd.to_datetime(both["last_seen"], utc=True).dt.date,
            "Spend, at least £": both["spend_low"],
            "Spend, at most £": both["spend_high"],
        }
    )
    finding = f"{len(came)} library ads are new since {words.day(sight.window.first)}, and {len(went)} vanished"
    return (
        Section(
            finding=finding,
            source="Ad Library snapshots that hold every ad of a page",
            as_of=said.as_of(sight),
            table=table,
            note="An ad has vanished only where a later look at all of its page lacks it.",
        ),
    )
