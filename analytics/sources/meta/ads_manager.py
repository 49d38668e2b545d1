"""Ads Manager reports (CSV, Excel), with or without breakdowns, in any of its languages. All of it is paid.

People choose the columns, of hundreds: those that we have no metric for are left out and said, except where one could
be a number that matters under another name, or splits the rows in a way that we do not know: then the file is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast

import pandas as pd

from analytics.errors import ExportRefused
from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Dates, Item, Numbers, Table
from analytics.reading.numbers import parse_counts, parse_decimals, parse_durations, parse_money
from analytics.reading.texts import Kinds
from analytics.sources.columns import Measured, melt, problems_of, repairs_of, without_lines
from analytics.sources.contract import Known, Match, Source

from .ads_rows import cells, objects, things
from .ads_totals import without_total_names
from .ads_words import ABOUT, ATTRIBUTES, COUNTED, CUT_BY, DERIVED, LIKE_OURS, METRICS
from .amounts import locale_of
from .contracts import ADS, breaches
from .finish import finished, first_of_each_line, refuse_if_nothing
from .headers import Found, Words, english, find, plain
from .ids import optional_ids
from .tables import dates, days_after, is_like, left_out

NAME: Final = "meta.ads_manager"
WORDS: Final[Words] = {**ABOUT, **CUT_BY, **COUNTED}
_LEVELS: Final = ("ad", "ad_name", "adset", "adset_name", "campaign", "campaign_name")
_DATED: Final = ("day", "first", "last")
_IDS: Final = ("account", "campaign", "adset", "ad")
_CORE: Final = ("reach", "impressions", "spend")


def recognise(item: Item) -> Match | None:
    if not isinstance(item, Table):
        return None
    found = find(item.columns, WORDS)
    has = found.columns
    names_meta = any(field in has for field in ("spend", "first", "adset", "adset_name"))
    is_dated = found.has("first", "last") or "day" in has
    if not names_meta or not any(field in has for field in (*_CORE, "views")):
        return None
    if is_dated and any(field in has for field in (*_LEVELS, "spend", *CUT_BY)):
        return Match("by " + (", ".join(field for field in CUT_BY if field in has) or "nothing"), found.language, 2)
    if "spend" in has and any(field in has for field in _LEVELS):
        return Match("undated", found.language, 2)
    return None


@dataclass(frozen=True, slots=True)
class _Typed:
    about: pd.DataFrame
    counts: Mapping[str, Numbers]
    read: tuple[Numbers | Dates, ...]
    doubts: tuple[RefusedRow, ...]


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused, ExportUnclear."""
    table = cast(Table, item)
    found = find(table.columns, WORDS)
    _refuse_lookalikes(table, found)
    typed = _typed(table, found, match, ask)
    refused = first_of_each_line((*problems_of(*typed.read), *typed.doubts, *breaches(ADS, typed.about)))
    about = without_lines(typed.about, refused.values())
    refuse_if_nothing(table.name, len(about), refused.values())
    _refuse_split_rows(table, found, about)
    keys = about.drop(columns=["title", "parent", "account_name", "days", "currency"]).assign(
        payment="paid", snapshot_at=known.snapshot_at
    )
    is_total = (about["object"] == "") & (typed.about["object"] != "").any()
    totals, keys = keys[is_total], keys[~is_total] if is_total.any() else keys
    counted = [Measured(METRICS[field], numbers) for field, numbers in typed.counts.items() if field != "spend"]
    values = [
        melt(keys, counted),
        # The total row is the account's: its people are counted once each, and its sums are the rows' again.
        melt(totals, [one for one in counted if one.metric == "reach"]),
    ]
    if "spend" in typed.counts:
        paid = keys.assign(currency=about["currency"])
        values.append(melt(paid, [Measured("spend", typed.counts["spend"])]))
    return finished(
        NAME, match, ask, known, values, rows=len(about), objects=objects(about),
        refused=(*table.refused, *refused.values()), repairs=(*table.repairs, *repairs_of(*typed.read)),
        notes=_notes(found, totals, ask),
    )  # fmt: skip


def _typed(table: Table, found: Found, match: Match, ask: Ask) -> _Typed:
    has = found.columns
    counts, currency = _counts(table, found, locale_of(table, [has[f] for f in COUNTED if f in has], match.locale, ask))
    words = _words(table, found, [field for field in (*ABOUT, *CUT_BY) if field not in _DATED])
    kinds = Kinds.of(without_total_names(words, counts))
    when, period = _period(_words(table, found, _DATED), has, match, ask)
    about, doubts = _about(kinds.each, found, currency)
    about = pd.concat([kinds.spread(about), period], axis=1)
    return _Typed(about, counts, (*counts.values(), *when), kinds.spread_problems(doubts))


def _words(table: Table, found: Found, fields: Iterable[str]) -> pd.DataFrame:
    """Those columns by our names, "" in every row for one that is not there."""
    frame, has = table.frame, found.columns
    words = {field: frame[has[field]] if field in has else "" for field in fields}
    return pd.DataFrame(words, frame.index).astype("str")


