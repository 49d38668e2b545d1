"""The oracle: a few people are shown a few posts; whatever of it the exports tell, no verdict may be wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.claims.check import judge
from analytics.claims.from_lake import LakeEvidence
from analytics.model.interval import Interval
from analytics.people.population import Population
from analytics.questions.reached import Uniting
from tests.analytics.questions.small_lake import SmallLake

TODAY = date(2026, 11, 22)
FIRST = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = 4
AGES, GENDERS, PLACES = ("18-24", "65+"), ("female", "male"), ("E12000002", "E12000007")
SHAPES = ("total", "age", "gender", "both", "region", "none")
COVERAGES = ("some days", "days", "some days", "period", "lifetime", "unstated")
Person = tuple[str, str, str]
Cell = dict[str, object]


@dataclass(frozen=True)
class Post:
    """`shown`: on which day it was shown to which of the people, how often."""

    name: str
    platform: str
    shown: dict[tuple[int, int], int] = field(repr=False)
    told: tuple[tuple[str, str, str], ...]  # metric, shape, coverage


@dataclass(frozen=True)
class World:
    people: tuple[Person, ...] = field(repr=False)
    posts: tuple[Post, ...]
    rows: list[Cell] = field(default_factory=list, repr=False)


def _worlds(draw: st.DrawFn) -> World:
    person = st.tuples(*map(st.sampled_from, (AGES, GENDERS, PLACES)))
    size = draw(st.integers(4, 12))
    people = tuple(draw(st.lists(person, min_size=4, max_size=4)) * size)
    coverages = draw(st.sampled_from([(one,) for one in COVERAGES] + [COVERAGES]))
    told = st.tuples(st.sampled_from(("reach", "impressions")), st.sampled_from(SHAPES), st.sampled_from(coverages))
    posts = []
    for number in range(draw(st.integers(1, 2))):
        seed = draw(st.randoms(use_true_random=False))
        share = draw(st.sampled_from((0.05, 0.3, 0.9)))
        shown = {
            (day, who): seed.randint(1, 3)
            for day in range(DAYS)
            for who in range(len(people))
            if seed.random() < share / DAYS
        }
        platform = draw(st.sampled_from(("facebook", "youtube", "meta")))
        posts.append(Post(f"p{number}", platform, shown, tuple(draw(st.lists(told, min_size=1, max_size=2)))))
    return World(people, tuple(posts), _rows(people, posts))


worlds = st.composite(_worlds)()


def _rows(people: tuple[Person, ...], posts: list[Post]) -> list[Cell]:
    """What the exports tell. Every post has a row at least: somebody knows that it is there."""
    rows: list[Cell] = []
    for post in posts:
        thing = {"platform": post.platform, "object": post.name, "object_kind": _kind(post)}
        rows.append({**thing, "metric": "likes", "low": 0.0, **_stretch(0, DAYS, "period")})
        for metric, shape, coverage in dict.fromkeys(post.told):
            for days, when in _times(coverage):
                cells = _cells(people, post, metric, shape, days)
                rows += [{**thing, "metric": metric, "low": number, **cell, **when} for cell, number in cells]
    return rows


def _kind(post: Post) -> str:
    return "ad" if post.platform == "meta" else "post"


def _times(coverage: str) -> list[tuple[range, Cell]]:
    if coverage == "period":
        return [(range(DAYS), _stretch(0, DAYS, "period"))]
    if coverage in ("lifetime", "unstated"):
        return [(range(DAYS), {"grain": coverage})]
    days = range(DAYS) if coverage == "days" else range(0, DAYS, 2)
    return [(range(day, day + 1), _stretch(day, day + 1, "day")) for day in days]


def _stretch(first: int, last: int, grain: str) -> Cell:
    return {"grain": grain, "start": FIRST + timedelta(days=first), "end": FIRST + timedelta(days=last)}


def _cells(people: tuple[Person, ...], post: Post, metric: str, shape: str, days: range) -> list[tuple[Cell, float]]:
    cut: dict[str, Callable[[Person], Cell]] = {
        "total": lambda _: {},
        "age": lambda one: {"age": one[0]},
        "gender": lambda one: {"gender": one[1]},
        "both": lambda one: {"age": one[0], "gender": one[1]},
        "region": lambda one: {"place": one[2], "place_kind": "region"},
    }
    if shape == "none":
        return []
    by: dict[tuple[tuple[str, object], ...], list[int]] = {}
    for (day, who), times in post.shown.items():
        if day in days:
            by.setdefault(tuple(cut[shape](people[who]).items()), []).extend([who] * times)
    return [(dict(cell), float(len(set(who)) if metric == "reach" else len(who))) for cell, who in by.items()]


GROUPS: tuple[tuple[str, Callable[[Person], bool]], ...] = (
    ("people", lambda _: True),
    ("women", lambda one: one[1] == "female"),
    ("people aged 18 to 24", lambda one: one[0] == "18-24"),
    ("women aged 65 and over", lambda one: one[0] == "65+" and one[1] == "female"),
    ("people in the North West", lambda one: one[2] == PLACES[0]),
)
ON: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("facebook", "youtube", "meta")), (" on YouTube", ("youtube",)),
)  # fmt: skip
WHEN = " from 1 to 4 November 2026"


def _truth(world: World, group: Callable[[Person], bool], platforms: tuple[str, ...], least: int = 1) -> int:
    times: dict[int, int] = {}
    for post in world.posts:
        if post.platform in platforms:
            for (_, who), shown in post.shown.items():
                times[who] = times.get(who, 0) + shown
    return sum(group(world.people[who]) for who, shown in times.items() if shown >= least)


def _shown(world: World, group: Callable[[Person], bool], platforms: tuple[str, ...]) -> int:
    return sum(
        shown
        for post in world.posts
        if post.platform in platforms
        for (_, who), shown in post.shown.items()
        if group(world.people[who])
    )


class OneDatabase(SmallLake):
    """Filled once: every question of one example is about the same rows."""

    @cached_property
    def _filled(self) -> duckdb.DuckDBPyConnection:
        made = super().connect()
        made.execute("ALTER TABLE receipts ADD COLUMN name VARCHAR")
        made.execute("ALTER TABLE receipts ADD COLUMN snapshot_at TIMESTAMPTZ")
        return made

    def connect(self) -> duckdb.DuckDBPyConnection:
        connection = self._filled.cursor()
        connection.execute("SET TimeZone = 'UTC'")
        return connection


@cache
def _tables() -> Population:
    return Population.load()


def _evidence(world: World) -> LakeEvidence:
    published = [
        {"platform": post.platform, "object": post.name, "object_kind": _kind(post), "published_at": FIRST,
         "snapshot_at": FIRST, "import_id": "i"}
        for post in world.posts
    ]  # fmt: skip
    lake = OneDatabase(values=world.rows, objects=published)
    return LakeEvidence(lake, _tables(), Uniting(lambda _: None, Interval.exactly(60e6)))  # type: ignore[arg-type]


@settings(max_examples=15, deadline=None)
@given(worlds, st.sampled_from(GROUPS), st.sampled_from(ON), st.sampled_from(("people", "twice", "impressions")))
def test_no_true_sentence_is_impossible_and_no_false_one_supported(
    world: World,
    group: tuple[str, Callable[[Person], bool]],
    on: tuple[str, tuple[str, ...]],
    what: str,
) -> None:
    (who, is_in), (where, platforms) = group, on
    if what == "impressions":
        group_said = {"people": "", "people in the North West": " in the North West"}.get(who, f" among {who}")
        truth, said = _shown(world, is_in, platforms), f"{{}} impressions of our posts{group_said}{where}{WHEN}"
    else:
        often = " at least twice" if what == "twice" else ""
        truth = _truth(world, is_in, platforms, 2 if often else 1)
        said = f"{{}} {who} saw our videos{often}{where}{WHEN}"
    evidence, offered = _evidence(world), set[str]()
    for amount, is_true in (
        (f"at least {truth}", True), (f"at most {truth}", True), (f"at least {truth + 1}", False),
        (f"fewer than {truth}", False),
        (f"more than {truth * 2 + 1}", False),
    ):  # fmt: skip
        sentence = said.format(amount)
        answer = judge(sentence, evidence, today=TODAY)
        assert answer.verdict != ("impossible" if is_true else "supported"), (sentence, truth, answer)
        if answer.sentence and answer.sentence not in offered:
            offered.add(answer.sentence)
            again = judge(answer.sentence, evidence, today=TODAY)
            assert again.verdict == "supported", (answer.sentence, truth, again)
            _offered_is_true(answer.sentence, truth)


def _offered_is_true(sentence: str, truth: int) -> None:
    words = sentence.replace(",", "").split()
    number = float(next((word for word in words if word.replace(".", "").isdigit()), 0))
    number *= 1e6 if "million" in sentence else 1
    if sentence.startswith(("No more than", "No ")):
        assert truth <= number, (sentence, truth)
    elif sentence.startswith("Exactly"):
        assert truth == number, (sentence, truth)
    else:
        assert sentence.startswith(("At least", "More than")), sentence
        assert truth >= number, (sentence, truth)
