"""What did money do, ours and others'? Paid beside organic, and what ad libraries show."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analytics.adwatch import spending
from analytics.model.interval import Interval
from analytics.questions.overview import SHOWN
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import Bar, bars
from analytics.reports.page import Page, Section
from analytics.reports.pages import said
from analytics.reports.pages.library import came_and_went, in_money, library_split, spenders, summed_spend

QUESTION: Final = "What did money do, ours and others'?"


def paid(sight: Sight) -> Page:
    """Our own paid and organic posts, then the libraries: who spent, on whom, what is new and what vanished."""
    ours = _payments(sight)
    pages = spending(sight.facts, "page", sight.own, sight.window)
    sections = (
        *_ours(sight, ours),
        *_cost(sight, ours),
        *spenders(sight, pages),
        *library_split(sight, "age and gender"),
        *library_split(sight, "place"),
        *came_and_went(sight),
    )
    return Page(
        slug="paid",
        question=QUESTION,
        answer=_answer(sight, ours, pages),
        compared=_compared(sight, ours),
        freshness=said.fresh(sight),
        missing=_missing(sight, ours, pages),
        sections=sections,
    )


def _payments(sight: Sight) -> pd.DataFrame:
    """platform, payment, metric (spend among them), currency, low, high of our own, from what is told apart."""
    return sight.facts.frame(
        """
        SELECT platform, payment, metric, currency, sum(low) AS low, sum(high) AS high FROM facts_by_payment
        WHERE is_ours AND basis = 'delivered' AND payment IN ('paid', 'organic') AND age = 'all' AND gender = 'all'
            AND place_kind = 'all' AND object_kind <> 'account' AND high > 0
            AND (list_contains($shown, metric) OR metric = 'spend')
        GROUP BY platform, payment, metric, currency
        ORDER BY platform, list_position($shown, metric), payment
        """,
        {"shown": list(SHOWN)},
    )


def _spent(ours: pd.DataFrame) -> list[str]:
    """What we spent, a sum each currency."""
    spend = ours[ours["metric"] == "spend"].groupby("currency")[["low", "high"]].sum()
    return [in_money(Interval(row.low, row.high), str(currency)) for currency, row in spend.iterrows()]


def _answer(sight: Sight, ours: pd.DataFrame, pages: pd.DataFrame) -> str:
    told = [f"we spent {words.listed(_spent(ours))}"] if _spent(ours) else []
    if not pages.empty:
        told.append(_in_libraries(sight, pages, is_told=bool(told)))
    shown = _first(ours)
    if not told and not shown.empty:
        return f"{_bought(shown)}; what it cost, nothing says."
    if not told:
        return "No export of these days tells paid from organic, and no ad library was imported."
    return f"{said.upper('; '.join(told))}."


def _in_libraries(sight: Sight, pages: pd.DataFrame, *, is_told: bool) -> str:
    """Others' ads; ours are named apart, and without their spend where our own export has told it."""
    is_own = pages["is_own"].astype(bool)
    mine, others = pages[is_own], pages[~is_own]
    many = {name: said.many(int(part["ads"].sum()), "ad") for name, part in (("mine", mine), ("others", others))}
    if not sight.own:
        named = "no page is named as ours in the settings, so ours can be among them"
        return f"the ad libraries show {many['others']} for {words.listed(summed_spend(others))} ({named})"
    whose = f"{many['others']} of others for {words.listed(summed_spend(others))}" if len(others) else ""
    spend = "the same money seen again" if is_told else words.listed(summed_spend(mine))
    ours = f"{many['mine']} of ours ({spend})" if len(mine) else ""
    return f"the ad libraries show {words.listed([part for part in (whose, ours) if part])}"


def _compared(sight: Sight, ours: pd.DataFrame) -> str:
    """Our spend against the window before."""
    if not _spent(ours):
        return ""
    before = sight.usual[0].frame(
        "SELECT sum(low) AS low, sum(high) AS high FROM facts_by_payment WHERE is_ours AND metric = 'spend' "
        "AND basis = 'delivered' AND payment = 'paid' AND age = 'all' AND gender = 'all' AND place_kind = 'all'"
    ) if sight.usual else pd.DataFrame()  # fmt: skip
    if before.empty or pd.isna(before["high"].iloc[0]) or not before["high"].iloc[0]:
        return f"Nothing is known of spend in the {said.many(sight.window.days, 'day')} before."
    spend = ours[ours["metric"] == "spend"]
    now = Interval(float(spend["low"].sum()), float(spend["high"].sum()))
    then = Interval(float(before["low"].iloc[0]), float(before["high"].iloc[0]))
    return f"Spend is {said.against_usual(now, then)}, against the {said.many(sight.window.days, 'day')} before."


