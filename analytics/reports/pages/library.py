"""What the ad libraries show: who spent, on whom, what is new and what was taken out."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

import pandas as pd

from analytics.adwatch import new, spending, vanished
from analytics.adwatch.money import By
from analytics.model.interval import Interval
from analytics.people.places import find_place
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import Range, ranges
from analytics.reports.page import Section
from analytics.reports.pages import said

MOST_PAGES: Final = 12
MOST_ADS: Final = 50
ELSEWHERE: Final = "elsewhere"
_SOURCE: Final = "Ad libraries: ranges as published, over the lifetime of each ad that ran in these days"
_ENDS: Final = ["spend_low", "spend_high", "impressions_low", "impressions_high"]
_UNSTATED: Final = "in a currency that is not stated"


def in_money(amount: Interval | None, currency: str, digits: int = 0) -> str:
    """ "between £3,500 and £29,000"; where nobody states the currency it says so."""
    if amount is not None and digits and amount.is_exact:
        return f"{words.spent(Interval.exactly(0), currency or ' ').strip()[:-1]}{amount.low:,.{digits}f}".strip()
    said_so = " ".join(words.spent(amount, currency or "¤").replace("¤ ", "").split())
    return said_so if currency else f"{said_so} {_UNSTATED}"


def summed_spend(frame: pd.DataFrame) -> list[str]:
    """The spend of all rows in words, a sum each currency."""
    told = frame.dropna(subset=["spend_low", "spend_high"])
    sums = told.groupby("currency")[["spend_low", "spend_high"]].sum()
    return [in_money(Interval(row.spend_low, row.spend_high), str(name)) for name, row in sums.iterrows()] or [
        "an unknown sum"
    ]


def spenders(sight: Sight, pages: pd.DataFrame) -> tuple[Section, ...]:
    """Pages by what they spent, one currency: the one that most ads are in."""
    if pages.empty:
        return ()
    currency = str(pages.groupby("currency")["ads"].sum().idxmax())
    ranked = pages[pages["currency"] == currency].assign(page=_named(pages))
    ranked = ranked.groupby(["page", "is_own"], as_index=False)[["ads", *_ENDS]].sum(min_count=1)
    ranked = ranked.sort_values("spend_high", ascending=False, ignore_index=True)
    rows = [
        Range(
            said.title(str(row.page)), _spend(row), group="Ours" if row.is_own else "Others'", is_key=bool(row.is_own)
        )
        for row in ranked.head(MOST_PAGES).sort_values("is_own", ascending=False, kind="stable").itertuples()
    ]
    first = ranked.iloc[0]
    told = in_money(_spend(first), currency)
    return (
        Section(
            finding=f"{said.title(first['page'])} spent most: {told}, on {said.many(int(first['ads']), 'ad')}",
            source=_SOURCE,
            as_of=said.as_of(sight),
            chart=ranges(rows, "money" if currency else "count", currency),
            alt="Spend of each page in the ad libraries, from the least to the most that its ranges allow",
            table=_money_table(ranked.rename(columns={"page": "Page or funder"}), ["Page or funder"], currency),
        ),
    )


def _named(frame: pd.DataFrame) -> pd.Series:
    """The page's name, else who paid, else its number, else that nobody says."""
    name = frame["account_name"].fillna("")
    return name.where(name != "", frame["account"].where(frame["account"] != "", "no page named"))


def _spend(row: object) -> Interval | None:
    low, high = getattr(row, "spend_low", None), getattr(row, "spend_high", None)
    return None if pd.isna(low) or pd.isna(high) else Interval(float(low), float(high))  # type: ignore[arg-type]


def library_split(sight: Sight, by: By) -> tuple[Section, ...]:
    """Impressions of the libraries by group or place; what an ad does not split is left out."""
    frame = spending(sight.facts, by, sight.own, sight.window)
    columns = ["age", "gender"] if by == "age and gender" else ["place"]
    known = frame[frame["impressions_high"].notna() & (frame[columns] != "unknown").any(axis=1)]
    if known.empty:
        return ()
    label = [said.group(r.age, r.gender) for r in known.itertuples()] if by != "place" else _places(known["place"])
    summed = known.assign(label=label).groupby("label", as_index=False)[_ENDS].sum()
    summed = summed.sort_values("impressions_high", ascending=False, ignore_index=True)
    summed = pd.concat([summed[~_is_rest(summed)], summed[_is_rest(summed)]], ignore_index=True)
    rows = [
        Range(said.upper(row.label), Interval(row.impressions_low, row.impressions_high), is_key=place == 0)
        for place, row in enumerate(summed.head(MOST_PAGES).itertuples())
    ]
    first = summed.iloc[0]
    told = words.between(Interval(first["impressions_low"], first["impressions_high"]), "impressions")
    kind = "Group" if by == "age and gender" else "Place"
    table = summed.assign(label=summed["label"].map(said.upper)).rename(columns={"label": kind})
    return (
        Section(
            finding=f"The library's ads were shown most {'to' if kind == 'Group' else 'in'} {first['label']}: {told}",
            source=_SOURCE,
            as_of=said.as_of(sight),
            chart=ranges(rows, "count"),
            alt=f"Impressions of library ads by {by}, as ranges",
            table=_money_table(table.drop(columns=["spend_low", "spend_high"]), [kind], ""),
            note="Everybody's ads, ours among them. Libraries give each ad's range and its shares of people; "
            "the shares of the range are an estimate.",
        ),
    )


