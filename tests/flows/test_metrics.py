"""Exports go in once, are kept as they came, and find their clips."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.errors import LakeBusy
from analytics.importing import Imported, import_file
from analytics.lake import Lake, place
from archive.catalogue import audit
from flows import metrics
from flows.asks import MetricsAsk, PostAsk
from flows.errors import NothingToImport, TimeUnclear
from flows.links import relink
from flows.metrics import import_folder, import_metrics, list_imports, rebuild_lake
from flows.posts import note_post
from flows.results import MetricsResult
from flows.telling import tell_nobody
from flows.workspace import Workspace, open_workspace
from tests.flows.reach import CLIP, HTML, TIKTOK, publish_clip, tiktok

REELS = """name: reels
platform: instagram
account: us
object_kind: post
locale: en-GB
columns:
  id: object
  at: {field: published_at, order: dmy}
  views: {metric: views}
  link: {field: url}
"""


def forbidden(*_: object) -> None:
    raise AssertionError("nothing is new")


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with open_workspace(home) as opened:
        yield opened


def imported(workspace: Workspace, *paths: Path, **said: object) -> MetricsResult:
    return import_metrics(workspace, paths, MetricsAsk.model_validate(said), tell_nobody)


def acts(workspace: Workspace) -> list[str]:
    with workspace.catalogue.read() as tx:
        return [act.act for act in audit.acts(tx)]


def kept(home: Path) -> list[Path]:
    return sorted((home / "originals" / "exports").iterdir())


def test_an_export_is_taken_in_once_and_kept_as_it_came(workspace: Workspace, home: Path, tmp_path: Path) -> None:
    path = tiktok(tmp_path)
    (first,) = imported(workspace, path).files
    assert (first.status, first.source, first.rows) == ("imported", "tiktok.videos", 2)
    assert first.totals["views"] == 1500
    (again,) = imported(workspace, path).files
    assert (again.status, again.totals) == ("known", first.totals)
    assert acts(workspace) == ["metrics.import"]
    assert [item.read_text(encoding="utf-8") for item in kept(home) if item.suffix == ".csv"] == [TIKTOK]


def test_what_is_refused_leaves_the_rest_alone_and_nothing_behind(
    workspace: Workspace, home: Path, tmp_path: Path
) -> None:
    page = tmp_path / "audience.csv"
    page.write_text(HTML, encoding="utf-8")
    refused, taken = imported(workspace, page, tiktok(tmp_path)).files
    assert (refused.status, taken.status) == ("quarantined", "imported")
    assert "web page" in refused.reason
    assert HTML not in [item.read_text(encoding="utf-8") for item in kept(home)]
    assert acts(workspace) == ["metrics.refuse", "metrics.import"]


def test_a_noted_post_joins_its_clip(workspace: Workspace, tmp_path: Path) -> None:
    publish_clip(workspace)
    link = "https://www.tiktok.com/@us/video/7560000000000000001"
    note_post(workspace, PostAsk(clip=CLIP, platform="tiktok", id=link, partner="Nurses"))
    imported(workspace, tiktok(tmp_path))
    tidy = workspace.lake().frame(
        "SELECT clip, partner, kind, topic, low FROM tidy WHERE metric = 'views' ORDER BY low"
    )
    assert tidy.to_dict("records")[1] == {
        "clip": CLIP, "partner": "Nurses", "kind": "rebuttal", "topic": "never-said", "low": 1200.0,
    }  # fmt: skip
    assert tidy["clip"].iloc[0] == ""


def test_a_post_that_carries_the_clips_id_is_found_without_being_noted(workspace: Workspace, tmp_path: Path) -> None:
    publish_clip(workspace)
    imported(workspace, tiktok(tmp_path, TIKTOK.replace("Knocking on doors", f"{CLIP}-E14001109 Knocking")))
    links = workspace.lake().frame("SELECT object, clip, seat FROM links")
    assert links.to_dict("records") == [{"object": "7560000000000000002", "clip": CLIP, "seat": "E14001109"}]


def test_a_noted_short_code_finds_the_post_whose_address_holds_it(workspace: Workspace, tmp_path: Path) -> None:
    publish_clip(workspace)
    link = "https://www.instagram.com/reel/DAbCdEfGhIj/"
    note_post(workspace, PostAsk(clip=CLIP, platform="instagram", id=link))
    mapping, export = tmp_path / "reels.yaml", tmp_path / "reels.csv"
    mapping.write_text(REELS, encoding="utf-8")
    export.write_text(f"id,at,views,link\n17900000000000001,20/11/2026,500,{link}\n", encoding="utf-8")
    imported(workspace, export, mapping=str(mapping))
    tidy = workspace.lake().frame("SELECT object, clip, low FROM tidy")
    assert tidy.to_dict("records") == [{"object": "17900000000000001", "clip": CLIP, "low": 500.0}]


def test_a_question_leaves_the_writer_alone_where_nothing_is_new(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_clip(workspace)
    note_post(workspace, PostAsk(clip=CLIP, platform="tiktok", id="7560000000000000001"))
    imported(workspace, tiktok(tmp_path))
    lake = workspace.lake()
    monkeypatch.setattr(place, "PATIENCE_S", 0.1)
    with lake._place.writing():
        monkeypatch.setattr(lake, "put_links", forbidden)
        assert relink(workspace, lake) == 1
        note_post(workspace, PostAsk(clip=CLIP, platform="x", id="17"))
        assert relink(workspace, workspace.lake()) == 2  # it is busy: what is there has to do
    assert len(lake.frame("SELECT * FROM links")) == 1
    relink(workspace, workspace.lake())
    assert len(lake.frame("SELECT * FROM links")) == 2


def test_an_id_that_is_none_of_our_clips_is_no_link(workspace: Workspace, tmp_path: Path) -> None:
    publish_clip(workspace)
    imported(workspace, tiktok(tmp_path, TIKTOK.replace("Knocking on doors", "c_ffffffffffff")))
    assert workspace.lake().frame("SELECT * FROM links").empty


def test_the_watched_folder_is_swept_and_what_was_refused_is_said_once(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    tiktok(folder)
    (folder / "login.csv").write_text(HTML, encoding="utf-8")
    assert [item.status for item in import_folder(workspace, tell_nobody, folder=folder).files] == [
        "imported", "quarantined",
    ]  # fmt: skip
    assert [item.status for item in import_folder(workspace, tell_nobody, folder=folder).files] == ["known"]
    (folder / "login.csv").write_text(TIKTOK.replace("1200", "1300"), encoding="utf-8")
    assert [item.status for item in import_folder(workspace, tell_nobody, folder=folder).files] == ["known", "imported"]


def test_the_lake_can_be_made_again_from_what_is_kept(workspace: Workspace, home: Path, tmp_path: Path) -> None:
    path = tiktok(tmp_path)
    imported(workspace, path, as_of="2026-11-22 08:00", account="orchard")
    asked = "SELECT platform, account, object, metric, low, snapshot_at FROM current_values ORDER BY ALL"
    before = workspace.lake().frame(asked)
    path.unlink()
    (home / "lake").rename(home / "lost")
    (again,) = rebuild_lake(workspace, tell_nobody).files
    assert again.status == "imported"
    assert workspace.lake().frame(asked).equals(before)
    assert [item.name for item in list_imports(workspace).imports] == [path.name]


def test_a_mapping_is_kept_and_one_bad_note_stops_no_other(workspace: Workspace, home: Path, tmp_path: Path) -> None:
    mapping, export = tmp_path / "reels.yaml", tmp_path / "reels.csv"
    mapping.write_text(REELS, encoding="utf-8")
    export.write_text("id,at,views,link\n17,20/11/2026,500,\n", encoding="utf-8")
    imported(workspace, export, mapping=str(mapping))
    imported(workspace, tiktok(tmp_path))
    before = {receipt.import_id: receipt.snapshot_from for receipt in workspace.lake().receipts()}
    mapping.unlink()
    (home / "originals" / "exports" / "0-bad.json").write_text("{", encoding="utf-8")
    (home / "lake").rename(home / "lost")
    found = {Path(item.path).name: item.status for item in rebuild_lake(workspace, tell_nobody).files}
    assert found == {"0-bad.json": "quarantined", "reels.csv": "imported", "Overview.csv": "imported"}
    assert {receipt.import_id: receipt.snapshot_from for receipt in workspace.lake().receipts()} == before
    assert {item.status for item in rebuild_lake(workspace, tell_nobody).files} == {"quarantined", "known"}


def test_what_was_corrected_stays_corrected(workspace: Workspace, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for payment in ("organic", "paid"):
        imported(workspace, tiktok(folder), payment=payment)
    assert [item.status for item in import_folder(workspace, tell_nobody, folder=folder).files] == ["known"]
    (home / "lake").rename(home / "lost")
    assert len(rebuild_lake(workspace, tell_nobody).files) == 1
    assert set(workspace.lake().frame("SELECT payment FROM current_values")["payment"]) == {"paid"}


def test_an_import_that_was_killed_before_its_row_is_written_down_later(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(audit, "record", forbidden)
        with pytest.raises(AssertionError):
            imported(workspace, tiktok(tmp_path))
    for _ in range(2):
        assert imported(workspace, tiktok(tmp_path)).files[0].status == "known"
    assert acts(workspace) == ["metrics.import"]


def test_a_refusal_is_one_row_until_something_else_is_said(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "login.csv").write_text(HTML, encoding="utf-8")
    for _ in range(2):
        imported(workspace, folder)
    assert acts(workspace) == ["metrics.refuse"]
    assert import_folder(workspace, tell_nobody, folder=folder).files == ()
    elsewhere = replace(workspace, settings=workspace.settings.model_copy(update={"zone": "Europe/Berlin"}))
    assert [item.status for item in import_folder(elsewhere, tell_nobody, folder=folder).files] == ["quarantined"]


def test_two_imports_at_once_lose_nothing(workspace: Workspace, home: Path, tmp_path: Path) -> None:
    texts = {name: TIKTOK.replace("75600", name) for name in ("11111", "22222", "33333")}
    folders = [tmp_path / name for name in texts]
    for folder, text in zip(folders, texts.values(), strict=True):
        folder.mkdir()
        tiktok(folder, text)
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda folder: imported(workspace, folder).files[0].status, folders))
    assert found == ["imported"] * 3
    assert len(workspace.lake().receipts()) == 3


def test_a_busy_lake_is_tried_again_and_costs_no_answer(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, busy = tmp_path / "exports", {"b.csv": 1, "c.csv": 9}
    folder.mkdir()
    for name in ("a.csv", "b.csv", "c.csv"):
        (folder / name).write_text(TIKTOK.replace("1200", str(ord(name[0]))), encoding="utf-8")

    def take(lake: Lake, path: Path, *rest: object, **more: object) -> Imported:
        busy[path.name] = busy.get(path.name, 0) - 1
        if busy[path.name] >= 0:
            raise LakeBusy("Somebody else is writing", "Run it again.")
        return import_file(lake, path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(metrics, "import_file", take)
    monkeypatch.setattr(metrics, "PAUSES_S", (0.0, 0.0))
    assert [item.status for item in imported(workspace, folder).files] == ["imported", "imported", "quarantined"]
    assert acts(workspace) == ["metrics.import"] * 2


def test_wrong_words_are_said_before_anything_is_read(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NothingToImport, match="nothing at"):
        imported(workspace, tmp_path / "none.csv")
    with pytest.raises(NothingToImport, match="holds no exports"):
        imported(workspace, tmp_path)
    with pytest.raises(TimeUnclear, match="no day"):
        imported(workspace, tiktok(tmp_path), first="soon")
    assert not (workspace.home / "originals").exists()


def test_a_path_with_nothing_there_stops_no_other(workspace: Workspace, tmp_path: Path) -> None:
    nothing, taken = imported(workspace, tmp_path / "none.csv", tiktok(tmp_path)).files
    assert (nothing.status, taken.status) == ("quarantined", "imported")
    assert "nothing at" in nothing.reason


def test_the_answer_is_plain_json(workspace: Workspace, tmp_path: Path) -> None:
    document = json.loads(imported(workspace, tiktok(tmp_path)).model_dump_json())
    assert {"path", "source", "rows", "status", "reason", "totals"} <= document["files"][0].keys()
