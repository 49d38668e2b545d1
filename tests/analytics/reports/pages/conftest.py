"""One lake for all pages: it is only read."""

from __future__ import annotations

import pytest

from analytics.lake import Lake
from analytics.questions.sight import Sight
from tests.analytics.reports.pages.rich_lake import rich_lake, sight_of


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return rich_lake(tmp_path_factory.mktemp("rich"))


@pytest.fixture(scope="session")
def sight(lake: Lake) -> Sight:
    return sight_of(lake)
