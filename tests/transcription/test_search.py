"""Finding what was said."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transcription.speech import transcript
from transcription.errors import IndexUnusable, QueryEmpty
from transcription.search import WordIndex

SPEECH = "Good evening. The housing target, three hundred thousand homes, is gone. Café owners said so: no OR yes."


@pytest.fixture
def index(tmp_path: Path) -> WordIndex:
    made = WordIndex(tmp_path / "search" / "words.db")
    made.add("r_1", transcript(SPEECH))
    return made


def test_a_hit_says_which_recording_when_and_what_was_around(index: WordIndex) -> None:
    (hit,) = index.search('"housing target"')
    assert hit.recording == "r_1"
    assert (hit.start, hit.end) == (Fraction(3, 2), Fraction(9, 4))
    assert hit.text.startswith("Good evening. The housing target,")


@pytest.mark.parametrize("query", ["HOUSING", "cafe", "CAFÉ", "hous*", '"three hundred thousand"', "target homes"])
def test_case_accents_beginnings_phrases_and_words_together_are_found(index: WordIndex, query: str) -> None:
    assert len(index.search(query)) == 1


@pytest.mark.parametrize("query", ['"target housing"', "hous", "homes castle", '"homes gone"'])
def test_what_was_not_said_is_not_found(index: WordIndex, query: str) -> None:
    assert index.search(query) == []


@pytest.mark.parametrize(
    "query", ["housing OR nonsense", "NOT nonsense", "NEAR(housing homes)", "text:housing", "^good -x"]
)
def test_operators_are_only_words(index: WordIndex, query: str) -> None:
    assert index.search(query) == []


def test_or_can_be_searched_for(index: WordIndex) -> None:
    assert len(index.search('"no OR yes"')) == 1


@pytest.mark.parametrize("query", ["", "  ", '""', "*", "-- ;", "…"])
def test_nothing_to_search_for_is_said(index: WordIndex, query: str) -> None:
    with pytest.raises(QueryEmpty) as caught:
        index.search(query)
    assert caught.value.exit_code == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(query=st.text(max_size=60))
def test_no_query_upsets_the_database(index: WordIndex, query: str) -> None:
    try:
        index.search(query)
    except QueryEmpty:
        return


def test_adding_again_replaces(index: WordIndex) -> None:
    index.add("r_1", transcript("Something else entirely"))
    assert index.search("housing") == []
    assert len(index.search("entirely")) == 1


def test_removing_one_recording_leaves_the_other(index: WordIndex) -> None:
    index.add("r_2", transcript(SPEECH))
    index.remove("r_1")
    assert [hit.recording for hit in index.search("housing")] == ["r_2"]


def test_a_long_speech_is_found_once_in_each_place(tmp_path: Path) -> None:
    words = [f"w{k}" for k in range(200)]
    for place in (5, 50, 99):
        words[place : place + 3] = ["level", "playing", "field"]
    index = WordIndex(tmp_path / "words.db")
    index.add("r", transcript(" ".join(words)))
    assert sorted(hit.start for hit in index.search('"level playing field"')) == [
        Fraction(5, 2),
        Fraction(25),
        Fraction(99, 2),
    ]
    assert len(index.search('"level playing field"', limit=2)) == 2


def test_a_second_opening_finds_what_the_first_put_in(tmp_path: Path) -> None:
    WordIndex(tmp_path / "w.db").add("r", transcript(SPEECH))
    assert WordIndex(tmp_path / "w.db").search("evening")


def test_a_damaged_file_says_that_it_can_be_made_again(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(IndexUnusable, match="delete it"):
        WordIndex(path)
