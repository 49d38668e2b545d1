from __future__ import annotations

import pandas as pd
import pytest

from analytics.model.interval import Interval
from analytics.reports import charts
from analytics.reports.page import Page, Section


@pytest.mark.parametrize("slug", ["", "Über", "../up", "a b", "index", "a--b", "-a"])
def test_a_page_name_that_is_no_file_name_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match="page name"):
        Page(slug, "?", "!")


def test_a_chart_without_words_or_numbers_is_refused() -> None:
    chart = charts.bars([charts.Bar("a", Interval(1, 2))])
    with pytest.raises(ValueError, match="alt text"):
        Section("finding", "source", chart=chart, alt="a bar")
    with pytest.raises(ValueError, match="alt text"):
        Section("finding", "source", chart=chart, table=pd.DataFrame({"a": [1]}))
