"""Posts and videos as Meta Business Suite exports them: columns in any order, one row for a lifetime or one a day.

Counts hold organic and boosted delivery together unless a column says which. Cells (age and gender, country) of
3-second views are the top ones only: what they leave of the total is an unknown cell of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
import pandas as pd

from analytics.model.cells import UNKNOWN
from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Dates, Item, Numbers, Table, drop_totals
from analytics.reading.ids import parse_ids
from analytics.reading.numbers import parse_counts, parse_decimals, parse_durations
from analytics.sources.columns import Measured, melt, problems_of, repairs_of, without_lines
from analytics.sources.contract import Known, Match, Source, refuse_unknown_columns

from .amounts import locale_of
from .content_columns import WORDS, Cut, Sorted, sort_columns
from .content_words import LIFETIME, METRICS
from .contracts import CONTENT, breaches
from .finish import finished, first_of_each_line, refuse_if_nothing
from .headers import english
from .ids import optional_ids
from .tables import dates, days_after, left_out

VIDEOS: Final = "meta.video_export"
POSTS: Final = "meta.posts_export"
_FRACTIONS: Final = frozenset({"watch_time", "average_watch_time", "revenue"})


def recognise_videos(item: Item) -> Match | None:
    return _recognised(item, "video", ("published", "date", "title"))


def recognise_posts(item: Item) -> Match | None:
    return _recognised(item, "post", ("published", "url", "text", "title", "date"))


def read_videos(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused, ExportUnclear."""
    return _read(VIDEOS, "video", cast(Table, item), match, ask, known)


