"""Origin's campaign tables: people by how often they were reached, and where the frequencies don't add up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.analytics.sources.platform_files import read_text, rows, total

HEADER = (
    "Event Groups,Brand,Publisher,Advertiser,Event Template,Start Date,End Date,Number of days,Impressions,Total Reach,"
    "Frequency 1,Frequency 2,Frequency 3,Frequency 4,Frequency 5+,completion_0%+,completion_25%+,completion_100%,"
    "viewability_50%+\n"
)
CAMPAIGNS = (
    HEADER
    + 'Homes,The Party,Digital1,MC1,"Common, Video",7/22/2026,9/2/2026,42,1500,345,100,70,45,30,100,1500,1200,300,900\n'
    + 'Homes,The Party,Digital1,MC1,"Common, Display",7/22/2026,9/2/2026,42,800,200,150,30,10,5,5,N/A,N/A,N/A,600\n'
)


def test_exactly_so_often_becomes_so_often_or_more(tmp_path: Path) -> None:
    extract = read_text(tmp_path, CAMPAIGNS)
    video = {metric: total(extract, metric, placement="Digital1, video")[0] for metric in
             ("reach", "reach_2plus", "reach_3plus", "reach_4plus", "reach_5plus")}  # fmt: skip
    assert video == {"reach": 345, "reach_2plus": 245, "reach_3plus": 175, "reach_4plus": 130, "reach_5plus": 100}


def test_months_come_first_and_the_last_day_is_not_counted(tmp_path: Path) -> None:
    values = read_text(tmp_path, CAMPAIGNS).values
    assert set(values["start"]) == {datetime(2026, 7, 21, 23, tzinfo=UTC)}
    assert set(values["end"]) == {datetime(2026, 9, 1, 23, tzinfo=UTC)}
    assert set(values["platform"] + values["object_kind"] + values["payment"]) == {"origincampaignpaid"}


def test_a_display_campaign_has_no_plays(tmp_path: Path) -> None:
    display = rows(read_text(tmp_path, CAMPAIGNS), "completions", placement="Digital1, display")
    assert list(display["state"]) == ["unavailable"]


def test_frequencies_that_do_not_add_up_refuse_their_row(tmp_path: Path) -> None:
    extract = read_text(tmp_path, CAMPAIGNS.replace(",345,", ",500,"))
    assert [(row.line, row.column, row.value) for row in extract.refused] == [(2, "Total Reach", "500")]
    assert total(extract, "reach") == (200, 200)
