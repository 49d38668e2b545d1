"""One file: its tables beside each other, what a person says of it, and when it was downloaded."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.errors import AskWrong
from analytics.importing import Imported, import_file, read_export
from analytics.lake import Lake
from analytics.model.extract import Ask

DAY = datetime(2026, 5, 3, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def written(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.utime(path, (DAY.timestamp(), DAY.timestamp()))
    return path


def outcome(imported: Imported) -> tuple[str, int, dict[str, object]]:
    return imported.status, imported.rows, dict(imported.totals)


def zipped(folder: Path, name: str = "export.zip", **files: str) -> Path:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for inner, text in files.items():
            archive.writestr(f"{inner}.csv", text)
    return written(folder, made.getvalue(), name)


def test_tables_of_one_file_that_hold_different_things_are_added_up(lake: Lake, tmp_path: Path) -> None:
    jan, feb = "Video ID,Views\na,10\nb,5\n", "Video ID,Views\nc,20\n"
    assert import_file(lake, zipped(tmp_path, jan=jan, feb=feb)).totals == {"views": 35}
    stacked = written(tmp_path, f"{jan}\n{feb}d,7\n", "stacked.csv")
    assert import_file(lake, stacked).totals == {"views": 42}


def test_tables_of_one_file_that_contradict_each_other_are_not_believed(lake: Lake, tmp_path: Path) -> None:
    both = zipped(tmp_path, one="Video ID,Views\na,10\nb,1\n", two="Video ID,Views\na,20\nb,1\nc,2.5K\n")
    imported = import_file(lake, both)
    assert imported.totals == {"views": [2451, 2600]}
    assert [row.value for row in imported.refused] == ["10", "20"]


STUDIO_AGES = "Viewer age,Views (%)\n18–24 years,40\n25–34 years,60\n"
STUDIO_DAYS = "Date,Views\n2026-04-01,10\n2026-04-02,20\n2026-04-03,5\n"


def test_a_table_by_day_says_the_period_of_those_beside_it(tmp_path: Path) -> None:
    ages, days = read_export(zipped(tmp_path, ages=STUDIO_AGES, days=STUDIO_DAYS))
    assert set(ages.values["grain"]) == {"period"}
    ends = (ages.values[end].dt.tz_convert("Europe/London").dt.date for end in ("start", "end"))
    assert [set(end) for end in ends] == [{date(2026, 4, 1)}, {date(2026, 4, 4)}]
    assert any("taken from the table by day beside it, 2026-04-01 to 2026-04-03" in note for note in ages.notes)
    assert not any("--from" in note for note in ages.notes)
    assert set(days.values["grain"]) == {"day"}


def test_what_a_person_says_of_the_period_wins(tmp_path: Path) -> None:
    said = Ask(first=date(2026, 3, 1), last=date(2026, 3, 31))
    ages, _ = read_export(zipped(tmp_path, ages=STUDIO_AGES, days=STUDIO_DAYS), said)
    assert set(ages.values["end"].dt.tz_convert("Europe/London").dt.date) == {date(2026, 4, 1)}


def test_a_download_time_that_is_only_the_files_own_is_said_once(tmp_path: Path) -> None:
    path = zipped(tmp_path, ages=STUDIO_AGES, days=STUDIO_DAYS)
    notes = [note for extract in read_export(path) for note in extract.notes if "download time" in note]
    assert notes == ["download time taken from the file: 2026-05-03 00:00 UTC; set it with --as-of"]
    assert not any("download time" in note for one in read_export(path, Ask(as_of=DAY)) for note in one.notes)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"first": date(2026, 5, 2), "last": date(2026, 5, 1)}, "ends before"),
        ({"first": date(2026, 5, 2)}, "first and a last"), ({"last": date(2026, 5, 2)}, "first and a last"),
        ({"platform": "facebok"}, "facebook"), ({"payment": "boosted"}, "boosted"), ({"locale": "xx-YY"}, "locale"),
        ({"zone": "Europe/Londn"}, "time zone"), ({"as_of": datetime(2062, 1, 1)}, "to come"),
    ],
)  # fmt: skip
def test_a_slip_in_what_is_said_is_told_before_anything_is_read(
    lake: Lake, tmp_path: Path, said: dict[str, object], why: str
) -> None:
    with pytest.raises(AskWrong, match=why) as caught:
        import_file(lake, tmp_path / "not there.csv", Ask(**said))  # type: ignore[arg-type]
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("said", [{}, {"as_of": datetime(2026, 5, 3)}])
def test_a_day_after_the_download_is_refused(lake: Lake, tmp_path: Path, said: dict[str, datetime]) -> None:
    text = "Video ID,Date,Views\na,2026-05-01,10\na,2099-05-04,20\n"
    imported = import_file(lake, written(tmp_path, text), Ask(**said))  # type: ignore[arg-type]
    assert outcome(imported) == ("imported", 1, {"views": 10})
    assert [(row.line, row.value) for row in imported.refused] == [(3, "2099-05-04")]


def test_a_file_too_large_is_not_read_at_all(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as sparse:
        sparse.truncate((1 << 30) + 1)
    assert "larger than" in import_file(lake, path).reason
    assert "is no file" in import_file(lake, tmp_path).reason
