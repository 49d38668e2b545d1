"""Opening the catalogue, and its two kinds of transaction."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, create_engine, make_url

from archive.catalogue import dialect, migrate
from archive.catalogue.failures import mapped
from archive.catalogue.transaction import Tx, WriteTx
from archive.errors import DiskFull
from archive.store.publish import mapped_errors
from archive.store.reserve import RESERVE_BYTES, Reserve

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Catalogue:
    """The database. Safe to share between threads, and to keep over a fork."""

    def __init__(self, engine: Engine, where: str, reserve: Reserve | None, clock: Clock) -> None:
        self._engine = engine
        self._writers = engine.execution_options(**{dialect.WRITES: True})
        self._reserve = reserve
        self._clock = clock
        self.where = where
        _forget_connections_after_fork(engine)

    @classmethod
    def open(
        cls,
        url_or_path: str | Path,
        *,
        busy_timeout_s: float = 30.0,
        reserve_bytes: int = RESERVE_BYTES,
        clock: Clock = utc_now,
    ) -> Catalogue:
        """Open or create, and bring the tables up to date.

        A path is an SQLite file; a URL is SQLAlchemy's. Beside an SQLite file lies its reserve against a full
        disk. Raises CatalogueBusy, CatalogueError, DiskFull, NotWritable.
        """
        text = str(url_or_path)
        url = make_url(text) if "://" in text else make_url("sqlite://").set(database=text)
        where = url.render_as_string(hide_password=True) if "://" in text else text
        reserve = None
        if url.get_backend_name() == "sqlite" and url.database:
            path = Path(url.database)
            with mapped_errors(path.parent):
                path.parent.mkdir(parents=True, exist_ok=True)
            reserve = Reserve(path.with_suffix(".reserve"), reserve_bytes)
        engine = create_engine(url)
        dialect.prepare(engine, busy_timeout_s)
        catalogue = cls(engine, where, reserve, clock)
        with catalogue.read() as reading:
            is_current = migrate.is_current(reading)
        if not is_current:
            with catalogue.write("soundbite") as tx:
                migrate.up(tx)
        return catalogue

    @contextmanager
    def write(self, actor: str) -> Iterator[WriteTx]:
        """A writing transaction: commits at the end, rolls back on any exception, repeats nothing.

        Raises CatalogueBusy (transient) when another writer held on too long, DiskFull (the reserve is given
        back then, so that the next, smaller transaction can say what happened), NotWritable, CatalogueError.
        """
        if not actor:
            raise ValueError("an act needs somebody who does it")
        self._keep_room()
        try:
            with mapped(self.where), self._writers.connect() as connection, connection.begin():
                dialect.lock_for_writing(connection)
                yield WriteTx(connection, self._clock(), actor)
        except DiskFull:
            if self._reserve:
                self._reserve.release()
            raise

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A reading transaction on one consistent state; never waits for writers."""
        with mapped(self.where), self._engine.connect() as connection, connection.begin():
            yield Tx(connection, self._clock())

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def _keep_room(self) -> None:
        if self._reserve is None:
            return
        if self._reserve.is_needed():
            self._reserve.release()
        else:
            self._reserve.hold()


def _forget_connections_after_fork(engine: Engine) -> None:
    # SQLite connections must not cross a fork; the child drops them unclosed and opens its own.
    reference = weakref.ref(engine)

    def forget() -> None:
        if (live := reference()) is not None:
            live.dispose(close=False)

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forget)
