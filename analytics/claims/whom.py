"""Among whom: ages, genders and places, as people say them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from analytics.errors import ClaimUnclear
from analytics.model.cells import OLDEST, AgeBand, Gender

from .wording import TAKEN, Sentence

_OLDS = r"(?:[- ]year[- ]olds?|[- ]yos?|s\b| years? old| years of age)"
_WHO = (
    r"(?:aged?|ages|people|women|woman|men|man|voters?|adults|users|viewers|those|everyone|everybody|anyone|nobody"
    r"|no one|no-one|females?|males?|of|electors|residents|person|the|impressions among|views among|among)"
)
_AGE = r"(\d{1,2})"
_TENS: Final = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
_NO_COUNT = (
    r"(?! ?(?:percent|k\b|m\b|mn\b|thousand|million|hundred|billion|in \d|out of|times|impressions|views)|[,.]?\d)"
)

# Pattern → the band its numbers make. The first that matches is read.
_RANGE = (
    rf"\b(?:aged|ages|age)(?: of)?(?: between| from)? {_AGE}(?: to | and |-| - ){_AGE}\b(?:{_OLDS})?",
    rf"\bbetween the ages of {_AGE} and {_AGE}\b",
    rf"\b{_AGE}(?: to |-| - ){_AGE}{_OLDS}",
    rf"\b(?P<who>{_WHO}) {_AGE}(?: to |-){_AGE}\b{_NO_COUNT}",
    rf"\b{_AGE}(?: to |-){_AGE} (?=women|men|males|females|voters)",
)
_AFTER_PLACE = (
    rf"(?<={TAKEN} )(?:aged )?%s[ -]{_AGE}\b{_NO_COUNT}"
    r"(?! (?:\w+ )?(?:people|voters|women|men|users|viewers|adults))"
)
_FROM = (
    _AFTER_PLACE % "(?:over|above|older than)",
    rf"\b(?:aged )?{_AGE}(?: years?)?(?: old)?(?: and | or )(?:over|above|older|up|more)\b{_NO_COUNT}(?! than)",
    rf"\b(?:aged |ages? )?{_AGE} ?(?:\+|plus\b)s?",
    rf"\bover(?:-| |-the-| the )(?:age of )?{_AGE}{_OLDS}",
    rf"\b(?:over|above|older than|past) the age of {_AGE}\b",
    rf"\b(?P<who>{_WHO}) (?:who (?:are|were) )?(?:aged )?(?:over|above|older than)[ -]{_AGE}\b{_NO_COUNT}",
)
_BELOW = (
    _AFTER_PLACE % "(?:under|below|younger than)",
    rf"\b(?:under|below)[ -](?:the )?{_AGE}{_OLDS}",
    rf"\b(?:under|below|younger than) the age of {_AGE}\b",
    rf"\b(?P<who>{_WHO}) (?:who (?:are|were) )?(?:aged )?(?:under|below|younger than)[ -]{_AGE}\b{_NO_COUNT}",
)
_UP_TO = (rf"\b(?:aged )?{_AGE} (?:and|or) (?:under|younger|below)\b",)
_ONE = (rf"\b{_AGE}[- ]year[- ]olds?\b", rf"\baged {_AGE}\b(?!-)")
_NUMBERED: Final[tuple[tuple[tuple[str, ...], Callable[..., AgeBand]], ...]] = (
    (_RANGE, AgeBand),
    (_FROM, lambda low: AgeBand(low, OLDEST)),
    (_UP_TO, lambda high: AgeBand(0, high)),
    (_BELOW, lambda high: AgeBand(0, high - 1)),
    (_ONE, lambda age: AgeBand(age, age)),
)
_BANDS: Final[Mapping[str, AgeBand]] = {
    r"\bpensioners?\b|\bpeople of pension age\b|\bof pension(?:able)? age\b": AgeBand(66, OLDEST),
    r"\bteen(?:ager)?s\b": AgeBand(13, 19),
    r"\b(?:of|at) working age\b|\bworking[- ]age(?= (?:people|adults|voters))": AgeBand(16, 64),
    r"\bof voting age\b|\bvoting[- ]age(?= (?:people|adults))": AgeBand(18, OLDEST),
}
_FEMALE = r"\b(?:women|woman|females?|ladies)\b"
_MALE = r"\b(?:men|man|males?|gentlemen)\b"


def read_age(sentence: Sentence, is_part: bool = False) -> AgeBand | None:
    """The ages that are said, read away; None for everybody. "Over 55" is 55 and over, as platforms' bands have it.

    `is_part`: nothing is counted here, so that a bare "over 55" is an age too. Raises ClaimUnclear for two ages.
    """
    if is_part and (match := sentence.take(rf"^[{TAKEN}\s]*(?:aged )?(over|above|under|below) {_AGE}\b")):
        age = int(match[2])
        return AgeBand(age, OLDEST) if match[1] in ("over", "above") else AgeBand(0, age - 1)
    found = [band for band in (_age(sentence), _age(sentence)) if band]
    if len(found) > 1 and found[0] != found[1]:
        raise ClaimUnclear("Two groups of ages in one sentence", "Ask about one at a time.")
    return found[0] if found else None


def _age(sentence: Sentence) -> AgeBand | None:
    for patterns, make in _NUMBERED:
        for pattern in patterns:
            if match := re.search(pattern, sentence.left):
                return _band(sentence, match, make)
    for pattern, band in _BANDS.items():
        if sentence.take(pattern):
            return band
    decade = sentence.take(rf"\bin their (?:(\d0)s|({'|'.join(_TENS)}))\b")
    return AgeBand(low, low + 9) if decade and (low := int(decade[1] or _TENS[decade[2]])) else None


def _band(sentence: Sentence, match: re.Match[str], make: Callable[..., AgeBand]) -> AgeBand:
    who = match.groupdict().get("who") or ""
    sentence.blank(match.start() + len(who), match.end())  # "women" stays to be read as women
    numbers = [int(group) for group in match.groups() if group and group.isdigit()]
    try:
        return make(*numbers)
    except ValueError:
        raise ClaimUnclear(f'"{match[0]}" are no ages', "Check them.") from None


def read_gender(sentence: Sentence) -> Gender:
    """ "women", "men"; both or neither is everybody."""
    female, male = sentence.take_all(_FEMALE), sentence.take_all(_MALE)
    if bool(female) == bool(male):
        return "all"
    return "female" if female else "male"
