"""What goes into the lake comes out of it: once, newest first, with its past."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

import analytics
from analytics.errors import LakeBusy, LakeDamaged
from analytics.lake import Lake, generation, place
from analytics.model.extract import RefusedRow, Repair
from tests.analytics.rows import WHEN, extract, objects

REPOSITORY = Path(__file__).resolve().parents[3]
LATER = WHEN + timedelta(days=1)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return analytics.open(tmp_path / "lake")


def put(lake: Lake, import_id: str, *rows: dict[str, object], **changes: object) -> None:
    lake.add(extract(*rows, **changes), import_id=import_id, name=f"{import_id}.csv", options={})


def lows(lake: Lake, view: str = "current_values") -> list[float]:
    return [float(low) for low in lake.frame(f"SELECT low FROM {view} ORDER BY ALL")["low"]]


def test_a_fresh_lake_answers_every_view_with_nothing(lake: Lake) -> None:
    for view in ("current_values", "history", "objects", "object_history", "links", "clips", "receipts", "tidy"):
        assert lake.frame(f"SELECT * FROM {view}").empty
    assert lake.receipts() == ()


def test_what_goes_in_comes_out_as_it_was(lake: Lake) -> None:
    given = extract(
        {"low": 3.0, "start": "2026-11-03", "age": "18-24", "gender": "female", "line": 7},
        {"metric": "reach", "low": 10.0, "high": math.inf},
        {"metric": "likes"},
        {"metric": "spend", "low": 0.0, "state": "zero", "currency": "GBP", "object": "d'or \u2028 ü"},
    )
    lake.add(given, import_id="one", name="one.csv", options={})
    order = ["metric", "age"]
    found = lake.frame("SELECT * FROM current_values").sort_values(order, ignore_index=True)
    expected = given.values.assign(import_id="one").sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(found, expected.astype(found.dtypes.to_dict()))
    assert str(found["start"].dtype) == "datetime64[us, UTC]"


def test_the_same_import_again_changes_nothing(lake: Lake, tmp_path: Path) -> None:
    first = lake.add(extract({"low": 5.0}), import_id="one", name="one.csv", options={"locale": "en"})
    before = (tmp_path / "lake" / "current.json").read_bytes()
    again = lake.add(extract({"low": 6.0}), import_id="one", name="other.csv", options={})
    assert again == first
    assert (tmp_path / "lake" / "current.json").read_bytes() == before
    assert lows(lake) == [5.0]


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_the_newest_snapshot_counts_whichever_came_first(lake: Lake, order: tuple[str, str]) -> None:
    rows: dict[str, dict[str, object]] = {"old": {"low": 5.0}, "new": {"low": 4.0, "snapshot_at": LATER}}
    for name in order:
        put(lake, name, rows[name])
    assert lows(lake) == [4.0]
    assert lows(lake, "history") == [4.0, 5.0]


def test_of_one_time_the_later_import_counts(lake: Lake) -> None:
    put(lake, "z", {"low": 5.0})
    put(lake, "a", {"low": 7.0})
    put(lake, "m", {"low": 6.0})
    assert lows(lake) == [6.0]


def test_a_number_is_not_replaced_by_none(lake: Lake) -> None:
    put(lake, "one", {"low": 5.0}, {"metric": "likes"})
    put(lake, "two", {"snapshot_at": LATER}, {"metric": "likes", "low": 2.0, "snapshot_at": WHEN - timedelta(days=9)})
    assert lake.frame("SELECT metric, low FROM current_values ORDER BY ALL").to_dict("list") == {
        "metric": ["likes", "views"],
        "low": [2.0, 5.0],
    }


def test_a_definition_a_period_and_a_cell_make_values_of_their_own(lake: Lake) -> None:
    rows: list[dict[str, object]] = [
        {"low": 1.0},
        {"low": 2.0, "definition": "2025-03-31"},
        {"low": 3.0, "start": "2026-11-03"},
        {"low": 4.0, "start": "2026-11-03", "end": pd.Timestamp("2026-11-10", tz="UTC"), "grain": "period"},
        {"low": 5.0, "age": "18-24"},
        {"low": 6.0, "basis": "targeted"},
    ]
    for number, row in enumerate(rows):
        put(lake, str(number), row)
    assert lows(lake) == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_only_the_touched_partitions_are_written_again(lake: Lake, tmp_path: Path) -> None:
    put(lake, "one", {"low": 1.0, "start": "2026-10-03"}, {"low": 2.0, "start": "2026-11-03"}, {"low": 3.0})
    before = json.loads((tmp_path / "lake" / "current.json").read_text())["values"]
    put(lake, "two", {"low": 4.0, "start": "2026-11-03", "snapshot_at": LATER})
    after = json.loads((tmp_path / "lake" / "current.json").read_text())["values"]
    assert {name for name in after if after[name] != before.get(name)} == {"facebook/2026-11"}


def test_an_empty_export_leaves_a_receipt_only(lake: Lake) -> None:
    put(lake, "one", covers=("Page A",))
    assert [(receipt.rows, receipt.covers, receipt.totals) for receipt in lake.receipts()] == [(0, ("Page A",), {})]
    assert lows(lake) == []


def test_a_receipt_keeps_what_was_said_and_mended(lake: Lake) -> None:
    given = extract(
        {"low": 5.0},
        repairs=(Repair(0, "UTF-16 read as such"),),
        refused=tuple(RefusedRow(line, "Views", "x\u2028y", "no number") for line in range(1800)),
        notes=("two weeks",),
    )
    receipt = lake.add(given, import_id="one", name="ü.csv", options={"locale": "de-DE"})
    (kept,) = analytics.open(Path(lake._place.store.root)).receipts()
    assert kept == receipt
    assert (kept.name, kept.options, kept.repairs) == ("ü.csv", {"locale": "de-DE"}, given.repairs)
    assert (len(kept.refused), kept.refused_rows) == (1000, 1800)
    assert kept.notes == ("two weeks", "800 more refused rows are not listed")
    shown = lake.frame("SELECT name, len(refused) AS refused, totals->>'views' AS views FROM receipts")
    assert shown.to_dict("records") == [{"name": "ü.csv", "refused": 1000, "views": "5"}]


def test_objects_take_each_field_from_the_newest_source_that_says_it(lake: Lake) -> None:
    late = objects({"title": "New", "snapshot_at": LATER})
    early = objects({"title": "Old", "url": "https://example.org/1", "duration_s": 9.0})
    put(lake, "one", {"low": 1.0, "snapshot_at": LATER}, described=late)
    put(lake, "two", {"low": 1.0}, described=early, source="x.content")
    (known,) = lake.frame("SELECT title, url, duration_s FROM objects").to_dict("records")
    assert known == {"title": "New", "url": "https://example.org/1", "duration_s": 9.0}
    assert len(lake.frame("SELECT * FROM object_history")) == 2


def test_tidy_counts_a_post_of_two_seats_once(lake: Lake) -> None:
    put(
        lake,
        "one",
        {"low": 5.0},
        {"object": "", "object_kind": "account", "low": 9.0},
        described=objects({"title": "T"}),
    )
    posts = pd.DataFrame(
        {"platform": "facebook", "object": "p1", "clip": "c_1", "seat": ["E14001109", "E14001110"], "payment": "paid"}
    )
    lake.put_links(posts, pd.DataFrame({"clip": ["c_1"], "topic": ["nhs"]}))
    found = (
        lake.frame("SELECT low, clip, seat, payment, topic, title FROM tidy ORDER BY low").fillna("").to_dict("records")
    )
    assert found == [
        {"low": 5.0, "clip": "c_1", "seat": "E14001109, E14001110", "payment": "paid", "topic": "nhs", "title": "T"},
        {"low": 9.0, "clip": "", "seat": "", "payment": "unknown", "topic": "", "title": ""},
    ]


def test_the_same_links_again_change_nothing(lake: Lake, tmp_path: Path) -> None:
    posts = pd.DataFrame({"platform": ["facebook"], "object": ["p1"], "clip": ["c_1"]})
    lake.put_links(posts, pd.DataFrame())
    before = (tmp_path / "lake" / "current.json").read_bytes()
    lake.put_links(posts, pd.DataFrame())
    assert (tmp_path / "lake" / "current.json").read_bytes() == before
    lake.put_links(posts.assign(clip="c_2"), pd.DataFrame())
    assert lake.frame("SELECT clip FROM links")["clip"].to_list() == ["c_2"]


def test_sums_of_whole_numbers_come_as_whole_numbers(lake: Lake) -> None:
    put(lake, "one", {"low": 5.0, "line": 3})
    found = lake.frame("SELECT sum(line) AS lines, count(*) AS n, ? AS word FROM current_values", ["x"])
    assert {name: str(kind) for name, kind in found.dtypes.items()} == {"lines": "int64", "n": "int64", "word": "str"}


def test_a_reader_goes_on_while_the_lake_changes(lake: Lake) -> None:
    put(lake, "one", {"low": 5.0})
    with lake.connect() as reader:
        for number in range(3):
            put(lake, f"more{number}", {"low": float(number), "snapshot_at": LATER + timedelta(days=number)})
        assert reader.sql("SELECT low FROM current_values").fetchall() == [(5.0,)]


def test_files_that_no_reader_can_have_open_any_more_go(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "READERS_GRACE", timedelta(0))
    for number in range(4):
        put(lake, str(number), {"low": float(number)})
    values = sorted((tmp_path / "lake" / "current" / "values").rglob("*.parquet"))
    assert len(values) <= 2
    assert len(list((tmp_path / "lake" / "history" / "values").iterdir())) == 4


@pytest.mark.parametrize("loss", ["current.json", "current"])
def test_what_is_derived_is_made_again_from_history(lake: Lake, tmp_path: Path, loss: str) -> None:
    put(lake, "one", {"low": 1.0, "start": "2026-10-03"}, {"low": 3.0}, described=objects({"title": "T"}))
    put(lake, "two", {"low": 2.0, "snapshot_at": LATER}, {"metric": "likes"})
    views = ("SELECT * FROM current_values ORDER BY ALL", "SELECT * FROM objects", "SELECT * FROM receipts")
    before, receipts = [lake.frame(view).astype(str) for view in views], lake.receipts()
    lost = tmp_path / "lake" / loss
    lost.rename(tmp_path / "lost")
    with pytest.raises(LakeDamaged, match="rebuild"):
        lake.frame("SELECT * FROM tidy")
    lake.rebuild()
    for view, was in zip(views, before, strict=True):
        pd.testing.assert_frame_equal(lake.frame(view).astype(str), was)
    assert lake.receipts() == receipts
    put(lake, "three", {"low": 7.0, "snapshot_at": LATER + timedelta(days=1)})
    assert 7.0 in lows(lake)


def test_a_damaged_file_is_named(lake: Lake, tmp_path: Path) -> None:
    put(lake, "one", {"low": 1.0})
    (file,) = (tmp_path / "lake" / "current" / "values").rglob("*.parquet")
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(LakeDamaged, match=file.name):
        lows(lake)


def test_a_pointer_that_is_no_pointer_is_said(lake: Lake, tmp_path: Path) -> None:
    put(lake, "one", {"low": 1.0})
    for broken in ("{", "[]", '{"number": 3, "colour": "red"}'):
        (tmp_path / "lake" / "current.json").write_text(broken)
        with pytest.raises(LakeDamaged, match=r"current\.json"):
            lows(lake)
        with pytest.raises(LakeDamaged):
            put(lake, "two", {"low": 2.0})
    lake.rebuild()
    assert lows(lake) == [1.0]


def test_an_import_that_is_withdrawn_gives_way_to_what_it_hid(lake: Lake, tmp_path: Path) -> None:
    put(lake, "one", {"low": 1.0, "start": "2026-10-03"}, {"low": 3.0}, described=objects({"title": "Old"}))
    told = ("SELECT * FROM current_values ORDER BY ALL", "SELECT * FROM objects", "SELECT * FROM receipts")
    before, history = [lake.frame(view) for view in told], tmp_path / "lake" / "history" / "values"
    late = objects({"title": "New", "snapshot_at": LATER})
    put(lake, "two", {"low": 2.0, "snapshot_at": LATER}, {"metric": "likes", "low": 9.0}, described=late)
    lake.withdraw(["two", "never"])
    for view, was in zip(told, before, strict=True):
        pd.testing.assert_frame_equal(lake.frame(view), was)
    assert sorted(path.stem for path in history.iterdir()) == ["one", "two"]
    put(lake, "two", {"low": 2.0, "snapshot_at": LATER})
    assert lows(lake) == [1.0, 2.0]


def test_withdrawing_what_is_not_there_changes_nothing(lake: Lake, tmp_path: Path) -> None:
    put(lake, "one", {"low": 1.0})
    before = (tmp_path / "lake" / "current.json").read_bytes()
    lake.withdraw(["two"])
    assert (tmp_path / "lake" / "current.json").read_bytes() == before
    lake.withdraw(["one"])
    assert (lows(lake), lake.receipts()) == ([], ())


def test_an_import_id_that_is_no_file_name_is_refused(lake: Lake) -> None:
    for name in ("", "../x", "a/b", "a b", ".hidden", "x" * 300):
        with pytest.raises(ValueError, match="no import id"):
            put(lake, name, {"low": 1.0})


def test_a_second_writer_waits_then_says_so(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "PATIENCE_S", 0.1)
    with lake._place.writing(), pytest.raises(LakeBusy) as told:
        put(analytics.open(tmp_path / "lake"), "two", {"low": 2.0})
    assert told.value.is_transient
    put(lake, "two", {"low": 2.0})
    assert lows(lake) == [2.0]


def test_writers_at_once_lose_nothing(lake: Lake, tmp_path: Path) -> None:
    def work(number: int) -> None:
        put(analytics.open(tmp_path / "lake"), f"i{number}", {"low": float(number), "object": f"p{number}"})

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lows(lake) == [0.0, 1.0, 2.0, 3.0]
    assert len(lake.receipts()) == 4


def test_a_folder_with_odd_letters_in_its_name_will_do(tmp_path: Path) -> None:
    lake = analytics.open(tmp_path / "it's [my] *lake?")
    put(lake, "one", {"low": 1.0})
    put(lake, "two", {"low": 2.0, "snapshot_at": LATER})
    assert lows(lake) == [2.0]
    assert lows(lake, "history") == [1.0, 2.0]


def test_a_relative_folder_is_the_one_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(analytics.open("lake"), "one", {"low": 1.0})
    assert lows(analytics.open(tmp_path / "lake")) == [1.0]


def test_imported_at_is_now(lake: Lake) -> None:
    before = datetime.now(UTC)
    put(lake, "one", {"low": 1.0})
    assert before <= lake.receipts()[0].imported_at <= datetime.now(UTC)


def test_importing_analytics_alone_is_cheap() -> None:
    code = "import sys, analytics; sys.exit(any(name in sys.modules for name in ('pandas', 'duckdb', 'pandera')))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=REPOSITORY)
