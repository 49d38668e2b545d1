"""Every kind of export that we know, and which of them a file is."""

from __future__ import annotations

from typing import Final

from analytics.errors import ExportRefused, ExportUnclear
from analytics.reading import Document, Item

from . import google, meta, origin, plain, snapchat, tiktok, x, youtube
from .contract import Match, Source

# One line a platform folder.
SOURCES: Final[tuple[Source, ...]] = (
    *meta.SOURCES,
    *youtube.SOURCES,
    *tiktok.SOURCES,
    *x.SOURCES,
    *snapchat.SOURCES,
    *google.SOURCES,
    *origin.SOURCES,
    *plain.SOURCES,
)


def recognise(item: Item) -> tuple[Source, Match]:
    """The source that claims `item` with the highest certainty.

    Raises:
        ExportRefused: none does; says which comes closest and what differs.
        ExportUnclear: two claim it with the same certainty.
    """
    claims = [(source, match) for source in SOURCES if (match := source.recognise(item)) is not None]
    if not claims:
        raise _nobody(item)
    claims.sort(key=lambda claim: claim[1].certainty, reverse=True)
    if len(claims) > 1 and claims[0][1].certainty == claims[1][1].certainty:
        titles = " or ".join(source.title for source, match in claims if match.certainty == claims[0][1].certainty)
        raise ExportUnclear(f"{item.name} could be {titles}", "Say which columns mean what with --mapping.")
    return claims[0]


def _nobody(item: Item) -> ExportRefused:
    names = _names(item)
    closest = max(SOURCES, key=lambda s: (len(names & set(s.columns)), -len(s.columns)), default=None)
    shared = names & set(closest.columns) if closest else set()
    mend = "Export it again from the platform, or say what its columns mean with --mapping (docs/metrics-mapping.md)."
    if closest is None or not shared:
        shown = ", ".join(sorted(names)[:8]) or "nothing"
        return ExportRefused(f"{item.name} is no export that we know; it has {shown}", mend)
    unknown, missing = sorted(names - shared), sorted(set(closest.columns) - shared)
    what = f"{item.name} is no export that we know. Closest is {closest.title}"
    what += f"; unknown here: {', '.join(unknown[:12])}" if unknown else ""
    what += f"; missing: {', '.join(missing[:12])}" if missing else ""
    return ExportRefused(what, mend, column=unknown[0] if unknown else "")


def _names(item: Item) -> set[str]:
    if not isinstance(item, Document):
        return set(item.columns)
    data = item.data
    for _ in range(3):  # {"data": {"list": [{…}]}}: look through the wrapping
        if isinstance(data, list):
            data = data[0] if data else {}
        if isinstance(data, dict) and len(data) == 1 and isinstance(next(iter(data.values())), dict | list):
            data = next(iter(data.values()))
    return {str(key) for key in data} if isinstance(data, dict) else set()
