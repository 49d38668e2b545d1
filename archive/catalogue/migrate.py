"""Numbered migrations: each module in `migrations/` has an `up(connection)` and is never changed again."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import cast

from sqlalchemy import Connection, func, insert, inspect, select

from archive.catalogue import migrations
from archive.catalogue.tables import migrations as applied
from archive.catalogue.transaction import Tx, WriteTx
from archive.errors import CatalogueError


def numbered() -> dict[int, str]:
    """Number → module name, in order."""
    names = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__))
    return {int(name.partition("_")[0]): name for name in names}


def is_current(tx: Tx) -> bool:
    """The tables are those of this code. CatalogueError if they are newer."""
    current, newest = _current(tx.connection), max(numbered())
    if current > newest:
        raise CatalogueError(
            f"The catalogue is at step {current} and this Soundbite knows only {newest}",
            "Use a newer Soundbite.",
        )
    return current == newest


def up(tx: WriteTx) -> None:
    """Apply what is missing, in the one transaction given."""
    known, current = numbered(), _current(tx.connection)
    if current < 0:
        applied.create(tx.connection)
    for number in (n for n in known if n > current):
        _step(known[number])(tx.connection)
        tx.connection.execute(insert(applied).values(number=number, name=known[number], applied_at=tx.now))


def _current(connection: Connection) -> int:
    """The last step applied; -1 where there is no table of steps."""
    if not inspect(connection).has_table(applied.name):
        return -1
    return connection.scalar(select(func.coalesce(func.max(applied.c.number), 0))) or 0


def _step(name: str) -> Callable[[Connection], None]:
    module = importlib.import_module(f"{migrations.__name__}.{name}")
    return cast(Callable[[Connection], None], module.up)
