"""What goes with a better rate: topic, kind, length, shape, hour. Clips are the repeats: one clip proves nothing."""

from __future__ import annotations

from typing import Final, Literal

import pandas as pd

from analytics.errors import NothingToReport

from .tell_apart import tell_apart

Factor = Literal["topic", "kind", "length", "shape", "hour"]
_LENGTHS: Final = ((15, "up to 15 s"), (30, "15 to 30 s"), (60, "30 to 60 s"), (float("inf"), "over 60 s"))
_HOURS: Final = ((6, "night"), (12, "morning"), (18, "afternoon"), (24, "evening"))


def length_band(duration_s: float) -> str:
    """ "15 to 30 s"; "unknown" where the length is."""
    return next((name for most, name in _LENGTHS if duration_s <= most), "unknown")


def part_of_day(hour: float) -> str:
    """ "morning" for 6 to 11, local time; "unknown" where the hour is."""
    return next((name for end, name in _HOURS if 0 <= hour < end), "unknown")


def compare_factor(frame: pd.DataFrame, factor: Factor) -> pd.DataFrame:
    """tell_apart over the levels of a factor, each judged by how far clips of the same level lie apart.

    `frame` has clip, numerator, denominator and the factor's column: topic, kind or shape as text; duration_s for
    length; posted_hour (0 to 23, local) for hour. What works with whom: give the rows of one age, gender or platform.

    Raises:
        NothingToReport: nothing is known of that factor; and as rates.gather.
    """
    levels = _levels(frame, factor)
    known = frame.assign(**{factor: levels})[levels.notna() & ~levels.isin(["", "unknown"])]
    if known.empty:
        raise NothingToReport(f"The {factor} of no clip is known", "Register posts with their clips first")
    return tell_apart(known, [factor], "clip")


def _levels(frame: pd.DataFrame, factor: Factor) -> pd.Series:
    if factor == "length":
        return frame["duration_s"].map(length_band)
    return frame["posted_hour"].map(part_of_day) if factor == "hour" else frame[factor]
