"""Every error says what went wrong and how to mend it, keeps its facts, and survives pickling.

SoundbiteError
├── ArchiveError
│   ├── MediaError
│   │   ├── NotMedia            input: no picture or sound in it
│   │   ├── MediaRefused        input: a format or a trick that we do not open
│   │   ├── FfmpegFailed        the door's program ended badly
│   │   ├── FfmpegStalled       transient: no progress for too long
│   │   └── LimitExceeded       pixels, memory, processor time or wall time
│   ├── TimeOutside             input: a time that the recording does not have
│   ├── StoreError
│   │   ├── DiskFull            transient: space can be made
│   │   └── NotWritable         input: permissions
│   ├── SourceMissing           input: nothing at that path or address
│   │   └── FetchBroken         transient: a download broke off (archive/ingest/web.py)
│   ├── CatalogueError
│   │   ├── NotInCatalogue      input: no such recording, moment or clip
│   │   ├── PostTaken           input: that post is noted as another clip's
│   │   ├── CatalogueBusy       transient
│   │   └── LeaseLost           another worker has the job now
│   └── SettingsWrong           input: soundbite.toml or the environment
├── TranscriptionError          (transcription/errors.py)
├── ClippingError               (clipping/errors.py)
└── AnalyticsError              (analytics/errors.py)
"""

from __future__ import annotations

from typing import Any, ClassVar


def _revive(cls: type[SoundbiteError], args: tuple[object, ...], state: dict[str, Any]) -> SoundbiteError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class SoundbiteError(Exception):
    """Root of every error that people see.

    `what` is one line without a full stop; `mend` says what to do next. `exit_code` is 2 where the
    input or the words were wrong, else 1. Only `is_transient` errors are worth another try.
    """

    exit_code: ClassVar[int] = 1
    is_transient: ClassVar[bool] = False

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.what}. {self.mend}" if self.mend else self.what

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), self.args, self.__dict__)


class ArchiveError(SoundbiteError):
    """Base of this room."""


class MediaError(ArchiveError):
    """Something about a media file."""


class NotMedia(MediaError):
    exit_code = 2


class MediaRefused(MediaError):
    exit_code = 2


class FfmpegFailed(MediaError):
    """ffmpeg ended badly. `returncode` and the last lines of stderr are kept."""

    def __init__(self, what: str, mend: str = "", *, returncode: int = 1, stderr_tail: str = "") -> None:
        super().__init__(what, mend)
        self.returncode = returncode
        self.stderr_tail = stderr_tail


class FfmpegStalled(MediaError):
    is_transient = True


class LimitExceeded(MediaError):
    """A limit on pixels, memory, processor time or wall time was reached."""


class TimeOutside(ArchiveError):
    exit_code = 2


class StoreError(ArchiveError):
    """Something about a file that we keep."""


class DiskFull(StoreError):
    is_transient = True


class NotWritable(StoreError):
    exit_code = 2


class SourceMissing(ArchiveError):
    exit_code = 2


class CatalogueError(ArchiveError):
    """Something about the catalogue database."""


class NotInCatalogue(CatalogueError):
    exit_code = 2


class PostTaken(CatalogueError):
    exit_code = 2


class CatalogueBusy(CatalogueError):
    is_transient = True


class LeaseLost(CatalogueError):
    """Another worker holds the job under a newer fencing token."""


class SettingsWrong(ArchiveError):
    exit_code = 2
