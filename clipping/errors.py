"""What can go wrong between a word and a finished clip.

ClippingError
├── WatchlistWrong      input: the watchlist can't be read, or says something that we don't know
├── CutImpossible       input: no such stretch in this recording, or none within the limit
├── RecipeWrong         input: a recipe that can't be read or can't be drawn
├── KitWrong            input: a brand kit, logo, imprint or credit that can't be used
├── FontMissing         a font that the recipe asks for was not there, or another was put in its place
├── RenderFailed        the picture or the sound could not be made
├── NotVerified         a file was made but failed its checks, so it is not shown
└── PackFailed          the share pack could not be put together
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import SoundbiteError


class ClippingError(SoundbiteError):
    """Base of this room."""


class WatchlistWrong(ClippingError):
    """A watchlist that can't be used. `file` and `line` (from 1; 0 where no line applies) say where."""

    exit_code = 2

    def __init__(self, what: str, mend: str = "", *, file: str = "", line: int = 0) -> None:
        super().__init__(what, mend)
        self.file = file
        self.line = line


class CutImpossible(ClippingError):
    exit_code = 2


class RecipeWrong(ClippingError):
    """A recipe that can't be used. `file` and `line` as for a watchlist."""

    exit_code = 2

    def __init__(self, what: str, mend: str = "", *, file: str = "", line: int = 0) -> None:
        super().__init__(what, mend)
        self.file = file
        self.line = line


class KitWrong(ClippingError):
    exit_code = 2


class FontMissing(ClippingError):
    """`wanted` was asked for; `used` is what would have been drawn instead, where that is known."""

    def __init__(self, what: str, mend: str = "", *, wanted: str = "", used: str = "") -> None:
        super().__init__(what, mend)
        self.wanted = wanted
        self.used = used


class RenderFailed(ClippingError):
    """`recipe` is the shape that failed, where only one did."""

    def __init__(self, what: str, mend: str = "", *, recipe: str = "") -> None:
        super().__init__(what, mend)
        self.recipe = recipe


class NotVerified(ClippingError):
    """`findings` has one line for each check that failed: "check: detail"."""

    def __init__(self, what: str, mend: str = "", *, findings: Sequence[str] = ()) -> None:
        super().__init__(what, mend)
        self.findings = tuple(findings)


class PackFailed(ClippingError):
    """The share pack could not be put together."""
