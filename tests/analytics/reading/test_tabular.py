"""Tables out of text: whatever a spreadsheet, a dashboard or a broken download did to it."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import ExportRefused
from analytics.reading import Table, drop_totals, tables_in, total_lines
from analytics.reading.layout import layout_of, rows_of
from analytics.reading.tabular import tables_of, tables_of_rows

HEADER = "Video ID,Title,Published,Views\r\n"
ROWS = '0012300000000000001,"A, ""b""",2026-05-01,1234\r\nabc-_9,x,2026-05-02,5\r\n'


def table(text: str) -> Table:
    (found,) = tables_of(text, "file.csv")
    return found


def views(text: str) -> list[str]:
    return list(table(text).frame["Views"])


def carefully(text: str) -> tuple[Table, ...]:
    layout = layout_of(text, "file.csv")
    return tables_of_rows(rows_of(text, layout, "f"), layout, "file.csv", ends_whole=text.endswith(("\n", "\r")))


def test_every_cell_stays_text_and_rows_know_their_line() -> None:
    read = table(HEADER + ROWS)
    assert list(read.frame["Video ID"]) == ["0012300000000000001", "abc-_9"]
    assert list(read.frame["Title"]) == ['A, "b"', "x"]
    assert list(read.frame.index) == [2, 3]
    assert read.header_line == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows(csv.reader(io.StringIO(HEADER + ROWS)))
    read = table(made.getvalue())
    assert read.delimiter == delimiter
    assert list(read.frame["Views"]) == ["1234", "5"]


@pytest.mark.parametrize("stated", ["sep=;\r\n", '"sep=;"\r\n', "SEP=;\n"])
def test_a_stated_delimiter_is_taken(stated: str) -> None:
    read = table(f"{stated}Video ID;Views\r\na;1\r\n")
    assert list(read.frame["Views"]) == ["1"]
    assert list(read.frame.index) == [3]


def test_lines_above_the_header_are_kept_apart() -> None:
    read = table("Page insights export\r\nLocale: de-DE\r\n\r\n" + HEADER + ROWS)
    assert read.preamble == ("Page insights export", "Locale: de-DE")
    assert (read.header_line, read.language) == (4, "de-DE")
    assert list(read.frame.index) == [5, 6]


def test_a_note_below_the_rows_is_no_row() -> None:
    read = table(HEADER + ROWS + "\r\nFigures are estimates\r\n")
    assert (len(read.frame), read.refused, read.preamble) == (2, (), ("Figures are estimates",))


def test_rows_wrapped_in_quotes_are_unwrapped() -> None:
    rows = list(csv.reader(io.StringIO(HEADER + ROWS)))
    made = io.StringIO()
    for row in rows:
        inner = io.StringIO()
        csv.writer(inner, lineterminator="").writerow(row)
        csv.writer(made).writerow([inner.getvalue()])
    read = table(made.getvalue())
    assert [list(row) for row in read.frame.itertuples(index=False)] == rows[1:]
    assert any("wrapped" in repair.what for repair in read.repairs)


def test_cards_under_each_other_come_as_tables_of_their_own() -> None:
    text = '"Age"\n"","Women","Men"\n"18-24","1.9%","3.4%"\n\n"Top cities"\n"City","Share"\n"Derby","4%"\n"York","2%"\n'
    age, cities = tables_of(text, "audience.csv")
    assert (age.name, age.columns, age.preamble) == ("audience.csv: Age", ("", "Women", "Men"), ("Age",))
    assert (cities.columns, list(cities.frame["City"]), cities.header_line) == (("City", "Share"), ["Derby", "York"], 6)


def test_a_blank_line_does_not_end_the_rows() -> None:
    assert views(HEADER + ROWS + "\r\n,,,\r\n" + ROWS) == ["1234", "5", "1234", "5"]


def test_a_short_row_is_refused_and_the_others_kept() -> None:
    read = table(HEADER + ROWS + "zzz\r\n")
    assert [(row.line, row.value) for row in read.refused] == [(4, "zzz")]
    assert list(read.frame["Views"]) == ["1234", "5"]


def test_a_row_with_cells_too_many_is_refused_unless_they_are_empty() -> None:
    read = table(HEADER + ROWS + "x,y,2026-05-01,7,8\r\nx,y,2026-05-01,9,,\r\n")
    assert [(row.line, row.value) for row in read.refused] == [(4, "8")]
    assert list(read.frame["Views"]) == ["1234", "5", "9"]


def test_a_delimiter_at_the_end_of_each_row_is_no_column() -> None:
    read = table("Video ID,Views\r\na,1,\r\nb,2,\r\n")
    assert list(read.frame["Views"]) == ["1", "2"]


