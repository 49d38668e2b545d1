"""What a source is: something that says "this is mine" of a table or document, and reads it into values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from analytics.errors import ExportRefused
from analytics.model.extract import Ask, Extract, SnapshotFrom
from analytics.reading import Item, Table


@dataclass(frozen=True, slots=True)
class Match:
    """Recognised. `version` of the layout, `locale` of the headers ("" unknown); the highest `certainty` wins."""

    version: str
    locale: str = ""
    certainty: int = 1


@dataclass(frozen=True, slots=True)
class Known:
    """When the numbers were true, and how we know: the file's own time unless somebody says."""

    snapshot_at: datetime
    snapshot_from: SnapshotFrom


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of export. `columns` are its usual headers (or keys), for the hint when a file is nearly it.

    `recognise` looks at shape and headers only and raises nothing. `read` raises ExportRefused, ExportUnclear.
    """

    name: str
    title: str
    recognise: Callable[[Item], Match | None]
    read: Callable[[Item, Match, Ask, Known], Extract]
    columns: tuple[str, ...] = ()


def refuse_unknown_columns(table: Table, known: Iterable[str], title: str) -> None:
    """Raise ExportRefused if `table` has a column that its source does not know: its meaning may have changed."""
    unknown = [name for name in table.columns if name not in set(known)]
    if unknown:
        raise ExportRefused(
            f"{table.name} looks like {title}, but has columns that we do not know: {', '.join(unknown)}",
            "Export it again with the usual columns, or say what they mean with --mapping (docs/metrics-mapping.md).",
            line=table.header_line,
            column=unknown[0],
        )
