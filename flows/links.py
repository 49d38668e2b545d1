"""Posts of clips, and clips, as the metrics lake wants them: told by people, or found in the posts' own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

import pandas as pd

from analytics.errors import LakeBusy
from analytics.lake import Lake
from analytics.model.links import as_clips, as_links
from archive.catalogue import clips, moments, posts, recordings
from archive.catalogue.clips import Clip
from archive.catalogue.moments import MomentRow
from archive.catalogue.posts import Post
from archive.catalogue.recordings import Recording
from clipping.listening.entries import Kind

from .workspace import Workspace

# A clip's id, and a variant's: the clip's with the seat it was made for.
VARIANT = re.compile(r"\b(c_[0-9a-f]{12})(?:-([ENSW]\d{8}))?(?![0-9a-f])")
STEPS = re.compile(r"[\w-]{6,}", re.ASCII)  # of an address: what may be an id
_CALLED = {
    Kind.SLIP_UP.value: "attack",
    Kind.LANDED.value: "highlight",
    Kind.CLAIM.value: "rebuttal",
    Kind.VOICES.value: "real voices",
}


def relink(workspace: Workspace, lake: Lake) -> int:
    """Bring the lake's links and clips up to what is known now; how many posts are linked."""
    with workspace.catalogue.read() as tx:
        noted, held = posts.of(tx), clips.of(tx)
        by_recording = {item.id: item for item in recordings.all(tx)}
        flagged = {clip.id: moments.get(tx, clip.moment_id) for clip in held if clip.moment_id}
    named = list(_named(lake, noted))
    links = [*map(_link, named), *_found(lake, named, {clip.id for clip in held})]
    called = {post.clip_id: post for post in noted if post.kind or post.topic}
    facts = [_facts(clip, by_recording[clip.recording_id], flagged.get(clip.id), called.get(clip.id)) for clip in held]
    _put(lake, pd.DataFrame(links), pd.DataFrame([asdict(fact) for fact in facts]))
    return len(links)


def _put(lake: Lake, links: pd.DataFrame, clips: pd.DataFrame) -> None:
    """Only what is new: a question has no need of the lake's one writer. While somebody else writes, it goes on with
    the links that are there; the next import or question brings them up to date."""
    held = as_links(lake.frame("SELECT * FROM links")), as_clips(lake.frame("SELECT * FROM clips"))
    if _is_same(held[0], as_links(links)) and _is_same(held[1], as_clips(clips)):
        return
    with suppress(LakeBusy):
        lake.put_links(links, clips)


def _is_same(held: pd.DataFrame, wanted: pd.DataFrame) -> bool:
    return bool(held.equals(wanted.drop_duplicates().reset_index(drop=True)))


def _named(lake: Lake, noted: Sequence[Post]) -> Iterator[Post]:
    """The posts under the ids that exports give them. An Instagram address holds a short code, and the video's number
    in one of Facebook's need not be the post's: exports carry these in the post's own address."""
    told = lake.frame(
        """SELECT DISTINCT platform, object, url FROM objects
        WHERE object_kind = 'post' AND object <> '' AND list_contains(?, platform)""",
        [sorted({post.platform for post in noted})],
    )
    lost = {(post.platform, post.platform_id) for post in noted}
    lost -= set(zip(told["platform"], told["object"], strict=True))
    where: dict[tuple[str, str], set[str]] = {}
    for platform, name, url in told.itertuples(index=False) if lost else ():
        for step in lost & {(platform, step) for step in STEPS.findall(url)}:
            where.setdefault(step, set()).add(name)
    for post in noted:
        for name in sorted(where.get((post.platform, post.platform_id), {post.platform_id})):
            yield replace(post, platform_id=name)


def _link(post: Post) -> dict[str, object]:
    return {
        "platform": post.platform,
        "object": post.platform_id,
        "clip": post.clip_id,
        "seat": post.seat or "",
        "audience": post.audience,
        "partner": post.partner,
        "payment": post.payment,
        "recipe": post.recipe,
        "posted_at": post.posted_at,
    }


def _found(lake: Lake, noted: Iterable[Post], held: set[str]) -> Iterator[dict[str, object]]:
    """Posts that nobody noted but whose title, text or address carries the id of one of our clips."""
    known = {(post.platform, post.platform_id) for post in noted}
    told = lake.frame(
        "SELECT DISTINCT platform, object, title || ' ' || text || ' ' || url AS words FROM objects "
        "WHERE object_kind = 'post' AND contains(title || text || url, 'c_')"
    )
    for row in told.itertuples():
        match = VARIANT.search(row.words)
        if match and match[1] in held and (row.platform, row.object) not in known:
            known.add((row.platform, row.object))
            yield _link(Post(match[1], row.platform, row.object, seat=match[2]))


@dataclass(frozen=True, slots=True)
class _Facts:
    clip: str
    quote: str
    topic: str
    kind: str
    duration_s: float
    programme: str
    channel: str
    aired_at: object
    made_at: object


def _facts(clip: Clip, recording: Recording, moment: MomentRow | None, called: Post | None) -> _Facts:
    return _Facts(
        clip=clip.id,
        quote=moment.quote if moment else str(clip.request.get("quote") or ""),
        topic=(called.topic if called else "") or (moment.entries[0] if moment and moment.entries else ""),
        kind=(called.kind if called else "") or _kind(moment),
        duration_s=float(clip.end - clip.start),
        programme=recording.programme or "",
        channel=recording.channel or "",
        aired_at=recording.aired_at,
        made_at=clip.made_at,
    )


def _kind(moment: MomentRow | None) -> str:
    """A moment with an answer to it makes a rebuttal, whatever it was flagged as."""
    if moment is None:
        return "other"
    return "rebuttal" if moment.rebuttal else _CALLED.get(moment.kind, "other")
