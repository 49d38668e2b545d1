"""Who saw it, as platforms tell it: shares of all, unknown kept apart, ages joined, common and hidden."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.disclosure.protect import protect
from analytics.model.interval import Interval
from analytics.model.scope import Window
from analytics.people.population import Population
from analytics.questions.audience import Audience, Split, audiences, few_hidden, on_common_grid, tells_all_adults
from analytics.questions.facts import settle
from tests.analytics.questions.small_lake import SmallLake
from tests.analytics.questions.test_facts import NOVEMBER, lifetime, published

POPULATION = Population.load()


def told(*cells: tuple[str, str, float, float]) -> tuple[Audience, ...]:
    rows = [
        lifetime(low=low, high=high, metric="impressions", age=age, gender=gender) for age, gender, low, high in cells
    ]
    return audiences(settle(SmallLake(rows, [published(2)]), NOVEMBER), POPULATION)


def hide(name: str, window: Window, table: pd.DataFrame) -> pd.DataFrame:
    return protect(table).shown


def audience(*ages: str, share: float = 0.1, platform: str = "facebook") -> Audience:
    splits = [Split(age, gender, Interval.exactly(share), "observed") for age in ages for gender in ("female", "male")]
    return Audience(platform, "views", tuple(splits), Interval(0, 0))


def test_shares_are_of_all_with_the_unknown_apart() -> None:
    (found,) = told(("18-24", "female", 30, 30), ("18-24", "male", 50, 50), ("unknown", "unknown", 20, 20))
    assert {(s.gender, s.share) for s in found.splits} == {
        ("female", Interval(0.3, 0.3)),
        ("male", Interval(0.5, 0.5)),
    }
    assert found.unknown == Interval(0.2, 0.2)


def test_parts_of_one_range_keep_their_proportion() -> None:
    """An ad library's 1,000 to 1,999, shared out as 60 and 40 per cent."""
    (found,) = told(("18-24", "female", 600, 1_199.4), ("18-24", "male", 400, 799.6))
    assert [s.share and (round(s.share.low, 9), round(s.share.high, 9)) for s in found.splits] == [
        (0.6, 0.6),
        (0.4, 0.4),
    ]


def test_people_of_several_posts_make_shares_with_room_for_who_saw_both() -> None:
    """Two posts of 60 women and 40 men each: from the same people twice to everybody once."""
    rows = [
        lifetime(object=name, low=low, high=low, metric="reach", age="18-24", gender=gender)
        for name in ("p1", "p2")
        for gender, low in (("female", 60), ("male", 40))
    ]
    described = [published(2), {**published(2), "object": "p2"}]
    (found,) = audiences(settle(SmallLake(rows, described), NOVEMBER), POPULATION)
    women, men = (split.share for split in found.splits)
    assert women == Interval(60 / (60 + 80), 120 / (120 + 40))
    assert men == Interval(40 / (40 + 120), 80 / (80 + 60))


def test_other_ranges_allow_each_share_what_the_others_leave() -> None:
    (found,) = told(("18-24", "female", 100, 300), ("18-24", "male", 100, 100))
    assert found.splits[0].share == Interval(0.5, 0.75)
    assert found.splits[1].share == Interval(0.25, 0.5)


def test_the_common_grid_is_the_finest_that_all_tell() -> None:
    fine, wide = audience("18-24", "25-34", "55-64", "65+"), audience("18-24", "25-34", "55+", platform="tiktok")
    first, second = on_common_grid([fine, wide])
    assert [s.age for s in first.splits if s.gender == "female"] == ["18-24", "25-34", "55+"]
    assert [s.share for s in first.splits if s.age == "55+"] == [Interval(0.2, 0.2)] * 2
    assert (
        second == wide or [s.share for s in second.splits] == [s.share for s in wide.splits if s.gender == "female"] * 2
    )


def test_a_hidden_part_hides_the_whole() -> None:
    fine, wide = audience("18-24", "25-34"), audience("18-34", platform="tiktok")
    hidden = Audience(
        "facebook", "views", (Split("18-24", "female", None, "suppressed"), *fine.splits[1:]), fine.unknown
    )
    first, _ = on_common_grid([hidden, wide])
    assert [(s.gender, s.share, s.state) for s in first.splits] == [
        ("female", None, "suppressed"),
        ("male", Interval(0.2, 0.2), "observed"),
    ]


@pytest.mark.parametrize(
    ("ages", "all_adults"),
    [(("18-24", "25+"), True), (("13-17", "18+"), True), (("18-24", "35+"), False), (("18-24",), False), ((), False)],
)
def test_whether_all_adults_are_told(ages: tuple[str, ...], all_adults: bool) -> None:
    assert tells_all_adults(audience(*ages)) is all_adults


def test_whole_counts_go_through_disclosure_and_ranges_that_may_be_few_begin_at_nought() -> None:
    whole = pd.DataFrame({"age": ["18-24", "25-34", "35-44"], "gender": ["female"] * 3, "low": [6.0, 40.0, 900.0]})
    shown = few_hidden(whole.assign(high=whole["low"]), "t", NOVEMBER, hide)
    assert shown["low"].isna().sum() >= 2
    assert pd.isna(shown["low"].iloc[0])
    ranges = whole.assign(low=[2.0, 6.0, 12.0], high=[8.0, 60.0, 60.0])
    shown = few_hidden(ranges, "t", NOVEMBER, hide)
    assert shown[["low", "high"]].fillna(-1).to_numpy().tolist() == [[-1, -1], [0, 60], [12, 60]]
    assert few_hidden(ranges, "t", NOVEMBER, None).equals(ranges)
