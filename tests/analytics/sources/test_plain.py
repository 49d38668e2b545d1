"""Plain tables: what each damage of the world does to two videos with 1,239 views together."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pytest

from analytics.errors import ExportRefused, ExportUnclear
from analytics.importing import read_export
from analytics.model.extract import Ask, Extract

HEADER = "Video ID,Title,Published,Views\r\n"
FIRST = '0012300000000000001,"A, ""b""",2026-05-01,1234\r\n'
SECOND = "abc-_9,x,2026-05-02,5\r\n"
PLAIN = HEADER + FIRST + SECOND
ASKED = Ask(as_of=datetime(2026, 5, 3, tzinfo=UTC))


class Reader(Protocol):
    def __call__(self, content: str | bytes, ask: Ask = ASKED) -> Extract: ...


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def one(content: str | bytes, ask: Ask = ASKED) -> Extract:
        path = tmp_path / "export.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (extract,) = read_export(path, ask)
        return extract

    return one


def total(extract: Extract, metric: str = "views") -> float:
    values = extract.values
    return float(values[values["metric"] == metric]["low"].sum())


WHOLE: dict[str, str | bytes] = {
    "plain": PLAIN,
    "utf-8 with a mark": PLAIN.encode("utf-8-sig"),
    "utf-16 with a mark": PLAIN.encode("utf-16"),
    "pounds of old Windows": PLAIN.replace(",x,", ",£5 off,").encode("cp1252"),
    "utf-16 by tabs": PLAIN.replace('"A, ""b"""', "A").replace(",", "\t").encode("utf-16"),
    "sep= line": "sep=,\r\n" + PLAIN,
    "thousands": PLAIN.replace("1234\r", '"1,234"\r'),
    "thin spaces": PLAIN.replace("1234\r", "1\u202f234\r"),
    "a total row": PLAIN + "Total,,,1239\r\n",
    "a preamble": "Page insights export\r\nGenerated 02/05/2026 00:30 (Europe/London)\r\n\r\n" + PLAIN,
    "every row twice": PLAIN + FIRST + SECOND,
    "another name for views": PLAIN.replace("Views", "Video views"),
    "right to left and emoji": PLAIN.replace(",x,", ',"\u202egpj.exe \U0001f1ec\U0001f1e7 مرحبا",'),
    "formulas": PLAIN.replace(",x,", ",\"=cmd|' /C calc'!A0\","),
    "a script": PLAIN.replace(",x,", ',"<img src=x onerror=alert(1)>",'),
    "no line end": PLAIN.rstrip(),
    "a semicolon, no group": PLAIN.replace('"A, ""b"""', "A").replace(",", ";"),
}


@pytest.mark.parametrize("damage", WHOLE)
def test_two_rows_and_all_their_views(read: Reader, damage: str) -> None:
    extract = read(WHOLE[damage])
    assert (extract.source, extract.rows, total(extract), extract.refused) == ("plain.table", 2, 1239, ())
    assert list(extract.objects["object"]) == ["0012300000000000001", "abc-_9"]


PARTLY = {  # → rows kept, views, lines refused
    "contradicting rows": (PLAIN + FIRST.replace("1234", "9999"), 1, 5, [2, 4]),
    "a short row": (PLAIN + "zzz\r\n", 2, 1239, [4]),
    "cells too many": (PLAIN + "z,z,2026-05-02,7,8\r\n", 2, 1239, [4]),
    "broken off": (PLAIN[: -len("05-02,5\r\n")], 1, 1234, [3]),
    "an id as a number": (PLAIN.replace("0012300000000000001", "1.23E+15"), 1, 5, [2]),
    "below zero": (PLAIN.replace(",5\r", ",-5\r"), 1, 1234, [3]),
    "no number": (PLAIN.replace(",5\r", ",NaN\r"), 1, 1234, [3]),
    "a date for a number": (PLAIN.replace(",5\r", ",05.Apr\r"), 1, 1234, [3]),
    "no id": (PLAIN.replace("abc-_9", ""), 1, 1234, [3]),
    "a day that never was": (PLAIN.replace("2026-05-02", "2026-02-30"), 1, 1234, [3]),
}


@pytest.mark.parametrize("damage", PARTLY)
def test_bad_rows_are_refused_and_the_others_kept(read: Reader, damage: str) -> None:
    content, rows, views, lines = PARTLY[damage]
    extract = read(content)
    assert (extract.rows, total(extract), [row.line for row in extract.refused]) == (rows, views, lines)
    assert all(row.why for row in extract.refused)


