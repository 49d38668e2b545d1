"""How much a sentence says, and which numbers make it true: "at least 250,000", "nearly half"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final, Literal

from analytics.errors import ClaimUnclear

from .claim import Range
from .numbers import FRACTION, NUMBER, ORDINALS, SIMPLE, fraction_of, number_of
from .wording import TAKEN, Sentence

Kind = Literal["least", "more", "near", "about", "exact", "less", "most"]

NEARLY: Final = 0.95  # "nearly half" is true from 47.5 %
ABOUT: Final = 0.1  # "about half" is true from 45 % to 55 %

# What stands before a number. Longer ones first: "no more than" holds "more than".
_BEFORE: Final[dict[str, Kind]] = {
    r"(?:no|not) (?:fewer|less) than|at (?:the very )?least|a minimum of|minimum|as many as": "least",
    r"no more than|not more than|at most|up to|a maximum of|maximum|only|just(?! (?:over|under|short|shy|below|above))"
    r"|merely|a mere": "most",
    r"just (?:under|below|short of|shy of)|a (?:little|bit) (?:under|less than|short of)|slightly (?:under|less than)"
    r"|nearly|almost|close to|approaching|not quite|virtually|nearing|getting on for": "near",
    r"(?:(?:well|just|comfortably|slightly|significantly|a little|a bit|far|considerably|way) )?(?:more than|over|above"
    r"|in excess of|exceed(?:s|ed|ing)?|greater than|higher than|upwards of|north of|surpass(?:es|ed|ing)?"
    r"|topp(?:ed|ing)|tops|passed|beyond)": "more",
    r"(?:(?:well|far|significantly|considerably) )?(?:fewer than|less than|under|below|lower than)": "less",
    r"about|(?:somewhere )?around|roughly|approx(?:imately)?|some|circa|ca|c|in the region of"
    r"|(?:an )?estimated": "about",
    r"exactly|precisely": "exact",
}
_AFTER: Final[dict[str, Kind]] = {
    r"or more|or above|or higher|and (?:over|above|up|counting)|plus|\+|at least": "least",
    r"or (?:fewer|less|under)|at (?:the )?most": "most",
    r"or so|ish|-ish|give or take": "about",
}
_PREFIX = "|".join(rf"(?P<b{n}>{words})" for n, words in enumerate(_BEFORE))
_SUFFIX = "|".join(rf"(?P<a{n}>{words})" for n, words in enumerate(_AFTER))
_SHARE_OF = rf"(?:{SIMPLE}[ -](?:in|out of|of)[ -](?:every |each )?{SIMPLE}(?: (?:thousand|million|billion)\b)?)(?!\w)"
_EVERY = rf"(?:(?:one in )?every (?:{'|'.join(ORDINALS)}))"
_PERCENT = rf"(?:{NUMBER}[ -]?percent)"
_MONEY = rf"(?:£ ?{NUMBER}|{NUMBER} (?:pounds|quid)|{NUMBER}£)"
_PART_OF_MANY = r"(?: of)? (?:a|one) (?:hundred |)(?:dozen|thousand|million|billion)"
_AMOUNT = (
    rf"(?P<money>{_MONEY})|(?P<percent>{_PERCENT})|(?P<ratio>{_SHARE_OF})|(?P<every>{_EVERY})"
    rf"|(?P<fraction>{FRACTION}(?!{_PART_OF_MANY}))|(?P<number>{NUMBER})"
)
_QUANTITY = (
    rf"(?<![\w.,])(?:(?:{_PREFIX}) (?:than )?)?(?:the |a total of |an estimated |a whopping )?"
    rf"(?:{_AMOUNT})(?![ -](?:second|minute) (?:video )?(?:views|plays))(?: ?(?:{_SUFFIX})(?!\w))?"
)
_BETWEEN = (
    r"(?:(?:somewhere |anywhere )?(?:between|from|about|around|roughly|some|an estimated) )?"
    rf"(?P<from>{NUMBER})(?P<fp> percent)?(?: and | to |-| - )(?P<to>{NUMBER})(?P<tp> percent)?"
)
_PEOPLE = r"(?:people|voters?|adults?|women|woman|men|man|users?|viewers?|residents|constituents|electors|person)"


@dataclass(frozen=True, slots=True)
class Said:
    """`start` and `end`: where in the sentence it stands. `has_fraction`: a figure such as "1.234", without a scale."""

    means: Range
    is_share: bool
    start: int
    end: int
    is_money: bool = False
    has_fraction: bool = False


def read_quantity(sentence: Sentence) -> Said:
    """The one quantity of a sentence, read away. Raises ClaimUnclear for none, two, or a word that says no number."""
    said = _between(sentence) or _numeric(sentence) or _in_words(sentence)
    if said is None:
        raise ClaimUnclear("No number in it", 'Say how many: "at least 10,000 people", "one in three voters".')
    return said


def _between(sentence: Sentence) -> Said | None:
    match = re.search(rf"(?<![\w.,]){_BETWEEN}", sentence.left)
    if match is None or (match[0] == match["from"]):
        return None
    is_share = bool(match["fp"] or match["tp"])
    low, high = _both(match["from"], match["to"])
    sentence.blank(*match.span())
    if low > high:
        raise ClaimUnclear(f'"{match[0]}" runs backwards', "Say the smaller number first.")
    scale = 0.01 if is_share else 1
    return Said(Range(low * scale, high * scale), is_share, *match.span())


def _both(first: str, second: str) -> tuple[float, float]:
    """ "between 200 and 300 thousand": the scale of the second is the first's too where that has none."""
    low, high = number_of(first), number_of(second)
    scale = re.search(r"(?:hundred |)(?:thousand|million|billion|k|m|bn)$", second)
    if scale and re.fullmatch(r"[\d.]+", first) and low < high / number_of(scale[0]) * 1.000001:
        low *= number_of(scale[0])
    return low, high


