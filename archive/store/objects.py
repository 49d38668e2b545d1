"""The store's verbs on object storage, through fsspec.

An object becomes visible only when its whole upload has ended, so single files need no temporary name. A
folder is many objects: it counts as there once its marker, written last, is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from archive.errors import NotWritable, StoreError
from archive.store.copying import hash_of
from archive.store.publish import mapped_errors, part_beside, publish_dir, publish_file

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

MARKER = ".complete"


class ObjectShelf:
    """Objects below `url` ("s3://bucket/prefix"); copies to read are kept in `cache`."""

    def __init__(self, url: str, cache: Path) -> None:
        self._url = url.rstrip("/")
        # Two stores may share one cache folder.
        self._cache = cache / hashlib.sha256(self._url.encode()).hexdigest()[:12]
        self._opened: AbstractFileSystem | None = None

    def take(self, tmp: Path, key: str, *, keep_existing: bool) -> bool:
        with _told(f"{self._url}/{key}"):
            is_new = not (keep_existing and self._files.exists(self._at(key)))
            if is_new:
                self._upload(tmp, key)
        tmp.unlink(missing_ok=True)
        return is_new

    def take_dir(self, tmp: Path, key: str, *, replace: bool) -> None:
        if self.exists(f"{key}/{MARKER}"):
            if not replace:
                raise StoreError(f"{self._url}/{key} exists already", "A published folder is never overwritten.")
            self.remove(key)
        with _told(f"{self._url}/{key}"):
            for path in sorted(p for p in tmp.rglob("*") if p.is_file()):
                self._upload(path, f"{key}/{path.relative_to(tmp).as_posix()}")
            self._files.pipe_file(self._at(f"{key}/{MARKER}"), b"")

    def get(self, key: str) -> Path:
        local = self._cache / key
        if local.exists() and key.startswith("originals/"):  # content never changes: no question to ask
            return local
        if self.exists(f"{key}/{MARKER}"):
            return self._get_dir(key, local)
        self._download(key, local)
        return local

    def content_hash(self, key: str) -> str:
        if not self.exists(key):
            raise self._missing(key)
        with _told(f"{self._url}/{key}"), self._files.open(self._at(key), "rb") as file:
            return hash_of(file)

    def exists(self, key: str) -> bool:
        with _told(f"{self._url}/{key}"):
            self._files.invalidate_cache()
            if PurePosixPath(key).name != MARKER and self._files.exists(self._at(f"{key}/{MARKER}")):
                return True
            return bool(self._files.isfile(self._at(key)))

    def remove(self, key: str) -> None:
        with _told(f"{self._url}/{key}"):
            marker = self._at(f"{key}/{MARKER}")
            if self._files.exists(marker):  # first, so that a half-deleted folder is not taken for a whole one
                self._files.rm_file(marker)
            if self._files.exists(self._at(key)):
                self._files.rm(self._at(key), recursive=True)

    def listing(self, prefix: str) -> list[str]:
        with _told(f"{self._url}/{prefix}"):
            self._files.invalidate_cache()
            found = self._files.find(self._at(prefix) if prefix else self._at("").rstrip("/"))
        cut = len(self._at(""))
        return sorted(k for k in (str(path)[cut:] for path in found) if PurePosixPath(k).name != MARKER)

    @property
    def _files(self) -> AbstractFileSystem:
        if self._opened is None:
            import fsspec  # half a second that a local store need not wait

            self._opened, _ = fsspec.core.url_to_fs(self._url)
        return self._opened

    def _at(self, key: str) -> str:
        return f"{self._files._strip_protocol(self._url).rstrip('/')}/{key}"

    def _upload(self, path: Path, key: str) -> None:
        self._files.put_file(str(path), self._at(key))
        self._files.invalidate_cache()
        if self._files.size(self._at(key)) != path.stat().st_size:
            raise StoreError(f"{self._url}/{key} did not arrive whole", "Run it again.")

    def _missing(self, key: str) -> StoreError:
        return StoreError(f"{key} is not in the store at {self._url}")

    def _get_dir(self, key: str, local: Path) -> Path:
        part = part_beside(local)
        for name in self.listing(key):
            self._download(name, part / PurePosixPath(name).relative_to(key))
        publish_dir(part, local, replace=True)
        return local

    def _download(self, key: str, local: Path) -> None:
        if not self.exists(key):
            raise self._missing(key)
        with mapped_errors(local):
            local.parent.mkdir(parents=True, exist_ok=True)
        part = part_beside(local)
        try:
            with _told(f"{self._url}/{key}"):
                self._files.get_file(self._at(key), str(part))
            publish_file(part, local)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Object stores raise OSErrors of many kinds, and botocore's own errors: one line for all of them."""
    try:
        yield
    except StoreError:
        raise
    except PermissionError as error:
        raise NotWritable(f"{where} is not allowed ({error})", "Check the credentials in the environment.") from error
    except Exception as error:
        if not _is_of_the_store(error):
            raise
        raise StoreError(f"{where} could not be reached ({error})", "Check the address and the credentials.") from error


def _is_of_the_store(error: Exception) -> bool:
    return isinstance(error, OSError) or type(error).__module__.startswith(("botocore", "aiobotocore", "aiohttp"))
