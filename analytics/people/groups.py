"""Groups of seats: a CSV that any report can be cut by ("town seats", "metropolitan marginals", a list from a poll).

Columns: `group` and `seat` (a 2024 code or a name), one row a pair; others are left alone. A seat may be in several.
"""

from __future__ import annotations

import csv
from pathlib import Path

from analytics.errors import PopulationWrong, SeatUnknown

from .seats import seat


def load_groups(path: Path) -> dict[str, tuple[str, ...]]:
    """The seat codes of every group, in the file's order, each once.

    Raises:
        PopulationWrong: no such file, no such columns, an empty group; with the line.
        SeatUnknown: a seat that there is not, or one of before 2024; with the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PopulationWrong(
            f"{path} can't be read ({error})", "Give a CSV in UTF-8 with columns group and seat"
        ) from None
    if not rows or not {"group", "seat"} <= set(rows[0]):
        raise PopulationWrong(f"{path} has no columns group and seat", "See assets/population/groups/example.csv")
    groups: dict[str, dict[str, None]] = {}
    for line, row in enumerate(rows, start=2):
        name = " ".join((row["group"] or "").split())
        if not name:
            raise PopulationWrong(f"{path}, line {line}: a seat without a group", "Name its group")
        groups.setdefault(name, {})[_code(row["seat"] or "", path, line)] = None
    return {name: tuple(codes) for name, codes in groups.items()}


def _code(text: str, path: Path, line: int) -> str:
    try:
        return seat(text).code
    except SeatUnknown as error:
        what = f"{path}, line {line}: {error.what}"
        raise SeatUnknown(what, error.mend, code=error.code, successors=error.successors) from None
