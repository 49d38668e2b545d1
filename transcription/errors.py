"""What can go wrong between a recording and its words.

TranscriptionError
├── CaptionsUnreadable   input: the file is not captions in a format that we read
├── EngineUnknown        input: no engine of that name
├── WeightsMissing       input: whisper has no weights and may not fetch them
├── WeightsUnreadable    input: the weights file is damaged or is something else
├── WeightsNotFetched    transient: whisper's own download failed
├── QueryEmpty           input: nothing to search for
└── IndexUnusable        the word index can't be opened; it can be rebuilt
"""

from __future__ import annotations

from pathlib import Path

from archive.errors import SoundbiteError


class TranscriptionError(SoundbiteError):
    """Base of this room."""


class CaptionsUnreadable(TranscriptionError):
    """`name` is the file or stream as people know it, `format` what it was read as."""

    exit_code = 2

    def __init__(self, what: str, mend: str = "", *, name: str = "", format: str = "") -> None:
        super().__init__(what, mend)
        self.name = name
        self.format = format


class EngineUnknown(TranscriptionError):
    exit_code = 2


class WeightsMissing(TranscriptionError):
    """`model` was asked for; `folder` is where its file `file_name` would have been found."""

    exit_code = 2

    def __init__(self, what: str, mend: str = "", *, model: str, folder: Path | None, file_name: str) -> None:
        super().__init__(what, mend)
        self.model = model
        self.folder = folder
        self.file_name = file_name


class WeightsUnreadable(TranscriptionError):
    exit_code = 2

    def __init__(self, what: str, mend: str = "", *, path: Path) -> None:
        super().__init__(what, mend)
        self.path = path


class WeightsNotFetched(TranscriptionError):
    is_transient = True


class QueryEmpty(TranscriptionError):
    exit_code = 2


class IndexUnusable(TranscriptionError):
    """`path` is the word index; everything in it can be made again from the transcripts."""

    def __init__(self, what: str, mend: str = "", *, path: Path) -> None:
        super().__init__(what, mend)
        self.path = path
