from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.model.scope import Window
from analytics.reports import edition
from analytics.reports.edition import Edition, read_edition, write_edition
from analytics.reports.page import Page
from archive.errors import StoreError

PAGES = (Page("overnight", "How did it go?", "Well."), Page("seats", "Where?", "Everywhere."))


def write(folder: Path, pages: tuple[Page, ...] = PAGES, *, replace: bool = False) -> Edition:
    window = Window(date(2026, 11, 1), date(2026, 11, 14))
    made_at = datetime(2026, 11, 15, 4, 10, tzinfo=UTC)
    return write_edition(pages, folder, title="Overnight", window=window, made_at=made_at, replace=replace)


def test_an_edition_is_complete_and_reads_back_the_same(tmp_path: Path) -> None:
    written = write(tmp_path / "2026-11-14")
    assert sorted(path.name for path in written.folder.iterdir()) == [
        "digest.eml", "digest.txt", "edition.json", "index.html", "numbers.xlsx", "overnight.html", "seats.html",
    ]  # fmt: skip
    assert read_edition(written.folder) == written
    assert [page.answer for page in written.pages] == ["Well.", "Everywhere."]
    assert all(page.html.is_file() for page in written.pages)
    assert json.loads((written.folder / "edition.json").read_text("utf-8"))["period"] == "1 to 14 November 2026"


def test_what_is_published_is_never_overwritten_unless_asked(tmp_path: Path) -> None:
    write(tmp_path / "e")
    with pytest.raises(StoreError, match="exists already"):
        write(tmp_path / "e", PAGES[:1])
    assert len(read_edition(tmp_path / "e").pages) == 2
    write(tmp_path / "e", PAGES[:1], replace=True)
    assert not (tmp_path / "e" / "seats.html").exists()


def test_an_edition_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(edition, "workbook", broken)
    with pytest.raises(StoreError):
        write(tmp_path / "e")
    assert list(tmp_path.iterdir()) == []


def test_two_pages_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one name"):
        write(tmp_path / "e", (PAGES[0], PAGES[0]))
