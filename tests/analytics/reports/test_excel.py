from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pandas as pd

from analytics.reports.excel import workbook
from analytics.reports.html import Heading
from analytics.reports.page import Page, Section

HEADING = Heading("=Overnight", "14 November 2026", datetime(2026, 11, 15, 4, 10, tzinfo=UTC))
ALIVE = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "https://x.example", "{=1}")


def read(pages: tuple[Page, ...]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(pages, HEADING)))


def test_no_cell_is_a_formula_or_an_address() -> None:
    numbers = pd.DataFrame({"=text": ALIVE, "n": range(len(ALIVE))})
    pages = tuple(
        Page(f"p-{place}", text, text, text, text, (text,), (Section(text, text, None, table=numbers, note=text),))
        for place, text in enumerate(ALIVE)
    )
    book = read(pages)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    assert {cell.value for cell in book["p-0 1"]["A"][5:]} == set(ALIVE)


def test_the_numbers_are_the_tables_own() -> None:
    numbers = pd.DataFrame(
        {"Clip": ["a", "b"], "Views": [91_204, None], "Watched %": [0.3125, 0.2], "On": [date(2026, 11, 20), None]}
    ).assign(Top=[1.5, float("inf")])
    book = read((Page("p", "Q?", "A.", sections=(Section("f", "s", table=numbers),)),))
    rows = [[cell.value for cell in row] for row in book["p 1"].iter_rows(min_row=5)]
    assert rows[0] == ["Clip", "Views", "Watched", "On", "Top"]
    assert rows[1] == ["a", 91_204, 0.3125, datetime(2026, 11, 20), 1.5]
    assert rows[2] == ["b", None, 0.2, None, "no upper end"]


def test_the_front_sheet_holds_every_answer_and_names_its_sheets(gallery: tuple[Page, ...]) -> None:
    book = read(gallery)
    front = [[cell.value for cell in row] for row in book["Answers"].iter_rows(min_row=5)]
    answers, contents = front[: len(gallery)], front[len(gallery) + 2 :]
    assert [row[:2] for row in answers] == [[page.question, page.answer] for page in gallery]
    named = [name for row in answers for name in str(row[4]).split(", ")]
    assert named == book.sheetnames[1:]
    assert [row[:2] for row in contents] == [[name, book[name]["A1"].value] for name in named]


def test_long_and_equal_slugs_give_sheets_of_their_own() -> None:
    section = Section("f", "s", table=pd.DataFrame({"n": [1]}))
    pages = tuple(Page("a-very-long-name-of-a-question-" + end, "Q?", "A.", sections=(section,)) for end in "ab")
    assert len(set(read(pages).sheetnames)) == 3