def _about(words: pd.DataFrame, found: Found, currency: str) -> tuple[pd.DataFrame, tuple[RefusedRow, ...]]:
    """What each kind of row is about, of whom, and in which currency; and the rows of which that can't be said."""
    has = found.columns
    ids = {field: optional_ids(words[field].rename(has.get(field, field))) for field in _IDS}
    words = words.assign(**{field: column for field, (column, _) in ids.items()})
    named = words.rename(columns={field: has[field] for field in CUT_BY if field in has})
    cell, doubts = cells(named.rename(columns={column: field for field, column in has.items()}))
    stated = words["currency"].str.strip().str.upper()
    money = stated.where(stated != "", found.currencies.get("spend", "") or currency)
    lost = tuple(problem for _, problems in ids.values() for problem in problems)
    return pd.concat([things(words), cell], axis=1).assign(currency=money), (*doubts, *lost)


def _counts(table: Table, found: Found, locale: str) -> tuple[dict[str, Numbers], str]:
    counts: dict[str, Numbers] = {}
    currency = ""
    for field in COUNTED:
        column = table.frame[found.columns[field]] if field in found.columns else None
        if column is None:
            continue
        if field == "spend":
            counts[field], currency = parse_money(column, locale)
        elif field == "frequency":
            counts[field] = parse_decimals(column, locale)
        elif field == "average_watch_time":
            counts[field] = parse_durations(column, locale)
        else:
            counts[field] = parse_counts(column, locale)
    return counts, currency


def _period(words: pd.DataFrame, has: Mapping[str, str], match: Match, ask: Ask) -> tuple[list[Dates], pd.DataFrame]:
    """grain, start, end, days. A file without dates covers what a person says that it does."""
    if "day" in has or "first" in has:
        by_day = words["day"].str.strip() != ""
        ends = [
            words["day"].where(by_day, words[field]).rename(has.get("day", has.get(field)))
            for field in ("first", "last")
        ]
        read = [dates(one, match.locale, ask) for one in (ends[:1] if by_day.all() else ends)]
        start, end = read[0].start, days_after(read[-1].start, ask.zone)
    else:
        if ask.first is None or ask.last is None:
            raise ExportRefused(
                "The report does not say which days it covers",
                "Say it with --from and --to, or export it with its dates.",
            )
        given = pd.Series(pd.Timestamp(ask.first, tz=ask.zone).tz_convert("UTC"), words.index)
        until = pd.Series(pd.Timestamp(ask.last, tz=ask.zone).tz_convert("UTC"), words.index)
        start, end, read = given, days_after(until, ask.zone), []
    days = (end - start).dt.total_seconds() / 86_400
    grain = pd.Series("period", words.index, dtype="str").mask(days < 1.5, "day")
    utc = "datetime64[us, UTC]"
    return read, pd.DataFrame({"grain": grain, "start": start.astype(utc), "end": end.astype(utc), "days": days})


def _refuse_lookalikes(table: Table, found: Found) -> None:
    for column in found.unknown:
        name = plain(column)
        if is_like([LIKE_OURS], name) and not is_like((*DERIVED, *ATTRIBUTES), name):
            raise ExportRefused(
                f"{table.name} looks like a report of Ads Manager, but “{column}” could be one of the "
                "numbers that matter under another name",
                "Export it again without that column, or say what it is with --mapping (docs/metrics-mapping.md).",
                line=table.header_line,
                column=column,
            )


def _refuse_split_rows(table: Table, found: Found, about: pd.DataFrame) -> None:
    """Rows alike in all that we know, and different in a column that we do not: it cuts them further."""
    cutting = [column for column in found.unknown if not is_like((*ATTRIBUTES, *DERIVED), plain(column))]
    if not cutting:
        return
    key = [
        "account",
        "object_kind",
        "object",
        "start",
        "end",
        "age",
        "gender",
        "place",
        "place_kind",
        "platform",
        "placement",
    ]
    alike = about[about.duplicated(key, keep=False)]
    if alike.empty:
        return
    rows = table.frame.loc[alike.index]
    for column in cutting:
        cells_of = rows[column]
        if (cells_of.groupby([alike[name] for name in key]).nunique() > 1).any():
            raise ExportRefused(
                f"{table.name} is cut by “{column}”, and we have no place for that",
                "Export it again without that breakdown.",
                line=int(rows.index[0]),
                column=column,
                value=str(cells_of.iloc[0]),
            )


def _notes(found: Found, totals: pd.DataFrame, ask: Ask) -> list[str]:
    known = (*DERIVED, *ATTRIBUTES)
    about_it = [column for column in found.unknown if is_like(known, plain(column))]
    other = [column for column in found.unknown if column not in about_it]
    return [
        *([f"{len(totals)} total rows: only the people in them are kept, as the account's"] if len(totals) else []),
        f"days are read as {ask.zone}",
        *left_out(about_it, "for they are settings, or can be worked out from the rest"),
        *left_out(other, "for we have no metric for them"),
    ]


SOURCE: Final = Source(NAME, "Meta Ads Manager", recognise, read, english(WORDS))
