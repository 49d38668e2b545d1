"""soundbite post: note where a clip was posted, so that the platform's numbers find it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli.answer import give
from desk.cli.options import AsJson, Home, enter, person

if TYPE_CHECKING:
    from flows.results import NotedPost


def post(
    clip: Annotated[str, typer.Argument(help="Clip id (c_…) or the beginning of it; not needed with --table.")] = "",
    platform: Annotated[
        str, typer.Option("--platform", help="facebook, instagram, youtube, tiktok, x, snapchat, google or other.")
    ] = "",
    post_id: Annotated[str, typer.Option("--id", help="The platform's id of the post, or its address.")] = "",
    seat: Annotated[str, typer.Option("--seat", help="The constituency it is for: code or name.")] = "",
    audience: Annotated[
        str, typer.Option("--audience", help="Whom it addresses: a target's name, or your words.")
    ] = "",
    partner: Annotated[str, typer.Option("--partner", help="Who posted it with us or for us.")] = "",
    paid: Annotated[bool | None, typer.Option("--paid/--organic", help="Paid for or not; unsaid: not known.")] = None,
    recipe: Annotated[str, typer.Option("--recipe", help="The shape that was posted.")] = "",
    kind: Annotated[
        str,
        typer.Option("--kind", help="What the clip is: rebuttal, attack, highlight, real voices; else its moment's."),
    ] = "",
    topic: Annotated[str, typer.Option("--topic", help="What it is about; else its watchlist entry.")] = "",
    posted_at: Annotated[str, typer.Option("--posted-at", help="When: 2026-11-20 22:00, local or with a zone.")] = "",
    table: Annotated[
        Path | None, typer.Option("--table", help="A CSV of many posts: clip, platform, id, seat …")
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> int:
    """Note a post of a clip, or a table of many. A second time changes nothing; what is new is added."""
    from flows.asks import PostAsk
    from flows.posts import note_post, note_table

    if table is not None:
        answer = note_table(enter(home), table, asked_by=person())
    else:
        for name, given in (("CLIP", clip), ("--platform", platform), ("--id", post_id)):
            if not given:
                raise typer.BadParameter(f"{name} is missing; or give many at once with --table FILE")
        ask = PostAsk(
            clip=clip,
            platform=platform.lower(),
            id=post_id,
            seat=seat,
            audience=audience,
            partner=partner,
            payment="" if paid is None else "paid" if paid else "organic",
            recipe=recipe,
            kind=kind,
            topic=topic,
            posted_at=posted_at,
            asked_by=person(),
        )
        answer = note_post(enter(home), ask)
    give(answer, [_line(item) for item in answer.posts], as_json=as_json)
    return 2 if any(item.status == "refused" for item in answer.posts) else 0


def _line(item: NotedPost) -> str:
    if item.status == "refused":
        return f"refused  {item.platform} {item.id}: {item.reason}"
    told = [f"{item.platform} {item.id}", item.seat, item.partner, item.payment]
    return f"{item.status:<8} {item.clip}  " + ", ".join(part for part in told if part)
