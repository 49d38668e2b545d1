"""The envelope in which pulls/ keeps what an API answered: its pages, what was asked, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from analytics.errors import ExportRefused
from analytics.model.extract import Ask
from analytics.reading import Document, Item

from .contract import Known


@dataclass(frozen=True, slots=True)
class Pulled:
    """`source` is "" and `request` empty where a bare answer was imported."""

    source: str
    request: Mapping[str, object]
    pages: Sequence[object]
    pulled_at: datetime | None = None

    def asked(self, name: str) -> str:
        return str(self.request.get(name, ""))


def opened(item: Item) -> Pulled | None:
    """What is in `item`: the envelope's, or the document itself as the one page; None for a table."""
    if not isinstance(item, Document):
        return None
    data = item.data
    if isinstance(data, dict) and isinstance(data.get("pages"), list) and "source" in data:
        request = data.get("request")
        return Pulled(
            str(data["source"]), request if isinstance(request, dict) else {}, data["pages"], _moment(item, data)
        )
    return Pulled("", {}, (data,))


def when(pulled: Pulled, ask: Ask, known: Known) -> Known:
    """The numbers of a pull were true when it was pulled, unless a person says otherwise."""
    if pulled.pulled_at is None or ask.as_of is not None:
        return known
    return Known(pulled.pulled_at, "stated")


def _moment(item: Document, data: Mapping[str, object]) -> datetime | None:
    said = data.get("pulled_at")
    if said is None:
        return None
    try:
        return datetime.fromisoformat(str(said)).astimezone(UTC)
    except ValueError as error:
        raise ExportRefused(
            f"{item.name} says that it was pulled at {said}", "Pull it again.", column="pulled_at", value=str(said)
        ) from error
