"""What a recogniser invents is taken out; what people really say twice is not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from transcription.engines.guards import (
    GuessedSegment,
    GuessedWord,
    guard,
    in_voice,
    without_loops,
    without_repeats,
)
from transcription.engines.regions import regions

EVERYWHERE = [(Fraction(0), Fraction(1000))]


def said(text: str, start: float = 0.0, length: float = 0.3, probability: float = 0.9) -> list[GuessedWord]:
    return [
        GuessedWord(piece, start + k * length, start + (k + 1) * length, probability)
        for k, piece in enumerate(text.split())
    ]


def texts(words: Sequence[GuessedWord]) -> str:
    return " ".join(word.text for word in words)


def segment(text: str, start: float = 0.0, logprob: float = -0.3, *, doubtful: bool = False) -> GuessedSegment:
    return GuessedSegment(tuple(said(text, start)), logprob, doubtful)


def test_a_stuck_phrase_is_kept_once() -> None:
    words = said("we went home " + "got them, " * 40 + "got", probability=0.4)
    assert texts(without_loops(words)) == "we went home got them,"


def test_a_loop_of_a_long_phrase_is_found() -> None:
    phrase = "and the prime minister said that it was time "
    assert texts(without_loops(said(phrase * 8))) == phrase.strip()


def test_no_no_no_is_kept_when_it_was_plainly_said() -> None:
    assert texts(without_loops(said("No, no, no. Never"))) == "No, no, no. Never"


def test_no_no_no_is_doubted_when_it_takes_no_time() -> None:
    assert texts(without_loops(said("No, no, no, no", length=0.02))) == "No,"


def test_five_equal_segments_are_one_and_four_stay() -> None:
    same = [segment("Thank you.", start=k) for k in range(5)]
    assert len(without_repeats(same)) == 1
    assert len(without_repeats(same[:4])) == 4


def test_thank_you_in_speech_stays_and_on_silence_goes() -> None:
    found = guard([segment("Thank you.", 10), segment("Thank you.", 100)], [(Fraction(9), Fraction(12))])
    assert [word.start for word in found.words] == [10, 10.3]
    assert found.notes == ("left out 2 words where nobody speaks",)


def test_a_first_word_stretched_over_a_silence_starts_with_the_voice() -> None:
    (word,) = in_voice([GuessedWord("Well", 2.0, 12.3, 0.9)], [(0.0, 1.5), (12.0, 15.0)])
    assert 11.8 <= word.start <= 12.0
    assert word.end == 12.3


def test_a_second_look_is_believed_only_when_it_is_sure() -> None:
    sure = segment("over to you", 0, -0.4, doubtful=True)
    unsure = segment("subtitles by somebody", 5, -1.2, doubtful=True)
    found = guard([sure, unsure], EVERYWHERE)
    assert texts(found.words) == "over to you"
    assert found.notes == ("left out 1 doubtful segments",)


def test_ordinary_speech_passes_untouched() -> None:
    text = "The target is gone and the minister knows that it is gone"
    assert texts(guard([segment(text)], EVERYWHERE).words) == text


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=40), st.floats(0.01, 0.5))
def test_guards_never_reorder_or_invent(pieces: list[str], length: float) -> None:
    words = said(" ".join(pieces), length=length)
    kept = without_loops(words)
    starts = [word.start for word in kept]
    assert starts == sorted(set(starts))
    assert set(kept) <= set(words)
    assert {word.text for word in kept} == set(pieces)


def test_long_silences_get_a_second_look_and_short_ones_do_not() -> None:
    def spans(*pairs: tuple[int, int]) -> list[tuple[Fraction, Fraction]]:
        return [(Fraction(a), Fraction(b)) for a, b in pairs]

    found = regions(spans((10, 20), (23, 30)), spans((2, 5), (10, 20), (21, 22), (23, 30)), Fraction(31))
    assert [(float(r.start), float(r.end), r.is_doubtful) for r in found] == [
        (1.7, 5.3, True),
        (9.7, 20.3, False),
        (22.7, 30.3, False),
    ]
