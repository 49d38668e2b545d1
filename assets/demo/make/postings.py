"""What the invented Orchard Party posted: its clips of The Long Table, and what it posts anyway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

FIRST, LAST = date(2026, 11, 20), date(2026, 12, 3)  # the two weeks that the reports are about
HISTORY = date(2026, 8, 28)  # six fortnights before
PAGE, PAGE_NAME = "310045518827461", "Orchard Party"
CHANNEL, HANDLE = "UCorchardpartyvideo00001", "orchardparty"
PARTNER, PARTNER_PAGE = "Tenants Together", "310062290713558"
AD, AD_NAME = "23861100449270118", "Forty thousand? | Town seats, 18-34"


@dataclass(frozen=True)
class Post:
    """`appeal` is how likely an average user is to see it at all; `young` and `women` above 0 favour those.

    `stay` is the part that watches three seconds or more, `moving` above 1 makes more of those act on it; `clip` counts
    our clips by their order in the broadcast.
    """

    platform: str
    id: str
    title: str
    at: datetime  # local
    seconds: int
    appeal: float
    stay: float
    young: float = 0.0
    women: float = 0.0
    moving: float = 1.0
    clip: int = 0
    seat: str = ""
    audience: str = ""
    partner: str = ""
    payment: str = "organic"
    recipe: str = ""
    days: int = 5  # for how long it is shown
    towns_only: bool = False

    @property
    def account(self) -> str:
        return PARTNER_PAGE if self.partner else PAGE


def _at(day: int, clock: str, month: int = 11) -> datetime:
    return datetime.combine(date(2026, month, day), time.fromisoformat(clock))


_COUNT = "How many homes have you built this year?"
_POINT = "“The number is not the point”"
_CHILD = "You cannot bring up a child in a press release"
CLIPS = (
    Post("facebook", "1188204417730951", _COUNT, _at(20, "22:41"), 15, 0.30, 0.44, clip=1, recipe="portrait"),
    Post("tiktok", "7592118045520366854", f"{_COUNT} #housing #TheLongTable", _at(20, "22:44"), 15, 0.26, 0.52,
         young=0.35, clip=1, recipe="vertical"),
    Post("youtube", "Qh40kOrch_1", _COUNT, _at(20, "22:52"), 15, 0.07, 0.6, clip=1, recipe="landscape"),
    Post("facebook", "1188204417731066", _POINT, _at(21, "07:30"), 12, 0.18, 0.38, young=-0.2, moving=0.8, clip=2,
         recipe="portrait"),
    Post("tiktok", "7592301177420901638", f"{_POINT} #housing", _at(21, "07:35"), 12, 0.34, 0.6, young=0.5,
         moving=0.9, clip=2, recipe="vertical"),
    Post("facebook", "1188204417731190", _CHILD, _at(22, "18:00"), 13, 0.26, 0.55, women=0.4, moving=1.7, clip=3,
         recipe="portrait"),
    Post("youtube", "Pr3ssR3l_03", _CHILD, _at(22, "18:10"), 13, 0.05, 0.7, women=0.3, moving=1.6, clip=3,
         recipe="landscape"),
    Post("tiktok", "7592844920117736710", f"{_CHILD} #housing", _at(22, "18:05"), 13, 0.15, 0.55, women=0.5,
         moving=1.8, clip=3, recipe="vertical"),
    Post("facebook", "1188204417731305", "Bolsover: how many homes have you built?", _at(24, "12:00"), 15, 0.02, 0.4,
         clip=1, seat="Bolsover", recipe="vertical"),
    Post("facebook", "1188204417731322", "Burnley: how many homes have you built?", _at(24, "12:05"), 15, 0.015, 0.4,
         clip=1, seat="Burnley", recipe="vertical"),
)  # fmt: skip
CARRIED = Post(
    "facebook", "4407716930285511", "Tenants Together: a child in a press release", _at(23, "19:00"), 13, 0.16, 0.5,
    women=0.2, clip=3, audience="Renters", partner=PARTNER, recipe="vertical", days=6,
)  # fmt: skip
BOUGHT = Post(
    "meta", AD, AD_NAME, _at(23, "08:00"), 15, 0.55, 0.35, young=0.2, clip=1,
    audience="Young adults in the town seats", payment="paid", recipe="vertical", days=11, towns_only=True,
)  # fmt: skip
POSTED = (*CLIPS, CARRIED, BOUGHT)

_USUAL = (
    "Doorstep report from Marlow Street", "What a damp flat costs", "Three buses, one job interview",
    "Ewan Tarrick at the Dyeworks", "Why the library closed at noon", "A surgery with no doctor", "Fix the towpath",
    "Who owns the empty mill?", "Market day, seven o'clock", "The school roof, again", "Forty minutes for an ambulance",
    "Rent up, repairs down",
)  # fmt: skip


def usual() -> list[Post]:
    """What it posts without us: Facebook twice a week, TikTok and YouTube once."""
    weeks = (LAST - HISTORY).days // 7 + 1
    found = []
    for week in range(weeks):
        monday = HISTORY + timedelta(days=7 * week + 3)
        for turn, (platform, offset, clock) in enumerate(
            (("facebook", 0, "18:30"), ("facebook", 3, "12:15"), ("tiktok", 1, "17:00"), ("youtube", 2, "16:00"))
        ):
            at = datetime.combine(monday + timedelta(days=offset), time.fromisoformat(clock))
            number = week * 4 + turn
            if at.date() <= LAST - timedelta(days=2):
                found.append(_ordinary(platform, number, at))
    return found


def _ordinary(platform: str, number: int, at: datetime) -> Post:
    ids = {
        "facebook": f"11882044{10_000_000 + number * 7919:08d}",
        "tiktok": f"7592{118_045_520_366_854 + (at.date() - FIRST).days * 371_085_174_374:015d}",
        "youtube": f"orch_{number:03d}-{(number * 7919) % 97:02d}",
    }
    title = _USUAL[(number * 5 + number // 12) % len(_USUAL)]
    appeal = {"facebook": 0.05, "tiktok": 0.06, "youtube": 0.022}[platform] * (0.7 + (number * 37 % 13) / 20)
    stay = 0.3 + (number * 17 % 11) / 100
    return Post(platform, ids[platform], title, at, 60 + number % 40, appeal, stay, young=0.1 if number % 3 else -0.2)
