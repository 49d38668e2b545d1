"""How tables are written: as platforms write them, byte for byte."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

Cell = str | int | float


def as_csv(rows: Iterable[Sequence[object]], *, end: str = "\n", quotes_all: bool = False) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL if quotes_all else csv.QUOTE_MINIMAL)
    writer.writerows(rows)
    return out.getvalue()


def with_bom(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


def as_json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def resaved(text: str) -> bytes:
    """As a spreadsheet leaves it that took every line for one cell: each in quotes, the quotes inside doubled."""
    lines = ['"' + line.replace('"', '""') + '"' for line in text.splitlines()]
    return with_bom("\r\n".join(lines) + "\r\n")
