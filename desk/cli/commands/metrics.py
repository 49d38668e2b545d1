"""soundbite metrics: take platform exports in, list them, fetch them, make the lake again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli.answer import give
from desk.cli.options import AsJson, Home, enter, person
from desk.cli.screen import telling

if TYPE_CHECKING:
    from flows.results import ImportedFile, Total

MOST_TOLD = 3

metrics = typer.Typer(help="What the platforms count: import exports, list them, fetch them.", no_args_is_help=True)


@metrics.command("import")
def import_(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Exports, or folders of them; the settings' exports_folder if none.")
    ] = None,
    locale: Annotated[
        str, typer.Option("--locale", help="How numbers and dates are written in it: en-GB, de-DE …")
    ] = "",
    platform: Annotated[str, typer.Option("--platform", help="The platform, where the file does not say.")] = "",
    account: Annotated[str, typer.Option("--account", help="The account, where the file does not say.")] = "",
    seat: Annotated[
        str, typer.Option("--seat", help="All of it was delivered in this constituency: code or name.")
    ] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", help="When it was downloaded: 2026-11-20 22:00; else the file's own time.")
    ] = "",
    first: Annotated[str, typer.Option("--from", help="First day it covers, where it does not say: 2026-11-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day it covers: 2026-11-14.")] = "",
    mapping: Annotated[str, typer.Option("--mapping", help="YAML mapping for a source that we do not know.")] = "",
    paid: Annotated[
        bool | None, typer.Option("--paid/--organic", help="Paid or organic, where the file does not say.")
    ] = None,
    whole_library: Annotated[
        bool, typer.Option("--whole-library", help="An Ad Library file that holds every ad of its pages.")
    ] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> int:
    """Import exports as downloaded. The same file twice counts once; a file that is refused stops no other."""
    from flows.asks import MetricsAsk
    from flows.metrics import import_folder, import_metrics

    ask = MetricsAsk(
        locale=locale,
        platform=platform.lower(),
        account=account,
        seat=seat,
        as_of=as_of,
        first=first,
        last=last,
        mapping=mapping,
        payment="" if paid is None else "paid" if paid else "organic",
        whole_library=whole_library,
        asked_by=person(),
    )
    with telling() as tell:
        if files:
            answer = import_metrics(enter(home), files, ask, tell)
        else:
            answer = import_folder(enter(home), tell, asked_by=person())
    told = [line for item in answer.files for line in lines(item)]
    give(answer, told or ["Nothing new to import."], as_json=as_json)
    return 2 if any(item.status == "quarantined" for item in answer.files) else 0


def lines(item: ImportedFile) -> list[str]:
    """One file in a few lines for a person."""
    if item.status == "quarantined":
        return [f"refused   {item.path}: {item.reason}"]
    totals = ", ".join(f"{name} {_number(value)}" for name, value in item.totals.items())
    told = [f"{item.status:<9} {item.path}: {item.source}, {item.rows} rows" + (f"; {totals}" if totals else "")]
    for word, several in (("mended", item.repairs), ("left out", item.refused), ("note", item.notes)):
        told += [f"          {word}: {one}" for one in several[:MOST_TOLD]]
        if len(several) > MOST_TOLD:
            told.append(f"          {word}: and {len(several) - MOST_TOLD} more, all with --json")
    return told


def _number(value: Total) -> str:
    if isinstance(value, tuple):
        low, high = value
        return f"{low:,.0f} or more" if high is None else f"{low:,.0f}–{high:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


@metrics.command("list")
def list_(as_json: AsJson = False, home: Home = None) -> None:
    """What was imported, newest first: what it is, when it was downloaded, what was mended or left out."""
    from flows.metrics import list_imports

    answer = list_imports(enter(home))
    told = [
        f"{item.import_id[:12]}  {item.snapshot_at:%d %b %Y %H:%M}  {item.source:<30} {item.rows:>7} rows  {item.name}"
        for item in answer.imports
    ]
    give(answer, told or ["Nothing imported yet: soundbite metrics import FILE"], as_json=as_json)


@metrics.command("pull")
def pull(
    platform: Annotated[str, typer.Argument(help="youtube, meta or tiktok.")],
    first: Annotated[
        str, typer.Option("--from", help="First day: 2026-11-01; two weeks before the last if unsaid.")
    ] = "",
    last: Annotated[str, typer.Option("--to", help="Last day: 2026-11-14; yesterday if unsaid.")] = "",
    account: Annotated[str, typer.Option("--account", help="The channel, page, ad account or advertiser.")] = "",
    as_json: AsJson = False,
    home: Home = None,
) -> int:
    """Fetch numbers from a platform's API, keep its answer, and import that like any export."""
    from flows.pulls import pull_metrics

    with telling() as tell:
        answer = pull_metrics(enter(home), platform.lower(), first, last, account, tell, asked_by=person())
    give(answer, [line for item in answer.files for line in lines(item)], as_json=as_json)
    return 2 if any(item.status == "quarantined" for item in answer.files) else 0


@metrics.command("rebuild")
def rebuild(as_json: AsJson = False, home: Home = None) -> int:
    """Make the metrics lake again from the exports that were kept."""
    from flows.metrics import rebuild_lake

    with telling() as tell:
        answer = rebuild_lake(enter(home), tell)
    give(answer, [f"The lake was made again from {len(answer.files)} kept exports."], as_json=as_json)
    return 1 if any(item.status == "quarantined" for item in answer.files) else 0
