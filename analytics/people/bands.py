"""Age bands and genders, as every platform and every office writes them, in the words of the model.

An age is whole years with both ends inside. Unknown stays unknown: it is never shared out among the others.
Signs are arithmetic (">64" is 65 and up); words are usage ("over 65" and "65 or over" are both 65 and up, as the
platforms mean them). A bare "18-" is 18 and under, as Snap's library writes it beside "25+"; with the word age
before it ("age65-", "AGE_65_": YouTube's API) the band is open at the top.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

from analytics.model.cells import OLDEST, AgeBand, Gender

from .band_words import ALL_WORDS, DECORATION, DOWN, GENDER_WORDS, OVER, TO, UNDER, UNKNOWN_WORDS, UP

Age = AgeBand | Literal["all", "unknown"]
_NO_TOP: Final = 99  # "55-100" (TikTok) and "13-99" mean no top
_OPEN_IN_AN_API: Final = re.compile(r"age[ -]?(?:range[ -])?(\d+)-")
_PATTERNS: Final = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"(?:(?:{OVER}) )?(\d+)[ -]?{TO}[ -]?(\d+)", "between"),
        (rf"(\d+)[ -]?{UP}", "up"),
        (r"(\d+) ?- ?\d+ ?\++", "up"),  # Snap: "18-35++"
        (r"(?:≥|>=|=>) ?(\d+)", "up"),
        (rf"(?:{OVER})[ -](\d+)", "up"),
        (r"> ?(\d+)", "above"),
        (rf"(\d+) ?{DOWN}", "down"),
        (r"(?:≤|<=|=<) ?(\d+)", "down"),
        (rf"(?:(?:{UNDER})[ -]|< ?)(\d+)", "below"),
        (r"(\d+)", "one"),
    )
)
_SEAM: Final = re.compile(r"[ .,;:/|-]+|(?<=[^\W\d])(?=\d)")


def parse_band(text: str) -> Age:
    """The age band that `text` names, "all" or "unknown".

    Raises:
        ValueError: no age is in it, or one that can't be (a high end below the low one, 300 years).
    """
    folded = _folded(text)
    if (api := _OPEN_IN_AN_API.fullmatch(folded)) is not None:
        return AgeBand(int(api[1]), OLDEST)
    plain = " ".join(DECORATION.sub(" ", folded).split()).lstrip("- ")
    for pattern, kind in _PATTERNS:
        if (found := pattern.fullmatch(plain)) is not None:
            return _band(kind, *(int(number) for number in found.groups()))
    if plain in UNKNOWN_WORDS or plain in {"other", "others"}:
        return "unknown"
    if plain in ALL_WORDS:
        return "all"
    raise ValueError(f"no age band: {text!r}")


def parse_gender(text: str) -> Gender:
    """The gender that `text` names: female, male, other (user-specified, custom), "all" or "unknown".

    Raises:
        ValueError: a word that we don't know.
    """
    plain = " ".join(re.sub(r"\bgenders?\b|\bsex\b|\bgeschlecht\b", " ", _folded(text).replace("-", " ")).split())
    if plain in GENDER_WORDS:
        return GENDER_WORDS[plain]
    if plain in UNKNOWN_WORDS:
        return "unknown"
    if plain in ALL_WORDS:
        return "all"
    raise ValueError(f"no gender: {text!r}")


def parse_cell(text: str) -> tuple[Gender, Age]:
    """A gender and an age in one label: "M.25-34", "(F, 65+)", "25-34, female", "Women 18–24", "U.13-17".

    An age alone is of all genders, a gender alone of all ages.

    Raises:
        ValueError: neither is in it, or something else is.
    """
    plain = _folded(text).strip("()[] ")
    seams = [(plain[: seam.start()], plain[seam.end() :]) for seam in _SEAM.finditer(plain)]
    for gender, age in (("all", plain), (plain, "all"), *seams, *((age, gender) for gender, age in seams)):
        try:
            return parse_gender(gender), parse_band(age)
        except ValueError:
            continue
    raise ValueError(f"no gender and no age band: {text!r}")


def age_label(age: Age) -> str:
    """As the table of values stores it: "18-24", "65+", "all", "unknown"."""
    return age.label if isinstance(age, AgeBand) else age


def _folded(text: str) -> str:
    """One case, one dash, one space; compatibility forms undone (full-width digits, thin spaces)."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("_", "-")
    return " ".join(re.sub(r"[\u2010-\u2015\u2212\u2043~∼〜]", "-", plain).split()).strip("\u200e\u200f\ufeff'\" ")


def _band(kind: str, first: int, last: int = 0) -> AgeBand:
    """AgeBand refuses, with ValueError, what can't be."""
    match kind:
        case "between":
            return AgeBand(first, OLDEST if last >= _NO_TOP else last)
        case "up" | "above":
            return AgeBand(first + (kind == "above"), OLDEST)
        case "down" | "below":
            return AgeBand(0, first - (kind == "below"))
        case _:
            return AgeBand(first, first)
