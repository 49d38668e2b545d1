"""What works, and with whom? Rates of clips told apart from chance, platform by platform; paid posts left out."""

from __future__ import annotations

from typing import Final, get_args

import pandas as pd

from analytics.compare.factors import Factor, compare_factor
from analytics.compare.index import over_index
from analytics.compare.suggest import Suggestion, suggest_weights
from analytics.compare.tell_apart import NO_TELLING, tell_apart
from analytics.errors import NothingToReport
from analytics.model.interval import Interval
from analytics.questions.sight import Sight
from analytics.questions.working import best_rate, platforms, rate_rows
from analytics.reports import words
from analytics.reports.charts import OverIndex, Rate, forest
from analytics.reports.charts import over_index as over_index_chart
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

QUESTION: Final = "What works, and with whom?"
MOST_CLIPS: Final = 12
_OTHERS: Final = "posts that are no clips"
_LONGEST_NAME: Final = 46


def works(sight: Sight) -> Page:
    """For each platform: its clips by rate; topics, kinds and the rest; who over-indexes; what that suggests."""
    sections: list[Section] = []
    verdicts: list[str] = []
    suggestions: list[Suggestion] = []
    for platform in platforms(sight.facts):
        rate = best_rate(sight.facts, platform)
        if rate is None:
            continue
        rows = rate_rows(sight.facts, *rate)
        rows = rows[rows["platform"] == platform]
        told = _clips(sight, platform, rate, rows)
        if told is None:
            continue
        section, verdict = told
        factors, suggested = _factors(sight, platform, rate, rows)
        sections += [section, *factors, *_with_whom(sight, platform, rate, rows)]
        verdicts.append(verdict)
        suggestions += suggested
    return Page(
        slug="works",
        question=QUESTION,
        answer=" ".join(verdicts) or "No platform gives two counts of the same posts, so no rate can be formed.",
        compared="",
        freshness=said.fresh(sight),
        missing=() if sections else ("Rates need two counts of the same post, such as views and completions",),
        sections=(*sections, *_suggested(sight, suggestions)),
    )


def _everybody(rows: pd.DataFrame) -> pd.DataFrame:
    """One payment's rows of everybody: those that most posts have. Paid and organic are never mixed."""
    whole = rows[(rows["age"] == "all") & (rows["gender"] == "all")]
    if whole.empty:
        return whole
    most = whole.groupby("payment")["object"].nunique().idxmax()
    return whole[whole["payment"] == most]


def _rate_name(rate: tuple[str, str]) -> str:
    return f"{said.measure(rate[0])} per {said.measure(rate[1]).removesuffix('s')}"


def _clips(sight: Sight, platform: str, rate: tuple[str, str], rows: pd.DataFrame) -> tuple[Section, str] | None:
    whole = _everybody(rows)
    try:
        compared = tell_apart(whole.assign(clip=whole["clip"].replace("", _OTHERS)), ["clip"], "object")
    except NothingToReport:
        return None
    names = {row.clip: row.quote[:_LONGEST_NAME] or row.clip for row in whole.itertuples() if row.clip}
    compared = compared.head(MOST_CLIPS)
    usual = float(whole["numerator"].sum() / whole["denominator"].sum())
    apart = compared[compared["verdict"] != NO_TELLING]
    drawn = [
        Rate(
            names.get(row.clip, row.clip),
            float(row.shrunk),
            Interval(float(row.low), float(row.high)),
            tie="tie" if row.verdict == NO_TELLING else "",
            detail=f"{row.replicates} posts" if row.replicates != 1 else "1 post",
            is_key=row.verdict == "higher",
        )
        for row in compared.itertuples()
    ]
    where, name = said.platform(platform), _rate_name(rate)
    if apart.empty:
        finding = f"On {where} no clip's {name} can be told apart from the others"
    else:
        best = apart.iloc[0]
        finding = (
            f"On {where} “{names.get(best['clip'], best['clip'])}” is {best['verdict']} in {name}: "
            + words.percent(float(best["shrunk"]))
        )
    section = Section(
        finding=finding,
        source=f"{where} export, posts that were not paid for",
        as_of=said.as_of(sight),
        chart=forest(drawn, "share", usual, "all posts"),
        alt=f"{name} of each clip on {where}, with its interval",
        table=_comparison_table(compared, "Clip", "clip", names),
        note=f"{str(compared['why'].iloc[0]).capitalize()}. One in ten of those told apart may be chance.",
    )
    return section, f"{finding}."


def _comparison_table(compared: pd.DataFrame, heading: str, column: str, names: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            heading: [names.get(name, name) for name in compared[column]],
            "Rate %": compared["rate"],
            "Shrunk towards the usual %": compared["shrunk"],
            "At least %": compared["low"],
            "At most %": compared["high"],
            "Usual of the others %": compared["usual"],
            "q": compared["q"].round(3),
            "Verdict": compared["verdict"],
            "Out of": compared["denominator"].round(),
            "Repeats": compared["replicates"],
        }
    )