def _places(given: pd.Series) -> list[str]:
    """Places here by name; all others together, where there are any here."""
    found = [find_place(str(value)) for value in given]
    if not any(found):
        return [str(value) for value in given]
    return [place.name if place else ELSEWHERE for place in found]


def _is_rest(frame: pd.DataFrame) -> pd.Series:
    return frame["label"].str.contains("unknown") | (frame["label"] == ELSEWHERE)


def _money_table(frame: pd.DataFrame, names: list[str], currency: str) -> pd.DataFrame:
    spend = "Spend, at {} £" if currency == "GBP" else "Spend, at {}"
    told = {
        "ads": "Ads", "spend_low": spend.format("least"), "spend_high": spend.format("most"),
        "impressions_low": "Impressions, at least", "impressions_high": "Impressions, at most",
    }  # fmt: skip
    kept = [*names, *(name for name in told if name in frame)]
    return said.compact(frame[kept].rename(columns=told))


def came_and_went(sight: Sight) -> tuple[Section, ...]:
    """Ads that are new since the first day, and those taken out since: a section each, the latter first."""
    since = datetime.combine(sight.window.first, time(), UTC)
    closes = datetime.combine(sight.window.last, time.max, UTC)
    came, went = new(sight.facts, since, sight.own), vanished(sight.facts, since, sight.own)
    came = came[came["started_at"].isna() | (came["started_at"] <= closes)]
    return (*_gone(sight, went), *_fresh(sight, came))


def _gone(sight: Sight, went: pd.DataFrame) -> tuple[Section, ...]:
    if went.empty:
        return ()
    own = f", {int(went['is_own'].sum())} of them ours" if went["is_own"].any() else ""
    told = f"{said.many(len(went), 'ad')} vanished from the library since {words.day(sight.window.first)}{own}"
    table = _ads(went, {"Last seen": "last_seen", "Missed on": "missed_at"})
    note = "An ad has vanished only where a later look at all of its page lacks it: ads stay for years after they stop."
    return (Section(told, "Ad Library snapshots of whole pages", said.as_of(sight), table=table, note=note),)


def _fresh(sight: Sight, came: pd.DataFrame) -> tuple[Section, ...]:
    if came.empty:
        return ()
    is_or_are = "is" if len(came) == 1 else "are"
    told = f"{said.many(len(came), 'library ad')} {is_or_are} new since {words.day(sight.window.first)}"
    shown = came.sort_values("spend_high", ascending=False, kind="stable").head(MOST_ADS)
    note = f"The {MOST_ADS} that cost most of {len(came):,}." if len(came) > MOST_ADS else ""
    table = _ads(shown, {"Started": "started_at", "First seen": "first_seen"})
    return (Section(told, "Ad Library snapshots", said.as_of(sight), table=table, note=note),)


def _ads(ads: pd.DataFrame, days: dict[str, str]) -> pd.DataFrame:
    currency = str(ads["currency"].mode().iloc[0]) if ads["currency"].notna().any() else ""
    spend = "Spend, at {} £" if currency == "GBP" else "Spend, at {}"
    name = ads["account_name"].fillna("").where(lambda given: given != "", ads["funder"].fillna(""))
    words_of = ads["title"].fillna("").where(lambda given: given != "", ads["text"].fillna(""))
    return said.compact(
        pd.DataFrame(
            {
                "Page or funder": [said.title(one) for one in name],
                "Ad": [said.title(one, f"ad {number}") for one, number in zip(words_of, ads["object"], strict=True)],
                **{label: pd.to_datetime(ads[column], utc=True).dt.date for label, column in days.items()},
                spend.format("least"): ads["spend_low"],
                spend.format("most"): ads["spend_high"],
            }
        )
    )
