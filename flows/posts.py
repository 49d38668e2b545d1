"""Where clips were posted: noted one by one, from a table, or found by the clip's id in a post's own text."""

from __future__ import annotations

import csv
from pathlib import Path

from pydantic import ValidationError

from analytics.model.metrics import PLATFORMS
from analytics.people.places import seat
from archive.catalogue import clips, posts
from archive.catalogue.posts import Post
from archive.errors import SoundbiteError

from .addresses import post_id
from .asks import PostAsk
from .days import time_of
from .errors import PostWrong
from .results import NotedPost, PostsResult
from .workspace import Workspace

MOST_ROWS = 100_000
# What people call a column of their table, besides its own name.
_ALSO = {"post_id": "id", "post id": "id", "url": "id", "link": "id", "constituency": "seat", "clip_id": "clip"}


def note_post(workspace: Workspace, ask: PostAsk) -> PostsResult:
    """Note one post; a second time changes nothing, and what is newly said of it is added.

    Raises:
        NotInCatalogue: no such clip.
        PostWrong: no such platform, or an address without an id that exports carry.
        TimeUnclear: a time that is none.
        PostTaken: the post is noted as another clip's.
        SeatUnknown: no such constituency, or one of before 2024.
    """
    return PostsResult(posts=(_note(workspace, ask),))


def note_table(workspace: Workspace, path: Path, *, asked_by: str = "") -> PostsResult:
    """Note every row of a CSV with the columns clip, platform, id and, where there are any, the others of PostAsk.

    A wrong row is answered as refused, with its line, and stops no other.

    Raises:
        PostWrong: the table can't be read, or lacks a needed column.
    """
    noted = []
    for line, row in _rows(path):
        try:
            noted.append(_note(workspace, PostAsk.model_validate({**row, "asked_by": asked_by})))
        except (SoundbiteError, ValidationError) as error:
            noted.append(_refused(row, line, error))
    return PostsResult(posts=tuple(noted))


def _note(workspace: Workspace, ask: PostAsk) -> NotedPost:
    if ask.platform not in PLATFORMS:
        raise PostWrong(f"'{ask.platform}' is no platform that we know", f"Name one of {', '.join(PLATFORMS)}.")
    with workspace.catalogue.write(ask.asked_by or "soundbite") as tx:
        post = Post(
            clip_id=clips.get(tx, ask.clip).id,
            platform=ask.platform,
            platform_id=post_id(ask.platform, ask.id),
            seat=seat(ask.seat).code if ask.seat else None,
            posted_at=time_of(ask.posted_at, workspace.settings.zone) if ask.posted_at else None,
            audience=ask.audience,
            partner=ask.partner,
            payment=ask.payment,
            recipe=ask.recipe,
            kind=ask.kind,
            topic=ask.topic,
        )
        before = posts.find(tx, post.platform, post.platform_id)
        now, is_changed = posts.note(tx, post)
    status = "noted" if before is None else "changed" if is_changed else "known"
    return _answer(now, status)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Every row with its line, under our names of the columns; cells without text are left out."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, strict=True)
            named = {name: _column(name) for name in reader.fieldnames or ()}
            missing = {"clip", "platform", "id"} - set(named.values())
            if missing:
                raise PostWrong(f"{path} has no column {', '.join(sorted(missing))}", "See docs/commands.md.")
            rows = [
                (reader.line_num, {named[key]: value.strip() for key, value in row.items() if key and value})
                for row in reader
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PostWrong(f"{path} can't be read: {error}", "Save it as CSV, UTF-8.") from error
    if len(rows) > MOST_ROWS:
        raise PostWrong(f"{path} has more than {MOST_ROWS:,} rows", "Split it.")
    return rows


def _column(name: str) -> str:
    plain = name.strip().lower()
    return _ALSO.get(plain, plain.replace(" ", "_"))


def _refused(row: dict[str, str], line: int, error: SoundbiteError | ValidationError) -> NotedPost:
    first = error.errors()[0] if isinstance(error, ValidationError) else None
    why = f"{'.'.join(map(str, first['loc']))}: {first['msg']}" if first else str(error)
    told = {name: row.get(name, "") for name in ("clip", "platform", "id")}
    return NotedPost(**told, status="refused", reason=f"line {line}: {why}")


def _answer(post: Post, status: str) -> NotedPost:
    return NotedPost.model_validate(
        {
            "clip": post.clip_id,
            "platform": post.platform,
            "id": post.platform_id,
            "status": status,
            "seat": post.seat or "",
            "audience": post.audience,
            "partner": post.partner,
            "payment": post.payment,
            "recipe": post.recipe,
        }
    )