def read_posts(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused, ExportUnclear."""
    return _read(POSTS, "post", cast(Table, item), match, ask, known)


def _recognised(item: Item, object_field: str, beside: tuple[str, ...]) -> Match | None:
    if not isinstance(item, Table):
        return None
    columns = sort_columns(item.columns)
    has = columns.found.columns
    if object_field not in has or (object_field == "video" and "post" in has) or not columns.counted:
        return None
    if not any(field in has for field in beside):
        return None
    layout = "Instagram" if "username" in has else "Facebook"
    return Match(layout, columns.found.language, certainty=3)


@dataclass(frozen=True, slots=True)
class _Typed:
    """The wide table, understood: `about` one row a line, `counts` by field, `cells` by column."""

    about: pd.DataFrame
    counts: Mapping[str, Numbers]
    cells: Mapping[str, Numbers]
    read: tuple[Numbers | Dates, ...]


def _read(source: str, object_field: str, table: Table, match: Match, ask: Ask, known: Known) -> Extract:
    columns = sort_columns(table.columns)
    refuse_unknown_columns(table, set(table.columns) - set(columns.unknown), "an export of Meta Business Suite")
    table = drop_totals(table, columns.found.columns[object_field])
    ids, damaged = parse_ids(table.frame[columns.found.columns[object_field]])
    accounts, lost = _accounts(table, columns)
    typed = _typed(table, columns, match, ask, known)
    about = typed.about.assign(object=ids, account=accounts)
    refused = first_of_each_line((*problems_of(*typed.read), *damaged, *lost, *breaches(CONTENT, about)))
    about = without_lines(about, refused.values())
    refuse_if_nothing(table.name, len(about), refused.values())
    keys = about[["platform", "account", "object", "grain", "start", "end", "counted_from"]].assign(
        object_kind="post", payment=ask.payment or "all", snapshot_at=known.snapshot_at
    )
    rest, too_much = _rests(columns.cuts, typed, columns)
    values = melt(keys, [*_counted(columns, typed, ask), *_cut(columns.cuts, typed), *rest])
    return finished(
        source, match, ask, known, [values], rows=len(about), objects=_objects(about),
        refused=(*table.refused, *refused.values()), repairs=(*table.repairs, *repairs_of(*typed.read)),
        notes=[*_notes(columns, ask), *too_much],
    )  # fmt: skip


def _accounts(table: Table, columns: Sorted) -> tuple[pd.Series, tuple[RefusedRow, ...]]:
    field = next((field for field in ("page", "account") if field in columns.found.columns), "")
    if not field:
        return pd.Series("", table.frame.index, dtype="str"), ()
    return optional_ids(table.frame[columns.found.columns[field]])


def _typed(table: Table, columns: Sorted, match: Match, ask: Ask, known: Known) -> _Typed:
    frame, has = table.frame, columns.found.columns
    numeric = [*columns.counted.values(), *(cut.column for cut in columns.cuts)]
    locale = locale_of(table, numeric, match.locale, ask)
    counts = {
        field: (parse_decimals if field in _FRACTIONS else parse_counts)(frame[column], locale)
        for field, column in columns.counted.items()
    }
    cells = {cut.column: parse_counts(frame[cut.column], locale) for cut in columns.cuts}
    published = dates(_words(frame, has, "published"), match.locale, ask)
    when = _words(frame, has, "date")
    is_lifetime = when.str.strip().str.casefold().isin(LIFETIME) | ("date" not in has)
    day = dates(when.mask(is_lifetime, ""), match.locale, ask)
    length = parse_durations(_words(frame, has, "duration"), locale)
    about = pd.DataFrame(
        {
            **{name: _words(frame, has, name) for name in ("title", "text", "url", "account_name")},
            "platform": _platforms(
                _words(frame, has, "url"), "instagram" if match.version == "Instagram" else "facebook"
            ),
            "published_at": published.start,
            "duration_s": length.low,
            "grain": pd.Series(np.where(is_lifetime, "lifetime", "day"), frame.index, dtype="str"),
            "start": day.start,
            "end": days_after(day.start, ask.zone),
            "counted_from": published.start,
            "seen_at": day.start.mask(is_lifetime, pd.Timestamp(known.snapshot_at)),
        }
    )
    return _Typed(about, counts, cells, (published, day, length, *counts.values(), *cells.values()))


def _words(frame: pd.DataFrame, has: Mapping[str, str], field: str) -> pd.Series:
    return frame[has[field]] if field in has else pd.Series("", frame.index, dtype="str", name=field)


def _platforms(url: pd.Series, otherwise: str) -> pd.Series:
    """Where the post's address says so, what it says."""
    on_instagram = url.str.contains(r"//(?:www\.)?instagram\.com/", regex=True)
    on_facebook = url.str.contains(r"//(?:www\.|m\.)?(?:facebook\.com|fb\.watch)/", regex=True)
    said = np.select([on_instagram, on_facebook], ["instagram", "facebook"], otherwise)
    return pd.Series(said, url.index, dtype="str")


def _counted(columns: Sorted, typed: _Typed, ask: Ask) -> list[Measured]:
    return [
        Measured(
            METRICS[field][0],
            numbers,
            {
                **({"payment": METRICS[field][1]} if METRICS[field][1] else {}),
                **({"currency": columns.found.currencies.get(field, "")} if field == "revenue" else {}),
            },
        )
        for field, numbers in typed.counts.items()
    ]


def _cut(cuts: tuple[Cut, ...], typed: _Typed) -> list[Measured]:
    return [Measured(METRICS[cut.field][0], typed.cells[cut.column], cut.says) for cut in cuts]


def _rests(cuts: tuple[Cut, ...], typed: _Typed, columns: Sorted) -> tuple[list[Measured], list[str]]:
    """What the cells of a field leave of its total, as an unknown cell; and a note where they come to more than it."""
    rests, notes = [], []
    for field, by in dict.fromkeys((cut.field, cut.by) for cut in cuts):
        if field not in typed.counts:
            continue
        group = [cut for cut in cuts if (cut.field, cut.by) == (field, by)]
        lows, highs = (
            pd.concat([getattr(typed.cells[cut.column], end) for cut in group], axis=1) for end in ("low", "high")
        )
        low, high = typed.counts[field].low - highs.sum(axis=1), typed.counts[field].high - lows.sum(axis=1)
        if (high < 0).any():
            notes.append(
                f"{int((high < 0).sum())} rows where “{columns.counted[field]}” is less than its cells by {by}"
            )
        known = lows.notna().any(axis=1) & (high >= 0)
        rests.append(
            Measured(METRICS[field][0], _between(low.clip(lower=0).where(known), high.where(known)), _UNKNOWN_CELLS[by])
        )
    return rests, notes


_UNKNOWN_CELLS: Final = {
    "people": {"age": UNKNOWN, "gender": UNKNOWN, "place": "all", "place_kind": "all"},
    "country": {"age": "all", "gender": "all", "place": UNKNOWN, "place_kind": UNKNOWN},
    "region": {"age": "all", "gender": "all", "place": UNKNOWN, "place_kind": UNKNOWN},
}


def _between(low: pd.Series, high: pd.Series) -> Numbers:
    state = pd.Series(np.select([high.isna(), high == 0], ["unavailable", "zero"], "observed"), high.index)
    return Numbers(low, high, state.astype("str"))


def _objects(about: pd.DataFrame) -> pd.DataFrame:
    kept = ["platform", "account", "object", "title", "text", "url", "account_name", "published_at", "duration_s"]
    return about[kept].assign(object_kind="post").drop_duplicates(["platform", "account", "object"], ignore_index=True)


def _notes(columns: Sorted, ask: Ask) -> list[str]:
    together = "organic and boosted delivery are counted together, except in columns that say which"
    return [
        *([] if ask.payment else [together]),
        f"times have no zone: read as {ask.zone}",
        *left_out(columns.left_out, "for our model has no place for them"),
    ]


_COLUMNS: Final = english(WORDS)
SOURCES: Final = (
    Source(VIDEOS, "Meta Business Suite, videos", recognise_videos, read_videos, _COLUMNS),
    Source(POSTS, "Meta Business Suite, posts", recognise_posts, read_posts, _COLUMNS),
)
