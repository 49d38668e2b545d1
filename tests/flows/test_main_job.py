"""The main job, end to end, on a small recording: everything is there, and nothing is made twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import NotInCatalogue, SourceMissing, TimeOutside
from clipping.errors import CutImpossible, RecipeWrong, WatchlistWrong
from flows.asks import ClipAsk, RunAsk
from flows.clip import cut_clip
from flows.errors import NothingToClip, TimeUnclear
from flows.ingest import ingest_source
from flows.overnight import sweep
from flows.pack import pack_clip
from flows.rapid import rapid_rebuttal
from flows.results import RunsResult, to_document
from flows.search import search_words
from flows.telling import Event, tell_nobody
from flows.transcribe import transcribe_recording
from flows.verify import verify_target
from flows.workspace import Workspace, open_workspace
from tests.flows.conftest import make_video

SHAPE = ("landscape720",)


def run(workspace: Workspace, recording: Path, watchlist: Path, tell: Callable[[Event], None]) -> RunsResult:
    ask = RunAsk(source=str(recording), watchlist=str(watchlist), recipes=SHAPE, asked_by="anna")
    return rapid_rebuttal(workspace, ask, tell)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, recording: Path) -> tuple[Path, Path, RunsResult, list[Event]]:
    """A home in which the main job was done once: (home, watchlist, answer, events)."""
    from tests.flows.conftest import WATCHLIST

    folder = tmp_path_factory.mktemp("made")
    watchlist = folder / "watchlist.yaml"
    watchlist.write_text(WATCHLIST, encoding="utf-8")
    events: list[Event] = []
    with open_workspace(folder / "home") as workspace:
        return folder / "home", watchlist, run(workspace, recording, watchlist, events.append), events


Made = tuple[Path, Path, RunsResult, list[Event]]


def test_a_recording_becomes_a_verified_clip_and_a_pack(made: Made) -> None:
    _, _, answer, _ = made
    assert answer.failures == ()
    assert answer.transcript is not None
    assert answer.transcript.words == 25
    (moment,) = answer.moments
    assert moment.kind == "claim"
    assert "built forty thousand homes" in moment.why
    (clip,) = answer.clips
    (rendition,) = clip.renditions
    assert (rendition.width, rendition.height, rendition.fps) == (1280, 720, 25.0)
    assert Path(rendition.path).is_file()
    assert rendition.loudness_lufs == pytest.approx(-14, abs=1)
    assert {path.name for path in Path(answer.packs[0]).iterdir()} >= {"clip.json", "README.txt", "rebuttal.txt"}


def test_the_answer_keeps_the_contract(made: Made) -> None:
    document = json.loads(json.dumps(to_document(made[2])))
    assert {"recording", "moments", "clips", "packs"} <= document.keys()
    (clip,) = document["clips"]
    assert {"clip", "recording", "in", "out", "elapsed_s", "first_file_s", "renditions"} <= clip.keys()
    keys = {"recipe", "path", "width", "height", "fps", "frames", "duration_s", "sha256", "loudness_lufs"}
    assert keys <= clip["renditions"][0].keys()
    assert {"moment", "start", "end", "kind", "score", "why", "quote"} <= document["moments"][0].keys()


def test_events_tell_each_step_and_the_finished_file(made: Made) -> None:
    _, _, answer, events = made
    began = [event.step for event in events if event.state == "began"]
    assert began == ["ingest", "transcribe", "flag", "clip", "pack"]
    assert [event.path for event in events if event.state == "file"] == [answer.clips[0].renditions[0].path]


def test_a_second_run_makes_nothing_again(made: Made, recording: Path, visible: Callable[[Path], set[str]]) -> None:
    home, watchlist, first, _ = made
    before = visible(home)
    with open_workspace(home) as workspace:
        again = run(workspace, recording, watchlist, tell_nobody)
    assert again.ingested.status == "known"
    assert again.transcript is not None
    assert again.transcript.status == "known"
    assert [clip.status for clip in again.clips] == ["exists"]
    assert again.clips[0].renditions == first.clips[0].renditions
    assert again.packs == first.packs
    assert visible(home) == before


def test_a_further_shape_joins_the_same_clip(made: Made) -> None:
    home, _, first, _ = made
    ask = ClipAsk(recording=str(first.recording), moment=first.moments[0].moment, recipes=("landscape720", "portrait"))
    with open_workspace(home) as workspace:
        clip = cut_clip(workspace, ask, tell_nobody)
    assert clip.clip == first.clips[0].clip
    assert [rendition.recipe for rendition in clip.renditions] == ["landscape720", "portrait"]
    assert clip.renditions[0] == first.clips[0].renditions[0]


def test_files_that_went_away_are_made_again(made: Made) -> None:
    home, _, first, _ = made
    path = Path(first.clips[0].renditions[0].path)
    path.unlink()
    ask = ClipAsk(recording=str(first.recording), moment=first.moments[0].moment, recipes=SHAPE)
    with open_workspace(home) as workspace:
        assert cut_clip(workspace, ask, tell_nobody).status == "made"
    assert path.is_file()


def test_what_was_said_can_be_searched(made: Made) -> None:
    with open_workspace(made[0]) as workspace:
        (hit,) = search_words(workspace, "forty thousand").hits
    assert hit.recording == made[2].recording
    assert "forty thousand" in hit.text


def test_a_pack_that_was_touched_is_noticed(made: Made, tmp_path: Path) -> None:
    copy = tmp_path / "pack"
    shutil.copytree(made[2].packs[0], copy)
    with open_workspace(made[0]) as workspace:
        assert verify_target(workspace, str(copy)).ok
        (copy / "imprint.txt").write_text("Promoted by nobody")
        assert not verify_target(workspace, str(copy)).ok
        assert verify_target(workspace, made[2].clips[0].clip).ok
        assert verify_target(workspace, "archive").ok


def test_clip_json_says_where_it_comes_from(made: Made) -> None:
    record = json.loads((Path(made[2].packs[0]) / "clip.json").read_text(encoding="utf-8"))
    assert record["source"]["recording"] == made[2].recording
    assert record["asked"]["by"] == "anna"
    assert record["credit"] == "Wexmoor Television, The Long Table, 20 November 2026"
    assert record["rebuttal"]["line"] == "The figure is 14,000."
    assert all(finding["ok"] for finding in record["renditions"][0]["verified"])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"start": "8", "end": "3"}, CutImpossible),
        ({"start": "1", "end": "99"}, TimeOutside),
        ({"start": "1"}, NothingToClip),
        ({}, NothingToClip),
        ({"moment": "m_000"}, NotInCatalogue),
        ({"recording": "r_000", "start": "1", "end": "2"}, NotInCatalogue),
        ({"start": "1", "end": "5", "recipes": ("oval",)}, RecipeWrong),
        ({"start": "soon", "end": "5"}, TimeOutside),
    ],
)
def test_a_wrong_ask_is_refused_in_one_line(
    made: Made, change: dict[str, object], error: type[Exception], visible: Callable[[Path], set[str]]
) -> None:
    before = visible(made[0])
    ask = ClipAsk.model_validate({"recording": str(made[2].recording), "recipes": SHAPE} | change)
    with open_workspace(made[0]) as workspace, pytest.raises(error) as caught:
        cut_clip(workspace, ask, tell_nobody)
    assert getattr(caught.value, "exit_code", None) == 2
    assert "\n" not in str(caught.value)
    assert visible(made[0]) == before


def test_a_wall_clock_names_the_same_pictures(made: Made) -> None:
    asks = [
        ClipAsk(recording=str(made[2].recording), start=start, end=end, recipes=SHAPE)
        for start, end in (("2", "3"), ("2026-11-20T22:00:02Z", "2026-11-20T22:00:03Z"))
    ]
    with open_workspace(made[0]) as workspace:
        first, second = (cut_clip(workspace, ask, tell_nobody) for ask in asks)
    assert (first.clip, second.status) == (second.clip, "exists")


def test_a_clip_without_sound_is_still_a_clip(workspace: Workspace, tmp_path: Path) -> None:
    video = make_video(tmp_path / "silent.mp4", seconds=4, sound=False)
    (item,) = ingest_source(workspace, RunAsk(source=str(video)), tell_nobody).recordings
    transcribe_recording(workspace, str(item.recording), tell_nobody)
    ask = ClipAsk(recording=str(item.recording), start="0.5", end="3", recipes=SHAPE)
    clip = cut_clip(workspace, ask, tell_nobody)
    assert clip.renditions[0].loudness_lufs is None
    assert pack_clip(workspace, clip.clip, tell_nobody).zip.endswith(".zip")


def test_a_wrong_watchlist_is_said_before_any_work(workspace: Workspace, recording: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("name: empty\nentries: []\n")
    with pytest.raises(WatchlistWrong):
        run(workspace, recording, empty, tell_nobody)
    assert not any((workspace.home / "originals").rglob("*.mp4"))


def test_an_air_time_that_is_none_is_refused(workspace: Workspace, recording: Path) -> None:
    with pytest.raises(TimeUnclear):
        ingest_source(workspace, RunAsk(source=str(recording), aired_at="last Friday"), tell_nobody)


def test_overnight_takes_what_is_new_and_does_nothing_twice(
    workspace: Workspace, recording: Path, watchlist: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "incoming"
    shutil.copytree(recording.parent, folder)
    (folder / "broken.mp4").write_text("this is not a film")
    (workspace.home / "soundbite.toml").write_text(f'watchlist = "{watchlist}"\nrecipes = "landscape720"\n')
    workspace = open_workspace(workspace.home)
    first = sweep(workspace, tell_nobody, folder=folder)
    assert (first.new, first.known, first.refused) == (1, 0, 1)
    second = sweep(workspace, tell_nobody, folder=folder)
    assert (second.new, second.known, second.refused) == (0, 1, 1)
    assert [clip.status for clip in first.clips] == ["made"]
    assert [(clip.clip, clip.status) for clip in second.clips] == [(first.clips[0].clip, "exists")]


def test_overnight_without_a_folder_says_so(workspace: Workspace) -> None:
    with pytest.raises(SourceMissing):
        sweep(workspace, tell_nobody)