WHOLLY = {
    "two columns of one name": (PLAIN.replace("Published", "Views"), "two columns"),
    "a column that nobody knows": (PLAIN.replace("Published", "Vibes"), "Vibes"),
    "a login page": ("<!doctype html><html><title>Log in</title></html>", "web page"),
    "an open quotation mark": (PLAIN + 'z,"z,2026-05-02,7\r\n', "quotation mark"),
    "NUL": (PLAIN.replace("x", "\x00"), "NUL"),
    "nothing": ("", "empty"),
    "no numbers at all": ("Video ID,Title\r\na,b\r\n", "no column of numbers"),
}


@pytest.mark.parametrize("damage", WHOLLY)
def test_what_is_not_certain_is_refused_whole(read: Reader, damage: str) -> None:
    content, why = WHOLLY[damage]
    with pytest.raises(ExportRefused, match=why) as caught:
        read(content)
    assert caught.value.mend


def test_what_old_windows_wrote_is_read(read: Reader) -> None:
    assert list(read(WHOLE["pounds of old Windows"]).objects["title"]) == ['A, "b"', "£5 off"]


def test_a_point_without_a_locale_is_a_question(read: Reader) -> None:
    european = "Video ID;Title;Published;Views\r\n001;A;2026-05-01;1.234\r\nabc;x;2026-05-02;5\r\n"
    with pytest.raises(ExportUnclear, match="--locale") as caught:
        read(european)
    assert (caught.value.line, caught.value.column, caught.value.value) == (2, "Views", "1.234")
    assert total(read(european, Ask(locale="de-DE"))) == 1239
    assert total(read("Sprache: de\r\n\r\n" + european)) == 1239


def test_a_rounded_number_is_an_interval(read: Reader) -> None:
    extract = read(PLAIN.replace("1234\r", "1.2K\r"))
    first = extract.values.iloc[0]
    assert (first["low"], first["high"]) == (1150, 1299)
    assert any("rounded" in repair.what for repair in extract.repairs)


def test_a_header_alone_has_no_rows(read: Reader) -> None:
    extract = read(HEADER)
    assert (extract.rows, len(extract.values), extract.refused) == (0, 0, ())


def test_views_beside_engaged_views_are_the_new_count(read: Reader) -> None:
    extract = read("Video ID,Title,Published,Views,Engaged views\r\na,x,2026-05-01,1500,1234\r\n")
    assert dict(zip(extract.values["metric"], extract.values["definition"], strict=True)) == {
        "views": "2025-03-31",
        "engaged_views": "first",
    }
    assert set(read(PLAIN).values["definition"]) == {"first"}


def test_both_hours_of_the_october_night_count(read: Reader) -> None:
    night = "".join(f"abc,2026-10-25 {clock},10\r\n" for clock in ("00:00", "01:00", "01:00", "02:00"))
    extract = read("Video ID,Hour (local),Views\r\n" + night, Ask(as_of=datetime(2026, 11, 3, tzinfo=UTC)))
    assert (extract.rows, total(extract), set(extract.values["grain"])) == (4, 40, {"hour"})
    assert extract.values["start"].is_unique


def test_a_total_that_differs_from_its_rows_is_said(read: Reader) -> None:
    assert read(PLAIN + "Total,,,1239\r\n").notes == ()
    (note,) = read(PLAIN + "Total,,,5000\r\n").notes
    assert "5,000" in note
    assert "1,239" in note


def test_what_a_person_says_is_kept(read: Reader) -> None:
    ask = Ask(platform="tiktok", account="us", payment="organic", first=date(2026, 5, 1), last=date(2026, 5, 7))
    first = read(PLAIN, ask).values.iloc[0]
    assert (first["platform"], first["account"], first["payment"]) == ("tiktok", "us", "organic")
    assert (first["grain"], str(first["start"]), str(first["end"])) == (
        "period", "2026-04-30 23:00:00+00:00", "2026-05-07 23:00:00+00:00",
    )  # fmt: skip


def test_a_seat_places_what_was_delivered(read: Reader) -> None:
    values = read(PLAIN, Ask(seat="E14001109")).values
    assert set(zip(values["place"], values["place_kind"], strict=True)) == {("E14001109", "seat")}


def test_the_file_says_when_it_was_downloaded_unless_a_person_does(read: Reader, tmp_path: Path) -> None:
    assert (read(PLAIN).snapshot_at, read(PLAIN).snapshot_from) == (ASKED.as_of, "given")
    os.utime(tmp_path / "export.csv", (1_790_000_000, 1_790_000_000))
    (extract,) = read_export(tmp_path / "export.csv")
    assert (extract.snapshot_at.timestamp(), extract.snapshot_from) == (1_790_000_000, "file time")
