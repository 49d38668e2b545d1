"""Copying a file in and hashing it in the same pass."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from archive.errors import DiskFull
from archive.store.publish import DISK_FULL_ERRNOS, mapped_errors

CHUNK = 8 * 1024 * 1024
# Room that is left for the catalogue, its journal and the logs.
MARGIN = 64 * 1024 * 1024

OnBytes = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """A complete local copy: where it lies, its SHA-256 in hex and its length."""

    path: Path
    sha256: str
    size_bytes: int


def content_hash(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with path.open("rb", buffering=0) as file:
        return hash_of(file)


def hash_of(file: BinaryIO | RawIOBase) -> str:
    """SHA-256 of what an open file still holds, in hex."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def require_free(folder: Path, need_bytes: int, what: str) -> None:
    """Raise DiskFull unless `need_bytes` and a margin fit on the disk of `folder`."""
    free = shutil.disk_usage(folder).free
    if free < need_bytes + MARGIN:
        raise DiskFull(
            f"{what} needs {_megabytes(need_bytes)} and only {_megabytes(free)} are free at {folder}",
            "Make room, then run it again.",
        )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"


def copy_hashed(source: Path, target: Path, on_bytes: OnBytes | None = None) -> Copied:
    """Copy `source` to the new file `target`, hashing what arrived; the source is only read.

    The kernel copies (and shares the blocks where the file system can), a plain copy otherwise.
    Raises FileNotFoundError or PermissionError about the source as they are; DiskFull, NotWritable,
    StoreError about the target.
    """
    with source.open("rb") as reader, mapped_errors(target), target.open("xb+") as out:
        return _hash_while(reader, out, target, on_bytes)


def write_hashed(chunks: Iterable[bytes], target: Path, on_bytes: OnBytes | None = None) -> Copied:
    """Write `chunks` to the new file `target`. Errors of `chunks` pass through; see `copy_hashed`."""
    digest, size = hashlib.sha256(), 0
    with mapped_errors(target):
        out = target.open("xb", buffering=0)
    with out:
        for chunk in chunks:
            digest.update(chunk)
            with mapped_errors(target):
                _write_all(out, chunk)
            size += len(chunk)
            if on_bytes:
                on_bytes(size)
    return Copied(target, digest.hexdigest(), size)


def _hash_while(reader: BinaryIO, out: BinaryIO, target: Path, on_bytes: OnBytes | None) -> Copied:
    digest, size, in_kernel = hashlib.sha256(), 0, hasattr(os, "copy_file_range")
    while True:
        chunk = _copied_in_kernel(reader, out, size) if in_kernel else None
        if not chunk:  # not possible here, or the end: an ordinary read tells which
            in_kernel = False
            reader.seek(size)
            chunk = reader.read(CHUNK)
            _write_all(out, chunk)
        if not chunk:
            return Copied(target, digest.hexdigest(), size)
        digest.update(chunk)
        size += len(chunk)
        if on_bytes:
            on_bytes(size)


def _copied_in_kernel(reader: BinaryIO, out: BinaryIO, at: int) -> bytes | None:
    """The next chunk after the kernel copied it, read back from the copy; None where it can't."""
    try:
        count = os.copy_file_range(reader.fileno(), out.fileno(), CHUNK, at, at)
    except OSError as error:
        if error.errno in DISK_FULL_ERRNOS:
            raise
        return None
    out.seek(at)
    chunk = out.read(count) if count else b""
    out.seek(at + len(chunk))
    return chunk


def _write_all(out: BinaryIO, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[out.write(view) :]
