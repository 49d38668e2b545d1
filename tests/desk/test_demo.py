"""The demo's second half: posts, exports and reports on clips without films; and its story."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.reports.edition import read_edition
from desk.cli.demo import DEMO
from desk.cli.demo_numbers import FIRST, LAST, Numbers, reach, settle_in
from desk.cli.story import Way, tell_story
from flows.asks import ClaimAsk
from flows.claim import judge
from flows.metrics import list_imports
from flows.results import ClipResult, FlaggedMoment, IngestedRecording, RunResult, RunsResult
from flows.telling import tell_nobody
from flows.workspace import open_workspace
from tests.flows.reach import publish_clip

CLIPS = ("c_aaaaaaaaaaaa", "c_bbbbbbbbbbbb", "c_cccccccccccc")


def everything(home: Path) -> dict[str, bytes]:
    """What a person would see change: reports, the lake's numbers, kept exports, settings."""
    folders = (home / "reports", home / "lake", home / "originals", home / "disclosed")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in [*files, home / "soundbite.toml"] if path.name != "lock"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "demo-home"
    settle_in(folder, DEMO)
    with open_workspace(folder) as workspace:
        for clip in CLIPS:
            publish_clip(workspace, clip)
    return folder


@pytest.fixture(scope="module")
def first(home: Path) -> Numbers:
    return reach(home, DEMO, CLIPS, tell_nobody)


def test_posts_are_noted_of_the_clips_in_their_order(first: Numbers) -> None:
    assert {post.status for post in first.posts} == {"noted"}
    assert {post.clip for post in first.posts} == set(CLIPS)
    assert [post.clip for post in first.posts if post.partner] == [CLIPS[2]]
    assert [post.seat for post in first.posts if post.seat] == ["E14001109", "E14001142"]


def test_all_exports_come_in_but_the_login_page(first: Numbers) -> None:
    refused = [Path(file.path).name for file in first.files if file.status != "imported"]
    assert refused == ["tiktok-followers.csv"]
    assert any("wrapped in quotes" in repair for file in first.files for repair in file.repairs)


def test_exports_are_read_where_they_lie(first: Numbers) -> None:
    assert {Path(file.path).parent for file in first.files} == {DEMO / "exports"}


def test_the_reports_answer(first: Numbers) -> None:
    assert first.is_written
    assert "saw something of ours" in first.answer
    assert first.claim.verdict == "supported"
    assert first.index.read_text(encoding="utf-8").startswith("<!doctype html>")
    answers = {page.slug: page.answer for page in read_edition(first.index.parent).pages}
    assert "£1,561" in answers["paid"]  # of the library's ranges and Ads Manager's number, the one that is exact


def test_the_four_sentences_have_four_verdicts(home: Path, first: Numbers) -> None:
    lines = (DEMO / "claims.txt").read_text(encoding="utf-8").splitlines()
    with open_workspace(home) as workspace:
        asks = [ClaimAsk(sentence=line, first=FIRST, last=LAST) for line in lines if not line.startswith("#")]
        found = [judge(workspace, ask).verdict for ask in asks]
    assert found == ["supported", "unsupported", "impossible", "unclear"]


def test_a_second_run_changes_nothing(home: Path, first: Numbers) -> None:
    before = everything(home)
    again = reach(home, DEMO, CLIPS, tell_nobody)
    assert everything(home) == before
    assert not again.is_written
    assert {post.status for post in again.posts} == {"known"}
    assert {file.status for file in again.files} == {"known", "quarantined"}
    assert (again.answer, again.claim, again.index) == (first.answer, first.claim, first.index)
    with open_workspace(home) as workspace:
        assert len(list_imports(workspace).imports) == len(first.files) - 1


def test_settings_of_somebodys_own_are_left_alone(home: Path, tmp_path: Path) -> None:
    (tmp_path / "soundbite.toml").write_text("workers = 2\n", encoding="utf-8")
    settle_in(tmp_path, DEMO)
    assert (tmp_path / "soundbite.toml").read_text(encoding="utf-8") == "workers = 2\n"


def an_answer(moments: int) -> RunsResult:
    """Of a run that flagged so many moments and made three clips."""
    run = RunResult(
        recording="r_1",
        ingested=IngestedRecording(recording="r_1", path="a.mp4", status="new", channel="Wexmoor", duration_s=130.0),
        moments=tuple(
            FlaggedMoment(
                moment=f"m_{n}", start=60.0, end=66.0, kind="claim", score=2, why="it is wrong", quote="Forty thousand"
            )
            for n in range(moments)
        ),
        clips=tuple(
            ClipResult.model_validate(
                {"clip": clip, "recording": "r_1", "in": n, "out": n + 9, "elapsed_s": 30, "first_file_s": 9,
                 "renditions": ()}
            )
            for n, clip in enumerate(CLIPS)
        ),
        packs=tuple(f"/home/packs/{clip}" for clip in CLIPS),
    )  # fmt: skip
    return RunsResult(recording="r_1", ingested=run.ingested, runs=(run,))


def test_the_story_stays_under_20_lines_and_says_what_happened(first: Numbers) -> None:
    told = tell_story(an_answer(moments=6), Way("./run soundbite", "demo-home"), first)
    assert len(told) < 20
    text = "\n".join(told)
    for said in ("Packs    3 in /home/packs", "12 on facebook", "21 imported", "wrapped in quotes", "refused:",
                 first.answer, "supported", "index.html", "--home demo-home"):  # fmt: skip
        assert said in text
    assert "exists already" not in text


def test_the_story_of_a_second_run_says_that_nothing_was_new(home: Path, first: Numbers) -> None:
    text = "\n".join(tell_story(an_answer(moments=3), Way(), reach(home, DEMO, CLIPS, tell_nobody)))
    assert "known already" in text
    assert "nothing was new" in text


def test_the_story_of_a_run_without_numbers_names_every_pack() -> None:
    text = "\n".join(tell_story(an_answer(moments=1)))
    assert all(f"/home/packs/{clip}" in text for clip in CLIPS)
    assert "cut by hand" in text
