"""Facebook's videos and reach, and Ads Manager, as they are downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from .audience import AGES, GENDERS, Seat
from .postings import AD, AD_NAME, FIRST, LAST, PAGE, PAGE_NAME
from .showing import Showing, Shown, people, people_by_seat
from .tables import Cell, as_csv, resaved, with_bom

POUNDS_A_THOUSAND = 6.4
_CELLS = [(gender, age) for age in range(1, len(AGES)) for gender in (0, 1)]
_LETTER = {0: "F", 1: "M"}
_HEAD = (
    "Video asset ID", "Universal video ID", "Page ID", "Page name", "Title", "Duration (sec)", "Publish time",
    "Custom labels", "Data comment", "Date", "Impressions", "Reach", "3-second video views", "1-minute video views",
    "Seconds viewed", "Average Seconds viewed", "3-second viewers", "Reactions, comments and shares", "Reactions",
    "Comments", "Shares",
)  # fmt: skip
_ABROAD = (("Ireland (IE)", 160), ("Spain (ES)", 410), ("United States (US)", 700))  # one in so many plays


def videos(facebook: Shown) -> bytes:
    """The videos of the two weeks, lifetime figures, as downloaded after them."""
    return with_bom(_videos(facebook, [s for s in _own(facebook) if s.post.at.date() >= FIRST]))


def videos_before(facebook: Shown) -> bytes:
    """The videos of the weeks before, downloaded on 20 November, opened in a spreadsheet and saved again."""
    return resaved(_videos(facebook, [s for s in _own(facebook) if s.post.at.date() < FIRST]))


def _own(facebook: Shown) -> list[Showing]:
    return sorted((s for s in facebook.posts.values() if not s.post.partner), key=lambda s: s.post.at, reverse=True)


def _videos(facebook: Shown, rows: Sequence[Showing]) -> str:
    cut = [f"3-second video views by top audience ({_LETTER[gender]}, {AGES[age]})" for gender, age in _CELLS]
    where = ["3-second video views by country (United Kingdom (GB))"]
    where += [f"3-second video views by country ({name})" for name, _ in _ABROAD]
    return as_csv([(*_HEAD, *cut, *where), *(_video(showing) for showing in rows)])


def _video(showing: Showing) -> list[Cell]:
    post, plays = showing.post, showing.total("plays")
    minutes = showing.total("minute") if post.seconds > 60 else 0
    seconds = round(plays * min(post.seconds, 8 + post.seconds * 0.2), 3)
    acts = [showing.total(name) for name in ("reactions", "comments", "shares")]
    abroad = [plays // one_in for _, one_in in _ABROAD]
    return [
        post.id, "", PAGE, PAGE_NAME, post.title, post.seconds, f"{post.at:%m/%d/%Y %H:%M}", "", "", "Lifetime",
        showing.total("impressions"), int(showing.seen.sum()), plays, minutes, seconds,
        round(seconds / plays, 3) if plays else 0, int(showing.watched.sum()), sum(acts), *acts,
        *(int(showing.cells["plays"][age, gender]) for gender, age in _CELLS), plays - sum(abroad), *abroad,
    ]  # fmt: skip


def reach_card(facebook: Shown) -> bytes:
    """The card "Facebook reach" by day: UTF-16 with a byte order mark, as Business Suite gives it."""
    rows = [(f"{day.isoformat()}T00:00:00", str(many)) for day, many in facebook.people_of_day.items()]
    text = "sep=,\r\n" + as_csv([["Facebook reach"], ("Date", "Primary"), *rows], end="\r\n", quotes_all=True)
    return b"\xff\xfe" + text.encode("utf-16-le")


def page_reach(facebook: Shown) -> bytes:
    """What the page's overview said of each fortnight before, noted by the team in a table of its own."""
    rows = [
        (first.isoformat(), (first + timedelta(days=13)).isoformat(), many)
        for first, many in facebook.people_of_fortnight.items()
        if first < FIRST
    ]
    return as_csv([("From", "To", "People reached"), *rows]).encode()


def ads(bought: Showing) -> bytes:
    return _ads(bought, [], [([], bought.total("impressions"), int(bought.seen.sum()))])


def ads_by_age(bought: Showing, paid: Shown) -> bytes:
    reach, impressions = people(bought, paid.users), bought.cells["impressions"]
    cells: list[tuple[Sequence[str], int, int]] = [
        ([AGES[age], name], int(impressions[age, gender]), int(reach[age, gender]))
        for age in range(1, len(AGES))
        for gender, name in enumerate(GENDERS)
        if reach[age, gender]
    ]
    return _ads(bought, ["Age", "Gender"], cells)


def ads_by_region(bought: Showing, paid: Shown, where: Sequence[Seat]) -> bytes:
    nations = np.array([seat.nation for seat in where])
    reach, impressions = people_by_seat(bought, paid.users, len(where)), bought.seats["impressions"]
    cells: list[tuple[Sequence[str], int, int]] = [
        ([name], int(impressions[nations == name].sum()), int(reach[nations == name].sum()))
        for name in ("England", "Scotland", "Wales", "Northern Ireland")
        if reach[nations == name].any()
    ]
    return _ads(bought, ["Region"], cells)


def _ads(bought: Showing, cut: Sequence[str], cells: Sequence[tuple[Sequence[str], int, int]]) -> bytes:
    head = (
        "Reporting starts", "Reporting ends", "Ad name", "Ad ID", *cut, "Ad delivery", "Reach", "Impressions",
        "Frequency", "Amount spent (GBP)",
    )  # fmt: skip
    spent = _shares_of(round(bought.total("impressions") * POUNDS_A_THOUSAND / 10), [i for _, i, _ in cells])
    rows = [
        (FIRST.isoformat(), LAST.isoformat(), AD_NAME, AD, *names, "active", reach, impressions,
         f"{impressions / reach:.6f}", f"{pence / 100:.2f}")
        for (names, impressions, reach), pence in zip(cells, spent, strict=True)
    ]  # fmt: skip
    return with_bom(as_csv([head, *rows], quotes_all=True))


def _shares_of(whole: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers in these proportions that add up to `whole`."""
    steps = [whole * sum(weights[: place + 1]) // sum(weights) for place in range(len(weights))]
    return [step - before for before, step in zip([0, *steps], steps, strict=False)]


def by_seat(showing: Showing, shown: Shown, where: Sequence[Seat], heads: tuple[str, str], *, least: int = 0) -> bytes:
    """A table by seat of somebody else's making; numbers below `least` are held back, as "<10"."""
    reach, impressions = people_by_seat(showing, shown.users, len(where)), showing.seats["impressions"]
    rows = [
        (showing.post.id, seat.name, _held(int(impressions[place]), least), _held(int(reach[place]), least))
        for place, seat in enumerate(where)
        if impressions[place]
    ]
    return as_csv([(*heads, "Impressions", "Reach"), *rows]).encode()


def in_all(showing: Showing) -> bytes:
    """The same post's totals."""
    row = (showing.post.id, showing.post.title, f"{showing.post.at:%d/%m/%Y %H:%M}", showing.total("impressions"),
           int(showing.seen.sum()))  # fmt: skip
    return as_csv([("Post", "Title", "Posted", "Impressions", "Reach"), row]).encode()


def _held(number: int, least: int) -> Cell:
    return number if number >= least else f"<{least}"
