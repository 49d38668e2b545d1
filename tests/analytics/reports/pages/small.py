"""A sight over a few rows in memory."""

from __future__ import annotations

import pandas as pd

from analytics.model.scope import Window
from analytics.people.population import ADULTS, Population
from analytics.questions.facts import settle
from analytics.questions.reached import Uniting
from analytics.questions.sight import Sight
from tests.analytics.questions.small_lake import SEEN, SmallLake

POPULATION = Population.load()


class Told(SmallLake):
    """With receipts as a lake keeps them: one file of everything."""

    def connect(self):  # type: ignore[no-untyped-def]
        connection = super().connect()
        receipt = pd.DataFrame(
            [{"import_id": "", "source": "tiktok.videos", "name": "a.csv", "snapshot_at": SEEN, "covers": []}]
        )
        connection.register("receipt_frame", receipt)
        connection.execute(
            "CREATE OR REPLACE TABLE receipts AS SELECT * REPLACE (covers::VARCHAR[] AS covers), "
            "[]::VARCHAR[] AS refused, []::VARCHAR[] AS repairs FROM receipt_frame"
        )
        connection.execute("CREATE VIEW object_history AS SELECT * FROM objects")
        return connection


def small_sight(lake: SmallLake, window: Window) -> Sight:
    told = Told(lake.values, lake.objects, lake.links, lake.clips)
    population = POPULATION.people(ADULTS)
    facts = settle(told, window)
    return Sight(told, facts, (), POPULATION, Uniting(lambda _: None, population), "Europe/London")  # type: ignore[arg-type]
