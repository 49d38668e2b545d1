"""Temp name on the same file system → fsync → rename → fsync of the folder.

Killed at any instant, this leaves either nothing under the final name or all of it. Leftovers carry
the suffix `.part` and a leading dot; `archive.store.sweep` removes them.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.errors import DiskFull, NotWritable, StoreError

PART = ".part"
DISK_FULL_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# What rename(2) says when the target is a folder with something in it; macOS and Linux differ.
_OCCUPIED = frozenset({errno.ENOTEMPTY, errno.EEXIST})


@contextmanager
def mapped_errors(path: Path) -> Iterator[None]:
    """Turn an OSError about `path` into DiskFull, NotWritable or StoreError, each in one line."""
    try:
        yield
    except OSError as error:
        raise _mapped(error, path) from error


def _mapped(error: OSError, path: Path) -> StoreError:
    if error.errno in DISK_FULL_ERRNOS:
        return DiskFull(f"The disk is full: {path} could not be written", "Make room, then run it again.")
    if error.errno in _FORBIDDEN:
        return NotWritable(
            f"{path} may not be written ({error.strerror})",
            "Give yourself write permission there, or choose another home with --home.",
        )
    return StoreError(f"{path} could not be written ({error.strerror or error})")


def part_beside(path: Path) -> Path:
    """A fresh temporary name in the folder of `path`, so that the rename stays on one file system."""
    return path.parent / f".{path.name[:80]}.{secrets.token_hex(6)}{PART}"


def write_atomic(path: Path, data: bytes | str) -> None:
    """Replace `path` by `data` (text as UTF-8), all or nothing, durable when this returns.

    Raises DiskFull, NotWritable, StoreError.
    """
    with mapped_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = part_beside(path)
        try:
            part.write_bytes(data.encode() if isinstance(data, str) else data)
            _move(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def publish_file(tmp: Path, final: Path, *, keep_existing: bool = False) -> bool:
    """Move the finished file `tmp` to `final`, durable when this returns; True if it was put there.

    With `keep_existing` a file that is already at `final` stays as it is and `tmp` is removed.
    Raises DiskFull, NotWritable, StoreError.
    """
    with mapped_errors(final):
        final.parent.mkdir(parents=True, exist_ok=True)
        if not keep_existing:
            _move(tmp, final)
            return True
        return _move_if_free(tmp, final)


def publish_dir(tmp: Path, final: Path, *, replace: bool = False) -> None:
    """Move the finished folder `tmp` with all in it to `final`, durable when this returns.

    An existing `final` is an error unless `replace`; then it is moved aside first, so that a kill in
    between leaves nothing at `final`, never a mixture. Raises DiskFull, NotWritable, StoreError.
    """
    with mapped_errors(final):
        final.parent.mkdir(parents=True, exist_ok=True)
        _sync_tree(tmp)
        aside = _set_aside(final) if replace and final.exists() else None
        try:
            _rename_dir(tmp, final)
        except OSError as error:
            if aside is not None:
                aside.rename(final)
            if error.errno in _OCCUPIED:
                raise StoreError(f"{final} exists already", "A published folder is never overwritten.") from error
            raise
        _sync_folder(final.parent)
    if aside is not None:
        shutil.rmtree(aside, ignore_errors=True)


def _set_aside(final: Path) -> Path:
    aside = part_beside(final)
    final.rename(aside)
    return aside


def _rename_dir(tmp: Path, final: Path) -> None:
    if final.is_dir():  # rename(2) would replace an empty folder in silence
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
    try:
        tmp.rename(final)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        near = part_beside(final)
        try:
            shutil.copytree(tmp, near)
            _sync_tree(near)
            near.rename(final)
        except BaseException:
            shutil.rmtree(near, ignore_errors=True)
            raise
        shutil.rmtree(tmp, ignore_errors=True)


def _move(tmp: Path, final: Path) -> None:
    near = _on_same_disk(tmp, final)
    _sync_file(near)
    near.replace(final)
    _sync_folder(final.parent)
    if near is not tmp:
        tmp.unlink(missing_ok=True)


def _move_if_free(tmp: Path, final: Path) -> bool:
    near = _on_same_disk(tmp, final)
    _sync_file(near)
    try:
        os.link(near, final)  # unlike rename, never replaces
        is_new = True
    except FileExistsError:
        is_new = False
    except OSError:  # a file system without hard links
        is_new = not final.exists()
        if is_new:
            near.replace(final)
    _sync_folder(final.parent)
    near.unlink(missing_ok=True)
    tmp.unlink(missing_ok=True)
    return is_new


def _on_same_disk(tmp: Path, final: Path) -> Path:
    if tmp.stat().st_dev == final.parent.stat().st_dev:
        return tmp
    near = part_beside(final)
    try:
        shutil.copyfile(tmp, near)
    except BaseException:
        near.unlink(missing_ok=True)
        raise
    return near


def _sync_tree(folder: Path) -> None:
    for root, _, names in os.walk(folder):
        for name in names:
            _sync_file(Path(root, name))
        _sync_folder(Path(root))


def _sync_file(path: Path) -> None:
    _fsync(path, os.O_RDONLY)


def _sync_folder(path: Path) -> None:
    # Some network file systems refuse fsync on a folder; the rename is then as durable as they make it.
    with suppress(OSError):
        _fsync(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))


def _fsync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
