"""What every page says in the same words: platforms, measures, how new the numbers are, what is missing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd

from analytics.model.interval import Interval
from analytics.model.metrics import METRICS
from analytics.model.reach import Reach
from analytics.people.places import find_place
from analytics.questions.held import Freshness, freshness, undated
from analytics.questions.reached import Reached
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.sources import SOURCES

PLATFORMS: Final = {
    "facebook": "Facebook", "instagram": "Instagram", "meta": "Meta ads", "youtube": "YouTube",
    "tiktok": "TikTok", "x": "X", "snapchat": "Snapchat", "google": "Google", "origin": "WFA Origin",
    "other": "other platforms",
}  # fmt: skip
MEASURES: Final = {
    "views_3s": "3-second plays", "views_2s": "2-second plays", "views_6s": "6-second plays",
    "views_15s": "15-second plays", "views_30s": "30-second plays", "views_1m": "1-minute plays",
    "views_25pct": "plays to a quarter", "views_50pct": "plays to half", "views_75pct": "plays to three quarters",
    "completions": "plays to the end", "views_share": "views", "impressions_share": "impressions", "reach": "people",
    "viewers_3s": "viewers of 3 seconds", "spend": "spend",
}  # fmt: skip
BOTH: Final = "Meta (Facebook and Instagram together)"
_CARDS: Final = "SELECT 1 FROM facts WHERE platform = 'meta' AND object_kind = 'account' AND is_ours LIMIT 1"
TITLES: Final = {known.name: known.title for known in SOURCES}
_MAPPED: Final = "mapped."
_MANY: Final = 5
_MOST_SOURCES: Final = 3
_LONGEST: Final = 80
HOW: Final = {
    "reported": "counted once by the platform",
    "bounds": "hard bounds",
    "calibrated": "estimated, calibrated on our own past",
    "modelled": "modelled",
}
WHO: Final = {"female": "women", "male": "men"}


def platform(name: str, sight: Sight | None = None) -> str:
    """As people call it. Meta's numbers are those of ads, but where `sight` holds a card of both its platforms."""
    if name == "meta" and sight is not None and len(sight.facts.frame(_CARDS)):
        return BOTH
    return PLATFORMS.get(name, name)


def on(name: str, sight: Sight | None = None) -> str:
    """ "on Facebook", "in Meta ads" """
    said = platform(name, sight)
    return f"{'in' if said.endswith(' ads') else 'on'} {said}"


def where(names: Sequence[str], sight: Sight) -> str:
    """ "on Facebook and TikTok, and in Meta ads" """
    told = {name: on(name, sight) for name in names}
    platforms = [said.removeprefix("on ") for said in told.values() if said.startswith("on ")]
    ads = [said for said in told.values() if said.startswith("in ")]
    both = [*([f"on {words.listed(platforms)}"] if platforms else []), *ads]
    return ", and ".join(both) if len(platforms) > 1 else words.listed(both)


def measure(name: str) -> str:
    """In the plural: "3-second plays", "impressions"."""
    return MEASURES.get(name) or (name.replace("_", " ") if METRICS[name].unit == "count" else METRICS[name].meaning)


def rate(numerator: str, denominator: str) -> str:
    """ "reactions per 3-second play" """
    return f"{measure(numerator)} per {measure(denominator).removesuffix('s')}"


def group(age: str, gender: str) -> str:
    """ "women 55+", "men 25–34", "people 18–24 of unknown gender" """
    if age == "unknown" or gender == "unknown":
        known = "" if age == "unknown" else f" {age.replace('-', '–')}"
        return f"{WHO.get(gender, 'people')}{known} of unknown {'age' if gender in WHO else 'gender'}"
    return f"{WHO.get(gender, gender)} {age.replace('-', '–')}"


def place(value: str) -> str:
    """A place by its name where it is one of ours: "E14001109" is Bolsover."""
    found = find_place(value)
    return found.name if found else value


