"""The digest: every answer and the findings behind it, as a mail that any reader shows: text, and script-free HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from .html import Heading, environment
from .page import Page

MOST_BYTES: Final = 100_000  # Gmail cuts a mail off at 102 kB
_MOST_LETTERS: Final = 600  # of one answer or finding
_MOST_FINDINGS: Final = 4
_READ_FROM: Final = ("https://", "http://")  # a path on this machine opens nowhere else


@dataclass(frozen=True, slots=True)
class _Part:
    question: str
    answer: str
    compared: str
    findings: tuple[str, ...]
    missing: tuple[str, ...]
    address: str


def digest_text(pages: Sequence[Page], heading: Heading, address: str = "") -> str:
    """The digest as plain text. `address`: where the edition lies, so that each question names its page;
    only http(s)."""
    return _text(_parts(pages, address, _MOST_FINDINGS), heading)


def digest_mail(pages: Sequence[Page], heading: Heading, address: str = "", to: Sequence[str] = ()) -> bytes:
    """The digest as an .eml file under MOST_BYTES: of very many questions the later ones lose their findings first.

    Raises:
        ValueError: so many questions that not even their answers fit.
    """
    for findings in (_MOST_FINDINGS, 1, 0):
        mail = _mail(_parts(pages, address, findings), heading, to)
        if len(mail) < MOST_BYTES:
            return mail
    raise ValueError(f"{len(pages)} questions do not fit into one mail")


def _parts(pages: Sequence[Page], address: str, findings: int) -> list[_Part]:
    return [
        _Part(
            _short(page.question),
            _short(page.answer),
            _short(page.compared),
            tuple(_short(section.finding) for section in page.sections[:findings]),
            tuple(_short(line) for line in page.missing[:findings]),
            f"{address.rstrip('/')}/{page.slug}.html" if address.startswith(_READ_FROM) else "",
        )
        for page in pages
    ]


def _ended(title: str) -> str:
    return title if title.endswith(("?", "!", ".")) else f"{title}:"


def _short(text: str) -> str:
    """In one line: what somebody called a clip must not look like a question of ours."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_LETTERS else f"{line[:_MOST_LETTERS]} …"


def _mail(parts: Sequence[_Part], heading: Heading, to: Sequence[str]) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(f"{_ended(heading.title)} {heading.period}".split())
    mail["Date"] = format_datetime(heading.made_at)
    if to:
        mail["To"] = ", ".join(to)
    mail.set_content(_text(parts, heading))
    html = environment().get_template("mail.html.j2").render(parts=parts, heading=heading)
    mail.add_alternative(html, subtype="html")
    return mail.as_bytes()


def _text(parts: Sequence[_Part], heading: Heading) -> str:
    return environment(is_html=False).get_template("mail.txt.j2").render(parts=parts, heading=heading)
