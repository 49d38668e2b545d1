"""TikTok's tables by day, of the audience and of the videos."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from analytics.errors import ExportRefused, ExportUnclear
from analytics.importing import read_export
from analytics.model.extract import Ask
from tests.analytics.sources.platform_files import AS_OF, read_text, rows, total

OVERVIEW = """Date,Video views,Reached audience,Profile views,Likes,Shares,Comments,Phone number clicks ,\
Leads submission,Net growth,New followers,Lost followers
2025/10/31,715,NAN,25,26,4,7,2,1,-3,1,4
2025/11/01,75155,75134,539,845,244,58,0,0,100,100,0
"""


def test_reach_is_the_accounts_by_day_and_nan_is_no_number(tmp_path: Path) -> None:
    extract = read_text(tmp_path, OVERVIEW)
    reach = rows(extract, "reach", object_kind="account", grain="day")
    assert extract.source == "tiktok.overview"
    assert list(reach["state"]) == ["unavailable", "observed"]
    assert total(extract, "views") == (75870, 75870)


def test_gains_and_losses_stand_for_the_net(tmp_path: Path) -> None:
    extract = read_text(tmp_path, OVERVIEW)
    assert (total(extract, "follows"), total(extract, "unfollows")) == ((101, 101), (4, 4))
    assert rows(extract, "net_follows").empty
    assert total(extract, "link_clicks", placement="phone number") == (2, 2)
    assert "clicks" not in set(extract.values["metric"])  # the buttons of a profile are not all that is clicked


def test_days_without_a_year_need_the_period(tmp_path: Path) -> None:
    text = (
        "Date,Video Views,Profile Views,Likes,Comments,Shares\n"
        "December 31,100,10,2,1,3\nJanuary 1,200,20,undefined,0,1\n"
    )
    with pytest.raises(ExportUnclear, match="--from"):
        read_text(tmp_path, text)
    stated = Ask(as_of=AS_OF, first=date(2025, 12, 1), last=date(2026, 1, 31))
    extract = read_text(tmp_path, text, stated)
    assert list(rows(extract, "views")["start"]) == [
        datetime(2025, 12, 31, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=UTC),
    ]
    assert list(rows(extract, "likes")["state"]) == ["observed", "unavailable"]


def test_followers_by_day_are_people_who_follow(tmp_path: Path) -> None:
    text = "Date,Followers,Difference in followers from previous day\n2026-01-01,9,-1\n2026-01-02,12,3\n"
    followers = rows(read_text(tmp_path, text), "followers")
    assert list(followers["low"]) == [9, 12]
    assert set(followers["basis"]) == {"follower"}


@pytest.mark.parametrize(
    ("male", "female"), [("0.51", "0.49"), ("51", "49"), ("51%", "49%")], ids=["fractions", "per cent", "with its sign"]
)
def test_shares_of_followers_however_they_are_written(tmp_path: Path, male: str, female: str) -> None:
    shares = rows(
        read_text(tmp_path, f"Gender,Distribution\nMale,{male}\nFemale,{female}\nOther,0\n"), "audience_share"
    )
    assert dict(zip(shares["gender"], shares["low"], strict=True)) == pytest.approx(
        {"male": 0.51, "female": 0.49, "other": 0}
    )
    assert set(shares["basis"]) == {"follower"}


def test_shares_that_add_up_to_neither_are_a_question(tmp_path: Path) -> None:
    with pytest.raises(ExportUnclear, match="add up to"):
        read_text(tmp_path, "Gender,Distribution\nMale,51\nFemale,149\n")


def test_territories_by_code_or_name_and_the_rest_unknown(tmp_path: Path) -> None:
    text = "Top territories,Distribution\nGB,0.5\nIreland,0.25\nOthers,0.25\n"
    shares = rows(read_text(tmp_path, text), "audience_share")
    assert list(shares["place"]) == ["GB", "IE", "unknown"]


def test_ages_end_at_55(tmp_path: Path) -> None:
    shares = rows(read_text(tmp_path, "Age,Distribution\n18-24,0.5\n55+,0.5\n"), "audience_share")
    assert list(shares["age"]) == ["18-24", "55+"]


VIDEOS = """Video title,Video link,Post time,Video views,Likes,Comments,Shares,Add to Favorites
"Homes, the true figure 🏠",https://www.tiktok.com/@party/video/7567452112981069079,2025/10/31 18:19:10,1723,17,4,41,18
No link,https://www.tiktok.com/@party,2025/10/31 18:19:10,1,1,1,1,1
"""


def test_a_videos_id_is_in_its_link(tmp_path: Path) -> None:
    extract = read_text(tmp_path, VIDEOS)
    assert set(extract.values["object"]) == {"7567452112981069079"}
    assert set(extract.values["grain"]) == {"lifetime"}
    assert total(extract, "saves") == (18, 18)
    assert extract.objects["published_at"].iloc[0] == datetime(2025, 10, 31, 18, 19, 10, tzinfo=UTC)
    assert [(row.line, row.column) for row in extract.refused] == [(3, "Video link")]


def test_a_post_time_without_a_year_costs_the_time_alone(tmp_path: Path) -> None:
    text = (
        "Time,Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views\n"
        "November 1,A clip,https://www.tiktok.com/@party/video/7567452112981069079,September 16,1,2,3,4\n"
    )
    extract = read_text(tmp_path, text)
    assert total(extract, "views") == (4, 4)
    assert extract.objects["published_at"].isna().all()
    assert any("posted" in note for note in extract.notes)


def test_when_followers_are_active_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="not what they saw"):
        read_text(tmp_path, "Date,Hour,Active followers\n2026-01-01,0,10\n")


def test_a_date_and_a_count_alone_are_not_tiktoks(tmp_path: Path) -> None:
    assert read_text(tmp_path, "Date,Views\n2025-11-01,1\n2025-11-02,2\n").source == "youtube.studio_days"


def test_a_workbook_is_the_same_table(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"])
    sheet.append(["2026-01-01", 715, 25, 26, 4, 7])
    sheet.append(["2026-01-02", "undefined", 1, 2, 3, 4])
    path = tmp_path / "Overview.xlsx"
    book.save(path)
    (extract,) = read_export(path, Ask(as_of=AS_OF))
    assert extract.source == "tiktok.overview"
    assert list(rows(extract, "views")["state"]) == ["observed", "unavailable"]
    assert total(extract, "shares") == (11, 11)
