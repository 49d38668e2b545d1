"""Where clips were posted, so that the platforms' numbers find their clip."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import insert, select, update

from archive.catalogue import audit
from archive.catalogue.tables import posts
from archive.catalogue.transaction import Tx, WriteTx
from archive.errors import PostTaken


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a clip. `platform_id` is the platform's own id, as text; `seat` a constituency code; `payment`
    "organic" or "paid"; `recipe` the shape that was posted; `kind` and `topic` what a person calls the clip there.
    "" and None say that nothing is known."""

    clip_id: str
    platform: str
    platform_id: str
    seat: str | None = None
    posted_at: datetime | None = None
    audience: str = ""
    partner: str = ""
    payment: str = ""
    recipe: str = ""
    kind: str = ""
    topic: str = ""
    noted_at: datetime | None = None  # set when it is noted


_COLUMNS = [posts.c[field.name] for field in fields(Post)]


def note(tx: WriteTx, post: Post) -> tuple[Post, bool]:
    """Note a post, or what is newly known of it; (the post as it stands, whether anything changed).

    What was known and isn't said again stays. PostTaken if it belongs to another clip; CatalogueError if there is
    no such clip.
    """
    known = find(tx, post.platform, post.platform_id)
    if known is None:
        noted = replace(post, noted_at=tx.now)
        tx.connection.execute(insert(posts).values(_row(noted)))
        audit.record(tx, "post.add", post.clip_id, _told(post))
        return noted, True
    if known.clip_id != post.clip_id:
        raise PostTaken(
            f"{post.platform} post {post.platform_id} is noted as clip {known.clip_id}", "Was the id copied wrongly?"
        )
    merged = Post(**{**_row(known), **_told(post)})  # type: ignore[arg-type]  # both are rows of Post
    if merged == known:
        return known, False
    here = (posts.c.platform == known.platform) & (posts.c.platform_id == known.platform_id)
    tx.connection.execute(update(posts).where(here).values(_row(merged)))
    audit.record(tx, "post.change", known.clip_id, _told(post))
    return merged, True


def find(tx: Tx, platform: str, platform_id: str) -> Post | None:
    """The post with that id on that platform."""
    found = _select(tx, platform=platform, platform_id=platform_id)
    return found[0] if found else None


def of(tx: Tx, clip_id: str | None = None) -> tuple[Post, ...]:
    """Posts in the order in which they were noted: all, or those of one clip."""
    return tuple(_select(tx, **({"clip_id": clip_id} if clip_id else {})))


def _select(tx: Tx, **equal: str) -> list[Post]:
    query = select(*_COLUMNS).order_by(posts.c.id)
    for name, value in equal.items():
        query = query.where(posts.c[name] == value)
    return [Post(*row) for row in tx.connection.execute(query)]


def _row(post: Post) -> dict[str, object]:
    return {field.name: getattr(post, field.name) for field in fields(Post)}


def _told(post: Post) -> dict[str, object]:
    """What is said of it, without what isn't."""
    return {name: value for name, value in _row(post).items() if value and name != "clip_id"}
