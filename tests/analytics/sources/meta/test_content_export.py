"""Business Suite's exports of videos and posts, as look-alikes of the real ones."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from analytics.errors import ExportRefused, ExportUnclear
from analytics.model.extract import Extract

from .conftest import Take

CELL = "3-second video views by top audience ({})"
LAND = "3-second video views by country ({})"
VIDEO = {
    CELL.format("M, 45-54"): "60",
    "Video asset ID": "4400000000000001",
    "Page ID": "190000000000001",
    "Page name": "Our Page",
    "Title": "Ten pounds a week",
    "Duration (sec)": "31",
    "Publish time": "11/25/2025 11:04",
    "Data comment": "",
    LAND.format("United Kingdom (GB)"): "95",
    "Date": "Lifetime",
    "Reach": "1200",
    "3-second video views": "100",
    "1-minute video views": "0",
    "Seconds viewed": "1432.165",
    "Average Seconds viewed": "5.404",
    "3-second viewers": "90",
    "Percentage of total views at interval 7": "0.41",
    CELL.format("F, 65+"): "35",
    LAND.format("Ireland (IE)"): "",
    "Estimated earnings (USD)": "0",
    "Ad impressions": "17",
}


def table(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def number(extract: Extract, metric: str, **where: str) -> list[float]:
    values = extract.values
    cell = {"age": "all", "gender": "all", "place_kind": "all", **where}
    for name, word in {"metric": metric, **cell}.items():
        values = values[values[name] == word]
    return [float(one) for one in values["low"]]


def test_a_video_and_its_cells(take: Take) -> None:
    extract = take(table(VIDEO))
    assert (extract.source, extract.rows, extract.refused) == ("meta.video_export", 1, ())
    assert number(extract, "reach") == [1200]
    assert number(extract, "views_3s", age="45-54", gender="male") == [60]
    assert number(extract, "views_3s", age="65+", gender="female") == [35]
    assert number(extract, "views_3s", place_kind="country", place="GB") == [95]
    assert number(extract, "watch_time") == [1432.165]
    assert set(extract.values["payment"]) == {"all"}
    assert set(extract.values["platform"]) == {"facebook"}
    assert "impressions" not in set(extract.values["metric"])  # adverts within the video are not ours


def test_what_the_cells_leave_is_an_unknown_cell(take: Take) -> None:
    extract = take(table(VIDEO))
    assert number(extract, "views_3s", age="unknown", gender="unknown") == [5]
    assert number(extract, "views_3s", place_kind="unknown") == [5]
    blank = extract.values[extract.values["place"] == "IE"]
    assert list(blank["state"]) == ["unavailable"]


def test_a_cell_that_is_held_back_leaves_a_range(take: Take) -> None:
    (column,) = (name for name in VIDEO if "(M, 45-54)" in name)
    extract = take(table({**VIDEO, column: "<10"}))
    held = extract.values[(extract.values["age"] == "45-54") & (extract.values["gender"] == "male")]
    (unknown,) = extract.values[extract.values["age"] == "unknown"].to_dict("records")
    assert (unknown["low"], unknown["high"]) == (65 - held["high"].iloc[0], 65 - held["low"].iloc[0])
    assert held["high"].iloc[0] > held["low"].iloc[0]


def test_cells_above_their_total_leave_nothing_and_are_said(take: Take) -> None:
    extract = take(table({**VIDEO, "3-second video views": "90"}))
    unknown = extract.values[(extract.values["age"] == "unknown")]
    assert list(unknown["state"]) == ["unavailable"]
    assert any("less than its cells" in note for note in extract.notes)


def test_the_video_itself_is_kept(take: Take) -> None:
    (video,) = take(table(VIDEO)).objects.to_dict("records")
    assert (video["object"], video["account"], video["account_name"]) == (
        "4400000000000001",
        "190000000000001",
        "Our Page",
    )
    assert (video["title"], video["duration_s"]) == ("Ten pounds a week", 31)
    assert video["published_at"] == datetime(2025, 11, 25, 11, 4, tzinfo=UTC)


def test_columns_left_out_are_said(take: Take) -> None:
    notes = " ".join(take(table(VIDEO)).notes)
    assert "Percentage of total views at interval" in notes
    assert "Europe/London" in notes


def test_lifetime_and_daily_rows_have_their_own_grain(take: Take) -> None:
    extract = take(table(VIDEO, {**VIDEO, "Date": "11/26/2025", "Reach": "200"}, {**VIDEO, "Date": "10/26/2025"}))
    reach = extract.values[extract.values["metric"] == "reach"].set_index("grain")
    assert reach.loc["lifetime", "low"] == 1200
    day, change = reach.loc["day"].iloc[0], reach.loc["day"].iloc[1]
    assert (day["low"], day["start"]) == (200, datetime(2025, 11, 26, tzinfo=UTC))
    assert (change["end"] - change["start"]).total_seconds() == 25 * 3600  # the clocks went back that night
    assert len(extract.objects) == 1


def test_the_definition_of_a_lifetime_across_a_change_is_undated(take: Take) -> None:
    before = {**VIDEO, "Publish time": "10/31/2024 10:00", "Views": "7"}
    views = take(table(before)).values.set_index("metric").loc["views"]
    assert views["definition"] == "undated"
    after = take(table({**before, "Publish time": "11/02/2024 10:00"})).values.set_index("metric").loc["views"]
    assert after["definition"] == "2024-11-01"


def test_each_row_wrapped_in_quotes_is_the_same_table(take: Take) -> None:
    def wrapped(line: str) -> str:
        return '"' + line.replace('"', '""') + '"'

    text = "\r\n".join(wrapped(line) for line in table(VIDEO, VIDEO).splitlines())
    assert number(take(text + "\r\n"), "reach") == [1200, 1200]


def test_a_column_that_nobody_knows_stops_the_file(take: Take) -> None:
    with pytest.raises(ExportRefused, match="Astral views") as refusal:
        take(table({**VIDEO, "Astral views": "1"}))
    assert refusal.value.column == "Astral views"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Video asset ID", "4.4E+15"),
        ("Video asset ID", ""),
        ("Reach", "-5"),
        ("Reach", "lots"),
        ("Publish time", "13/45/2025 10:00"),
        ("Date", "soon"),
        ("Date", ""),
        ("Duration (sec)", "99999999"),
    ],
)
def test_a_row_that_can_not_be_is_refused_with_its_line_and_the_rest_stays(take: Take, column: str, cell: str) -> None:
    extract = take(table(VIDEO, {**VIDEO, "Video asset ID": "4400000000000002", column: cell}))
    (refused,) = extract.refused
    assert refused.line == 3
    assert cell in refused.value
    assert extract.rows == 1
    assert set(extract.values["object"]) == {"4400000000000001"}


def test_a_file_without_a_good_row_is_refused(take: Take) -> None:
    with pytest.raises(ExportRefused, match="no row that can be read"):
        take(table({**VIDEO, "Reach": "lots"}))


INSTAGRAM = {
    "Post ID": "17900000000000001",
    "Account ID": "17841400000000000",
    "Account username": "ourparty",
    "Account name": "Our Party",
    "Description": "Bus fares",
    "Duration (sec)": "0",
    "Publish time": "11/26/2025 06:08",
    "Permalink": "https://www.instagram.com/p/example/",
    "Post type": "IG image",
    "Data comment": "",
    "Date": "Lifetime",
    "Views": "1,600",
    "Likes": "5",
    "Shares": "3",
    "Comments": "2",
    "Saves": "4",
    "Reach": "450",
    "Follows": "1",
}


def test_instagram_posts(take: Take) -> None:
    extract = take(table(INSTAGRAM))
    assert (extract.source, extract.version) == ("meta.posts_export", "Instagram")
    assert number(extract, "views") == [1600]
    assert number(extract, "saves") == [4]
    assert set(extract.values["platform"]) == {"instagram"}
    assert list(extract.objects["url"]) == ["https://www.instagram.com/p/example/"]
    assert list(extract.objects["text"]) == ["Bus fares"]


def test_the_address_says_which_platform(take: Take) -> None:
    extract = take(table(INSTAGRAM, {**INSTAGRAM, "Permalink": "https://www.facebook.com/reel/1"}))
    assert list(extract.objects["platform"]) == ["instagram", "facebook"]


def test_facebook_posts_with_organic_and_boosted_apart(take: Take) -> None:
    row = {
        "Post ID": "122000000000000001",
        "Page ID": "61570000000001",
        "Page name": "Our Page",
        "Title": "A post",
        "Publish time": "11/26/2025 06:08",
        "Permalink": "https://www.facebook.com/61570000000001/posts/122000000000000001",
        "Date": "Lifetime",
        "Views": "300",
        "Views from Organic posts": "200",
        "Views from Boosted posts": "100",
        "Reactions, Comments and Shares": "9",
        "Negative feedback from users: Hide all": "1",
        "Matched Audience Targeting Consumption (Photo Click)": "2",
        "3-second video views by country (Turkey (TR))": "1",
    }
    extract = take(table(row))
    views = extract.values[extract.values["metric"] == "views"].set_index("payment")["low"]
    assert views.to_dict() == {"all": 300, "organic": 200, "paid": 100}
    assert number(extract, "engagements") == [9]
    assert number(extract, "views_3s", place_kind="country", place="TR") == [1]


GERMAN = (
    "Beitrags-ID,Konto-ID,Konto-Benutzername,Kontoname,Beschreibung,Dauer (Sek.),Veröffentlichungszeitpunkt,Permalink,"
    "Beitragstyp,Datenkommentar,Datum,Aufrufe,Reichweite,„Gefällt mir“-Angaben,Geteilte Inhalte,Follows,Kommentare,"
    "Gespeicherte Beiträge\n"
    "17900000000000001,17841400000000000,unserepartei,Unsere Partei,Text,,01.12.2025 18:00,"
    "https://www.instagram.com/p/D1/,IG Karussell,,Gesamte Laufzeit,{views},5200,210,31,6,9,96\n"
)


def test_german_headers_dates_and_lifetime(take: Take) -> None:
    extract = take(GERMAN.format(views="7100"))
    assert extract.locale == "de"
    assert number(extract, "views") == [7100]
    assert set(extract.values["grain"]) == {"lifetime"}
    assert extract.objects["published_at"].iloc[0] == datetime(2025, 12, 1, 18, tzinfo=UTC)


def test_a_point_in_a_german_file_is_a_question_until_a_person_answers(take: Take) -> None:
    with pytest.raises(ExportUnclear, match="two things"):
        take(GERMAN.format(views="7.100"))
    assert number(take(GERMAN.format(views="7.100"), locale="de-DE"), "views") == [7100]


def test_points_as_a_program_writes_them_are_points_under_german_headers_too(take: Take) -> None:
    text = (
        "Video-Asset-ID,Seiten-ID,Datum,Reichweite,Angesehene Sekunden,Durchschnittlich angesehene Sekunden\n"
        "4400000000000001,19000000000001,Gesamte Laufzeit,1200,14321.665,5.404\n"
    )
    assert number(take(text), "average_watch_time") == [5.404]


def test_the_account_that_a_person_names_fills_only_what_the_file_leaves_open(take: Take) -> None:
    nameless = {name: cell for name, cell in VIDEO.items() if name != "Page ID"}
    assert set(take(table(nameless), account="77").values["account"]) == {"77"}
    assert set(take(table(VIDEO), account="77").values["account"]) == {"190000000000001"}


def test_a_person_may_say_that_all_of_it_was_organic(take: Take) -> None:
    assert set(take(table(VIDEO), payment="organic").values["payment"]) == {"organic"}
