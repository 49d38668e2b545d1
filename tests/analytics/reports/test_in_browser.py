"""The pages in Chromium: nothing of theirs runs but our drawing, nothing is fetched, nothing scrolls sideways.

SOUNDBITE_GALLERY=<folder> keeps a picture of every page at 1280 and 390 px and as printed, to be looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from analytics.model.interval import Interval
from analytics.model.scope import Window
from analytics.reports import charts
from analytics.reports.edition import Edition, write_edition
from analytics.reports.page import Page, Section

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--no-first-run",
]  # fmt: skip
ATTACKS = (
    "</script><script>window.hit=1</script>",
    "<img src=x onerror='window.hit=1'>",
    "<svg onload='window.hit=1'>",
    "<a href='javascript:window.hit=1'>b</a>",
    "' onclick='window.hit=1",
    "<iframe src='https://x.example'></iframe>",
)
FOLLOWS = """() => [...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])
    .every((level, place, all) => place ? level <= all[place - 1] + 1 : level === 1)"""
UNNAMED = """() => [...document.querySelectorAll('[role=img],[role=region],nav,table,a,summary')].filter(it =>
    !(it.ariaLabel || it.caption?.textContent || it.textContent.trim())).length"""
OUTSIDE = """() => [...document.querySelectorAll('.chart')].flatMap(chart => {
    const box = chart.getBoundingClientRect();
    return [...chart.querySelectorAll('text')].filter(text => {
        const it = text.getBoundingClientRect();
        return it.width && (it.left < box.left - 1 || it.right > box.right + 1 || it.bottom > box.bottom + 1);
    }).map(text => text.textContent);
})"""
LATE = """() => {
    const late = document.createElement('script');
    late.textContent = 'window.hit = 1';
    document.body.append(late);
    document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.hit=1">');
}"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on this machine")


def hostile() -> Page:
    bars = charts.bars([charts.Bar(text, Interval(1, 2), said=text) for text in ATTACKS])
    numbers = pd.DataFrame({ATTACKS[0]: ATTACKS, "n": range(len(ATTACKS))})
    sections = tuple(Section(text, text, None, bars, text, numbers, text) for text in ATTACKS)
    return Page("hostile", ATTACKS[0], ATTACKS[1], ATTACKS[2], ATTACKS[3], ATTACKS, sections)


@pytest.fixture(scope="module")
def edition(gallery: tuple[Page, ...], tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return write_edition(
        (*gallery, hostile()),
        tmp_path_factory.mktemp("editions") / "e",
        title="The Example Party, overnight",
        window=Window(date(2026, 11, 1), date(2026, 11, 20)),
        made_at=datetime(2026, 11, 21, 5, 10, tzinfo=UTC),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def heard() -> list[str]:
    """What the browser had to say: errors, warnings, and every request beyond the file itself."""
    return []


@pytest.fixture
def tab(browser: Browser, heard: list[str]) -> Iterator[Tab]:
    opened = browser.new_page()
    opened.on("console", lambda message: heard.append(message.text))
    opened.on("pageerror", lambda error: heard.append(str(error)))
    opened.on(
        "request", lambda request: None if request.url.startswith(("file:", "data:")) else heard.append(request.url)
    )
    yield opened
    opened.close()


def show(tab: Tab, path: Path) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(path.as_uri())
    drawn(tab, "wide")


def drawn(tab: Tab, width: str) -> None:
    if tab.locator(".chart").count():
        tab.wait_for_selector(f"html[data-drawn={width}]", state="attached")


def keep(tab: Tab, name: str) -> None:
    if folder := os.environ.get("SOUNDBITE_GALLERY"):
        tab.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("slug", ["index", "overnight", "demographics", "seats", "what-works", "paid", "hostile"])
def test_a_page_is_whole_and_quiet_on_a_screen_and_on_a_phone(
    tab: Tab, edition: Edition, heard: list[str], slug: str
) -> None:
    show(tab, edition.folder / f"{slug}.html")
    look(tab, slug, 1280)
    tab.set_viewport_size({"width": 390, "height": 844})
    drawn(tab, "narrow")
    look(tab, slug, 390)
    assert heard == []


def look(tab: Tab, slug: str, width: int) -> None:
    keep(tab, f"{slug}-{width}")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert all(picture.locator("svg.main-svg").count() for picture in tab.locator(".chart").all())
    assert tab.evaluate(FOLLOWS)
    assert tab.evaluate(UNNAMED) == 0
    assert slug == "hostile" or tab.evaluate(OUTSIDE) == []


def test_nothing_that_strangers_wrote_runs(tab: Tab, edition: Edition) -> None:
    show(tab, edition.folder / "hostile.html")
    tab.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
    tab.wait_for_timeout(100)
    assert tab.evaluate("window.hit") is None
    assert tab.locator("iframe, img, svg a, main a[href^=javascript]").count() == 0


def test_a_script_that_got_in_would_not_run(tab: Tab, edition: Edition) -> None:
    show(tab, edition.folder / "overnight.html")
    tab.evaluate(LATE)
    tab.wait_for_timeout(100)
    assert tab.evaluate("window.hit") is None


def test_without_javascript_the_answer_and_the_numbers_are_there(browser: Browser, edition: Edition) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((edition.folder / "overnight.html").as_uri())
    assert tab.locator(".answer").inner_text().startswith("Between 210,000")
    tab.locator("summary").first.click()
    assert tab.locator("details table").first.is_visible()
    assert "its numbers are in the table" in tab.locator("figure").first.inner_text()
    context.close()


def test_paper_has_the_pictures_and_no_links(tab: Tab, edition: Edition, tmp_path: Path) -> None:
    show(tab, edition.folder / "demographics.html")
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 680, "height": 960})
    keep(tab, "demographics-printed")
    assert tab.locator("nav").is_hidden()
    assert tab.locator(".chart").first.bounding_box()["width"] <= 680  # type: ignore[index]  # it is there
    assert len(tab.pdf(prefer_css_page_size=True)) < 1_000_000
