"""With whom a clip does better than the page does: one platform's clips by age and gender."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from analytics.compare.index import over_index
from analytics.compare.tell_apart import NO_TELLING
from analytics.errors import NothingToReport
from analytics.model.interval import Interval
from analytics.questions.sight import Sight
from analytics.reports.charts import OverIndex
from analytics.reports.charts import over_index as over_index_chart
from analytics.reports.page import Section
from analytics.reports.pages import said

OTHERS: Final = "posts that are no clips"
LONGEST_NAME: Final = 46
_GROUPS_DRAWN: Final = 6
_VERDICTS: Final[dict[str, Literal["higher", "lower"]]] = {"over": "higher", "under": "lower"}


@dataclass(frozen=True)
class Looked:
    """One platform's rate: its numerator and denominator, and the rows of organic posts that give both."""

    sight: Sight
    platform: str
    rate: tuple[str, str]
    rows: pd.DataFrame

    @property
    def where(self) -> str:
        return said.platform(self.platform)

    @property
    def on(self) -> str:
        return said.upper(said.on(self.platform))

    @property
    def name(self) -> str:
        return said.rate(*self.rate)

    @property
    def source(self) -> str:
        return f"{said.exports(self.sight, self.platform)}; posts that were not paid for"

    @property
    def everybody(self) -> pd.DataFrame:
        """One payment's rows of everybody: those that most posts have. Paid and organic are never mixed."""
        whole = self.rows[(self.rows["age"] == "all") & (self.rows["gender"] == "all")]
        if whole.empty:
            return whole
        return whole[whole["payment"] == whole.groupby("payment")["object"].nunique().idxmax()]

    @property
    def names(self) -> dict[str, str]:
        """Clip → its words, as short as a chart needs them."""
        return {
            row.clip: words_of if len(words_of := row.quote or row.clip) <= LONGEST_NAME
            else words_of[:LONGEST_NAME].rsplit(" ", 1)[0] + " …"
            for row in self.rows.itertuples()
            if row.clip
        }  # fmt: skip


def with_whom(one: Looked) -> tuple[Section, ...]:
    """Each clip's share of each age and gender against the page's own average."""
    cells = one.rows[(one.rows["age"] != "all") & (one.rows["gender"] != "all")]
    if cells["clip"].nunique() < 2:
        cells = _cells_of_denominator(one)
    if cells["clip"].nunique() < 2:
        return ()
    counted = cells.assign(
        clip=cells["clip"].replace("", OTHERS),
        group=[said.group(age, gender) for age, gender in zip(cells["age"], cells["gender"], strict=True)],
    )
    try:
        compared = over_index(counted, ["group"])
    except NothingToReport:
        return ()
    shown = compared[(compared["clip"] != OTHERS) & ~compared["group"].str.contains("unknown")]
    shown = shown.sort_values(["group", "clip"], kind="stable")
    return () if shown.empty else (_whom_section(one, shown.assign(of=said.measure(one.rate[1]))),)


def _cells_of_denominator(one: Looked) -> pd.DataFrame:
    """What was shown to each age and gender: told more often than what they did."""
    return one.sight.facts.frame(
        """
        SELECT clip, object, payment, age, gender, (low + high) / 2 AS numerator FROM facts_by_payment
        WHERE platform = $platform AND metric = $metric AND basis = 'delivered' AND is_ours AND object_kind = 'post'
            AND place_kind = 'all' AND payment <> 'paid' AND age <> 'all' AND gender <> 'all' ORDER BY ALL
        """,
        {"platform": one.platform, "metric": one.rate[1]},
    )


def _whom_section(one: Looked, shown: pd.DataFrame) -> Section:
    names = one.names
    drawn = [
        OverIndex(
            names.get(row.clip, row.clip),
            row.group,
            Interval(row.low, row.high) if pd.notna(row.low) and pd.notna(row.high) else None,
            float(row.at) if pd.notna(row.at) else None,
            _VERDICTS.get(row.verdict, NO_TELLING),
        )
        for row in _widest(shown).rename(columns={"index": "at"}).itertuples(index=False)
    ]
    apart = shown[shown["verdict"] == "over"].sort_values("index", ascending=False)
    finding = f"{one.on} no clip's audience can be told apart from the page's own average"
    if not apart.empty:
        best = apart.iloc[0]
        finding = (
            f"{one.on} “{names.get(best['clip'], best['clip'])}” does best with {best['group']}: "
            f"{float(best['index']) / 100:.2g} times the page's average"
        )
    table = pd.DataFrame(
        {
            "Clip": [names.get(name, name) for name in shown["clip"]],
            "Group": shown["group"].map(said.upper),
            "Index": shown["index"].round(),
            "At least": shown["low"].round(),
            "At most": shown["high"].round(),
            "Verdict": shown["verdict"],
        }
    )
    return Section(
        finding=finding,
        source=f"{one.source}; {said.measure(one.rate[1])} by age and gender",
        as_of=said.as_of(one.sight),
        chart=over_index_chart(drawn, "the page's own average"),
        alt=f"Over-index of each clip with each group on {one.where}; 100 is the page's own average",
        table=table,
        note="The picture has the groups that differ most; the table has all.",
    )


def _widest(shown: pd.DataFrame) -> pd.DataFrame:
    """The rows of the groups that lie furthest from the average, as many as a picture holds."""
    far = (shown["index"].fillna(100) / 100).clip(lower=0.01).map(lambda ratio: max(ratio, 1 / ratio))
    most = far.groupby(shown["group"]).max().nlargest(_GROUPS_DRAWN).index
    return shown[shown["group"].isin(most)]
