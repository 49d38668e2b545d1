"""A real political address: what is in it is found, what is not in it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clipping.cutting.boundaries import choose_cut
from clipping.language.sentences import script_of
from clipping.listening.moments import find_moments
from clipping.listening.watchlist import load_watchlist, read_watchlist
from tests.clipping.scripts import end_of, said
from transcription.transcript import Transcript

ROOT = Path(__file__).parents[2]
REAL = Path(os.environ.get("SOUNDBITE_REAL", ROOT.parent / "shared" / "real"))
ADDRESS = REAL / "media" / "political" / "gb0_bush_radio_address_2008.txt"

pytestmark = [pytest.mark.real, pytest.mark.skipif(not ADDRESS.exists(), reason=f"{ADDRESS} is not here")]


@pytest.fixture
def address() -> Transcript:
    return said((None, ADDRESS.read_text(encoding="utf-8")))


def test_a_line_of_the_address_is_found_and_cut_in_whole_sentences(address: Transcript) -> None:
    watchlist = read_watchlist("entries:\n  - {id: polls, kind: claim, phrases: [go to the polls]}\n")
    (moment,) = find_moments(address, watchlist)
    cut = choose_cut(address, moment, duration=end_of(address))
    assert "to go to the polls and vote." in cut.quote
    assert cut.quote.endswith((".", "?", "!"))
    assert cut.warnings == ()


def test_a_watchlist_about_something_else_finds_nothing(address: Transcript) -> None:
    assert find_moments(address, load_watchlist(ROOT / "assets" / "watchlists" / "example.yaml")) == []


def test_the_same_words_without_marks_or_small_letters_still_fall_into_stretches(address: Transcript) -> None:
    shouted = said((None, "".join(c for c in address.text().upper() if c.isalnum() or c in " '")))
    assert max(one.last - one.first + 1 for one in script_of(shouted).sentences) <= 45
