"""What goes wrong with numbers, each with file, line, column and value where there are any.

SoundbiteError (archive/errors.py)
└── AnalyticsError
    ├── ExportRefused      input: a file that is no export we know, or is damaged beyond certain repair
    │   └── ExportUnclear  input: it could mean two things; the message asks the question
    ├── AskWrong           input: what a person says of a file can't be, such as a period that ends before it begins
    ├── MappingWrong       input: a YAML mapping that does not hold
    ├── PopulationWrong    input: a population table, a target or a seat group that does not hold
    │   └── SeatUnknown    input: a seat's code or name that there is not, or one of before 2024
    ├── ClaimUnclear       input: a sentence that we can't take apart
    ├── NothingToReport    input: no value in the window that was asked for
    ├── LakeDamaged        a file of the lake is missing or not as it was written
    ├── LakeBusy           transient: somebody else is writing
    └── PullFailed         a platform's API said no
        └── PullBroken     transient: it did not answer, or asks to wait
"""

from __future__ import annotations

from archive.errors import SoundbiteError


class AnalyticsError(SoundbiteError):
    """Root of the room's errors."""


class ExportRefused(AnalyticsError):
    """The whole file stays out. `line` 0 and `column` "" where it is not about one place."""

    exit_code = 2

    def __init__(self, what: str, mend: str, *, line: int = 0, column: str = "", value: str = "") -> None:
        super().__init__(what, mend)
        self.line, self.column, self.value = line, column, value


class ExportUnclear(ExportRefused):
    """It could mean two things. `mend` names the option that answers the question."""


class AskWrong(AnalyticsError):
    exit_code = 2


class MappingWrong(AnalyticsError):
    exit_code = 2


class PopulationWrong(AnalyticsError):
    exit_code = 2


class SeatUnknown(PopulationWrong):
    """`code` is what was given; `successors` the 2024 seats that hold its people, largest first."""

    def __init__(self, what: str, mend: str, *, code: str = "", successors: tuple[str, ...] = ()) -> None:
        super().__init__(what, mend)
        self.code, self.successors = code, successors


class ClaimUnclear(AnalyticsError):
    exit_code = 2


class NothingToReport(AnalyticsError):
    exit_code = 2


class LakeDamaged(AnalyticsError):
    pass


class LakeBusy(AnalyticsError):
    is_transient = True


class PullFailed(AnalyticsError):
    pass


class PullBroken(PullFailed):
    is_transient = True
