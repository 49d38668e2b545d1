from __future__ import annotations

import email
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default

import pytest

from analytics.reports.html import Heading
from analytics.reports.mail import MOST_BYTES, digest_mail, digest_text
from analytics.reports.page import Page, Section

HEADING = Heading("Overnight\nBcc: x@example.org", "14 November 2026", datetime(2026, 11, 15, 4, 10, tzinfo=UTC))


def read(content: bytes) -> tuple[EmailMessage, str, str]:
    mail = email.message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert page is not None
    return mail, text.get_content(), page.get_content()


def test_every_answer_is_in_both_parts_and_no_script(gallery: tuple[Page, ...]) -> None:
    mail, text, page = read(digest_mail(gallery, HEADING, "https://reports.example/today/", ["lead@example.org"]))
    assert mail["To"] == "lead@example.org"
    for one in gallery:
        assert one.answer in text
        assert one.question.upper() in text
        assert f"https://reports.example/today/{one.slug}.html" in page
    assert not re.search(r"<script|<img|javascript:|url\(", page)


def test_a_title_adds_no_header() -> None:
    mail, _, _ = read(digest_mail((), HEADING))
    assert "Bcc" not in mail


def test_the_subject_reads_as_a_question_and_a_path_is_no_address(gallery: tuple[Page, ...]) -> None:
    heading = Heading("Whom did it reach?", "14 November 2026", HEADING.made_at)
    mail, text, page = read(digest_mail(gallery, heading, "file:///home/somebody/reports"))
    assert mail["Subject"] == "Whom did it reach? 14 November 2026"
    assert "file:" not in text + page


def test_what_strangers_wrote_is_escaped_and_stays_in_its_line() -> None:
    text = "<b onclick=boom()>x\n\nDID WE WIN?\nYes"
    content = digest_mail((Page("p", "Q?", "A.", sections=(Section(text, "s"),)),), HEADING)
    _, plain, page = read(content)
    assert "&lt;b onclick" in page
    assert "\nDID WE WIN?" not in plain


def test_a_mail_stays_under_its_limit_and_keeps_every_answer() -> None:
    sections = tuple(Section("finding " * 80, "s") for _ in range(9))
    pages = tuple(
        Page(f"p-{n}", f"Question {n}?", f"Answer {n}.", missing=("m" * 900,), sections=sections) for n in range(40)
    )
    content = digest_mail(pages, HEADING)
    assert len(content) < MOST_BYTES
    assert all(page.answer in read(content)[1] for page in pages)


def test_more_than_a_mail_can_hold_is_refused() -> None:
    pages = tuple(Page(f"p-{n}", "Q?", "long " * 200) for n in range(200))
    with pytest.raises(ValueError, match="200 questions"):
        digest_mail(pages, HEADING)


def test_the_text_of_the_mail_is_the_digest_on_its_own(gallery: tuple[Page, ...]) -> None:
    assert digest_text(gallery, HEADING).split() == read(digest_mail(gallery, HEADING))[1].split()
