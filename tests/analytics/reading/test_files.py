"""Files as they come: encodings, JSON, zips, workbooks, and things that are none of these."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from analytics.errors import ExportRefused
from analytics.reading import Document, Table, read_tables, tables_in
from archive.errors import SourceMissing

TEXT = "Video ID,Title,Views\r\na,£5 off – “Großartig”,1234\r\nb,x,5\r\n"


def table(data: bytes) -> Table:
    (found,) = tables_in(data, "file")
    assert isinstance(found, Table)
    return found


def document(text: str) -> object:
    (found,) = tables_in(text.encode(), "file")
    assert isinstance(found, Document)
    return found.data


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_an_encoding_is_found_from_the_bytes(encoding: str) -> None:
    read = table(TEXT.encode(encoding))
    assert list(read.frame["Title"]) == ["£5 off – “Großartig”", "x"]
    assert bool(read.repairs) == (encoding == "cp1252")


def test_bulgarian_of_old_windows_is_read_as_such() -> None:
    read = table("Видео,Гледания\r\nПлевен,7\r\n".encode("cp1251"))
    assert read.columns == ("Видео", "Гледания")
    assert "1251" in read.repairs[0].what


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"), (b" \r\n\t", "empty"), (b"\xef\xbb\xbf", "empty"), (b"\x00" * 512, "empty"),
        (b"id,Views\na\x00b,1\n", "NUL"), ("é,ü,Views\r\n".encode() * 20 + b"\xff\r\n", "line 21"),
        (TEXT.encode("utf-16")[:-3], "cut off"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"), (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"), (b"\x1f\x8b\x08", "gzip"), (b"PK\x03\x04broken", "broken zip"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ExportRefused, match=why):
        tables_in(data, "file.csv")


def test_there_is_nothing_at_the_path(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_tables(tmp_path / "none.csv")


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text(TEXT)
    assert len(read_tables(tmp_path / "photo.jpg")) == 1


def test_json_is_a_document() -> None:
    assert document('\ufeff {"data": [{"id": "1", "spend": 0.1}]}') == {"data": [{"id": "1", "spend": 0.1}]}


def test_json_lines_are_a_list() -> None:
    assert document('{"a": 1}\n\n{"a": "line\u2028separator"}\r\n') == [{"a": 1}, {"a": "line\u2028separator"}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[" * 200_000, "deeper"), ('{"a":' * 200_000, "deeper"), ('{"a": NaN}', "NaN"), ('[-Infinity]', "Infinity"),
        ('{"a": 1, "a": 2}', "twice"), ("[" + "9" * 5000 + "]", "can't be read"), ("[1e999]", "too large"),
        ('{"a": [1, 2', "no JSON"), ('{"a": 1}\n{"a": ', "line 2"), ('{"a": 1} trailing', "line 1"),
        ('["\\ud800"]', "half a character"), ('{"a": \'1\'}', "no JSON"), ("{,}", "no JSON"), ("[1,]", "no JSON"),
    ],
)  # fmt: skip
def test_json_that_lies_is_refused(text: str, why: str) -> None:
    with pytest.raises(ExportRefused, match=why):
        document(text)


def test_a_zip_gives_each_of_its_tables() -> None:
    data = zipped(
        **{"Table data.csv": TEXT.encode(), "Totals.csv": b"Date,Views\n2026-05-01,1\n", "__MACOSX/._x.csv": b"?"}
    )
    found = tables_in(data, "studio.zip")
    assert [item.name for item in found] == ["studio.zip/Table data.csv", "studio.zip/Totals.csv"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped(**{"readme.md": b"x"}), "no table"),
        (zipped(**{f"{n}.csv": b"a,b\n1,2\n" for n in range(300)}), "200 files"),
        (zipped(**{"bomb.csv": b"0" * (1 << 20)}).replace((1 << 20).to_bytes(4, "little"), b"\xff\xff\xff\x7f"), "MiB"),
        (zipped(**{"inner.csv": zipped(**{"a.csv": b"a,b\n1,2\n"})}), "zip within a zip"),
        (zipped(**{"a.csv": TEXT.encode()})[:-30], "broken zip"),
    ],
)
def test_a_zip_that_is_a_trap_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ExportRefused, match=why):
        tables_in(data, "file.zip")


def test_what_of_a_zip_was_not_read_is_said() -> None:
    inner = zipped(**{"a.csv": TEXT.encode()})
    (item, lines) = tables_in(
        zipped(**{"a.csv": TEXT.encode(), "b.ndjson": b'{"a": 1}\n{"a": 2}\n', "c.xls": b"x", "d.zip": inner}),
        "all.zip",
    )
    assert item.notes == ("all.zip: these in it were not read: c.xls, d.zip",)
    assert isinstance(lines, Document)
    assert (lines.data, lines.notes) == ([{"a": 1}, {"a": 2}], ())


def test_a_zip_of_nothing_but_zips_is_refused() -> None:
    with pytest.raises(ExportRefused, match="holds a zip within a zip"):
        tables_in(zipped(**{"a.zip": zipped(**{"a.csv": TEXT.encode()})}), "all.zip")


def test_hidden_sheets_are_said() -> None:
    book = load_workbook(io.BytesIO(workbook([["a", "b"], ["1", "2"]], [["a", "b"], ["3", "4"]])))
    book.worksheets[1].sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    (item,) = tables_in(data.getvalue(), "book.xlsx")
    assert item.notes == ("book.xlsx: hidden sheets were not read: Sheet 1",)


def test_a_workbook_keeps_what_excel_keeps() -> None:
    rows: list[list[object]] = [
        ["Video ID", "Published", "Hour", "Views", "Share", "Formula"],
        ["0012", date(2026, 5, 1), datetime(2026, 5, 1, 7), 1234, 0.5, '=HYPERLINK("x")'],
        [2074000000000000001, None, None, 5.0, 12.25, True],
    ]
    read = table(workbook(rows))
    assert [list(row) for row in read.frame.itertuples(index=False)] == [
        ["0012", "2026-05-01", "2026-05-01 07:00:00", "1234", "0.5", ""],
        ["2.07400000000000E+18", "", "", "5", "12.25", "true"],
    ]
    assert list(read.frame.index) == [2, 3]


def test_each_sheet_is_a_table_of_its_own() -> None:
    found = tables_in(workbook([["a", "b"], ["1", "2"]], [], [["c", "d"], ["3", "4"]]), "book.xlsx")
    assert [item.name for item in found] == ["book.xlsx/Sheet 0", "book.xlsx/Sheet 2"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_with_entities_of_its_own_is_refused(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook([["a", "b"], ["1", "2"]]))) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    files[part] = (
        files[part].replace(b"<", entities + b"<", 1) if b"<?xml" not in files[part] else entities + files[part]
    )
    files[part] = b" " * 100_000 + files[part] if part.endswith("sheet1.xml") else files[part]
    with pytest.raises(ExportRefused, match="EntitiesForbidden"):
        tables_in(zipped(**files), "book.xlsx")


def test_a_workbook_that_is_broken_is_refused() -> None:
    with pytest.raises(ExportRefused, match="broken workbook"):
        tables_in(zipped(**{"[Content_Types].xml": b"<Types/>"}), "book.xlsx")


def test_numbers_of_json_keep_their_digits() -> None:
    assert document(json.dumps([2**63, 0.1])) == [2**63, 0.1]
