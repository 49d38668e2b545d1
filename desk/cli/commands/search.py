"""soundbite search: over everything ever said."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.cli.answer import clock, give
from desk.cli.options import AsJson, Home, enter


def search(
    query: Annotated[str, typer.Argument(help='Words, or a "phrase in quotes"; a* finds beginnings.')],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many hits at most.")] = 20,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Find words in every transcript."""
    from flows.search import search_words

    answer = search_words(enter(home), query, limit)
    told = [f"{hit.recording}  {clock(hit.start)}  {hit.text}" for hit in answer.hits]
    give(answer, told or [f"Nobody said that in what has been transcribed: {query}"], as_json=as_json)
