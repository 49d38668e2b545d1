"""What works, and with whom? Rates of clips told apart from chance, platform by platform; paid posts left out."""

from __future__ import annotations

from typing import Final, get_args

import pandas as pd

from analytics.compare.factors import Factor, compare_factor
from analytics.compare.suggest import Suggestion, suggest_weights
from analytics.compare.tell_apart import NO_TELLING, tell_apart
from analytics.errors import NothingToReport
from analytics.model.interval import Interval
from analytics.questions.sight import Sight
from analytics.questions.working import best_rate, platforms, rate_rows
from analytics.reports import words
from analytics.reports.charts import Rate, forest
from analytics.reports.page import Page, Section
from analytics.reports.pages import said
from analytics.reports.pages.with_whom import OTHERS, Looked, with_whom

QUESTION: Final = "What works, and with whom?"
MOST_CLIPS: Final = 12
_REPEATS: Final = 4  # of the same thing: with fewer, chance is hardly known
_FACTORS: Final = {
    "topic": "topic", "kind": "kind of clip", "length": "length", "shape": "shape", "hour": "time of day",
}  # fmt: skip


def works(sight: Sight) -> Page:
    """For each platform: its clips by rate; topics, kinds and the rest; who over-indexes; what that suggests."""
    looked = [found for platform in platforms(sight.facts) if (found := _look(sight, platform)) is not None]
    sections: list[Section] = []
    verdicts: list[str] = []
    suggestions: list[Suggestion] = []
    for one in looked:
        clips, (factors, suggested) = _clips(one), _factors(one)
        sections += [*clips, *factors, *with_whom(one)]
        verdicts += [f"{section.finding}." for section in clips]
        suggestions += suggested
    return Page(
        slug="works",
        question=QUESTION,
        answer=min(verdicts, key=_is_silent, default=_nothing(looked)),
        compared=_compared(looked),
        freshness=said.fresh(sight),
        missing=_missing(looked),
        sections=(*sections, *_suggested(sight, suggestions)),
    )


def _look(sight: Sight, platform: str) -> Looked | None:
    rate = best_rate(sight.facts, platform)
    if rate is None:
        return None
    rows = rate_rows(sight.facts, *rate)
    found = Looked(sight, platform, rate, rows[rows["platform"] == platform])
    return None if found.everybody.empty else found


def _is_silent(verdict: str) -> bool:
    return "be told apart" in verdict


def _nothing(looked: list[Looked]) -> str:
    if not looked:
        return "No platform gives two counts of the same posts, so no rate can be formed."
    return "No post of these days is known to be one of our clips, so no clip can be held against another."


def _compared(looked: list[Looked]) -> str:
    """What is usual: all of the page's unpaid posts."""
    told = []
    for one in looked[:3]:
        whole = one.everybody
        usual = float(whole["numerator"].sum() / whole["denominator"].sum())
        told.append(f"{words.percent(usual)} {one.name} {said.on(one.platform)}")
    return f"Usual over all posts: {words.listed(told)}." if told else ""


def _missing(looked: list[Looked]) -> tuple[str, ...]:
    if not looked:
        return ("Rates need two counts of the same post, such as views and plays to the end",)
    unnoted = [one.where for one in looked if not one.names]
    advice = "soundbite post CLIP --platform NAME --id ID"
    return (f"Which posts on {words.listed(unnoted)} are clips: {advice}",) if unnoted else ()


def _clips(one: Looked) -> tuple[Section, ...]:
    whole = one.everybody
    if not one.names:
        return ()
    try:
        compared = tell_apart(whole.assign(clip=whole["clip"].replace("", OTHERS)), ["clip"], "object")
    except NothingToReport:
        return ()
    if len(compared) < 2:
        return ()
    compared, usual = compared.head(MOST_CLIPS), float(whole["numerator"].sum() / whole["denominator"].sum())
    return (
        Section(
            finding=_clips_finding(one, compared),
            source=one.source,
            as_of=said.as_of(one.sight),
            chart=forest(_rates(compared, "clip", one.names, "post"), "share", usual, "all posts"),
            alt=f"{said.upper(one.name)} of each clip on {one.where}, with its interval",
            table=_comparison_table(compared, "Clip", "clip", one.names),
            note=f"{said.upper(str(compared['why'].iloc[0]))}. Of those told apart, one in ten may be chance.",
        ),
    )


def _clips_finding(one: Looked, compared: pd.DataFrame) -> str:
    apart = compared[compared["verdict"] != NO_TELLING]
    if apart.empty:
        why = _too_few(compared[compared["clip"] != OTHERS], "post")
        return f"{one.on} no clip's {one.name} can be told apart from the others'{why}"
    best = apart.iloc[0]
    return (
        f"{one.on} “{one.names.get(best['clip'], best['clip'])}” has {best['verdict']} {one.name} than the rest: "
        f"{words.percent(float(best['shrunk']))} against {words.percent(float(best['usual']))}"
    )


