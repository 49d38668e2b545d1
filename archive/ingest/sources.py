"""What a source holds: recordings, and the captions and sidecars that lie beside them."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from archive.errors import ArchiveError, MediaRefused, SourceMissing
from archive.ingest import sidecar
from archive.ingest.schemes import scheme_of, shown
from archive.ingest.web import MAX_BYTES, FetchBroken, web_file
from archive.store import Copied, copy_hashed, require_free
from archive.store.copying import CHUNK, OnBytes, write_hashed

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

log = logging.getLogger(__name__)

MEDIA_SUFFIXES = frozenset(
    f".{name}"
    for name in (
        *("ts", "m2ts", "mts", "trp", "mpg", "mpeg", "mp4", "m4v", "mov", "qt", "3gp", "3g2", "mkv", "webm"),
        *("avi", "flv", "mxf", "m4a", "mp3", "wav", "flac", "ogg", "aac"),
    )
)
CAPTION_FORMATS = {".srt": "srt", ".vtt": "webvtt"}
OBJECT_STORES = ("s3", "memory")
MAX_CAPTION_BYTES = 20 * 1000**2
# Path of a folder that can't be read, and why.
OnUnread = Callable[[Path, str], None]
_LANGUAGE = re.compile(r"(?i)^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$")


class SourceFile(Protocol):
    """A file somewhere. `shown` is what people see of where it lies; `path` is set if it is a local file."""

    @property
    def shown(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def path(self) -> Path | None: ...
    def size(self) -> int | None: ...
    def bring(self, target: Path, on_bytes: OnBytes | None = None) -> Copied: ...


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file on this machine. It is only ever read."""

    path: Path

    @property
    def shown(self) -> str:
        return str(self.path)

    @property
    def name(self) -> str:
        return self.path.name

    def size(self) -> int:
        return self._stat().st_size

    def check_readable(self) -> None:
        """Raises SourceMissing if it may not be read."""
        try:
            self.path.open("rb").close()
        except OSError as error:
            raise self._unreadable(error) from error

    def bring(self, target: Path, on_bytes: OnBytes | None = None) -> Copied:
        """Copy it. MediaRefused if it grew meanwhile, SourceMissing if it can't be read."""
        before = self._stat()
        require_free(target.parent, before.st_size, self.name)

        def watch(done: int) -> None:
            if done > before.st_size:  # a capture that grows as fast as we copy would never end
                raise self._growing()
            if on_bytes:
                on_bytes(done)

        try:
            copied = copy_hashed(self.path, target, watch)
        except OSError as error:
            raise self._unreadable(error) from error
        after = self._stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise self._growing()
        return copied

    def _growing(self) -> MediaRefused:
        return MediaRefused(f"{self.name} is still being written", "Take it in again when it is finished.")

    def _stat(self) -> os.stat_result:
        try:
            return self.path.stat()
        except OSError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError) -> SourceMissing:
        if isinstance(error, FileNotFoundError):
            return SourceMissing(f"There is no file {self.path}", "Check the path.")
        return _unreadable(self.path, error)


@dataclass(frozen=True, slots=True)
class ObjectFile:
    """An object in object storage."""

    files: AbstractFileSystem
    key: str
    scheme: str

    @property
    def shown(self) -> str:
        return f"{self.scheme}://{self.key.lstrip('/')}"

    @property
    def name(self) -> str:
        return PurePosixPath(self.key).name

    @property
    def path(self) -> Path | None:
        return None

    def size(self) -> int:
        with self._told():
            return int(self.files.size(self.key))

    def bring(self, target: Path, on_bytes: OnBytes | None = None) -> Copied:
        """Fetch it. Raises FetchBroken (transient), DiskFull, NotWritable."""
        require_free(target.parent, self.size(), self.name)
        with self._told(), self.files.open(self.key, "rb") as reader:
            return write_hashed(iter(lambda: reader.read(CHUNK), b""), target, on_bytes)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except ArchiveError:
            raise
        except Exception as error:  # every object store has errors of its own
            raise FetchBroken(f"{self.shown} can't be fetched ({error})", "Try it again.") from error


@dataclass(frozen=True, slots=True)
class Found:
    """One recording with what lies beside it."""

    media: SourceFile
    captions: tuple[SourceFile, ...] = ()
    sidecar: SourceFile | None = None


def find_recordings(
    source: str,
    *,
    skip: Path | None = None,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES,
    on_unread: OnUnread | None = None,
) -> list[Found]:
    """What `source` (a path, file://, s3://, http(s)://) holds, in order of name; `skip` is our own home.

    A folder below it that can't be read is logged, told to `on_unread`, and passed over. Raises SourceMissing if
    there is nothing, or no recording in a folder.
    """
    scheme = scheme_of(source)
    if scheme in ("http", "https"):
        return [Found(web_file(source, allow_private=allow_private, max_bytes=max_bytes))]
    if scheme in OBJECT_STORES:
        return _in_object_store(source, scheme)
    if scheme not in ("", "file"):
        known = ", ".join(("file", "http", "https", *OBJECT_STORES[:1]))
        raise SourceMissing(f"{scheme}:// is no kind of address that we read", f"Use a path, or one of {known}.")
    path = _path(source, scheme)
    try:
        return _on_disk(path, skip, on_unread)
    except OSError as error:  # a name that is too long, a folder on the way that may not be entered
        raise _unreadable(path, error) from error