def _factors(
    sight: Sight, platform: str, rate: tuple[str, str], rows: pd.DataFrame
) -> tuple[list[Section], tuple[Suggestion, ...]]:
    """What goes with a better rate. A factor with one level says nothing and is left out."""
    whole, sections = _everybody(rows), []
    suggestions: tuple[Suggestion, ...] = ()
    whole = whole[whole["clip"] != ""]
    for factor in get_args(Factor):
        try:
            compared = compare_factor(whole, factor)
        except NothingToReport:
            continue
        if len(compared) < 2:
            continue
        sections.append(_factor(sight, platform, rate, factor, compared))
        if factor == "topic":
            suggestions = suggest_weights(compared, "topic", dict(sight.weights))
    return sections, suggestions


def _factor(sight: Sight, platform: str, rate: tuple[str, str], factor: str, compared: pd.DataFrame) -> Section:
    apart = compared[compared["verdict"] == "higher"]
    where, name = said.platform(platform), _rate_name(rate)
    finding = (
        f"By {factor}, “{apart[factor].iloc[0]}” is higher in {name} on {where}"
        if not apart.empty
        else f"By {factor}, nothing can be told apart on {where}"
    )
    drawn = [
        Rate(
            str(getattr(row, factor)),
            float(row.shrunk),
            Interval(float(row.low), float(row.high)),
            tie="tie" if row.verdict == NO_TELLING else "",
            detail=f"{row.replicates} clips",
            is_key=row.verdict == "higher",
        )
        for row in compared.itertuples()
    ]
    return Section(
        finding=finding,
        source=f"{where} export, posts that were not paid for",
        as_of=said.as_of(sight),
        chart=forest(drawn, "share"),
        alt=f"{name} by {factor} on {where}, with intervals",
        table=_comparison_table(compared, factor.capitalize(), factor, {}),
        note="What goes together with a rate need not cause it.",
    )


def _with_whom(sight: Sight, platform: str, rate: tuple[str, str], rows: pd.DataFrame) -> tuple[Section, ...]:
    """Each clip's share of each age and gender against the page's own average."""
    cells = rows[(rows["age"] != "all") & (rows["gender"] != "all")]
    if cells["clip"].nunique() < 2:
        return ()
    counted = cells.assign(
        clip=cells["clip"].replace("", _OTHERS),
        numerator=cells["denominator"],
        group=cells["gender"] + " " + cells["age"],
    )
    try:
        compared = over_index(counted, ["group"])
    except NothingToReport:
        return ()
    names = {row.clip: row.quote[:_LONGEST_NAME] or row.clip for row in cells.itertuples() if row.clip}
    shown = compared[(compared["clip"] != _OTHERS) & ~compared["group"].str.contains("unknown")]
    drawn = [
        OverIndex(
            names.get(row.clip, row.clip),
            row.group,
            Interval(row.low, row.high) if pd.notna(row.low) and pd.notna(row.high) else None,
            float(row.index_) if pd.notna(row.index_) else None,
            {"over": "higher", "under": "lower"}.get(row.verdict, NO_TELLING),  # type: ignore[arg-type]
        )
        for row in shown.rename(columns={"index": "index_"}).itertuples(index=False)
    ]
    apart = shown[shown["verdict"] == "over"].sort_values("index", ascending=False)
    where = said.platform(platform)
    finding = f"On {where} no clip's audience can be told apart from the page's own average"
    if not apart.empty:
        best = apart.iloc[0]
        finding = f"On {where} “{names.get(best['clip'], best['clip'])}” over-indexes with {best['group']}"
    table = pd.DataFrame(
        {
            "Clip": [names.get(name, name) for name in shown["clip"]],
            "Group": shown["group"],
            "Index": shown["index"].round(),
            "At least": shown["low"].round(),
            "At most": shown["high"].round(),
            "Verdict": shown["verdict"],
        }
    )
    return (
        Section(
            finding=finding,
            source=f"{where} export, {said.measure(rate[1])} by age and gender",
            as_of=said.as_of(sight),
            chart=over_index_chart(drawn, "the page's own average"),
            alt=f"Over-index of each clip with each group on {where}; 100 is the page's own average",
            table=table,
        ),
    )


def _suggested(sight: Sight, suggestions: list[Suggestion]) -> tuple[Section, ...]:
    if not suggestions:
        return ()
    table = pd.DataFrame(
        [
            {
                "Watchlist entry": s.entry, "Weight now": s.weight_now, "Suggested": s.weight_suggested, "Why": s.why,
                "Evidence": s.evidence,
            }
            for s in suggestions
        ]
    )  # fmt: skip
    return (
        Section(
            finding=f"{len(suggestions)} watchlist weights to think about",
            source="The comparisons above",
            as_of=said.as_of(sight),
            table=table,
            note="Nothing changes by itself: edit the watchlist if you agree.",
        ),
    )
