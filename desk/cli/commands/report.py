"""soundbite report: whom did it reach, one page a question."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.cli.answer import give
from desk.cli.options import AsJson, Home, enter, person
from desk.cli.screen import telling


def report(
    first: Annotated[
        str, typer.Option("--from", help="First day: 2026-11-01; report_days before the last if unsaid.")
    ] = "",
    last: Annotated[str, typer.Option("--to", help="Last day: 2026-11-14; yesterday if unsaid.")] = "",
    target: Annotated[
        str, typer.Option("--target", help="Target (YAML) to count against; the settings' if unsaid.")
    ] = "",
    groups: Annotated[str, typer.Option("--groups", help="Seat groups (CSV) to cut by; the settings' if unsaid.")] = "",
    clip: Annotated[
        str, typer.Option("--clip", help="The clip that the clip page is about; the most seen if unsaid.")
    ] = "",
    claim: Annotated[list[str] | None, typer.Option("--claim", help="A sentence to judge; may be given again.")] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Write the reports: HTML pages, a workbook with the same numbers, and a mail digest."""
    from flows.asks import ReportAsk
    from flows.report import write_reports

    ask = ReportAsk(
        first=first, last=last, target=target, groups=groups, clip=clip, claims=tuple(claim or ()), asked_by=person()
    )
    with telling() as tell:
        answer = write_reports(enter(home), ask, tell)
    told = [line for page in answer.pages for line in (page.question, f"  {page.answer}")]
    told += [f"note: {note}" for note in answer.notes]
    give(answer, [*told, f"Pages     {answer.folder}/index.html", f"Workbook  {answer.xlsx}"], as_json=as_json)
