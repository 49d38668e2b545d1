"""An edition: all pages of one evening in one folder, published whole, so that nobody ever reads half of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from analytics.model.scope import Window
from archive.store import mapped_errors, publish_dir, workplace

from . import words
from .excel import workbook
from .html import Heading, index_html, page_html
from .mail import digest_mail, digest_text
from .page import Page

WORKBOOK: Final = "numbers.xlsx"
MAIL: Final = "digest.eml"
TEXT: Final = "digest.txt"
RECORD: Final = "edition.json"


@dataclass(frozen=True, slots=True)
class Published:
    """One page of an edition."""

    slug: str
    question: str
    answer: str
    html: Path


@dataclass(frozen=True, slots=True)
class Edition:
    """Where everything lies, and what the record says of it."""

    folder: Path
    pages: tuple[Published, ...]

    @property
    def index(self) -> Path:
        return self.folder / "index.html"

    @property
    def xlsx(self) -> Path:
        return self.folder / WORKBOOK

    @property
    def mail(self) -> Path:
        return self.folder / MAIL


def write_edition(
    pages: Sequence[Page],
    folder: Path,
    *,
    title: str,
    window: Window,
    made_at: datetime,
    address: str = "",
    to: Sequence[str] = (),
    replace: bool = False,
) -> Edition:
    """Write every page, the index, the workbook and the digest, then make the folder appear.

    `address`: where the edition will be read, for the digest's links; `to`: the digest's readers.

    Raises:
        ValueError: two pages of one slug.
        StoreError: `folder` exists and `replace` is not asked for, or it may not be written (NotWritable, DiskFull).
    """
    if len({page.slug for page in pages}) < len(pages):
        raise ValueError("two pages of one name in an edition")
    heading = Heading(title, words.period(window), made_at)
    with workplace(folder.parent, ".edition") as work:
        inside = work / "edition"
        with mapped_errors(folder):
            inside.mkdir()
            for name, content in _files(pages, heading, address, to):
                (inside / name).write_bytes(content)
        publish_dir(inside, folder, replace=replace)
    return _edition(pages, folder)


def read_edition(folder: Path) -> Edition:
    """An edition written before. StoreError: there is none."""
    with mapped_errors(folder / RECORD):
        held = json.loads((folder / RECORD).read_bytes())
    pages = tuple(
        Published(page["slug"], page["question"], page["answer"], folder / f"{page['slug']}.html")
        for page in held["pages"]
    )
    return Edition(folder, pages)


def _files(pages: Sequence[Page], heading: Heading, address: str, to: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """One after the other: a page holds five megabytes of plotly, and only one is in memory at a time."""
    for page in pages:
        yield f"{page.slug}.html", page_html(page, heading, pages).encode()
    yield "index.html", index_html(pages, heading).encode()
    yield WORKBOOK, workbook(pages, heading)
    yield MAIL, digest_mail(pages, heading, address, to)
    yield TEXT, digest_text(pages, heading, address).encode()
    yield RECORD, json.dumps(_record(pages, heading), ensure_ascii=False, indent=2).encode()


def _record(pages: Sequence[Page], heading: Heading) -> dict[str, object]:
    return {
        "title": heading.title,
        "period": heading.period,
        "made_at": heading.made_at.isoformat(),
        "pages": [{"slug": page.slug, "question": page.question, "answer": page.answer} for page in pages],
    }


def _edition(pages: Sequence[Page], folder: Path) -> Edition:
    listed = (Published(page.slug, page.question, page.answer, folder / f"{page.slug}.html") for page in pages)
    return Edition(folder, tuple(listed))
