"""Over-index: a clip's share of a group of people against the page's own average share of them. 100 is the average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, t

from .dispersion import dispersion, per_spread
from .rates import gather
from .tell_apart import FALSE_DISCOVERIES, NO_TELLING, p_apart

OWN_AVERAGE: Final = "the page's own average"


def over_index(
    frame: pd.DataFrame,
    cells: Sequence[str],
    *,
    clip: str = "clip",
    replicate: str = "object",
    baseline: Mapping[tuple[str, ...], float] | None = None,
    baseline_name: str = OWN_AVERAGE,
    rate: float = FALSE_DISCOVERIES,
    level: float = 0.9,
) -> pd.DataFrame:
    """One row a clip and cell: share, usual, index (100 · share / usual), low, high, p, q, verdict, baseline.

    `frame`: long, `numerator` the count in that cell; unknown cells are rows like any other, so that shares are of
    all. The baseline is what all other clips of the frame gave together, or `baseline`: cell → share (of a
    population, say), taken as exact. The interval is of the logarithm of the ratio (delta method), with the variance
    of dispersion.py over posts.

    Raises:
        NothingToReport, ValueError: as rates.gather.
    """
    posts = gather(_of_whole(frame, clip, replicate, list(cells)), [clip, *cells], replicate)
    split = posts.groupby(list(cells), observed=True, sort=True)
    parts = [_of_cell(part, cell, cells, clip, baseline, level) for cell, part in split]
    told = pd.concat(parts, ignore_index=True)
    q = false_discovery_control(told["p"].to_numpy(float), method="bh")
    above = told["share"] > told["usual"]
    verdict = np.where((q <= rate) & told["is_known"], np.where(above, "over", "under"), NO_TELLING)
    return told.drop(columns="is_known").assign(q=q, verdict=verdict, baseline=baseline_name)


def _of_whole(frame: pd.DataFrame, clip: str, replicate: str, cells: list[str]) -> pd.DataFrame:
    """Each post's count in each cell, 0 where an export leaves the cell out, over the post's count in all."""
    kept = [name for name in ("payment",) if name in frame]
    wide = frame.pivot_table("numerator", [clip, replicate, *kept], cells, aggfunc="sum", fill_value=0, observed=True)
    long = wide.stack(cells, future_stack=True).rename("numerator").reset_index()
    return long.assign(denominator=long.groupby([clip, replicate])["numerator"].transform("sum"))


def _of_cell(
    posts: pd.DataFrame,
    cell: tuple[str, ...],
    cells: Sequence[str],
    clip: str,
    baseline: Mapping[tuple[str, ...], float] | None,
    level: float,
) -> pd.DataFrame:
    """All clips in one cell."""
    spread = dispersion(posts, [clip])
    groups = per_spread(posts, [clip], spread.rho)
    others = groups["denominator"].sum() - groups["denominator"]
    usual = (groups["numerator"].sum() - groups["numerator"]) / others.where(others > 0)
    weights = groups["denominator"] ** 2 * groups["unit"]
    unit_others = (weights.sum() - weights) / others.where(others > 0) ** 2
    if baseline is not None:
        usual, unit_others = pd.Series(baseline.get(cell, np.nan), index=groups.index), usual * 0.0
    share = groups["rate"]
    ratio = (share / usual).where((share > 0) & (usual > 0))
    error = np.sqrt((1 - share) / share * groups["unit"] + (1 - usual) / usual * unit_others).where(ratio.notna())
    free = max(1, spread.free)
    reach = t.ppf((1 + level) / 2, free) * error
    return groups[[clip]].assign(
        **dict(zip(cells, cell, strict=True)),
        share=share,
        usual=usual,
        index=100 * ratio,
        low=100 * ratio * np.exp(-reach),
        high=100 * ratio * np.exp(reach),
        p=p_apart(share, usual, groups["unit"] + unit_others, spread),
        is_known=spread.is_known,
    )
