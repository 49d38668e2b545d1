"""The platform's own id of a post, from its address as people copy it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from .errors import PostWrong

_GIVE_ID: Final = "Give the id itself with --id, as the platform's export has it."


@dataclass(frozen=True, slots=True)
class _Address:
    """Where a platform's post addresses carry the id: a query field, or the path behind one of these words."""

    hosts: tuple[str, ...]
    fields: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    id: re.Pattern[str] = re.compile(r"\d+", re.ASCII)
    has_titles: bool = False  # words before the id


_CODE: Final = re.compile(r"[\w-]+", re.ASCII)
_ADDRESSES: Final = {
    "youtube": _Address(
        ("youtube.com", "youtu.be", "youtube-nocookie.com"), ("v",), ("shorts", "live", "embed", "v", "youtu.be"), _CODE
    ),
    "tiktok": _Address(("tiktok.com",), after=("video", "photo")),
    "x": _Address(("x.com", "twitter.com"), after=("status", "statuses")),
    "instagram": _Address(("instagram.com",), after=("p", "reel", "reels", "tv"), id=_CODE),
    "facebook": _Address(
        ("facebook.com",),
        ("v", "story_fbid", "fbid"),
        ("videos", "reel", "posts", "permalink", "photos"),
        has_titles=True,
    ),
}


def post_id(platform: str, written: str) -> str:
    """The id of a post that is named by its id or by its address, with https:// or without.

    Of an Instagram address it is the short code, which exports carry in their links only (see links.py).

    Raises:
        PostWrong: an address of another platform, one without an id (a short or a shared link), or Facebook's
            pfbid…, which no export carries.
    """
    text = written.strip()
    if "/" in text:
        return _from_address(platform, text)
    page, _, post = text.rpartition("_")  # the Graph API writes page and post together
    _refuse_pfbid(text, text)
    return post if platform == "facebook" and page.isdigit() and post.isdigit() else text


def _from_address(platform: str, text: str) -> str:
    parts, rule = urlsplit(text if "://" in text else f"https://{text}"), _ADDRESSES.get(platform)
    if rule is None or not any(f".{parts.hostname or ''}".endswith(f".{host}") for host in rule.hosts):
        raise PostWrong(f"{text} is no address of a post on {platform}", _GIVE_ID)
    candidates = _candidates(parts, rule)
    found = [step for step in candidates if rule.id.fullmatch(step)]
    if found:
        return found[-1]
    for step in candidates:
        _refuse_pfbid(step, text)
    raise PostWrong(
        f"No post id of {platform} in {text}", f"Open it, and copy the address that it leads to. {_GIVE_ID}"
    )


def _candidates(parts: SplitResult, rule: _Address) -> list[str]:
    """What may be the id, the best last."""
    query = parse_qs(parts.query)
    given = [value for field in rule.fields for value in query.get(field, [])]
    steps = [(parts.hostname or "").removeprefix("www."), *filter(None, parts.path.split("/"))]
    behind = list(dropwhile(lambda step: step not in rule.after, steps))[1:]
    return given or (behind if rule.has_titles else behind[:1])


def _refuse_pfbid(step: str, written: str) -> None:
    if step.startswith("pfbid"):
        raise PostWrong(
            f"{written}: no export carries Facebook's pfbid…",
            "Take the number in the column Post ID of Meta's export, or in the address of the video or reel.",
        )
