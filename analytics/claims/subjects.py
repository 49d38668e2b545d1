"""What is counted: people, voters, users, or impressions, views and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .claim import Of
from .wording import TAKEN, Sentence


@dataclass(frozen=True, slots=True)
class Subject:
    """`scale` turns the number said into the metric's unit (hours watched: 3,600 seconds)."""

    of: Of
    metric: str
    word: str  # as the strongest sentence says it
    start: int
    end: int
    scale: float = 1


_PEOPLE: Final[dict[str, tuple[Of, str, str]]] = {
    r"(?:registered |individual )?(?:voters?|electors?)|electorate": ("voters", "reach", "voters"),
    r"(?:unique |individual )?users?": ("users", "reach", "people"),
    r"followers|subscribers": ("people", "followers", "followers"),
    r"(?:unique |different |individual |real |ordinary )*(?:people|persons?|individuals|members of the public"
    r"|residents|brits|constituents|britons|citizens|accounts|adults|viewers?|watchers|audience"
    r"|(?:the )?public|population|reach)": (
        "people",
        "reach",
        "people",
    ),
}
_COUNTS: Final[dict[str, tuple[str, float]]] = {
    r"(?:ad |advert |paid |organic |total )?impressions": ("impressions", 1),
    r"engaged[ -]views": ("engaged_views", 1),
    r"(?:2|two)[ -]second (?:video )?(?:views|plays)": ("views_2s", 1),
    r"(?:3|three)[ -]second (?:video )?(?:views|plays)": ("views_3s", 1),
    r"(?:6|six)[ -]second (?:video )?(?:views|plays)": ("views_6s", 1),
    r"(?:15|fifteen)[ -]second (?:video )?(?:views|plays)|thruplays": ("views_15s", 1),
    r"(?:30|thirty)[ -]second (?:video )?(?:views|plays)": ("views_30s", 1),
    r"(?:1|one)[ -]minute (?:video )?(?:views|plays)": ("views_1m", 1),
    r"completed (?:views|plays)|completions|completes": ("completions", 1),
    r"(?:video )?(?:views|plays|viewings)": ("views", 1),
    r"link[ -]clicks": ("link_clicks", 1),
    r"clicks": ("clicks", 1),
    r"(?:profile|page) visits": ("profile_visits", 1),
    r"new followers|follows|new subscribers": ("follows", 1),
    r"reactions": ("reactions", 1),
    r"likes": ("likes", 1),
    r"comments": ("comments", 1),
    r"shares|reposts|retweets": ("shares", 1),
    r"saves|bookmarks": ("saves", 1),
    r"replies": ("replies", 1),
    r"engagements|interactions": ("engagements", 1),
    r"hours(?: of)?(?: watch(?: |-)?time| viewing)?(?: watched)?": ("watch_time", 3600),
    r"minutes(?: of)?(?: watch(?: |-)?time| viewing)?(?: watched)?": ("watch_time", 60),
}
_DONE: Final = {
    r"\b(?:viewed|watched|played)\b": "views",
    r"\bshared\b": "shares",
    r"\bliked\b": "likes",
    r"\bclicked\b": "clicks",
}  # "our clip was shared 5,000 times"
_TIMES: Final = r"(?:once|twice|(?:two|three|four|five|[1-5]) times)"
_TIMES_SEEN: Final = {"once": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_NEAR = (
    rf"(?:{TAKEN}|\b(?:of|our|the|all|total|those|different|combined|video|their|your|unique|organic|paid|s)\b|[\s-])*"
)


def read_frequency(sentence: Sentence) -> str:
    """The people metric of "saw it at least twice" or "watched for 3 seconds", read away; "" where nothing is said."""
    seen = re.search(r"\b(?:saw|seen|see|watched|viewed|reached)\b", sentence.left)
    times = re.search(
        rf"\b(?:at least |more than |no fewer than )?{_TIMES}(?: or more)?\b(?! (?:as|the|more))", sentence.left
    )
    if times and seen and seen.start() < times.start():
        number = _times(times[0])
        if number <= 5:
            sentence.blank(*times.span())
            return "reach" if number == 1 else f"reach_{number}plus"
    if sentence.take(r"\bfor (?:at least |more than |over )?(?:3|three) seconds(?: or more)?"):
        return "viewers_3s"
    if sentence.take(r"\bfor (?:at least |more than |over )?(?:(?:a|one|1) minute|(?:60|sixty) seconds)(?: or more)?"):
        return "viewers_1m"
    return ""


def _times(words: str) -> int:
    word = next(word for word in words.split() if word in _TIMES_SEEN or word.isdigit())
    return (_TIMES_SEEN.get(word) or int(word)) + words.startswith("more than")


def read_subject(sentence: Sentence, start: int) -> Subject | None:
    """What the number at `start` counts: the noun that follows it, else the one that is said before; read away.

    None where the sentence has none ("a million saw it").
    """
    found = sorted(
        _subjects(sentence), key=lambda subject: (subject.start < start, abs(subject.start - start), -subject.end)
    )
    if not found:
        return None
    chosen = found[0]
    after = [subject for subject in found if subject.start >= start]
    before = [subject for subject in found if subject.start < start and subject.of == "count"]
    if before and not (after and _stands_at(sentence, start, after[0].start)):
        chosen = before[-1]  # "impressions topped 250,000 among voters"
    sentence.blank(chosen.start, chosen.end)
    return chosen


def _stands_at(sentence: Sentence, start: int, noun: int) -> bool:
    return re.fullmatch(_NEAR, sentence.left[start:noun]) is not None


def _subjects(sentence: Sentence) -> list[Subject]:
    found = []
    for pattern, (metric, scale) in _COUNTS.items():
        for match in re.finditer(rf"\b(?:{pattern})\b", sentence.left):
            found.append(Subject("count", metric, metric.replace("_", " "), *match.span(), scale))
    for pattern, (of, metric, word) in _PEOPLE.items():
        for match in re.finditer(rf"\b(?:{pattern})\b", sentence.left):
            found.append(Subject(of, metric, word, *match.span()))
    for match in re.finditer(r"\btimes\b", sentence.left):
        metric = next((metric for verb, metric in _DONE.items() if re.search(verb, sentence.left)), "impressions")
        found.append(Subject("count", metric, metric, *match.span()))
    return [one for one in found if not any(_inside(one, other) for other in found)]


def _inside(one: Subject, other: Subject) -> bool:
    """The longer of two that overlap is meant: "engaged views", not "views"."""
    return (other.start <= one.start and one.end <= other.end) and (other.end - other.start > one.end - one.start)
