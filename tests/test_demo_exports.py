"""The demo's exports: what the script makes, what the importers make of it, and numbers that fit together."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import yaml

from analytics.errors import ExportRefused
from analytics.importing import read_export
from analytics.model.extract import Ask, Extract
from analytics.people.groups import load_groups
from analytics.people.population import Population
from analytics.people.targets import load_target
from assets.demo.make.audience import AGES, GENDERS
from assets.demo.make.exports import World, exports, posts_table, seat_groups, simulate
from assets.demo.make.library_files import VANISHED
from assets.demo.make.postings import AD, CARRIED, FIRST, PAGE
from assets.demo.make.showing import people

DEMO = Path(__file__).parents[1] / "assets" / "demo"
EXPORTS = DEMO / "exports"
SOURCES = {
    "facebook-videos.csv": "meta.video_export",
    "facebook-videos-before.csv": "meta.video_export",
    "facebook-reach-card.csv": "meta.overview_card",
    "facebook-page-fortnights.csv": "mapped.page_fortnights",
    "ads.csv": "meta.ads_manager",
    "ads-age-gender.csv": "meta.ads_manager",
    "ads-region.csv": "meta.ads_manager",
    "ads-by-seat.csv": "mapped.ads_by_seat",
    "ad-library-2026-12-03.json": "meta.ad_library_api",
    "ad-library-2026-12-04.json": "meta.ad_library_api",
    "partner-posts.csv": "mapped.tenants_together",
    "partner-seats.csv": "mapped.tenants_together",
    "tiktok-overview.csv": "tiktok.overview",
    "tiktok-videos.csv": "tiktok.videos",
    "tiktok-audience-age.csv": "tiktok.audience",
    "tiktok-audience-gender.csv": "tiktok.audience",
    "youtube-days.json": "youtube.analytics_api",
    "youtube-ages-before.json": "youtube.analytics_api",
    "youtube-content.csv": "youtube.studio_content",
    "youtube-viewer-age.csv": "youtube.studio_age",
    "youtube-viewer-gender.csv": "youtube.studio_gender",
}
REFUSED = "tiktok-followers.csv"


@pytest.fixture(scope="module")
def world() -> World:
    return simulate()


def ask_of(name: str) -> Ask:
    """What imports.yaml says of the file."""
    steps = yaml.safe_load((EXPORTS / "imports.yaml").read_text(encoding="utf-8"))
    (said,) = [step for step in steps if name in step["files"]]
    first, last = (date.fromisoformat(said[key]) if key in said else None for key in ("first", "last"))
    as_of = datetime.fromisoformat(said["as_of"]).replace(tzinfo=UTC) if "as_of" in said else None
    mapping = str(EXPORTS / said["mapping"]) if "mapping" in said else ""
    return Ask(
        account=said.get("account", ""), payment=said.get("payment", ""), mapping=mapping, as_of=as_of,
        is_whole_library=said.get("whole_library", False), first=first, last=last,
    )  # fmt: skip


@cache
def read(name: str) -> Extract:
    (extract,) = read_export(EXPORTS / name, ask_of(name))
    return extract


def values(name: str, metric: str, *, age: str = "all", place_kind: str = "all") -> pd.DataFrame:
    """Of everybody, or by age where `age` is "any"."""
    frame = read(name).values
    frame = frame[(frame["metric"] == metric) & (frame["place_kind"] == place_kind)]
    return frame[frame["age"] != "all"] if age == "any" else frame[(frame["age"] == age) & (frame["gender"] == "all")]


def test_the_script_makes_what_is_here_byte_for_byte(world: World) -> None:
    made = exports(world)
    assert {name for name in made if made[name] != (EXPORTS / name).read_bytes()} == set()
    assert {path.name for path in EXPORTS.iterdir() if path.suffix != ".yaml"} == set(made)
    assert (DEMO / "posts.csv").read_bytes() == posts_table()
    assert (DEMO / "seat-groups.csv").read_bytes() == seat_groups()


def test_they_are_small() -> None:
    assert sum(path.stat().st_size for path in EXPORTS.iterdir()) < 1_000_000


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_each_is_recognised_and_read_whole(name: str) -> None:
    extract = read(name)
    assert (extract.source, extract.refused) == (SOURCES[name], ())
    assert extract.rows
    assert not extract.values.empty


def test_one_was_saved_again_by_a_spreadsheet_and_is_mended() -> None:
    (repair,) = read("facebook-videos-before.csv").repairs
    assert "wrapped in quotes" in repair.what


def test_one_is_a_login_page_and_is_refused() -> None:
    with pytest.raises(ExportRefused, match="web page"):
        read_export(EXPORTS / REFUSED, ask_of(REFUSED))


def test_every_export_is_imported_by_the_demo() -> None:
    steps = yaml.safe_load((EXPORTS / "imports.yaml").read_text(encoding="utf-8"))
    assert sorted(name for step in steps for name in step["files"]) == sorted([*SOURCES, REFUSED])


def test_facebook_counts_what_the_simulated_people_saw(world: World) -> None:
    own = [s for s in world.facebook.posts.values() if s.post.at.date() >= FIRST]
    for metric, count in (("impressions", "impressions"), ("views_3s", "plays"), ("shares", "shares")):
        assert values("facebook-videos.csv", metric)["low"].sum() == sum(showing.total(count) for showing in own)
    reach = values("facebook-videos.csv", "reach").set_index("object")["low"]
    assert reach.to_dict() == {showing.post.id: int(showing.seen.sum()) for showing in own}


def test_cells_come_to_their_total_and_people_to_no_more_than_impressions() -> None:
    for name in ("facebook-videos.csv", "facebook-videos-before.csv"):
        total = values(name, "views_3s").set_index("object")["low"]
        by_cell = values(name, "views_3s", age="any").groupby("object")["low"].sum()
        assert by_cell.to_dict() == total.to_dict()
        shown = values(name, "impressions").set_index("object")["low"]
        assert (values(name, "reach").set_index("object")["low"] <= shown).all()


def test_a_fortnight_has_at_least_its_best_day_and_at_most_all_days_together(world: World) -> None:
    days = values("facebook-reach-card.csv", "reach").set_index("start")["low"]
    noted = values("facebook-page-fortnights.csv", "reach")
    assert len(noted) == 6
    for row in noted.itertuples():
        inside = days[(days.index >= row.start) & (days.index < row.end)]
        assert len(inside) == 14
        assert inside.max() < row.low < inside.sum()
    assert set(noted["account"]) == set(read("facebook-reach-card.csv").values["account"]) == {PAGE}


def test_the_ad_is_the_same_in_every_cut(world: World) -> None:
    reach, impressions = int(world.bought.seen.sum()), world.bought.total("impressions")
    assert values("ads.csv", "reach")["low"].tolist() == [reach]
    for name, cut in (
        ("ads-age-gender.csv", {"age": "any"}),
        ("ads-region.csv", {"place_kind": "nation"}),
        ("ads-by-seat.csv", {"place_kind": "seat"}),
    ):
        assert values(name, "reach", **cut)["low"].sum() == reach
        assert values(name, "impressions", **cut)["low"].sum() == impressions
    spent = values("ads.csv", "spend")["low"].sum()
    assert values("ads-age-gender.csv", "spend", age="any")["low"].sum() == pytest.approx(spent)
    by_cell = values("ads-age-gender.csv", "reach", age="any").set_index(["age", "gender"])["low"]
    counted = people(world.bought, world.paid.users)
    assert all(counted[AGES.index(age), GENDERS.index(gender)] == low for (age, gender), low in by_cell.items())


def test_the_library_shows_the_same_ad_in_ranges_and_loses_one_in_a_day(world: World) -> None:
    looks = [json.loads((EXPORTS / f"ad-library-2026-12-0{day}.json").read_bytes())["data"] for day in (3, 4)]
    first, second = ({ad["id"] for ad in look} for look in looks)
    assert first - second == {VANISHED}
    assert len(second - first) == 1
    shown = values("ad-library-2026-12-04.json", "impressions")
    ours = shown[shown["account"] == PAGE]
    assert (ours["low"] <= world.bought.total("impressions")).all()
    assert (world.bought.total("impressions") <= ours["high"]).all()
    assert len(read("ad-library-2026-12-03.json").covers) == 3


def test_the_partner_holds_small_seats_back(world: World) -> None:
    seats = values("partner-seats.csv", "reach", place_kind="seat")
    held = seats[seats["state"] == "suppressed"]
    assert 0 < len(held) < 20
    carried = int(world.carried.posts[CARRIED.id].seen.sum())
    assert seats["low"].sum() < carried < seats["high"].sum() + 1
    assert values("partner-posts.csv", "reach")["low"].tolist() == [carried]


def test_tiktoks_ages_and_genders_are_the_same_people(world: World) -> None:
    ages = values("tiktok-audience-age.csv", "reach", age="any")["low"].sum()
    frame = read("tiktok-audience-gender.csv").values
    assert ages == frame[frame["metric"] == "reach"]["low"].sum() == world.tiktok.people_of_fortnight[FIRST]
    videos, days = (
        values("tiktok-videos.csv", "views")["low"].sum(),
        values("tiktok-overview.csv", "views")["low"].sum(),
    )
    assert videos <= days  # an older video was still watched in October


def test_youtubes_days_come_to_the_two_weeks_that_studio_tells() -> None:
    days = values("youtube-days.json", "views")
    opens = pd.Timestamp(FIRST, tz="Europe/London")
    days = days[days["start"] >= opens].groupby("object")["low"].sum()
    assert days.to_dict() == values("youtube-content.csv", "views").set_index("object")["low"].to_dict()
    assert days.sum() > 0
    for name, column in (("youtube-viewer-age.csv", "age"), ("youtube-viewer-gender.csv", "gender")):
        shares = read(name).values
        assert shares[shares[column] != "all"]["low"].sum() == pytest.approx(1, abs=0.001)


def test_posts_name_what_the_exports_count() -> None:
    noted = pd.read_csv(DEMO / "posts.csv", dtype=str)
    counted = {object_ for name in SOURCES for object_ in read(name).values["object"].unique()}
    assert set(noted["id"]) <= counted
    assert set(noted["clip"]) == {"1", "2", "3"}
    assert {"facebook", "tiktok", "youtube"} < set(noted["platform"])
    assert noted["seat"].notna().sum() == 2
    assert (noted["partner"].notna().sum(), (noted["payment"] == "paid").sum()) == (1, 1)
    assert noted[noted["payment"] == "paid"]["id"].tolist() == [AD]


def test_the_target_is_the_seats_of_the_groups() -> None:
    target, groups = load_target(DEMO / "target.yaml", Population.load()), load_groups(DEMO / "seat-groups.csv")
    assert set(target.seats) == {code for codes in groups.values() for code in codes}
    assert len(target.seats) == 24
