"""What may we truthfully claim? Each sentence with its verdict, and the strongest one that is true."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analytics.claims.answer import Answer
from analytics.claims.check import judge
from analytics.claims.from_lake import LakeEvidence
from analytics.model.scope import Scope
from analytics.questions.sight import Sight
from analytics.reports.charts import Bar, bars
from analytics.reports.page import Page, Section
from analytics.reports.pages import said

QUESTION: Final = "What may we truthfully claim?"
_NO_DATES: Final = "No dates were said"  # the page's own days are meant
# Sentences that leads like to say: where nobody asks for others, these show how far the numbers carry.
USUAL: Final = (
    "one in three people in the United Kingdom saw our videos",
    "a million people saw our videos",
    "hundreds of thousands of people saw our videos",
)


def claims(sight: Sight) -> Page:
    """The sentences asked for (the settings' claims file, and the command's), else a few usual ones."""
    evidence = LakeEvidence(
        sight.lake,
        sight.population,
        sight.uniting,
        sight.zone,
        sight.own,
        (sight.target,) if sight.target else (),
        sight.groups,
        sight.window,
        settled={Scope(sight.window): sight.facts},
    )
    judged = [(text, judge(text, evidence, today=sight.window.last)) for text in sight.claims or USUAL]
    return Page(
        slug="claims",
        question=QUESTION,
        answer=_answer(judged),
        compared="",
        freshness=said.fresh(sight),
        missing=tuple(dict.fromkeys(gap for _, a in judged for gap in a.missing if not gap.startswith(_NO_DATES))),
        sections=(_verdicts(sight, judged), *(_one(sight, text, answer) for text, answer in judged)),
    )


def _answer(judged: list[tuple[str, Answer]]) -> str:
    supported = [text for text, answer in judged if answer.verdict == "supported"]
    best = next((answer.sentence for _, answer in judged if answer.sentence), "")
    told = f"{len(supported)} of {len(judged)} sentences hold."
    return f"{told} You can say: “{best}”" if best else told


def _verdicts(sight: Sight, judged: list[tuple[str, Answer]]) -> Section:
    table = pd.DataFrame(
        [{"Sentence": text, "Verdict": a.verdict, "Why": a.why, "You can say": a.sentence} for text, a in judged]
    )
    counts = table["Verdict"].value_counts()
    finding = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    return Section(f"Of {len(judged)} sentences: {finding}", "The evidence below", said.as_of(sight), table=table)


def _one(sight: Sight, text: str, answer: Answer) -> Section:
    """The sentence's own evidence: what is known, out of how many, and the arithmetic."""
    lines = [("Verdict", answer.verdict), ("Why", answer.why), *(("Arithmetic", line) for line in answer.arithmetic)]
    lines += [("Source", line) for line in answer.sources] + [("Missing", line) for line in answer.missing]
    table = pd.DataFrame(lines, columns=["What", "Said"])
    rows = [Bar("What is known", answer.known, is_key=True)] if answer.known else []
    if answer.denominator is not None:
        rows.append(Bar("Out of", answer.denominator))
    return Section(
        finding=f"“{text}”: {answer.verdict}",
        source="; ".join(answer.sources[:3]) or "Nothing held",
        as_of=said.as_of(sight),
        chart=bars(rows, "people") if rows else None,
        alt=f"What is known about the sentence, {answer.verdict}" if rows else "",
        table=table,
        note=answer.sentence and f"You can say: “{answer.sentence}”",
    )
