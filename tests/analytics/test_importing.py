"""From a file into the lake: once, whole or in part with the reason, never with a wrong total in silence."""

from __future__ import annotations

import copy
import io
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.errors import ExportRefused, MappingWrong, SeatUnknown
from analytics.importing import Imported, import_file, read_export
from analytics.lake import Lake
from analytics.model.extract import Ask
from analytics.reading import Document
from archive.errors import SourceMissing

PLAIN = "Video ID,Title,Published,Views\r\na,x,2026-05-01,1234\r\nb,y,2026-05-02,5\r\n"
DAY = datetime(2026, 5, 3, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def written(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.utime(path, (DAY.timestamp(), DAY.timestamp()))
    return path


def views(lake: Lake, of: str = "current_values") -> float:
    found = lake.frame(f"SELECT coalesce(sum(low), 0) AS views FROM {of} WHERE metric = 'views'")
    return float(found["views"].iloc[0])


def outcome(imported: Imported) -> tuple[str, int, dict[str, object]]:
    return imported.status, imported.rows, dict(imported.totals)


def test_a_good_file_is_imported_and_counted(lake: Lake, tmp_path: Path) -> None:
    imported = import_file(lake, written(tmp_path, PLAIN))
    assert outcome(imported) == ("imported", 2, {"views": 1239})
    assert (imported.source, imported.reason, len(imported.import_ids)) == ("plain.table", "", 1)
    assert views(lake) == 1239


def test_the_same_bytes_again_are_known_under_any_name(lake: Lake, tmp_path: Path) -> None:
    first = import_file(lake, written(tmp_path, PLAIN))
    again = import_file(lake, written(tmp_path, PLAIN, "copy.csv"))
    assert outcome(again) == ("known", 2, {"views": 1239})
    assert again.import_ids == first.import_ids
    assert (views(lake), views(lake, "history"), len(lake.receipts())) == (1239, 1239, 1)


def test_another_time_makes_it_another_snapshot(lake: Lake, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    import_file(lake, path, Ask(as_of=DAY))
    assert import_file(lake, path, Ask(as_of=DAY + timedelta(days=1))).status == "imported"
    assert import_file(lake, path, Ask(as_of=DAY)).status == "known"
    assert (views(lake), views(lake, "history")) == (1239, 2478)


def test_a_correction_takes_the_place_of_what_was_said_first(lake: Lake, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    import_file(lake, path, Ask(payment="organic"))
    corrected = import_file(lake, path, Ask(payment="paid"))
    assert outcome(corrected) == ("imported", 2, {"views": 1239})
    assert corrected.notes[-1] == "takes the place of the same file imported with payment organic"
    assert (views(lake), views(lake, "history"), len(lake.receipts())) == (1239, 1239, 1)
    assert set(lake.frame("SELECT payment FROM current_values")["payment"]) == {"paid"}
    assert import_file(lake, path, Ask(payment="organic")).status == "imported"
    assert set(lake.frame("SELECT payment FROM current_values")["payment"]) == {"organic"}


def test_saying_nothing_again_corrects_nothing(lake: Lake, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    first = import_file(lake, path, Ask(account="orchard", as_of=DAY))
    again = import_file(lake, path, Ask(zone="Europe/Berlin"))
    assert (again.status, again.import_ids) == ("known", first.import_ids)


def test_a_correction_is_one_for_every_time_of_download(lake: Lake, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    for day in (0, 1):
        import_file(lake, path, Ask(account="a", as_of=DAY + timedelta(days=day)))
    import_file(lake, path, Ask(account="b", as_of=DAY))
    assert [receipt.options["account"] for receipt in lake.receipts()] == ["b"]


def test_a_correction_that_was_killed_before_its_end_is_brought_to_it(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, PLAIN)
    import_file(lake, path, Ask(payment="organic"))
    with monkeypatch.context() as killed:
        killed.setattr(Lake, "withdraw", lambda *_: None)
        import_file(lake, path, Ask(payment="paid"))
    assert len(lake.receipts()) == 2
    assert import_file(lake, path, Ask(payment="paid")).status == "known"
    assert [receipt.options["payment"] for receipt in lake.receipts()] == ["paid"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_restated_numbers_replace_and_are_remembered(lake: Lake, tmp_path: Path, order: tuple[int, int]) -> None:
    files = [written(tmp_path, PLAIN, "1.csv"), written(tmp_path, PLAIN.replace("1234", "1200"), "2.csv")]
    for day in order:
        import_file(lake, files[day], Ask(as_of=DAY + timedelta(days=day)))
    assert (views(lake), views(lake, "history")) == (1205, 1239 + 1205)


def test_bad_rows_are_said_and_the_rest_is_taken(lake: Lake, tmp_path: Path) -> None:
    imported = import_file(lake, written(tmp_path, PLAIN + "c,z,2026-05-02,-3\r\nzzz\r\n"))
    assert outcome(imported) == ("imported", 2, {"views": 1239})
    assert imported.reason.startswith("2 rows refused, the first in line 5, Title: “zzz”")
    assert sorted(row.line for row in imported.refused) == [4, 5]


@pytest.mark.parametrize("content", ["", "<html>", PLAIN.replace("1234", "1.234"), PLAIN.replace("Views", "Vibes")])
def test_a_file_that_is_not_understood_is_quarantined(lake: Lake, tmp_path: Path, content: str) -> None:
    imported = import_file(lake, written(tmp_path, content))
    assert outcome(imported) == ("quarantined", 0, {})
    assert imported.reason
    assert not lake.receipts()


def test_a_file_without_one_good_row_is_quarantined(lake: Lake, tmp_path: Path) -> None:
    imported = import_file(lake, written(tmp_path, "Video ID,Views\r\na,-3\r\nb,NaN\r\n"))
    assert outcome(imported) == ("quarantined", 0, {})
    assert imported.reason.startswith("2 rows refused")
    assert not lake.receipts()


def test_an_answer_to_the_question_lets_it_in(lake: Lake, tmp_path: Path) -> None:
    path = written(tmp_path, "Video ID;Views\r\na;1.234\r\nb;5\r\n")
    assert "--locale" in import_file(lake, path).reason
    assert outcome(import_file(lake, path, Ask(locale="de-DE"))) == ("imported", 2, {"views": 1239})


def test_a_header_alone_is_imported_as_nothing(lake: Lake, tmp_path: Path) -> None:
    path = written(tmp_path, "Video ID,Title,Published,Views\r\n")
    assert outcome(import_file(lake, path)) == ("imported", 0, {})
    assert outcome(import_file(lake, path)) == ("known", 0, {})


def test_what_is_not_exact_comes_out_as_an_interval(lake: Lake, tmp_path: Path) -> None:
    rounded = import_file(lake, written(tmp_path, PLAIN.replace("1234", "1.2K")))
    assert rounded.totals == {"views": [1155, 1304]}
    open_top = import_file(lake, written(tmp_path, PLAIN.replace("1234", "1000+")))
    assert open_top.totals == {"views": [1005, None]}
    assert json.dumps(open_top.totals, allow_nan=False)


def test_tables_of_one_zip_are_not_added_up(lake: Lake, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("Table data.csv", PLAIN)
        archive.writestr("By day.csv", "Video ID,Date,Views\r\na,2026-05-01,1000\r\nb,2026-05-01,5\r\n")
        archive.writestr("Notes.csv", "something,else\r\n1,2\r\n")
    imported = import_file(lake, written(tmp_path, made.getvalue(), "studio.zip"))
    assert outcome(imported) == ("imported", 4, {"views": 1239})  # a lifetime and a day of the same videos
    assert len(imported.import_ids) == 2
    assert any("Notes.csv" in note for note in imported.notes)
    again = import_file(lake, tmp_path / "studio.zip")
    assert (again.status, again.totals) == ("known", imported.totals)


def test_an_import_that_was_cut_short_is_completed(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("1.csv", PLAIN)
        archive.writestr("2.csv", PLAIN.replace("a,", "c,"))
    path, add, calls = written(tmp_path, made.getvalue()), Lake.add, []

    def killed(*args: object, **named: object) -> object:
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return add(*args, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Lake, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            import_file(lake, path)
    assert len(lake.receipts()) == 1
    assert import_file(lake, path).status == "imported"
    assert views(lake) == 1234 * 2 + 5


def test_what_a_person_got_wrong_is_theirs_to_mend(lake: Lake, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    with pytest.raises(SourceMissing):
        import_file(lake, tmp_path / "none.csv")
    with pytest.raises(SourceMissing):
        import_file(lake, path, Ask(mapping=str(tmp_path / "none.yaml")))
    with pytest.raises(MappingWrong):
        import_file(lake, path, Ask(mapping=str(written(tmp_path, "name: x", "m.yaml"))))
    with pytest.raises(SeatUnknown):
        import_file(lake, path, Ask(seat="Atlantis"))


INSIGHTS = {
    "data": [
        {
            "account_id": "1", "account_currency": "GBP", "ad_id": "23846784938030398", "ad_name": "ad", "age": "25-34",
            "gender": "female", "impressions": "725", "reach": "693", "spend": "0.95", "date_start": "2026-05-01",
            "date_stop": "2026-05-01", "actions": [{"action_type": "link_click", "value": "3"}],
        },
        {
            "account_id": "1", "account_currency": "GBP", "ad_id": "23846784938030398", "ad_name": "ad", "age": "35-44",
            "gender": "male", "impressions": "5", "reach": "4", "spend": "0.10", "date_start": "2026-05-01",
            "date_stop": "2026-05-01",
        },
    ],
    "paging": {"cursors": {"before": "x"}},
}  # fmt: skip
LIBRARY = {
    "data": [
        {
            "id": "1", "page_id": "2", "page_name": "P", "funding_entity": "F", "currency": "GBP",
            "ad_creation_time": "2019-11-03T08:29:55+0000", "ad_delivery_start_time": "2019-11-03T08:29:55+0000",
            "impressions": {"lower_bound": "0", "upper_bound": "999"},
            "spend": {"lower_bound": "0", "upper_bound": "99"},
            "demographic_distribution": [{"percentage": "0.6", "age": "65+", "gender": "female"}],
            "region_distribution": [{"percentage": "1", "region": "England"}],
        }
    ]
}  # fmt: skip
HOSTILE: list[object] = [
    None,
    "",
    "x",
    -1,
    1e300,
    10**40,
    True,
    [],
    {},
    [[]],
    [None],
    {"": None},
    "NaN",
    "1.7E+15",
    "\u0000",
    "9" * 400,
]


def places(data: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    yield path
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from places(value, (*path, key))


def with_at(data: object, path: tuple[object, ...], value: object) -> object:
    if not path:
        return value
    changed = copy.deepcopy(data)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]  # type: ignore[index]
    inner[path[-1]] = value  # type: ignore[index]
    return changed


@pytest.mark.parametrize("document", [INSIGHTS, LIBRARY], ids=["insights", "library"])
def test_the_look_alikes_are_read(tmp_path: Path, document: object) -> None:
    (extract,) = read_export(written(tmp_path, json.dumps(document), "export.json"))
    assert extract.rows
    assert not extract.refused


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.data())
def test_a_hostile_value_anywhere_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    document = data.draw(st.sampled_from([INSIGHTS, LIBRARY]))
    path = data.draw(st.sampled_from(list(places(document))))
    hostile = with_at(document, path, data.draw(st.sampled_from(HOSTILE)))
    with suppress(ExportRefused):
        (extract,) = read_export(written(tmp_path, json.dumps(hostile), "export.json"))
        values = extract.values[extract.values["metric"] == "impressions"]
        if document is INSIGHTS and "impressions" not in path and len(path) > 2:  # what was not touched is as it was
            assert set(values["low"]) | set(values["high"]) <= {725, 5}


def test_refused_rows_are_all_counted_though_not_all_are_listed(lake: Lake, tmp_path: Path) -> None:
    rows = "".join(f"v{row},x,2026-05-01,{'zzz' if row < 1200 else 1}\r\n" for row in range(1201))
    path = written(tmp_path, f"Video ID,Title,Published,Views\r\n{rows}")
    for imported in (import_file(lake, path), import_file(lake, path)):
        assert imported.reason.startswith("1200 rows refused, the first in line 2, Views: “zzz”")
        assert len(imported.refused) == 1000


def test_what_a_source_did_not_foresee_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(item: Document) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("analytics.sources.plain.table.table_of", broken)
    from analytics import sources
    from analytics.sources.plain import table

    source = table.SOURCES[0]
    monkeypatch.setattr(sources, "SOURCES", (source,))
    with pytest.raises(ExportRefused, match="KeyError"):
        read_export(written(tmp_path, PLAIN))
