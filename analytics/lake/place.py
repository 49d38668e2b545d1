"""Where a lake lies: a local folder, or object storage through fsspec, behind the archive's store."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from analytics.errors import LakeBusy
from archive.store import Store, mapped_errors, sweep, workplace

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

PATIENCE_S: Final = 30.0  # another writer is done by then, or it is worth saying
_LOCK = ".lock"


class Place:
    """The files of one lake, by key. A file is complete as soon as it is visible."""

    def __init__(self, root: str | Path) -> None:
        self.store = Store(root if "://" in str(root) else Path(root).expanduser())
        self.is_local = self.store.is_local

    def address(self, key: str) -> str:
        """What DuckDB opens: a path, or a URL for the file system of `files`."""
        return str(Path(self.store.root, key).absolute()) if self.is_local else f"{self.store.root.rstrip('/')}/{key}"

    def files(self) -> AbstractFileSystem | None:
        """The fsspec file system that the addresses are read with, freshly listed; None where they are paths."""
        if self.is_local:
            return None
        import fsspec

        files, _ = fsspec.core.url_to_fs(self.store.root)
        files.invalidate_cache()
        return files

    def read(self, key: str) -> bytes | None:
        """The whole file; None if there is none."""
        return self.store.get(key).read_bytes() if self.store.exists(key) else None

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """A work folder for the one writer, gone afterwards. Raises LakeBusy, NotWritable.

        A local lake is locked, and the kernel drops the lock of a writer that dies. Object storage has no
        lock: there the pointer is read again before it is replaced (see `generation.commit`).
        """
        with self._lock(), workplace(self.store.work, "lake") as folder:
            sweep(self.store.work)
            yield folder

    @contextmanager
    def _lock(self) -> Iterator[None]:
        if not self.is_local:
            yield
            return
        path = Path(self.store.root, _LOCK)
        with mapped_errors(path):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _wait_for(handle, path)
            yield
        finally:
            os.close(handle)


def _wait_for(handle: int, path: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise LakeBusy(f"Somebody else is writing to the lake at {path.parent}", "Run it again.") from None
            time.sleep(0.05)
