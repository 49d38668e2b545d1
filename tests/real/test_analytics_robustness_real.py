"""Real damage: every file does what its expected.json says, and nothing whatsoever ends in an uncaught error."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.errors import ExportRefused, ExportUnclear
from analytics.importing import import_file, read_export
from analytics.lake import Lake
from analytics.model.extract import Ask
from analytics.reading import Document, Table, read_tables

REAL = Path(os.environ.get("SOUNDBITE_REAL", Path(__file__).resolve().parents[2] / ".." / "shared" / "real"))
ROBUSTNESS = REAL / "robustness"
DAMAGED = ROBUSTNESS / "generated" / "csv"
EXPECTED = json.loads((DAMAGED / "expected.json").read_text("utf-8")) if DAMAGED.is_dir() else {}
PRESENT = sorted(name for name in EXPECTED if (DAMAGED / name).is_file())
ASKED = Ask(as_of=datetime(2026, 5, 3, tzinfo=UTC))
AFTER_THE_CHANGE = Ask(as_of=datetime(2026, 11, 3, tzinfo=UTC))
MUST = {  # what the words of expected.json come to: status, rows kept
    "renamed_column.csv": ("imported", 2),
    "definition_change.csv": ("imported", 2),
    "dup_header.csv": ("quarantined", 0),
    "conflicting_dup_rows.csv": ("imported", 1),
    "short_row.csv": ("imported", 2),
    "extra_cols.csv": ("imported", 2),
    "truncated.csv": ("imported", 1),
    "unterminated_quote.csv": ("quarantined", 0),
    "nul.csv": ("quarantined", 0),
    "negative_and_nan.csv": ("quarantined", 0),
    "html_login.csv": ("quarantined", 0),
    "empty.csv": ("quarantined", 0),
    "semicolon_eu.csv": ("quarantined", 0),
}
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DAMAGED.is_dir(), reason="../shared/real is not here"),
]


@pytest.mark.parametrize("name", PRESENT)
def test_a_damaged_file_does_what_is_expected(name: str, tmp_path: Path) -> None:
    expected = EXPECTED[name]
    imported = import_file(Lake(tmp_path), DAMAGED / name, AFTER_THE_CHANGE if name == "dst_hours.csv" else ASKED)
    assert imported.status in ("imported", "quarantined")
    if "rows" in expected:
        assert imported.rows == expected["rows"]
    if "views_total" in expected or "views_total_latest" in expected:
        assert imported.totals["views"] == expected.get("views_total", expected.get("views_total_latest"))
    if name in MUST:
        assert (imported.status, imported.rows) == MUST[name]
    assert bool(imported.reason) == bool(imported.refused or imported.status == "quarantined")


@pytest.mark.skipif("definition_change.csv" not in PRESENT, reason="the file is not here")
def test_changed_views_are_a_definition_of_their_own(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for name in ("restated_day1.csv", "definition_change.csv"):
        import_file(lake, DAMAGED / name, ASKED)
    found = lake.frame("SELECT definition, sum(low) AS views FROM current_values WHERE metric = 'views' GROUP BY ALL")
    assert dict(zip(found["definition"], found["views"], strict=True)) == {"first": 1239, "2025-03-31": 1509}


@pytest.mark.skipif("restated_day1.csv" not in PRESENT, reason="the file is not here")
def test_restated_figures_replace_and_the_first_day_is_remembered(tmp_path: Path) -> None:
    lake, restated = Lake(tmp_path / "lake"), tmp_path / "restated_day2.csv"
    restated.write_bytes((DAMAGED / "restated_day1.csv").read_bytes().replace(b"1234", b"1200"))
    import_file(lake, restated, Ask(as_of=datetime(2026, 5, 4, tzinfo=UTC)))
    import_file(lake, DAMAGED / "restated_day1.csv", ASKED)
    for view, views in (("current_values", [1205]), ("history", [1205, 1239])):
        found = lake.frame(f"SELECT sum(low) AS views FROM {view} WHERE metric = 'views' GROUP BY import_id")
        assert sorted(found["views"]) == views


SPECTRUM = sorted((ROBUSTNESS / "csv" / "csv-spectrum").glob("csvs__*.csv"))


@pytest.mark.parametrize("path", SPECTRUM, ids=lambda path: path.stem)
def test_the_csv_spectrum_is_read_cell_by_cell(path: Path) -> None:
    wanted = path.with_name(path.name.replace("csvs__", "json__").replace(".csv", ".json"))
    (table,) = read_tables(path)
    assert isinstance(table, Table)
    if wanted.is_file():
        said = table.frame.to_dict("records")
        same_ends = [{name: cell.replace("\r\n", "\n") for name, cell in row.items()} for row in said]
        assert same_ends == [
            {name: cell.replace("\r\n", "\n") for name, cell in row.items()}
            for row in json.loads(wanted.read_text("utf-8"))
        ]


def test_naughty_strings_stay_what_they_are(tmp_path: Path) -> None:
    lines = (ROBUSTNESS / "text" / "blns" / "blns.txt").read_text("utf-8").split("\n")
    naughty = [line for line in lines if line.strip() and not line.startswith("#") and "\x00" not in line]
    path = tmp_path / "naughty.csv"
    quoted = [line.replace('"', '""') for line in naughty]
    rows = "".join(f'id{number},"{line}",{number}\r\n' for number, line in enumerate(quoted))
    path.write_bytes(f"Video ID,Title,Views\r\n{rows}".encode("utf-8", "replace"))
    (extract,) = read_export(path, ASKED)
    assert (extract.rows, extract.values["low"].sum()) == (len(naughty), sum(range(len(naughty))))
    titles = dict(zip(extract.objects["object"], extract.objects["title"], strict=True))
    assert [titles[f"id{number}"] for number in range(len(naughty))] == naughty


EVERYTHING = sorted(path for path in ROBUSTNESS.rglob("*") if path.is_file() and path.stat().st_size < 200_000)[::4]


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: path.name)
def test_anything_at_all_is_read_or_refused_in_one_line(path: Path) -> None:
    assert "\n" not in refusal(path)


def refusal(path: Path) -> str:
    try:
        read_export(path, ASKED)
    except ExportRefused as error:
        return str(error)
    return ""


JSONS = sorted((REAL / "analytics").glob("*.json*"))
CSVS = sorted((REAL / "analytics").glob("*.csv"))


@pytest.mark.parametrize("path", [*JSONS, *CSVS], ids=lambda path: path.name)
@pytest.mark.parametrize("share", [0.2, 0.55, 0.9])
def test_a_real_export_that_breaks_off_never_gains(path: Path, share: float, tmp_path: Path) -> None:
    """Cut anywhere, an export is refused or has rows fewer than the whole; JSON is always refused."""
    data = path.read_bytes()
    cut = tmp_path / path.name
    cut.write_bytes(data[: int(len(data) * share)])
    if path.suffix == ".json":
        with pytest.raises(ExportRefused):
            read_tables(cut)
        return
    with suppress(ExportRefused, ExportUnclear):
        cut_rows = sum(_rows(item) for item in read_tables(cut))
        assert cut_rows <= sum(_rows(item) for item in read_tables(path))
        read_export(cut, ASKED)


def _rows(item: Table | Document) -> int:
    if isinstance(item, Table):
        return len(item.frame)
    return len(item.data) if isinstance(item.data, list) else 0
