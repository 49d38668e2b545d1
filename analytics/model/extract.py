"""What reading one export gives: values, what they are about, and everything that was mended or refused on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import pandas as pd

from .values import as_objects, as_values

SnapshotFrom = Literal["given", "stated", "file time"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person says about a file that the file does not say itself. None or "" says nothing."""

    locale: str = ""  # "de-DE": how its numbers and dates are written
    platform: str = ""
    account: str = ""
    seat: str = ""  # a 2024 constituency code: everything in the file was delivered there
    as_of: datetime | None = None  # when it was downloaded
    first: date | None = None  # the period it covers, where it does not say
    last: date | None = None
    zone: str = "Europe/London"  # of local times in it
    mapping: str = ""  # path of a YAML mapping for a source that we do not know
    payment: str = ""  # "organic" or "paid", where the file does not say
    is_whole_library: bool = False  # an Ad Library file that holds all ads of the pages in it


@dataclass(frozen=True, slots=True)
class Repair:
    """Damage that was mended because there is one way only to mend it. `line` 0: the whole file."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row left out, with the value that is wrong and what to do. Lines count from 1, as an editor shows them."""

    line: int
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Extract:
    """One export, read whole. `rows` are the data rows accepted, `covers` the pages whose every ad is in the file."""

    source: str  # "meta.video_export"
    version: str
    locale: str
    rows: int
    snapshot_at: datetime
    snapshot_from: SnapshotFrom
    values: pd.DataFrame
    objects: pd.DataFrame = field(default_factory=lambda: as_objects(pd.DataFrame()))
    repairs: tuple[Repair, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    notes: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", as_values(self.values))
        object.__setattr__(self, "objects", as_objects(self.objects))