def test_a_row_that_breaks_off_is_refused() -> None:
    (broken,) = table((HEADER + ROWS)[: -len("-05-02,5\r\n")]).refused
    assert broken.line == 3
    assert "breaks off" in broken.why


def test_a_missing_line_end_is_said() -> None:
    read = table((HEADER + ROWS).rstrip())
    assert list(read.frame["Views"]) == ["1234", "5"]
    assert [repair.line for repair in read.repairs] == [3]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEADER + 'a,"never closed,2026-05-01,1\r\n' + ROWS.replace('"', ""), 2),
        (HEADER + ROWS + 'a,"closed" too early,2026-05-01,1\r\n', 4),
    ],
)
def test_quotation_marks_that_do_not_close_refuse_the_file(text: str, line: int) -> None:
    with pytest.raises(ExportRefused) as caught:
        tables_of(text, "file.csv")
    assert caught.value.line == line


@pytest.mark.parametrize("header", ["Views,Views", "Views, Views ", "Views,\u200bViews"])
def test_two_columns_of_one_name_refuse_the_file(header: str) -> None:
    with pytest.raises(ExportRefused, match="two columns named “Views”") as caught:
        tables_of(f"{header}\n1,2\n", "file.csv")
    assert caught.value.column == "Views"


@pytest.mark.parametrize(
    "page", ["<!doctype html><html>", "  <HTML><body>", "<?xml version='1.0'?><a/>", "<table><tr>"]
)
def test_a_web_page_is_refused(page: str) -> None:
    with pytest.raises(ExportRefused, match="web page"):
        tables_of(page, "file.csv")


def test_a_header_alone_is_a_table_without_rows() -> None:
    read = table(HEADER)
    assert (len(read.frame), read.columns) == (0, ("Video ID", "Title", "Published", "Views"))


def test_line_breaks_within_cells_do_not_disturb_the_lines() -> None:
    read = table('id,Title,Views\na,"one\ntwo",1\nb,"x",2\n')
    assert list(read.frame.index) == [2, 4]
    assert read.frame["Title"][2] == "one\ntwo"


@pytest.mark.parametrize("word", ["Total", "total", "Gesamt", "Всичко", "Totaal", "Total (12)"])
@pytest.mark.parametrize("first", [True, False])
def test_total_rows_are_found_at_both_ends(word: str, first: bool) -> None:
    row = f"{word},,,1239\r\n"
    read = table(HEADER + (row + ROWS if first else ROWS + row))
    assert total_lines(read) == ((2,) if first else (4,))
    assert list(drop_totals(read).frame["Views"]) == ["1234", "5"]


@pytest.mark.parametrize("below", ["Total,3\nAverage,1.5\n", "Total,3\nGenerated on 3 May,\n\nBy me,\n"])
def test_what_stands_below_the_rows_is_left_out_with_the_total(below: str) -> None:
    read = drop_totals(table("Title,Views\nA,1\nB,2\n" + below))
    assert list(read.frame["Title"]) == ["A", "B"]
    assert [repair.line for repair in read.repairs][:2] == [4, 5]


def test_a_row_of_one_cell_is_kept_where_no_total_stands_above_it() -> None:
    assert total_lines(table("Title,Views\nTotal,1\nA,1\nB,\n")) == (2,)


def test_among_identifiers_a_total_is_one_anywhere() -> None:
    read = table("Video ID,Views\na,10\nTotal,10\nb,20\nTotal,20\n")
    assert total_lines(read, "Video ID", anywhere=True) == (3, 5)
    assert total_lines(read, "Video ID") == (5,)


def test_a_video_called_total_is_no_total() -> None:
    assert total_lines(table("Title,Views\nA,1\nTotal,2\nB,3\n")) == ()


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=6)
rows = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=6)


@given(rows, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_the_quick_way_and_the_careful_way_agree(body: list[list[str]], ending: str, quoting: int) -> None:
    made = io.StringIO()
    csv.writer(made, lineterminator=ending, quoting=quoting).writerows([["id", "Title", "Views"], *body])  # type: ignore[arg-type]
    quick, careful = tables_of(made.getvalue(), "file.csv"), carefully(made.getvalue())
    assert [one.frame.to_dict("split") for one in quick] == [one.frame.to_dict("split") for one in careful]
    assert [one.refused for one in quick] == [one.refused for one in careful]


@given(st.text(max_size=80), st.sampled_from(["", "id,Views\na,1\n", "sep=,\n", '"a,""b""\n"']))
def test_any_text_is_read_or_refused(text: str, before: str) -> None:
    with suppress(ExportRefused):
        assert tables_in((before + text).encode("utf-8", "replace"), "file.csv")


@given(
    st.binary(max_size=120), st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"{", b"id,Views\n"])
)
def test_any_bytes_are_read_or_refused(data: bytes, before: bytes) -> None:
    with suppress(ExportRefused):
        assert tables_in(before + data, "file")
