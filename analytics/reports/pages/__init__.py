"""The pages of an edition: one question each, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable

from analytics.questions.sight import Sight
from analytics.reports.page import Page

from .claims import claims
from .clip import clip
from .demographics import demographics
from .overnight import overnight
from .paid import paid
from .partners import partners
from .seats import seats
from .works import works

PAGES: tuple[Callable[[Sight], Page], ...] = (
    overnight,
    clip,
    demographics,
    seats,
    works,
    paid,
    partners,
    claims,
)

__all__ = ["PAGES"]
