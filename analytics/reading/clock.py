"""Local times → UTC, where the clock goes back (an hour comes twice) and forward (an hour never was)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.errors import ExportRefused, ExportUnclear
from analytics.model.extract import RefusedRow, Repair


def to_utc(
    wall: pd.Series, texts: pd.Series, zone: str, within: pd.Series | None
) -> tuple[pd.Series, tuple[Repair, ...], tuple[RefusedRow, ...]]:
    """Wall-clock times of `zone` in UTC; NaT stays.

    Of two equal times of the same `within` the second is the later hour, or the first where its neighbours show that
    the newest stand first. Alone it is taken for the earlier, and that is said. Refused: an hour that the clock left
    out, and the same hour a third time.

    Raises:
        ExportRefused: no such time zone.
        ExportUnclear: the hour is there twice, and nothing beside it shows which came first.
    """
    try:
        there = ZoneInfo(zone)
    except (KeyError, OSError, ValueError) as error:
        raise ExportRefused(f"“{zone}” is no time zone", "Say for example --zone Europe/London.") from error
    utc = wall.dt.tz_localize(there, ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
    open_rows = wall[utc.isna() & wall.notna()]
    if open_rows.empty:
        return utc, (), ()
    is_gap = open_rows.map(lambda when: _is_left_out(when, there)).astype(bool)
    twice = open_rows[~is_gap]
    night = [within[twice.index] if within is not None else twice.index.to_series(), twice]
    place = twice.groupby(night).cumcount()
    pairs = place.index[place == 1]
    is_falling = _is_falling(wall, texts, within, twice, pairs)
    is_later = (place == (~is_falling).astype("int64")).to_numpy()
    utc[twice.index] = twice.dt.tz_localize(there, ambiguous=~is_later).dt.tz_convert("UTC")  # True: summer time
    too_many = place.index[place > 1]
    utc[too_many] = pd.NaT
    refused = [_refused(texts, at, "is an hour that the clock left out") for at in open_rows.index[is_gap]]
    refused += [_refused(texts, at, "is the same hour a third time") for at in too_many]
    alone = twice.index[twice.groupby(night).transform("size") == 1]
    said = tuple(Repair(int(at), f"{texts[at]} came twice that night: the earlier is taken") for at in alone)
    return utc, said, tuple(refused)


def _is_falling(
    wall: pd.Series, texts: pd.Series, within: pd.Series | None, twice: pd.Series, pairs: pd.Index
) -> pd.Series:
    """For each time of `twice` whether the rows of its thing run from the newest down; alone it does not matter."""
    of = within if within is not None else pd.Series("", wall.index)
    falling = pd.Series(False, twice.index)
    for thing in of[pairs].unique():
        night = twice[of[twice.index] == thing]
        rows = wall[of == thing].dropna()
        at = rows.index.get_indexer(night.index)
        before, after = rows.iloc[: at.min()].tail(1), rows.iloc[at.max() + 1 :].head(1)
        signs = {bool(when > night.iloc[0]) for when in before} | {bool(when < night.iloc[0]) for when in after}
        if len(signs) != 1:
            raise _unclear(texts, int(night.index[0]))
        falling[night.index] = signs.pop()
    return falling


def _unclear(texts: pd.Series, line: int) -> ExportUnclear:
    return ExportUnclear(
        f"The clock went back in the night of “{texts[line]}”: which of the two hours is which is not certain",
        "Export more hours around it, oldest first, or import the file in UTC.",
        line=line,
        column=str(texts.name),
        value=str(texts[line]),
    )


def _is_left_out(when: datetime, there: ZoneInfo) -> bool:
    before, after = (when.replace(tzinfo=there, fold=fold).utcoffset() for fold in (0, 1))
    return before is not None and after is not None and before < after


def _refused(texts: pd.Series, at: int, why: str) -> RefusedRow:
    return RefusedRow(int(at), str(texts.name), str(texts[at]), f"{why}: is the time zone right?")
