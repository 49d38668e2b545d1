"""Where things are kept: a local folder now, object storage behind the same few verbs."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import Protocol

from archive.errors import StoreError
from archive.store.copying import content_hash
from archive.store.objects import ObjectShelf
from archive.store.publish import mapped_errors, part_beside, publish_dir, publish_file
from archive.store.workplace import GRACE_S, sweep, workplace

ORIGINALS = "originals"
# Folders of finished things, where a killed writer may have left temporary names.
FETCHED = "fetched"
FINISHED = (ORIGINALS, "index", "clips", "packs")


class Shelf(Protocol):
    """What a place must be able to do. Keys are relative POSIX paths; files in it are complete."""

    def take(self, tmp: Path, key: str, *, keep_existing: bool) -> bool: ...
    def take_dir(self, tmp: Path, key: str, *, replace: bool) -> None: ...
    def get(self, key: str) -> Path: ...
    def content_hash(self, key: str) -> str: ...
    def exists(self, key: str) -> bool: ...
    def remove(self, key: str) -> None: ...
    def listing(self, prefix: str) -> list[str]: ...


class Store:
    """Files by key below `root`, a folder or an fsspec URL such as "s3://bucket/prefix".

    `cache_dir` holds local copies of what lies in object storage, and the work folder; a local store
    needs none. Originals are never changed, overwritten or deleted, and are read-only on disk.
    """

    def __init__(self, root: str | Path, cache_dir: Path | None = None) -> None:
        text = str(root)
        self.is_local = "://" not in text or text.startswith("file://")
        self.root = text.removeprefix("file://") if self.is_local else text
        cache = cache_dir or (Path(self.root) if self.is_local else Path(tempfile.gettempdir()) / "soundbite")
        self.work = cache / "work"
        self._shelf: Shelf = LocalShelf(Path(self.root)) if self.is_local else ObjectShelf(text, cache / FETCHED)
        with mapped_errors(self.work):
            self.work.mkdir(parents=True, exist_ok=True)

    def put(self, path: Path, key: str) -> str:
        """Keep a copy of `path` under `key`; the key. The file at `path` stays. Errors: see `publish`."""
        with workplace(self.work, "put") as folder:
            part = folder / "file"
            with mapped_errors(part):
                shutil.copyfile(path, part)
            self.publish(part, key)
        return key

    def publish(self, tmp: Path, key: str) -> bool:
        """Move the finished file `tmp` under `key`; False if an original was there already.

        Raises DiskFull, NotWritable, StoreError (also where a kept original of that name differs in length).
        """
        is_original = _checked(key).parts[0] == ORIGINALS
        size = tmp.stat().st_size
        is_new = self._shelf.take(tmp, key, keep_existing=is_original)
        if is_original and not is_new and self.get(key).stat().st_size != size:
            raise StoreError(f"The kept original {key} was changed by somebody", "Restore it from a backup.")
        return is_new

    def publish_dir(self, tmp: Path, key: str, *, replace: bool = False) -> None:
        """Move the finished folder `tmp` under `key`, all or nothing. Raises as `publish_dir`."""
        _refuse_original(key, "overwritten")
        self._shelf.take_dir(tmp, key, replace=replace)

    def get(self, key: str) -> Path:
        """A local path to read: the file or folder itself, or a cached copy. StoreError if it isn't there."""
        _checked(key)
        return self._shelf.get(key)

    def content_hash(self, key: str) -> str:
        """SHA-256 in hex of the file as it lies in the store now, never of a cached copy.

        StoreError if it isn't there or can't be read.
        """
        _checked(key)
        return self._shelf.content_hash(key)

    def exists(self, key: str) -> bool:
        _checked(key)
        return self._shelf.exists(key)

    def delete(self, key: str) -> None:
        """Remove what can be made again; gone already is fine. StoreError for an original."""
        _refuse_original(key, "deleted")
        self._shelf.remove(key)

    def listing(self, prefix: str = "") -> list[str]:
        """Keys of the complete files below `prefix`, sorted."""
        return self._shelf.listing(prefix)

    def sweep(self, min_age_s: float = GRACE_S) -> tuple[Path, ...]:
        """Remove what killed processes left behind; the paths that went."""
        gone = sweep(self.work, min_age_s=min_age_s)
        top, names = (Path(self.root), FINISHED) if self.is_local else (self.work.parent, (FETCHED,))
        for name in names:
            gone += sweep(top / name, parts_only=True, min_age_s=min_age_s)
        return gone


def _checked(key: str) -> PurePosixPath:
    path = PurePosixPath(key)
    if not path.parts or path.is_absolute() or ".." in path.parts:
        raise StoreError(f"{key!r} is no key of the store")
    return path


def _refuse_original(key: str, what: str) -> None:
    if _checked(key).parts[0] == ORIGINALS:
        raise StoreError(f"{key} is an original", f"An original is never {what}.")


class LocalShelf:
    """A folder on a local disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def take(self, tmp: Path, key: str, *, keep_existing: bool) -> bool:
        if keep_existing:
            with mapped_errors(tmp):
                tmp.chmod(0o444)
        return publish_file(tmp, self._root / key, keep_existing=keep_existing)

    def take_dir(self, tmp: Path, key: str, *, replace: bool) -> None:
        publish_dir(tmp, self._root / key, replace=replace)

    def get(self, key: str) -> Path:
        path = self._root / key
        if not path.exists():
            raise StoreError(f"{key} is not in the store at {self._root}")
        return path

    def content_hash(self, key: str) -> str:
        path = self.get(key)
        try:
            return content_hash(path)
        except OSError as error:
            raise StoreError(f"{path} can't be read ({error.strerror})", "Check the disk that it lies on.") from error

    def exists(self, key: str) -> bool:
        return (self._root / key).exists()

    def remove(self, key: str) -> None:
        path = self._root / key
        with mapped_errors(path):
            if not path.is_dir():
                path.unlink(missing_ok=True)
                return
            aside = part_beside(path)  # a half-deleted folder must not stay visible
            path.rename(aside)
            shutil.rmtree(aside)

    def listing(self, prefix: str) -> list[str]:
        top = self._root / prefix
        files = (path for path in top.rglob("*") if path.is_file() and not _is_hidden(path, self._root))
        return sorted(path.relative_to(self._root).as_posix() for path in files)


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)
