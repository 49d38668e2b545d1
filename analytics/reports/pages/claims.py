"""What may we truthfully claim? Each sentence with its verdict, and the strongest one that is true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.claims.answer import Answer
from analytics.claims.check import check
from analytics.claims.claim import Claim
from analytics.claims.from_lake import LakeEvidence, speaks_of_us
from analytics.claims.grammar import parse
from analytics.claims.names import gazetteer
from analytics.errors import ClaimUnclear
from analytics.model.interval import Interval
from analytics.model.metrics import METRICS
from analytics.model.scope import Scope
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.reports.charts import Chart
from analytics.reports.charts import claim as claim_chart
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

QUESTION: Final = "What may we truthfully claim?"
_NO_DATES: Final = "No dates were said"  # the page's own days are meant
_BY_NAME: Final = re.compile(rf"\b({'|'.join(said.PLATFORMS)})(?=:| tells)")
_KINDS: Final = re.compile(r"\(([a-z_]+\.[a-z_]+)\)")
# Sentences that leads like to say: where nobody asks for others, these show how far the numbers carry.
USUAL: Final = (
    "one in three people in the United Kingdom saw our videos",
    "a million people saw our videos",
    "hundreds of thousands of people saw our videos",
)


@dataclass(frozen=True)
class _Judged:
    """A sentence with its verdict; no claim where it could not be taken apart."""

    text: str
    answer: Answer
    claim: Claim | None = None


def claims(sight: Sight) -> Page:
    """The sentences asked for (the settings' claims file, and the command's), else a few usual ones."""
    judged = _judge(sight)
    missing = dict.fromkeys(gap for one in judged for gap in one.answer.missing if not gap.startswith(_NO_DATES))
    return Page(
        slug="claims",
        question=QUESTION,
        answer=_answer(judged),
        compared=_counted(judged),
        freshness=said.fresh(sight),
        missing=tuple(_plain(gap) for gap in missing),
        sections=(_verdicts(sight, judged), *(_one(sight, one) for one in judged)),
    )


def _evidence(sight: Sight, *, is_anybodys: bool) -> LakeEvidence:
    """The page's own facts, or those of everybody's ads for a sentence that does not speak of us."""
    return LakeEvidence(
        sight.lake,
        sight.population,
        sight.uniting,
        sight.zone,
        sight.own,
        (sight.target,) if sight.target else (),
        sight.groups,
        sight.window,
        is_anybodys=is_anybodys,
        settled={} if is_anybodys else {Scope(sight.window): sight.facts},
    )


def _judge(sight: Sight) -> list[_Judged]:
    ours, anybodys = _evidence(sight, is_anybodys=False), _evidence(sight, is_anybodys=True)
    names = tuple(ours.names())
    places = gazetteer(name for name in names if name.kind == "city")
    others = [name for name in names if name.kind != "city"]
    judged = []
    for text in dict.fromkeys(sight.claims or USUAL):
        try:
            claim = parse(text, today=sight.window.last, gazetteer=places, names=others)
        except ClaimUnclear as unclear:
            judged.append(_Judged(text, Answer("unclear", str(unclear))))
        else:
            judged.append(_Judged(text, check(claim, ours if speaks_of_us(text) else anybodys), claim))
    return judged


def _answer(judged: list[_Judged]) -> str:
    """The strongest sentence: of a claim that holds, else one that says that something was reached at all."""
    sayable = [one for one in judged if one.answer.sentence]
    best = min(sayable, key=_weight, default=None)
    if best is None:
        return "Nothing can be claimed of these days: nothing that was imported bears on it."
    return f"You can say: “{best.answer.sentence}”"


def _weight(one: _Judged) -> tuple[bool, bool]:
    known = one.answer.known
    return one.answer.verdict != "supported", known is None or known.low <= 0


def _counted(judged: list[_Judged]) -> str:
    """ "Of 4 sentences 2 are supported, 1 is unsupported and 1 is impossible." """
    counts = pd.Series([one.answer.verdict for one in judged]).value_counts()
    told = [f"{count} {'is' if count == 1 else 'are'} {verdict}" for verdict, count in counts.items()]
    return f"Of {said.many(len(judged), 'sentence')} {words.listed(told)}."


def _verdicts(sight: Sight, judged: list[_Judged]) -> Section:
    table = pd.DataFrame(
        [
            {
                "Sentence": one.text, "Verdict": one.answer.verdict, "Why": _plain(one.answer.why),
                "You can say": one.answer.sentence,
            }
            for one in judged
        ]
    )  # fmt: skip
    held = [one.text for one in judged if one.answer.verdict == "supported"]
    finding = f"“{held[0]}” holds" if held else "None of these sentences holds as it stands"
    if len(held) > 1:
        finding = f"{len(held)} of {len(judged)} sentences hold as they stand"
    return Section(finding, "The evidence below", said.as_of(sight), table=said.compact(table))


def _one(sight: Sight, one: _Judged) -> Section:
    """The sentence's own evidence: what is known, out of how many, and the arithmetic."""
    answer, chart = one.answer, _chart(one)
    lines = [("Verdict", answer.verdict), ("Why", answer.why), *(("Arithmetic", line) for line in answer.arithmetic)]
    lines += [("Source", line) for line in answer.sources] + [("Missing", line) for line in answer.missing]
    table = pd.DataFrame([(what, _plain(line)) for what, line in lines], columns=["What", "Said"])
    sayable = f" You can say: “{answer.sentence}”" if answer.sentence and answer.verdict != "supported" else ""
    return Section(
        finding=f"“{one.text}” is {answer.verdict}",
        source="; ".join(_plain(line) for line in answer.sources[:3]) or "Nothing that was imported bears on it",
        as_of=said.as_of(sight),
        chart=chart,
        alt=f"The claimed number against what is known; the sentence is {answer.verdict}" if chart else "",
        table=table,
        note=f"{_plain(answer.why)}{sayable}",
    )


def _chart(one: _Judged) -> Chart | None:
    """The claimed number against the known one, in the claim's own unit."""
    claim, answer = one.claim, one.answer
    if claim is None or answer.known is None or claim.metric == "watch_time" or claim.whole is not None:
        return None
    claimed = Interval(claim.means.low, max(claim.means.low, claim.means.high))
    if claim.is_share:
        return claim_chart(Interval(claimed.low, max(claimed.low, min(claimed.high, 1.0))), answer.share, "share") if (
            answer.share
        ) else None  # fmt: skip
    unit: words.Unit = {"people": "people", "money": "money"}.get(METRICS[claim.metric].unit, "count")  # type: ignore[assignment]
    everybody = answer.denominator
    ceiling = everybody.high if everybody is not None and unit == "people" else None
    return claim_chart(claimed, answer.known, unit, ceiling=ceiling, ceiling_label="all of them")


def _plain(text: str) -> str:
    """Sources and platforms by the names that people call them."""
    named = _KINDS.sub(lambda found: f"({said.source(found[1])})", text)
    return _BY_NAME.sub(lambda found: said.platform(found[1]), named)
