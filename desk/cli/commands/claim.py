"""soundbite claim: may we say that?"""

from __future__ import annotations

from typing import Annotated

import typer

from desk.cli.answer import give
from desk.cli.options import AsJson, Home, enter, person


def claim(
    sentence: Annotated[str, typer.Argument(help="The sentence, in quotation marks.")],
    first: Annotated[str, typer.Option("--from", help="First day, where the sentence names none: 2026-11-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day, where the sentence names none.")] = "",
    target: Annotated[str, typer.Option("--target", help="Target (YAML) that the sentence may name.")] = "",
    as_json: AsJson = False,
    home: Home = None,
) -> int:
    """Judge a sentence: supported, unsupported, impossible or unclear, with the strongest sentence that is true."""
    from flows.asks import ClaimAsk
    from flows.claim import judge

    if not sentence.strip():
        raise typer.BadParameter("the sentence is empty; write what somebody would like to say, in quotation marks")
    ask = ClaimAsk(sentence=sentence, first=first, last=last, target=target, asked_by=person())
    answer = judge(enter(home), ask)
    told = [f"{answer.verdict.capitalize()}: {answer.why}", *(f"  {line}" for line in answer.arithmetic)]
    told += [f"You can say: {answer.sentence}"] if answer.sentence else []
    give(
        answer,
        [*told, *(f"Source: {source}" for source in answer.sources), *(f"Missing: {gap}" for gap in answer.missing)],
        as_json=as_json,
    )
    return 2 if answer.verdict == "unclear" else 0
