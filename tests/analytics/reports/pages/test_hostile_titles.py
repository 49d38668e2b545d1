"""The whole way of a hostile title: a file, the import, the pages, a browser, a spreadsheet. It stays text."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import sync_playwright

import analytics
from analytics.importing import import_file
from analytics.model.extract import Ask
from analytics.model.scope import Window
from analytics.reports.edition import Edition, write_edition
from analytics.reports.pages import PAGES
from analytics.reports.tables import to_csv
from tests.analytics.reports.pages.rich_lake import sight_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--no-first-run",
]  # fmt: skip
TITLES = (
    "<script>window.hit=1</script>",
    "<img src=x onerror='window.hit=1'>",
    "</script><svg onload=window.hit=1>",
    "{{ 7 * 7 }} ${7*7}",
    '=HYPERLINK("https://x.example","win")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
)
WINDOW = Window(date(2026, 11, 9), date(2026, 11, 22))


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("hostile")
    path, lake = folder / "export.csv", analytics.open(folder / "lake")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Video ID", "Title", "Published", "Views"])
        writer.writerows([f"v{n}", text, "2026-11-12", 1_000 + n] for n, text in enumerate(TITLES))
    asked = Ask(platform="youtube", as_of=datetime(2026, 11, 23, tzinfo=UTC))
    assert import_file(lake, path, asked).status == "imported"
    clips = pd.DataFrame([{"clip": "c_00000000000a", "quote": TITLES[0], "topic": TITLES[1], "kind": "attack"}])
    links = pd.DataFrame(
        [{"platform": "youtube", "object": f"v{n}", "clip": "c_00000000000a", "partner": text, "audience": text}
         for n, text in enumerate(TITLES)]
    )  # fmt: skip
    lake.put_links(links, clips)
    sight = sight_of(lake, WINDOW, claims=TITLES)
    pages = [page(sight) for page in PAGES]
    made = datetime(2026, 11, 23, 7, tzinfo=UTC)
    return write_edition(pages, folder / "edition", title=TITLES[0], window=WINDOW, made_at=made)


@pytest.fixture(scope="module")
def texts(edition: Edition) -> Iterator[dict[str, tuple[str, object]]]:
    """Page → (what a reader sees, whether anything ran)."""
    if CHROMIUM is None:
        pytest.skip("no Chromium or Chrome on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_page()
        seen = {}
        for path in sorted(edition.folder.glob("*.html")):
            tab.goto(path.as_uri())
            tab.wait_for_timeout(150)
            seen[path.stem] = (tab.inner_text("body"), tab.evaluate("window.hit ?? null"))
        yield seen
        browser.close()


def test_no_title_runs_on_any_page(texts: dict[str, tuple[str, object]]) -> None:
    assert len(texts) == len(PAGES) + 1
    assert {name: ran for name, (_, ran) in texts.items() if ran is not None} == {}


@pytest.mark.parametrize("page", ["overnight", "clip", "partners", "claims"])
def test_a_reader_sees_the_titles_as_text(texts: dict[str, tuple[str, object]], page: str) -> None:
    assert "<script>window.hit=1</script>" in texts[page][0]


def test_formulas_are_text_in_the_workbook(edition: Edition) -> None:
    book = openpyxl.load_workbook(edition.xlsx)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells if str(cell.value).startswith("="))


def test_formulas_are_text_in_csv() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(pd.DataFrame({"Post": list(TITLES)})))))
    assert [row[0] for row in rows[5:]] == [f"'{text}" for text in TITLES[4:]]


def test_the_mail_holds_no_markup_of_others(edition: Edition) -> None:
    message = email.message_from_bytes(edition.mail.read_bytes(), policy=email.policy.default)
    body = message.get_body(("html",))
    assert body is not None
    html = body.get_content().lower()
    assert "&lt;script&gt;window.hit=1" in html
    assert not any(tag in html for tag in ("<script", "<img", "<svg"))