def _missing(sight: Sight, ours: pd.DataFrame, pages: pd.DataFrame) -> tuple[str, ...]:
    told = [] if not ours.empty else ["No export of these days tells paid from organic: import one of Ads Manager"]
    if pages.empty:
        told.append("No ad library holds ads of these days: soundbite metrics import FILE, or the pull of Meta's")
    else:
        if not sight.own:
            told.append("No page is named as ours in the settings (own_pages), so all of a library counts as others'")
        if (pages["currency"] == "").any():
            told.append("The currency of some of the library's spend")
    return tuple(told)


def _first(ours: pd.DataFrame) -> pd.DataFrame:
    """Each platform in the first measure that it tells."""
    shown = ours[ours["metric"] != "spend"]
    return shown[shown["metric"] == shown.groupby("platform")["metric"].transform("first")]


def _ours(sight: Sight, ours: pd.DataFrame) -> tuple[Section, ...]:
    first = _first(ours)
    if first.empty:
        return ()
    rows = [
        Bar(
            "Paid for" if row.payment == "paid" else "Not paid for",
            Interval(float(row.low), float(row.high)),
            group=f"{said.platform(row.platform)}, {said.measure(row.metric)}",
            is_key=row.payment == "paid",
        )
        for row in first.itertuples()
    ]
    shown = ours[ours["metric"] != "spend"]
    table = pd.DataFrame(
        {
            "Platform": shown["platform"].map(said.platform),
            "Payment": shown["payment"].map({"paid": "paid for", "organic": "not paid for"}),
            "Measure": shown["metric"].map(said.measure),
            "At least": shown["low"],
            "At most": shown["high"],
        }
    )
    return (
        Section(
            finding=_bought(first),
            source=f"{said.exports(sight, *first['platform'].unique())}, where they tell paid from organic",
            as_of=said.as_of(sight),
            chart=bars(rows, "count"),
            alt="Paid and organic deliveries of each platform, side by side and never added",
            table=said.compact(table),
        ),
    )


def _bought(first: pd.DataFrame) -> str:
    """What part of it was bought, on the platform that had most."""
    most = first.sort_values("high", ascending=False).iloc[0]
    where, of = said.platform(most["platform"]), said.measure(most["metric"])
    mine = first[first["platform"] == most["platform"]].set_index("payment")
    if not {"paid", "organic"} <= set(mine.index):
        largest = first.sort_values("high", ascending=False).groupby("payment", sort=False).head(1)
        told = [_told_apart(row) for _, row in largest.iterrows()]
        return said.upper("; ".join(told)) + (", counted apart and never added" if len(told) > 1 else "")
    bought, free = (Interval(float(mine.loc[p, "low"]), float(mine.loc[p, "high"])) for p in ("paid", "organic"))
    part = Interval(bought.low / (bought.low + free.high), bought.high / (bought.high + free.low))
    return f"{words.label(part, 'share')} of {where}'s {of} were paid for"


def _told_apart(row: pd.Series) -> str:
    many = words.between(Interval(float(row["low"]), float(row["high"])), said.measure(row["metric"]))
    return f"{many} {said.on(row['platform'])} {'were' if row['payment'] == 'paid' else 'were not'} paid for"


def _cost(sight: Sight, ours: pd.DataFrame) -> tuple[Section, ...]:
    """What a thousand cost, platform by platform, where spend and what it bought are both told."""
    paid_for = ours[ours["payment"] == "paid"]
    spend = paid_for[paid_for["metric"] == "spend"]
    rows = []
    for row in spend.itertuples():
        bought = _first(paid_for[paid_for["platform"] == row.platform])
        if bought.empty or bought["low"].iloc[0] <= 0:
            continue
        each = Interval(row.low, row.high).over(Interval(bought["low"].iloc[0], bought["high"].iloc[0])).scaled(1000)
        rows.append((row, bought.iloc[0], each))
    if not rows:
        return ()
    row, bought, each = min(rows, key=lambda item: item[2].high)
    table = pd.DataFrame(
        [
            {
                "Platform": said.platform(r.platform), "Currency": r.currency or "not stated", "Spend": r.high,
                "Measure": said.measure(b["metric"]), "Bought": b["high"], "A thousand, at least": round(e.low, 2),
                "A thousand, at most": round(e.high, 2),
            }
            for r, b, e in rows
        ]
    )  # fmt: skip
    return (
        Section(
            finding=f"{said.upper(said.on(str(row.platform)))} a thousand {said.measure(bought['metric'])} cost "
            f"{in_money(each, str(row.currency), 2)}",
            source=said.exports(sight, *(str(r.platform) for r, _, _ in rows)),
            as_of=said.as_of(sight),
            table=said.compact(table),
        ),
    )