def _too_few(compared: pd.DataFrame, what: str) -> str:
    """Why lines that lie far apart prove nothing: nothing, or next to nothing, was repeated."""
    most = int(compared["replicates"].max()) if len(compared) else 0
    if not 1 <= most < _REPEATS:
        return ""
    few = f"one {what} each" if most == 1 else f"at most {said.many(most, what)} each"
    return f": {few}, too few to tell from chance"


def _rates(compared: pd.DataFrame, column: str, names: dict[str, str], repeat: str) -> list[Rate]:
    return [
        Rate(
            names.get(getattr(row, column), str(getattr(row, column))),
            float(row.shrunk),
            Interval(float(row.low), float(row.high)),
            tie="tie" if row.verdict == NO_TELLING else "",
            detail=said.many(int(row.replicates), repeat),
            is_key=row.verdict == "higher",
        )
        for row in compared.itertuples()
    ]


def _comparison_table(compared: pd.DataFrame, heading: str, column: str, names: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            heading: [names.get(name, name) for name in compared[column]],
            "Rate %": compared["rate"],
            "Usual of the others %": compared["usual"],
            "Best estimate %": compared["shrunk"],
            "At least %": compared["low"],
            "At most %": compared["high"],
            "Verdict": compared["verdict"],
            "Out of": compared["denominator"].round(),
            "Repeats": compared["replicates"],
            "Chance of a false find (q) %": compared["q"],
        }
    )


def _factors(one: Looked) -> tuple[list[Section], tuple[Suggestion, ...]]:
    """What goes with a better rate, over clips, or over posts where none is a clip. A factor with one level says
    nothing and is left out; those that tell nothing apart share one section."""
    whole, told, silent = one.everybody, [], []
    whole = whole[whole["clip"] != ""] if one.names else whole.assign(clip=whole["object"])
    suggestions: tuple[Suggestion, ...] = ()
    for factor in get_args(Factor):
        try:
            compared = compare_factor(whole, factor)
        except NothingToReport:
            continue
        if len(compared) < 2:
            continue
        if (compared["verdict"] == NO_TELLING).all():
            silent.append((factor, compared))
        else:
            told.append(_factor(one, factor, compared))
        if factor == "topic":
            suggestions = suggest_weights(compared, "topic", dict(one.sight.weights))
    return [*told, *_silent(one, silent)], suggestions


def _factor(one: Looked, factor: str, compared: pd.DataFrame) -> Section:
    best = compared[compared["verdict"] != NO_TELLING].iloc[0]
    quoted = f"“{_level(factor, best[factor]).strip('“”')}”"
    names = {str(level): _level(factor, level) for level in compared[factor]}
    return Section(
        finding=f"By {_FACTORS[factor]}, {quoted} has {best['verdict']} {one.name} "
        f"{said.on(one.platform)}: {words.percent(float(best['shrunk']))} against "
        f"{words.percent(float(best['usual']))}",
        source=one.source,
        as_of=said.as_of(one.sight),
        chart=forest(_rates(compared, factor, names, "clip" if one.names else "post"), "share"),
        alt=f"{said.upper(one.name)} by {_FACTORS[factor]} on {one.where}, with intervals",
        table=_comparison_table(compared, said.upper(_FACTORS[factor]), factor, names),
        note="What goes together with a rate need not cause it.",
    )


def _level(factor: str, level: object) -> str:
    """A topic's id as words; other levels are words already."""
    return f"“{str(level).replace('-', ' ')}”" if factor == "topic" else str(level)


def _silent(one: Looked, silent: list[tuple[str, pd.DataFrame]]) -> tuple[Section, ...]:
    """All that can't be told apart, in one table."""
    if not silent:
        return ()
    names = [_FACTORS[factor] for factor, _ in silent]
    rows = [
        {
            "By": said.upper(_FACTORS[factor]), "What": _level(factor, row[factor]), "Best estimate %": row["shrunk"],
            "At least %": row["low"], "At most %": row["high"], "Repeats": row["replicates"],
        }
        for factor, compared in silent
        for _, row in compared.iterrows()
    ]  # fmt: skip
    several = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
    return (
        Section(
            finding=f"By {several}, nothing can be told apart from chance {said.on(one.platform)} yet"
            f"{_too_few(pd.concat([compared for _, compared in silent]), 'clip' if one.names else 'post')}",
            source=one.source,
            as_of=said.as_of(one.sight),
            table=pd.DataFrame(rows),
            note="More posts of each will tell; a difference in the table may be chance.",
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
            finding=f"{said.many(len(suggestions), 'watchlist weight')} to think about",
            source="The comparisons above",
            as_of=said.as_of(sight),
            table=table,
            note="Nothing changes by itself: edit the watchlist if you agree.",
        ),
    )
