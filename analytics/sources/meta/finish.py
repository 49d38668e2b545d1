"""What every source of Meta does last: the account that a person named, and one Extract."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analytics.errors import ExportRefused
from analytics.model.extract import Ask, Extract, RefusedRow, Repair
from analytics.model.values import DEFAULTS, as_values
from analytics.sources.contract import Known, Match


def finished(
    source: str,
    match: Match,
    ask: Ask,
    known: Known,
    values: Iterable[pd.DataFrame],
    *,
    rows: int,
    objects: pd.DataFrame | None = None,
    refused: Iterable[RefusedRow] = (),
    repairs: Iterable[Repair] = (),
    notes: Iterable[str] = (),
    covers: Iterable[str] = (),
) -> Extract:
    """`values` in parts (each may lack the columns that have a default); `rows` data rows were accepted."""
    whole = _joined([part for part in values if len(part)])
    about = pd.DataFrame() if objects is None else objects.assign(snapshot_at=known.snapshot_at)
    return Extract(
        source=source,
        version=match.version,
        locale=ask.locale or match.locale,
        rows=rows,
        snapshot_at=known.snapshot_at,
        snapshot_from=known.snapshot_from,
        values=_of(whole, ask.account),
        objects=_of(about, ask.account),
        repairs=tuple(repairs),
        refused=tuple(sorted(refused, key=lambda row: row.line)),
        notes=tuple(dict.fromkeys(notes)),
        covers=tuple(covers),
    )


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """One frame of parts that have different columns: what a part does not say is as DEFAULTS."""
    if not parts:
        return as_values(pd.DataFrame(columns=["platform", "metric", "low", "high", "snapshot_at"]))
    whole = pd.concat(parts, ignore_index=True)
    return whole.fillna({name: word for name, word in DEFAULTS.items() if name in whole and isinstance(word, str)})


def first_of_each_line(problems: Iterable[RefusedRow]) -> dict[int, RefusedRow]:
    found: dict[int, RefusedRow] = {}
    for problem in problems:
        found.setdefault(problem.line, problem)
    return found


def refuse_if_nothing(name: str, rows: int, refused: Iterable[RefusedRow]) -> None:
    """Raise ExportRefused where every row of `name` was refused, with the first reason."""
    first = next(iter(refused), None)
    if rows == 0 and first is not None:
        raise ExportRefused(
            f"{name} has no row that can be read; the first, in line {first.line}: {first.why}",
            "Download it again from Meta and import that file as it is.",
            line=first.line,
            column=first.column,
            value=first.value,
        )


def _of(frame: pd.DataFrame, account: str) -> pd.DataFrame:
    """`frame` with the account that the file states; where it states none, the one that a person named."""
    if not account or frame.empty:
        return frame
    stated = frame["account"].fillna("") if "account" in frame else pd.Series("", frame.index)
    return frame.assign(account=stated.mask(stated == "", account))