def _numeric(sentence: Sentence) -> Said | None:
    match = sentence.take(_QUANTITY)
    if match is None:
        return None
    another = re.search(_QUANTITY, sentence.left)
    if another:
        raise ClaimUnclear(
            f'Two numbers in one sentence: "{match[0]}" and "{another[0]}"', "Ask about one number at a time."
        )
    amount, is_share = _amount(match)
    kind = _kind(match)
    has_fraction = bool(match["number"] and re.fullmatch(r"\d+\.\d+", match["number"]))
    return Said(_means(kind, amount), is_share, *match.span(), match["money"] is not None, has_fraction)


def _kind(match: re.Match[str]) -> Kind | None:
    for mark, kinds in (("b", _BEFORE), ("a", _AFTER)):
        for n, kind in enumerate(kinds.values()):
            if match[f"{mark}{n}"]:
                return kind
    return None


def _amount(match: re.Match[str]) -> tuple[float, bool]:
    """The number, and whether it is a share."""
    if match["money"]:
        found = re.search(NUMBER, match["money"].replace("£", " "))
        return number_of(found[0]) if found else math.nan, False
    if match["percent"]:
        return number_of(re.split(r"[ -]?percent", match["percent"])[0]) / 100, True
    if match["ratio"]:
        one, of = (number_of(m) for m in re.split(r"[ -](?:in|out of|of)[ -](?:every |each )?", match["ratio"]))
        if not of or one > of:
            raise ClaimUnclear(f'"{match["ratio"]}" is no share', "Say the smaller number first.")
        return one / of, True
    if match["every"]:
        return 1 / ORDINALS[match["every"].split()[-1]], True
    if match["fraction"]:
        return fraction_of(match["fraction"]), True
    return number_of(match["number"]), False


def _means(kind: Kind | None, amount: float) -> Range:
    """A bare number is a floor: "1.2 million people" is true of 1.3 million, and false of 1.19."""
    if amount == 0 and kind is None:
        return Range(0, 0)
    if math.isnan(amount):
        raise ClaimUnclear("A fraction of nothing", "Check the number.")
    return {
        "least": Range(amount),
        "more": Range(amount, is_low_open=True),
        "near": Range(amount * NEARLY),
        "about": Range(amount * (1 - ABOUT), amount * (1 + ABOUT)),
        "exact": Range(amount, amount),
        "less": Range(0, amount, is_high_open=True),
        "most": Range(0, amount),
    }[kind or "least"]


_NOBODY = (
    r"nobody|no one|no-one|none(?: of)?|not a single|not one|not any(?:one|body)?"
    rf"|no\b(?= [a-z\d{TAKEN}])"
)
_EVERYBODY = (
    r"(?:everyone|everybody|every single|every|each)(?! of our)"
    rf"|all(?: of)?(?: the)?(?= (?:{_PEOPLE}\b|{TAKEN}))|all(?= of (?:scotland|wales|england))"
)
_WORDED: Final[dict[str, tuple[Range, bool]]] = {
    r"(?:a|the) minority of": (Range(0, 0.5, is_high_open=True), True),
    r"(?:(?:a|the) )?majority of|most(?: of)?(?!-)": (Range(0.5, is_low_open=True), True),
    _NOBODY: (Range(0, 0), False),
    rf"(?:nearly|almost|virtually|practically) (?:{_EVERYBODY})": (Range(NEARLY), True),
    _EVERYBODY: (Range(1.0), True),
}


def _in_words(sentence: Sentence) -> Said | None:
    """Shares and counts without a number in them: most, nobody, everyone."""
    for pattern, (means, is_share) in _WORDED.items():
        if match := sentence.take(rf"\b(?:{pattern})(?!\w)"):
            return Said(means, is_share, *match.span())
    return None
