"""Search over everything ever said."""

from __future__ import annotations

from transcription.search import WordIndex

from .results import Hit, SearchResult
from .workspace import Workspace


def search_words(workspace: Workspace, query: str, limit: int = 20) -> SearchResult:
    """Where words were said, best match first. Raises TranscriptionError for a query without a word in it."""
    found = WordIndex(workspace.home / "search" / "words.db").search(query, limit)
    return SearchResult(
        hits=tuple(
            Hit(recording=hit.recording, start=float(hit.start), end=float(hit.end), text=hit.text) for hit in found
        )
    )