def caption_language(media_stem: str, caption_name: str) -> str:
    """ "news.en-GB.srt" beside "news.ts" → "en-GB"; "" where the name doesn't say."""
    middle = PurePosixPath(caption_name).stem[len(media_stem) :].strip(".")
    return middle.replace("_", "-") if _LANGUAGE.match(middle) else ""


def _path(source: str, scheme: str) -> Path:
    try:
        return Path(unquote(urlsplit(source).path) if scheme else source).expanduser()
    except (ValueError, RuntimeError) as error:  # brackets in a file:// address; ~nobody
        raise SourceMissing(f"{shown(source)} is no path ({error})", "Check it.") from error


def _unreadable(path: Path, error: OSError) -> SourceMissing:
    if isinstance(error, PermissionError):
        return SourceMissing(f"{path} may not be read", "Give yourself read permission on it.")
    return SourceMissing(f"{path} can't be read ({error.strerror})", "Check the path and the disk that it lies on.")


def _on_disk(path: Path, skip: Path | None, on_unread: OnUnread | None) -> list[Found]:
    if path.is_file() or (path.is_symlink() and not path.is_dir()):
        return [_with_beside(LocalFile(path), _neighbours(path))]
    if not path.is_dir():
        raise SourceMissing(f"There is nothing at {path}", "Check the path.")
    folders = _folders(path, skip, on_unread)
    found = [_with_beside(file, files) for files in folders for file in files if _is_media(file.name)]
    if not found:
        raise SourceMissing(f"There is no recording in {path}", "Check the path; .ts, .mp4, .mkv and such are taken.")
    return found


def _neighbours(path: Path) -> list[LocalFile]:
    try:
        return [LocalFile(other) for other in sorted(path.parent.iterdir())]
    except OSError:  # a file can be readable in a folder that can't be listed
        return []


def _folders(top: Path, skip: Path | None, on_unread: OnUnread | None) -> list[list[LocalFile]]:
    def unread(error: OSError) -> None:
        folder = Path(error.filename)
        if folder == top:
            raise _unreadable(top, error) from error
        why = str(_unreadable(folder, error))
        log.warning("ingest.unread %s", why)
        if on_unread:
            on_unread(folder, why)

    ours = skip.resolve() if skip else None
    listed = []
    for folder, names, files in os.walk(top, onerror=unread):
        names[:] = sorted(n for n in names if not n.startswith(".") and Path(folder, n).resolve() != ours)
        listed.append([LocalFile(Path(folder, name)) for name in sorted(files)])
    return listed


def _in_object_store(source: str, scheme: str) -> list[Found]:
    import fsspec  # half a second that local files need not wait

    address = shown(source)
    if not source.startswith(address):
        raise SourceMissing(f"{address} came with a password", "Put credentials into the environment instead.")
    try:
        files, key = fsspec.core.url_to_fs(source)
        is_file = files.isfile(key)
        folder = key.rpartition("/")[0] if is_file else key
        keys = files.ls(folder, detail=False) if is_file else files.find(folder)
    except FileNotFoundError as error:
        raise SourceMissing(f"There is nothing at {address}", "Check the address.") from error
    except PermissionError as error:
        raise SourceMissing(f"{address} may not be read ({_said(error, source)})", "Check the credentials.") from error
    except Exception as error:  # botocore has errors of its own, and so has every other backend
        mend = "Check the address and the credentials in the environment, then try it again."
        raise FetchBroken(f"{address} can't be reached ({_said(error, source)})", mend) from error
    every = [ObjectFile(files, str(name), scheme) for name in sorted(keys)]
    wanted = [file for file in every if (file.key == key if is_file else _is_media(file.name))]
    if not wanted:
        raise SourceMissing(f"There is no recording in {address}", "Check the address.")
    return [_with_beside(file, _same_folder(file, every)) for file in wanted]


def _said(error: Exception, source: str) -> str:
    """The words of the error, unless they might repeat a query."""
    return str(error) if source == shown(source) else type(error).__name__


def _same_folder(file: ObjectFile, every: Iterable[ObjectFile]) -> list[ObjectFile]:
    folder = PurePosixPath(file.key).parent
    return [other for other in every if PurePosixPath(other.key).parent == folder]


def _with_beside(media: SourceFile, files: Sequence[SourceFile]) -> Found:
    stem = PurePosixPath(media.name).stem
    captions = [file for file in files if _is_caption_of(stem, file.name)]
    notes = [file for file in files if file.name in {stem + suffix for suffix in sidecar.SUFFIXES}]
    return Found(media, tuple(captions), notes[0] if notes else None)


def _is_caption_of(stem: str, name: str) -> bool:
    path = PurePosixPath(name)
    if path.suffix.lower() not in CAPTION_FORMATS:
        return False
    return path.stem == stem or (path.stem.startswith(f"{stem}.") and bool(caption_language(stem, name)))


def _is_media(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in MEDIA_SUFFIXES and not name.startswith(".")
