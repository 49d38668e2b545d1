"""Temporary folders that vanish with their owner, even with one that was killed."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.store.publish import PART, mapped_errors

# A folder exists for an instant before its owner has locked it.
GRACE_S = 60.0
# A hidden folder made by `workplace` beside what it was to become.
_HIDDEN_WORK = re.compile(r"\.[a-z]+-[0-9a-f]{12}")


@contextmanager
def workplace(work: Path, what: str = "job") -> Iterator[Path]:
    """A fresh folder below `work`, removed at the end.

    It is locked while its owner lives, and the kernel drops the lock when the owner dies: so `sweep`
    knows what is left over without trusting process numbers. Raises DiskFull, NotWritable, StoreError.
    """
    folder = work / f"{what}-{secrets.token_hex(6)}"
    with mapped_errors(folder):
        folder.mkdir(parents=True)
        handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def sweep(folder: Path, *, parts_only: bool = False, min_age_s: float = GRACE_S) -> tuple[Path, ...]:
    """Remove what dead owners left in `folder`; the paths that went.

    In a work folder everything whose lock is free goes. With `parts_only` (folders of finished things)
    only temporary names go, and hidden folders of `workplace`, at any depth.
    """
    if not folder.is_dir():
        return ()
    found = filter(_is_temporary, folder.rglob(".*")) if parts_only else folder.iterdir()
    before = time.time() - min_age_s
    return tuple(path for path in sorted(found) if _is_older(path, before) and _remove_if_left(path))


def _is_temporary(path: Path) -> bool:
    return path.name.endswith(PART) or (_HIDDEN_WORK.fullmatch(path.name) is not None and path.is_dir())


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.lstat().st_mtime <= before
    except OSError:
        return False


def _remove_if_left(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        with suppress(OSError):
            path.unlink()
        return not path.exists()
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    except OSError:  # its owner lives, or it is not ours to remove
        return False
    finally:
        os.close(handle)
    return not path.exists()
