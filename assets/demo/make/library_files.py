"""Two looks at the Ad Library, a day apart: three invented advertisers, all of their ads; one is gone the next day."""

from __future__ import annotations

from datetime import date, timedelta
from math import isqrt

from .audience import AGES
from .postings import FIRST, PAGE, PAGE_NAME
from .tables import as_json

_PAGES = (
    (PAGE, PAGE_NAME, "Orchard Party", 5, 2),
    ("310044716209355", "Bellwether Party", "Bellwether Party", 9, 7),
    ("310071935520846", "Hearth and Home Alliance", "Hearth and Home Alliance Ltd", 5, 4),
)
_LINES = {
    PAGE_NAME: ("Forty thousand homes? Fourteen.", "A key is not a press release", "Your rent, their targets"),
    "Bellwether Party": ("We are building", "Forty thousand homes since spring", "A key by Christmas", "Steady hands"),
    "Hearth and Home Alliance": ("Hands off our green fields", "Who pays for new towns?"),
}
_LADDER = (0, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
VANISHED = 3  # the place of the ad that is gone, among the second page's


def library(day: date) -> bytes:
    """All ads of the three pages as the library showed them on that morning."""
    ads = [ad for place, page in enumerate(_PAGES) for ad in _ads(place, page, day)]
    return as_json({"data": ads})


def _ads(place: int, page: tuple[str, str, str, int, int], day: date) -> list[dict[str, object]]:
    number, name, funder, many, scale = page
    found = []
    for turn in range(many):
        started = FIRST + timedelta(days=(turn * 5 + place * 3) % 13)
        is_gone = place == 1 and turn == VANISHED and day > FIRST + timedelta(days=13)
        if started < day and not is_gone:
            found.append(
                _ad(
                    f"{90 + place}{11_870_045 + turn * 7919:08d}443",
                    number,
                    name,
                    funder,
                    started,
                    day,
                    turn * 7 % 11 + scale,
                )
            )
    return found


def _ad(ad: str, page: str, name: str, funder: str, started: date, day: date, size: int) -> dict[str, object]:
    impressions = min((day - started).days, 7) * size * size * 260
    lines = _LINES[name]
    return {
        "id": ad, "ad_creation_time": started.isoformat(), "ad_delivery_start_time": started.isoformat(),
        "ad_snapshot_url": f"https://www.facebook.com/ads/archive/render_ad/?id={ad}",
        "ad_creative_bodies": [lines[size % len(lines)]], "page_id": page, "page_name": name, "bylines": funder,
        "currency": "GBP", "impressions": _range(impressions), "spend": _range(impressions * 7 // 1000),
        "demographic_distribution": _people(size), "delivery_by_region": _regions(size),
    }  # fmt: skip


def _range(number: int) -> dict[str, str]:
    if number >= _LADDER[-1]:
        return {"lower_bound": str(_LADDER[-1])}
    top = next(step for step in _LADDER if step > number)
    return {"lower_bound": str(_LADDER[_LADDER.index(top) - 1]), "upper_bound": str(top - 1)}


def _people(size: int) -> list[dict[str, str]]:
    """Each ad leans to an age of its own."""
    weights = {
        (age, gender): 4 + isqrt(40 * (6 - abs(place - 1 - size % 6))) + (3 if gender == "female" and size % 2 else 0)
        for place, age in enumerate(AGES) if place
        for gender in ("female", "male")
    }  # fmt: skip
    whole = sum(weights.values())
    return [
        {"percentage": f"{weight / whole:.6f}", "age": age, "gender": gender}
        for (age, gender), weight in weights.items()
    ]


def _regions(size: int) -> list[dict[str, str]]:
    wales, scotland = 60 + size % 5 * 30, 40 + size % 7 * 25
    shares = {"England": 1000 - wales - scotland, "Wales": wales, "Scotland": scotland}
    return [{"percentage": f"{share / 1000:.3f}", "region": name} for name, share in shares.items()]
