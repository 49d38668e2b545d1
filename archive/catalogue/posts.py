"""Where clips were posted, so that the platforms' numbers find their clip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from archive.catalogue import audit
from archive.catalogue.tables import posts
from archive.catalogue.transaction import Tx, WriteTx


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a clip. `platform_id` is the platform's own id, as text; `seat` a constituency code."""

    clip_id: str
    platform: str
    platform_id: str
    seat: str | None
    posted_at: datetime | None
    noted_at: datetime


def add(
    tx: WriteTx,
    clip_id: str,
    platform: str,
    platform_id: str,
    *,
    seat: str | None = None,
    posted_at: datetime | None = None,
) -> Post:
    """Note a post; a second time changes nothing. CatalogueError if the post belongs to another clip already
    or there is no such clip."""
    known = find(tx, platform, platform_id)
    if known and known.clip_id == clip_id:
        return known
    post = Post(clip_id, platform, platform_id, seat, posted_at, tx.now)
    tx.connection.execute(
        insert(posts).values(
            clip_id=clip_id,
            platform=platform,
            platform_id=platform_id,
            seat=seat,
            posted_at=posted_at,
            noted_at=tx.now,
        )
    )
    audit.record(tx, "post.add", clip_id, {"platform": platform, "id": platform_id, "seat": seat})
    return post


def find(tx: Tx, platform: str, platform_id: str) -> Post | None:
    """The post with that id on that platform."""
    found = _select(tx, platform=platform, platform_id=platform_id)
    return found[0] if found else None


def of(tx: Tx, clip_id: str) -> tuple[Post, ...]:
    """A clip's posts in the order in which they were noted."""
    return tuple(_select(tx, clip_id=clip_id))


def _select(tx: Tx, **equal: str) -> list[Post]:
    c = posts.c
    query = select(c.clip_id, c.platform, c.platform_id, c.seat, c.posted_at, c.noted_at).order_by(c.id)
    for name, value in equal.items():
        query = query.where(c[name] == value)
    return [Post(*row) for row in tx.connection.execute(query)]
