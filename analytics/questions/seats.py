"""Where: what was delivered in each seat, as the platforms say, and what was made for it, as we say."""

from __future__ import annotations

import pandas as pd

from analytics.people.places import seats
from analytics.questions.facts import Facts
from analytics.questions.sums import Whose

_SEATS = """
SELECT place AS code, {agg}(low) AS low, sum(high) AS high, count(DISTINCT object) AS things FROM facts
WHERE metric = $metric AND basis = 'delivered' AND place_kind = 'seat' AND age = 'all' AND gender = 'all' AND {whose}
GROUP BY place
"""
_MADE_FOR = """
SELECT for_seat AS code, sum(low) AS low, sum(high) AS high, count(DISTINCT (platform, object)) AS things FROM facts
WHERE metric = $metric AND basis = 'delivered' AND for_seat <> '' AND is_ours AND age = 'all' AND gender = 'all'
    AND place_kind = 'all' GROUP BY for_seat
"""
_WHOSE = {"ours": "is_ours", "others": "NOT is_ours", "everybody": "TRUE"}


def delivered_in(facts: Facts, metric: str = "impressions", whose: Whose = "ours") -> pd.DataFrame:
    """All 650 seats: code, name, region, electorate, q, r; low, high (NaN where nothing is reported), things,
    per_elector_low, per_elector_high. For people `high` is cut at the electorate: nobody is reached twice."""
    is_people = metric == "reach"
    rows = facts.frame(_SEATS.format(agg="max" if is_people else "sum", whose=_WHOSE[whose]), {"metric": metric})
    frame = _on_map(rows)
    if is_people:
        frame["high"] = frame["high"].clip(upper=frame["electorate"])
        frame["low"] = frame["low"].clip(upper=frame["electorate"])
    return _per_elector(frame)


def made_for(facts: Facts, metric: str = "impressions") -> pd.DataFrame:
    """As `delivered_in`, of posts that were made for a seat: wherever they were seen, which nobody tells."""
    return _per_elector(_on_map(facts.frame(_MADE_FOR, {"metric": metric})))


def _on_map(rows: pd.DataFrame) -> pd.DataFrame:
    listed = pd.DataFrame(
        [
            {"code": s.code, "name": s.name, "region": s.region, "electorate": s.electorate, "q": s.hex_q, "r": s.hex_r}
            for s in seats()
        ]
    )
    return listed.merge(rows, on="code", how="left")


def _per_elector(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        per_elector_low=frame["low"] / frame["electorate"], per_elector_high=frame["high"] / frame["electorate"]
    )
