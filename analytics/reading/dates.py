"""Dates and hours as exports write them → UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analytics.model.extract import RefusedRow, Repair

DateGrain = Literal["day", "hour", "instant"]


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of text, read: `start` is UTC (datetime64[us, UTC]), NaT where empty or refused.

    `grain` is "day" where no clock time is written, "hour" where minutes and seconds are all 0, else "instant".
    A day begins at local midnight of the zone that was asked for.
    """

    start: pd.Series
    grain: DateGrain
    problems: tuple[RefusedRow, ...] = ()
    repairs: tuple[Repair, ...] = ()
