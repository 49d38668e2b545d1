"""The UK Election Facebook Ad Index of 2019: ads by constituency, with middles of the Ad Library's ranges.

We go back from each middle to its range (ladder.py). The index's own sums of middles are kept in the notes.
https://github.com/LAHumphreys/UKElectionFacebookAdIndex
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

import pandas as pd

from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Document, Item, Numbers
from analytics.reading.dates import Dates, parse_dates
from analytics.sources.columns import Measured, melt, problems_of, without_lines
from analytics.sources.contract import Known, Match, Source

from .amounts import numbers
from .contracts import LIBRARY_AD, breaches
from .finish import finished, first_of_each_line, refuse_if_nothing
from .ids import made_ids
from .ladder import IMPRESSIONS, SPEND, Steps, range_with_middle
from .records import Records, column, keys_of, raw, records

NAME: Final = "meta.election_ad_index"
_MIDDLES: Final = {"impressions": ("guestimateImpressions", IMPRESSIONS), "spend": ("guestimateSpendGBP", SPEND)}
_DATES: Final = {
    "published_at": "ad_creation_time",
    "started_at": "ad_delivery_start_time",
    "stopped_at": "ad_delivery_end_time",
}
_TEXTS: Final = (
    "ad_creative_link_title",
    "ad_creative_body",
    "ad_creative_link_caption",
    "ad_creative_link_description",
)
_COLUMNS: Final = ("funding_entity", "ad_creation_time", "ad_delivery_start_time", "guestimateImpressions")


def recognise(item: Item) -> Match | None:
    is_ours = isinstance(item, Document) and {"guestimateImpressions", "funding_entity"} <= keys_of(item)
    return Match("2019", "en", certainty=4) if is_ours else None


def published_sums(document: Document) -> dict[str, float]:
    """The index's own totals: the sums of its middles."""
    rows = records(document).rows
    return {metric: float(numbers(column(rows, name)).low.sum()) for metric, (name, _) in _MIDDLES.items()}


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused where no record can be read."""
    answer = records(cast(Document, item))
    middles = {metric: numbers(column(answer.rows, name).rename(name)) for metric, (name, _) in _MIDDLES.items()}
    ranges = {metric: _ranges(middle, *_MIDDLES[metric]) for metric, middle in middles.items()}
    dates = {ours: parse_dates(column(answer.rows, theirs).rename(theirs)) for ours, theirs in _DATES.items()}
    ads = _ads(answer, dates)
    problems = (*problems_of(*middles.values(), *ranges.values(), *dates.values()), *breaches(LIBRARY_AD, ads))
    refused = first_of_each_line(problems)
    ads = without_lines(ads, refused.values())
    refuse_if_nothing(item.name, len(ads), refused.values())
    keys = ads[["account", "object"]].assign(
        platform="meta", object_kind="ad", payment="paid", grain="lifetime", snapshot_at=known.snapshot_at
    )
    spend = Measured("spend", ranges["spend"], {"currency": "GBP"})
    sums = {metric: middle.low.reindex(ads.index).sum() for metric, middle in middles.items()}
    objects = ads.drop(columns="currency").assign(platform="meta", object_kind="ad").reset_index(drop=True)
    return finished(
        NAME, match, ask, known, [melt(keys, [Measured("impressions", ranges["impressions"]), spend])],
        rows=len(ads), objects=objects, repairs=item.repairs, refused=(*refused.values(), *answer.strays),
        notes=_notes(sums["impressions"], sums["spend"], ask),
    )  # fmt: skip


def _ads(answer: Records, dates: Mapping[str, Dates]) -> pd.DataFrame:
    """What each advertisement is, under an id made of its words and times: the index gives none."""
    words = pd.DataFrame({name: raw(answer.rows, name, _plural(name)).map(_text) for name in _TEXTS}).astype("str")
    ads = pd.DataFrame({ours: date.start for ours, date in dates.items()}).assign(
        funder=column(answer.rows, "funding_entity"),
        title=words[_TEXTS[0]],
        text=words[_TEXTS[1]],
        account="",
        currency="GBP",
    )
    return ads.assign(object=made_ids(pd.concat([ads[["published_at", "started_at", "funder"]], words], axis=1)))


def _ranges(middle: Numbers, name: str, steps: Steps) -> Numbers:
    """The range of each middle; a number that is the middle of none is a problem of its row."""
    ends: dict[int, tuple[int, int]] = {}
    wrong: list[RefusedRow] = []
    for line, number in middle.low.dropna().items():
        try:
            ends[line] = range_with_middle(int(number), steps)
        except ValueError as error:
            wrong.append(RefusedRow(int(line), name, str(int(number)), str(error)))
    low = pd.Series({line: float(end[0]) for line, end in ends.items()}, dtype=float).reindex(middle.low.index)
    high = pd.Series({line: float(end[1]) for line, end in ends.items()}, dtype=float).reindex(middle.low.index)
    return Numbers(low, high, middle.state.where(low.isna(), "observed").mask(low.isna(), "unavailable"), tuple(wrong))


def _plural(name: str) -> str:
    return name.removesuffix("y") + "ies" if name.endswith("y") else name + "s"


def _text(cell: object) -> str:
    return "\n".join(map(str, cell)) if isinstance(cell, list) else str(cell or "")


def _notes(impressions: float, spend: float, ask: Ask) -> list[str]:
    notes = [
        f"published sums of middles: {impressions:,.0f} impressions and £{spend:,.0f} (the lowest range as 1)",
        "the index gives middles; the ranges are those of the Ad Library that have them",
        "ads come without ids; ours are made from creation time, funder and text",
    ]
    return notes if ask.seat else [*notes, "the file does not name its constituency: say --seat to place it"]


SOURCE: Final = Source(NAME, "UK Election Facebook Ad Index (2019)", recognise, read, _COLUMNS)