def title(text: str, otherwise: str = "") -> str:
    """A post's own words, in one line, cut at a word."""
    said = " ".join(text.split()) or otherwise
    return said if len(said) <= _LONGEST else said[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + " …"


def upper(text: str) -> str:
    """With a capital at the beginning, and the rest as it is."""
    return text[:1].upper() + text[1:]


def many(number: int, noun: str, plural: str = "") -> str:
    """ "1 post", "12 posts" """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def days(sight: Sight) -> str:
    return words.period(sight.window)


def people(reach: Reach | None) -> str:
    """In a sentence, with a point where the past calibrates one. What is modelled on nobody's past says so, after the
    floor that holds whatever the model says."""
    if reach is None:
        return "an unknown number of people"
    if reach.how == "modelled":
        floor = words.outwards(reach.bounds).low
        range_ = words.between(reach.people).removesuffix(" people")
        return f"at least {words.whole(floor)} people (modelled: {range_})" if floor >= 1 else (
            f"{range_} people (modelled)"
        )  # fmt: skip
    if reach.point is not None and not reach.people.is_exact:
        return f"about {words.whole(_to_two(reach.point))} people ({words.between(reach.people)})"
    return words.between(reach.people)


def source(name: str) -> str:
    """An export's kind as its platform calls it; of one's own mapping, the mapping's name."""
    if name.startswith(_MAPPED):
        return f"your mapping “{name.removeprefix(_MAPPED).replace('_', ' ')}”"
    return TITLES.get(name, name)


def exports(sight: Sight, *platforms: str) -> str:
    """The exports that the window's numbers come from, those of some platforms only where they are named."""
    told = [item for item in freshness(sight.facts) if not platforms or set(platforms) & set(item.platforms)]
    names = [source(item.source) for item in told]
    more = [f"{len(names) - _MOST_SOURCES} more"] if len(names) > _MOST_SOURCES + 1 else []
    return words.listed([*(names[:_MOST_SOURCES] if more else names), *more]) or "Platform exports"


def fresh(sight: Sight) -> str:
    """How new the newest and the oldest numbers of the window are."""
    told = freshness(sight.facts)
    if not told:
        return ""
    newest, oldest = told[0], told[-1]
    if newest.newest.date() == oldest.newest.date():
        return f"All numbers were downloaded on {words.day(newest.newest.date())}."
    return f"The newest are of {_of(newest)}, the oldest of {_of(oldest)}."


def _of(told: Freshness) -> str:
    return f"{words.day(told.newest.date())} ({source(told.source)})"


def as_of(sight: Sight) -> date | None:
    """The day of the newest download."""
    told = freshness(sight.facts)
    return told[0].newest.date() if told else None


def missing(sight: Sight, reached: Reached | None = None) -> tuple[str, ...]:
    """What the window's numbers do not hold: silent platforms, rows left out, periods that nobody stated."""
    silent = [platform(name, sight) for name in (reached.silent if reached else ())]
    told = [f"{words.listed(silent)} {'does' if len(silent) == 1 else 'do'} not count people"] if silent else []
    told += [
        f"{source(item.source)}: {many(item.refused, 'row')} left out of {many(item.files, 'file')}"
        for item in freshness(sight.facts)
        if item.refused
    ]
    names = undated(sight.facts)
    if names:
        they = "it covers is" if len(names) == 1 else "they cover is"
        told.append(f"{words.listed(names)}: which days {they} not said; import again with --from and --to")
    return tuple(told)


def compact(table: pd.DataFrame) -> pd.DataFrame:
    """Without columns that hold nothing, and with one column for two ends that are the same in every row.

    "At least" and "At most" become "Number"; "Spend, at least £" and its like "Spend £". People and plays are whole:
    the low end rounded down, the high end up.
    """
    kept = table[[name for name in table if len(table) == 0 or any(_is_told(value) for value in table[name])]]
    kept = kept.assign(**{str(name): kept[name].map(end) for name in kept if (end := _WHOLE.get(str(name)))})
    for low in [name for name in kept if "at least" in str(name).lower()]:
        high = low.replace("least", "most")
        if high in kept and (kept[low].eq(kept[high]) | (kept[low].isna() & kept[high].isna())).all():
            one = low.lower().replace(", at least", "").replace("at least", "number" if low == "At least" else "share")
            kept = kept.drop(columns=high).rename(columns={low: upper(one)})
    return kept


def _down(value: float | None) -> float | None:
    return value if value is None or not math.isfinite(value) else float(math.floor(value + _SAME))


def _up(value: float | None) -> float | None:
    return value if value is None or not math.isfinite(value) else float(math.ceil(value - _SAME))


_SAME: Final = 1e-6
_WHOLE: Final = {
    f"{of}{end}": way
    for end, way in (("t least", _down), ("t most", _up))
    for of in ("A", "People, a", "Users, a", "Impressions, a")
} | {"Best estimate": _down}


def _is_told(value: object) -> bool:
    return bool(not pd.isna(value) and value != "")


def _to_two(number: float) -> float:
    """Two figures are as many as an estimate has."""
    return float(f"{number:.2g}")


def against_usual(now: Interval, usual: Interval) -> str:
    """ "about as usual", "at least 20% more than usual", "at least 3.1 times the usual"; many times as much is said
    without its figure."""
    if now.low > usual.high * _MANY:
        return "far more than usual"
    if now.low > usual.high * 2:
        return f"at least {words.amount(math.floor(now.low / usual.high * 10) / 10, 'ratio')} times the usual"
    return words.compared(now, usual)
