"""Two looks at the Ad Library, a day apart: three invented advertisers, all of their ads; one is gone the next day.

Our own ad is the one of Ads Manager, under the library's own number: its ranges hold what was delivered by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import isqrt
from typing import TypeVar

from .audience import AGES, GENDERS
from .meta_files import POUNDS_A_THOUSAND
from .postings import FIRST, LAST, PAGE, PAGE_NAME
from .showing import Showing, Shown, people
from .tables import as_json

Key = TypeVar("Key")
_LOOKED = LAST  # the first look; the second is a day later

_OTHERS = (
    ("310044716209355", "Bellwether Party", "Bellwether Party", 9, 7),
    ("310071935520846", "Hearth and Home Alliance", "Hearth and Home Alliance Ltd", 5, 4),
)
_LINES = {
    "Bellwether Party": ("We are building", "Forty thousand homes since spring", "A key by Christmas", "Steady hands"),
    "Hearth and Home Alliance": ("Hands off our green fields", "Who pays for new towns?"),
}
_LADDER = (0, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
VANISHED = "9113093802443"  # of the Bellwether Party


def library(bought: Showing, paid: Shown, day: date) -> bytes:
    """All ads of the three pages as the library showed them on that morning."""
    ads = [_own(bought, paid, day), *(ad for place, page in enumerate(_OTHERS) for ad in _ads(place, page, day))]
    return as_json({"data": [ad for ad in ads if day <= _LOOKED or ad["id"] != VANISHED]})


def _own(bought: Showing, paid: Shown, day: date) -> dict[str, object]:
    delivered = sum(counted["impressions"] for on, counted in bought.daily.items() if on < day)
    reach = people(bought, paid.users)
    cells = {
        (AGES[age], name): int(reach[age, gender])
        for age in range(1, len(AGES))
        for gender, name in enumerate(GENDERS)
        if reach[age, gender]
    }
    return _ad(
        "901187004518443", (PAGE, PAGE_NAME, PAGE_NAME), bought.post.at.date(), bought.post.title.partition(" |")[0],
        (delivered, round(delivered * POUNDS_A_THOUSAND / 1000)), cells, {"England": 946, "Wales": 54},
    )  # fmt: skip


def _ads(place: int, page: tuple[str, str, str, int, int], day: date) -> list[dict[str, object]]:
    number, name, funder, many, scale = page
    found = []
    for turn in range(many):
        started, size = FIRST + timedelta(days=(turn * 5 + place * 3) % 14), turn * 7 % 11 + scale
        impressions, lines = min((day - started).days, 7) * size * size * 260, _LINES[name]
        if started < day:
            ad = f"91{place + 1}{turn}{93_802 + turn * 7919 * place:06d}443"
            found.append(
                _ad(ad, (number, name, funder), started, lines[size % len(lines)],
                    (impressions, impressions * 7 // 1000), _people(size), _regions(size))
            )  # fmt: skip
    return found


def _ad(
    ad: str, page: tuple[str, str, str], started: date, text: str, delivered: tuple[int, int],
    cells: Mapping[tuple[str, str], int], regions: Mapping[str, int],
) -> dict[str, object]:  # fmt: skip
    """`delivered`: impressions and pounds; `cells` and `regions` in any unit."""
    number, name, funder = page
    return {
        "id": ad, "ad_creation_time": started.isoformat(), "ad_delivery_start_time": started.isoformat(),
        "ad_snapshot_url": f"https://www.facebook.com/ads/archive/render_ad/?id={ad}",
        "ad_creative_bodies": [text], "page_id": number, "page_name": name, "bylines": funder,
        "currency": "GBP", "impressions": _range(delivered[0]), "spend": _range(delivered[1]),
        "demographic_distribution": [
            {"percentage": share, "age": age, "gender": gender} for (age, gender), share in _shares(cells).items()
        ],
        "delivery_by_region": [{"percentage": share, "region": place} for place, share in _shares(regions).items()],
    }  # fmt: skip


def _shares(parts: Mapping[Key, int]) -> dict[Key, str]:
    whole = sum(parts.values())
    return {name: f"{part / whole:.6f}" for name, part in parts.items()}


def _range(number: int) -> dict[str, str]:
    if number >= _LADDER[-1]:
        return {"lower_bound": str(_LADDER[-1])}
    top = next(step for step in _LADDER if step > number)
    return {"lower_bound": str(_LADDER[_LADDER.index(top) - 1]), "upper_bound": str(top - 1)}


def _people(size: int) -> dict[tuple[str, str], int]:
    """Each ad leans to an age of its own."""
    return {
        (age, gender): 4 + isqrt(40 * (6 - abs(place - 1 - size % 6))) + (3 if gender == "female" and size % 2 else 0)
        for place, age in enumerate(AGES)
        if place
        for gender in ("female", "male")
    }


def _regions(size: int) -> dict[str, int]:
    wales, scotland = 60 + size % 5 * 30, 40 + size % 7 * 25
    return {"England": 1000 - wales - scotland, "Wales": wales, "Scotland": scotland}
