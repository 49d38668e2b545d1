"""A transaction: what the functions of the catalogue are given first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Tx:
    """Reads one consistent state of the catalogue. `now` is the time at which it began, in UTC."""

    connection: Connection
    now: datetime


@dataclass(frozen=True, slots=True)
class WriteTx(Tx):
    """Reads and writes; all of it lasts or none. The audit trail names the `actor`."""

    actor: str
