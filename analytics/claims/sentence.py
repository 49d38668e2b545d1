"""The strongest sentence that is true, said so that it can be checked again by the same grammar."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from analytics.model.cells import OLDEST, AgeBand, Cell
from analytics.model.interval import Interval
from analytics.model.scope import Window

from .amounts import amount_words
from .claim import Claim
from .names import PLATFORM_NAMES
from .windows import EVER

_SEEN: Final = {
    "reach": "saw {}",
    "reach_2plus": "saw {} at least twice",
    "reach_3plus": "saw {} at least three times",
    "reach_4plus": "saw {} at least four times",
    "reach_5plus": "saw {} at least five times",
    "viewers_3s": "watched {} for at least 3 seconds",
    "viewers_1m": "watched {} for at least a minute",
}
_COUNTED: Final = {
    "views_2s": "2-second views", "views_3s": "3-second views", "views_6s": "6-second views",
    "views_15s": "15-second views", "views_30s": "30-second views", "views_1m": "1-minute views",
    "watch_time": "hours watched", "follows": "new followers", "link_clicks": "link clicks",
    "profile_visits": "profile visits", "engaged_views": "engaged views",
}  # fmt: skip
_OUR: Final = {"paid": "our ads", "organic": "our organic posts", "all": "our posts", "unknown": "our posts"}
_HELD: Final = {"paid": "all ads held", "organic": "all organic posts held"}
_ALL_HELD: Final = "all posts and ads held"  # of whoever: exports of libraries list everybody's
_SINGULAR: Final = {"people": "person", "women": "woman", "men": "man"}
_PLURAL: Final = r"^(?:people|women|men|impressions|views|shares|likes|comments|clicks|reactions|saves|engagements)\b"
HOUR: Final = 3600


def strongest(claim: Claim, known: Interval, window: Window) -> str:
    """`known` is in the claim's unit (people, counts, or a share). "" where nothing true can be said."""
    value = known.scaled(1 / HOUR) if claim.metric == "watch_time" and not claim.is_share else known
    amount = amount_words(claim.means, value, claim.is_share)
    if not amount:
        return ""
    if claim.metric == "spend":
        amount = " ".join("£" + word if word[0].isdigit() else word for word in amount.split())
    words = _of_part(claim) if claim.whole is not None else _plainly(claim)
    has_of = claim.is_share and (" one in " not in amount or claim.whole is not None)  # "one in five people"
    share_of = f"{amount} of" if has_of else amount
    named = f"({', '.join(claim.named)})" if claim.named else ""
    if amount.endswith(" 1"):
        words = re.sub(_PLURAL, lambda many: _SINGULAR.get(many[0], many[0].removesuffix("s")), words, count=1)
    return " ".join(part for part in (share_of, words, named, window_words(window)) if part) + "."


def _ours(claim: Claim) -> str:
    """ "our ads", or 'our clip "Waiting list"'."""
    if claim.is_anybodys and not claim.clip_names:
        return _HELD.get(claim.payment, _ALL_HELD)
    if not claim.clip_names:
        return _OUR[claim.payment]
    paid = {"paid": "paid ", "organic": "organic "}.get(claim.payment, "")
    return f"our {paid}clip{'s' if claim.clip_names[1:] else ''} " + " and ".join(
        f'"{name}"' for name in claim.clip_names
    )


def _plainly(claim: Claim) -> str:
    platforms = on_platforms(claim.platforms)
    if claim.of == "count":
        what = "spent" if claim.metric == "spend" else counted(claim.metric)
        among = who(claim.cell)
        return _joined(
            what, f"on {_ours(claim)}" if claim.metric == "spend" else f"of {_ours(claim)}",
            f"among {among}" if among else "", where(claim), platforms,
        )  # fmt: skip
    people = _people(claim)
    if claim.metric == "followers":
        return _joined("followers", f"among {who(claim.cell)}" if who(claim.cell) else "", where(claim), platforms)
    seen = _SEEN[claim.metric].format(_ours(claim))
    if claim.of == "users":
        return _joined(people, where(claim), platforms, seen)
    return _joined(people, where(claim), seen, platforms)


def _people(claim: Claim) -> str:
    if claim.of == "voters":
        gender = {"female": "female ", "male": "male "}.get(claim.cell.gender, "")
        return f"{gender}voters" + ("" if claim.cell.age == "18+" else f" {aged(claim.cell)}")
    if claim.target:
        return _joined(claim.target, f"among {who(claim.cell)}" if who(claim.cell) else "")
    return who(claim.cell) or "people"


def _of_part(claim: Claim) -> str:
    """ "our viewers on Facebook were women", "our views came from TikTok"."""
    whole = claim.whole or Cell()
    is_people = claim.of != "count"
    whose = "all" if claim.is_anybodys else "our"
    thing = f"{whose} viewers" if is_people else f"{whose} {counted(claim.metric)}"
    is_plain = claim.payment == "all" and not claim.clip_names and not claim.is_anybodys
    through = "" if is_plain else f"of {_ours(claim)}"
    among = f"among {who(whole)}" if who(whole) else ""
    place = where(claim) if whole.place != "all" else ""
    on = on_platforms(claim.whole_platforms)
    verb = "were" if is_people else "came from"
    rest = Cell(
        claim.cell.age if claim.cell.age != whole.age else "all",
        claim.cell.gender if claim.cell.gender != whole.gender else "all",
    )
    part = who(rest) or ("people" if is_people else "")
    part_place = where(claim) if claim.cell.place != whole.place else ""
    part_on = on_platforms(claim.platforms) if claim.platforms != claim.whole_platforms else ""
    told = _joined(part, part_place, part_on)
    return _joined(thing, through, among, place, on, verb, told.removeprefix("in ").removeprefix("on "))


def counted(metric: str) -> str:
    return _COUNTED.get(metric, metric.replace("_", " "))


def who(cell: Cell) -> str:
    """ "women aged 55 and over"; "" for everybody."""
    people = {"female": "women", "male": "men"}.get(cell.gender, "people" if cell.age != "all" else "")
    return _joined(people, aged(cell))


def aged(cell: Cell) -> str:
    band = AgeBand.from_label(cell.age)
    if band is None:
        return ""
    if band.high >= OLDEST:
        return f"aged {band.low} and over"
    if band.low == 0:
        return f"aged {band.high} and under"
    return f"aged {band.low}" if band.low == band.high else f"aged {band.low} to {band.high}"


def where(claim: Claim) -> str:
    """ "in the North West"; "" for everywhere."""
    if not claim.place_name:
        return ""
    has_the = claim.cell.place_kind == "region" and claim.place_name.startswith(("North", "South", "East", "West"))
    return f"in {'the ' if has_the else ''}{claim.place_name}"


def on_platforms(platforms: tuple[str, ...]) -> str:
    names = [PLATFORM_NAMES[platform] for platform in platforms]
    if not names:
        return ""
    return "on " + (names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1])


def window_words(window: Window) -> str:
    """ "from 1 to 30 November 2026", "on 22 November 2026", "up to 12 December 2019"."""
    if window.first == window.last:
        return f"on {day_words(window.first)}"
    if window.first <= EVER:
        return f"up to {day_words(window.last)}"
    if (window.first.year, window.first.month) == (window.last.year, window.last.month):
        return f"from {window.first.day} to {day_words(window.last)}"
    year = "" if window.first.year == window.last.year else f" {window.first.year}"
    return f"from {window.first.day} {window.first:%B}{year} to {day_words(window.last)}"


def day_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
