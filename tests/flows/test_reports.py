"""Reports and claims from what was imported: the answers, the files, and one line where nothing is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.errors import NothingToReport, PopulationWrong
from archive.catalogue import audit
from flows.asks import ClaimAsk, MetricsAsk, PostAsk, ReportAsk
from flows.claim import judge
from flows.errors import TimeUnclear
from flows.metrics import import_metrics
from flows.posts import note_post
from flows.report import write_reports
from flows.results import ReportResult
from flows.telling import tell_nobody
from flows.workspace import Workspace, open_workspace
from tests.flows.reach import CLIP, publish_clip, tiktok

FORTNIGHT = {"first": "2026-11-20", "last": "2026-12-03"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A home with one clip, its post on TikTok, and TikTok's numbers."""
    folder = tmp_path_factory.mktemp("reports")
    with open_workspace(folder / "home") as opened:
        publish_clip(opened)
        note_post(opened, PostAsk(clip=CLIP, platform="tiktok", id="7560000000000000001"))
        import_metrics(opened, [tiktok(folder)], MetricsAsk(as_of="2026-12-04 08:00"), tell_nobody)
        yield opened


@pytest.fixture(scope="module")
def report(workspace: Workspace) -> ReportResult:
    return write_reports(workspace, ReportAsk(**FORTNIGHT), tell_nobody)


def test_every_question_has_its_page_and_the_workbook_and_the_mail_lie_beside(report: ReportResult) -> None:
    assert {Path(page.html).stem for page in report.pages} == {
        "overnight", "clip", "demographics", "seats", "works", "paid", "partners", "claims",
    }  # fmt: skip
    for path in (report.xlsx, report.mail, f"{report.folder}/index.html", *(page.html for page in report.pages)):
        assert Path(path).stat().st_size > 0
    assert Path(report.folder).name == "2026-11-20-to-2026-12-03"


def test_the_overnight_page_says_what_tiktok_counted(report: ReportResult) -> None:
    assert "1,500 views" in report.pages[0].answer


def test_the_clip_page_is_about_the_clip_that_was_shown_most(report: ReportResult) -> None:
    page = next(page for page in report.pages if Path(page.html).stem == "clip")
    assert "We never said that." in page.answer
    assert "1,200" in Path(page.html).read_text(encoding="utf-8")


def test_a_second_report_of_the_same_days_takes_the_place_of_the_first(
    workspace: Workspace, report: ReportResult
) -> None:
    again = write_reports(workspace, ReportAsk(**FORTNIGHT), tell_nobody)
    assert again.folder == report.folder
    assert [page.answer for page in again.pages] == [page.answer for page in report.pages]
    with workspace.catalogue.read() as tx:
        assert [act.act for act in audit.acts(tx)][-2:] == ["report.write", "report.write"]


def test_days_of_which_nothing_is_known_get_one_line(workspace: Workspace) -> None:
    with pytest.raises(NothingToReport, match="Nothing is known of 2025-01-01 to 2025-01-14"):
        write_reports(workspace, ReportAsk(first="2025-01-01", last="2025-01-14"), tell_nobody)
    with pytest.raises(TimeUnclear, match="ends before it begins"):
        write_reports(workspace, ReportAsk(first="2026-11-14", last="2026-11-01"), tell_nobody)


def test_a_claim_is_judged_and_what_can_be_said_is_said(workspace: Workspace) -> None:
    answer = judge(workspace, ClaimAsk(sentence="more than a thousand views on TikTok", **FORTNIGHT))
    assert (answer.verdict, answer.low, answer.high, answer.denominator) == ("supported", 1500, 1500, None)
    assert "1,500" in answer.sentence or "1,400" in answer.sentence
    people = judge(workspace, ClaimAsk(sentence="2,000 people saw our videos", **FORTNIGHT))
    assert people.verdict == "impossible"
    assert {"verdict", "low", "high", "denominator", "sentence"} <= json.loads(people.model_dump_json()).keys()


def test_a_target_may_name_the_seat_groups_of_the_settings(workspace: Workspace, tmp_path: Path) -> None:
    groups, target = tmp_path / "groups.csv", tmp_path / "target.yaml"
    groups.write_text("group,seat\nTown seats,Bolsover\n", encoding="utf-8")
    target.write_text("name: Town voters\ngroups: [Town seats]\n", encoding="utf-8")
    settings = workspace.settings.model_copy(update={"seat_groups": groups})
    ask = ClaimAsk(sentence="2,000 target voters saw our videos", target=str(target), **FORTNIGHT)
    assert judge(replace(workspace, settings=settings), ask).verdict == "impossible"
    with pytest.raises(PopulationWrong, match="no group 'Town seats'"):
        judge(workspace, ask)


def test_what_nobody_can_read_is_unclear(workspace: Workspace) -> None:
    answer = judge(workspace, ClaimAsk(sentence="blorp the fizz"))
    assert (answer.verdict, answer.low) == ("unclear", None)
    assert answer.why
