from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.model.interval import Interval
from analytics.reports import charts
from analytics.reports.html import MOST_ROWS, Heading, index_html, page_html
from analytics.reports.page import Page, Section

HEADING = Heading("Overnight", "14 November 2026", datetime(2026, 7, 15, 4, 10, tzinfo=UTC))
ATTACKS = ("</script><script>boom()</script>", "<img src=x onerror=boom()>", '" onload="boom()', "<!--", "{{ 7*7 }}")


def hostile(text: str) -> Page:
    bar = charts.bars([charts.Bar(text, Interval(1, 2))])
    numbers = pd.DataFrame({text: [text], "n": [1]})
    return Page("p", text, text, text, text, (text,), (Section(text, text, None, bar, text, numbers, text),))


def without_plotly(page: str) -> str:
    return re.sub(r"<script>.*?</script>\n", "", page, flags=re.DOTALL)


def test_nothing_that_strangers_wrote_becomes_markup() -> None:
    clean = without_plotly(page_html(hostile("harmless"), HEADING))
    tags = re.findall(r"<[!/a-z][^>]*", clean)
    for attack in ATTACKS:
        dirty = without_plotly(page_html(hostile(attack), HEADING))
        assert len(re.findall(r"<[!/a-z][^>]*", dirty)) == len(tags), attack
        assert (
            html.escape(attack, quote=False).replace('"', "&#34;") in dirty or "&lt;" in dirty or attack == "{{ 7*7 }}"
        )
    assert "{{ 7*7 }}" in without_plotly(page_html(hostile("{{ 7*7 }}"), HEADING))


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_a_drawing_reads_back_as_json_whatever_its_labels_say(text: str) -> None:
    page = page_html(hostile(text), HEADING)
    [held] = re.findall(r'<script type="application/json">(.*?)</script>', page, flags=re.DOTALL)
    assert set(json.loads(held)) == {"wide", "narrow"}
    assert not set("<>&") & set(held)


def test_a_label_cannot_bring_the_tags_that_plotly_knows() -> None:
    chart = charts.bars([charts.Bar('<a href="https://x.example">b</a>', Interval(1, 2))])
    said = [str(label["text"]) for label in chart.wide.labels]
    assert any("&lt;a<br>href" in text for text in said)
    assert not any("<a" in text for text in said)


def test_a_page_names_nothing_outside_itself(gallery: tuple[Page, ...]) -> None:
    for page in gallery:
        shown = without_plotly(page_html(page, HEADING, gallery))
        assert not re.search(r"(?:src|href)=\"(?!data:|[a-z-]+\.html)", shown)
        assert "url(http" not in shown
        assert "default-src 'none'" in html.unescape(shown)


def test_plotly_stands_in_a_page_once_and_only_where_there_is_a_picture(gallery: tuple[Page, ...]) -> None:
    assert page_html(gallery[0], HEADING).count("plotly.js v") == 1
    assert "plotly.js v" not in page_html(Page("p", "Q?", "A."), HEADING)
    assert "plotly.js v" not in index_html(gallery, HEADING)


def test_the_answer_comes_before_any_script(gallery: tuple[Page, ...]) -> None:
    page = page_html(gallery[0], HEADING)
    assert page.index(gallery[0].answer) < page.index("<script")


def test_the_index_leads_to_every_page_with_its_answer(gallery: tuple[Page, ...]) -> None:
    index = html.unescape(index_html(gallery, HEADING))
    assert all(f'href="{page.slug}.html"' in index and page.answer in index for page in gallery)


def test_the_hour_is_londons() -> None:
    assert HEADING.made == "15 July 2026, 05:10"


def test_a_very_long_table_is_cut_and_says_so() -> None:
    numbers = pd.DataFrame({"n": range(MOST_ROWS + 1234)})
    page = page_html(Page("p", "Q?", "A.", sections=(Section("f", "s", table=numbers),)), HEADING)
    assert "1,234 more rows are in the workbook" in page
    assert page.count('<th scope="row"') == MOST_ROWS
