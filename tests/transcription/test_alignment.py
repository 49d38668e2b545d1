"""Late captions are put back where their words were said."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcription.speech import cue
from transcription.align.decode import HeardToken
from transcription.align.language_model import trigram_arpa
from transcription.align.letters import letters_to_phones
from transcription.align.match import Anchor, match
from transcription.align.place import Bounds, gaps, spread
from transcription.align.pronounce import dictionary_lines, pronunciations
from transcription.align.realign import are_accurate, caption_tokens, realign
from transcription.align.spoken import spoken_tokens
from transcription.align.stretches import LONGEST, stretches, windows
from transcription.transcript import TimedBy

ARPABET = (
    "AH N IH S L T R K IY D M ER Z EH AA AE B P OW F",
    "EY G AO AY V NG UW HH W SH JH Y CH AW TH UH OY DH ZH",
)
PHONES = {phone for phones in ARPABET for phone in phones.split()}
SENTENCE = "the housing target is three hundred thousand homes and the minister has dropped it"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("homes,", "homes"),
        ("£3.5bn", "three point five billion pounds"),
        ("300,000", "three hundred thousand"),
        ("2026.", "twenty twenty six"),
        ("2005", "two thousand and five"),
        ("1900", "nineteen hundred"),
        ("21st", "twenty first"),
        ("12%", "twelve percent"),
        ("NHS", "n. h. s."),
        ("self-government", "self government"),
        ("don’t", "don't"),
        ("café", "cafe"),
        ("—", ""),
        ("9999999999999999", " ".join(["nine"] * 16)),
    ],
)
def test_words_are_spelled_as_they_are_said(written: str, said: str) -> None:
    assert " ".join(spoken_tokens(written)) == said


@settings(deadline=None)  # the first example reads the dictionary
@given(st.text(max_size=30))
def test_any_word_has_tokens_that_the_dictionary_can_take(text: str) -> None:
    for token in spoken_tokens(text):
        assert token
        assert set(token) <= set("abcdefghijklmnopqrstuvwxyz'.")
        assert all(phone in PHONES for phones in pronunciations(token) for phone in phones.split())


@pytest.mark.parametrize(
    ("name", "phones"),
    [("quenby", "K W EH N B IY"), ("tarrick", "T AA R IH K"), ("wexmoor", "W EH K S M AO R"), ("nade", "N EY D")],
)
def test_names_that_no_dictionary_has_get_a_likely_sound(name: str, phones: str) -> None:
    assert letters_to_phones(name) == phones


def test_a_possessive_is_made_from_its_stem() -> None:
    assert pronunciations("programme's") == ("P R OW G R AE M Z",)


def test_the_dictionary_holds_every_token_once_with_all_its_sounds() -> None:
    lines = list(dictionary_lines(["the", "the", "quenby"]))
    assert [line.split()[0] for line in lines] == ["quenby", "the", "the(2)"]


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=60))
def test_the_language_model_counts_what_it_lists(tokens: list[str]) -> None:
    text = trigram_arpa(tokens)
    for order in (1, 2, 3):
        declared = [line for line in text.split("\n") if line.startswith(f"ngram {order}=")]
        if not declared:
            continue
        block = text.split(f"\\{order}-grams:\n")[1].split("\n\n")[0]
        assert declared == [f"ngram {order}={len(block.split(chr(10)))}"]
        assert all(float(line.split()[0]) <= 0.0001 for line in block.split("\n"))


def test_no_stretch_is_too_long_for_the_decoder_and_nothing_is_left_out() -> None:
    spans = [(0.5, 47.0), (47.2, 50.0), (60.0, 61.0)]
    found = stretches(spans, 62.0)
    assert all(item.end - item.start <= LONGEST + 0.31 for item in found)
    for begin, end in spans:
        for tenth in range(int(begin * 10) + 1, int(end * 10)):
            assert any(item.start <= tenth / 10 <= item.end for item in found)
    assert [item for group in windows(found) for item in group] == found


def heard(text: str, start: float = 0.0, pace: float = 0.4) -> list[HeardToken]:
    return [HeardToken(t, start + k * pace, start + k * pace + 0.3) for k, t in enumerate(text.split())]


def test_late_captions_are_matched_to_what_was_heard() -> None:
    tokens = caption_tokens([cue(6, 9, SENTENCE)])
    anchors = match(tokens, heard(SENTENCE))
    assert [anchor.index for anchor in anchors] == list(range(len(tokens)))
    assert anchors[3].start == pytest.approx(1.2)


def test_words_that_were_dropped_or_misheard_leave_a_gap_and_no_harm() -> None:
    tokens = caption_tokens([cue(6, 9, SENTENCE)])
    spoken = heard(SENTENCE.replace("three hundred", "zebra crossing"))
    anchors = {anchor.index: anchor.start for anchor in match(tokens, spoken)}
    assert 4 not in anchors
    assert anchors[6] == pytest.approx(2.4)


@pytest.mark.parametrize("shown_at", [-15.0, 60.0])
def test_delays_that_can_not_be_are_rejected(shown_at: float) -> None:
    tokens = caption_tokens([cue(100 + shown_at, 103 + shown_at, SENTENCE)])
    assert match(tokens, heard(SENTENCE, start=100)) == []


def test_a_short_word_alone_is_no_anchor() -> None:
    tokens = caption_tokens([cue(6, 9, "the cat sat on the mat")])
    assert match(tokens, heard("dog the dog fish")) == []


@given(st.data())
def test_anchors_keep_order_whatever_was_heard(data: st.DataObject) -> None:
    vocabulary = SENTENCE.split()
    said = data.draw(st.lists(st.sampled_from(vocabulary), max_size=40))
    shown = data.draw(st.lists(st.sampled_from(vocabulary), min_size=1, max_size=40))
    tokens = caption_tokens([cue(5 + k, 6 + k, text) for k, text in enumerate(shown)])
    anchors = match(tokens, heard(" ".join(said)))
    assert [a.index for a in anchors] == sorted({a.index for a in anchors})
    assert [a.start for a in anchors] == sorted({a.start for a in anchors})


def test_words_between_anchors_lie_in_the_voiced_time_between_them() -> None:
    tokens = caption_tokens([cue(10, 14, "alpha bravo charlie delta echo")])
    anchors = [Anchor(0, 1.0, 1.4, True), Anchor(4, 5.0, 5.4, True)]
    (run,) = gaps(tokens, anchors, 20.0)
    placed = spread(tokens, run, [(0.9, 2.0), (4.0, 5.5)])
    assert len(placed) == 3
    assert all(1.4 <= p.start <= 2.0 or 4.0 <= p.start <= 5.0 for p in placed)
    assert all(p.timed_by is TimedBy.BETWEEN for p in placed)


@given(
    st.lists(st.tuples(st.floats(0, 30), st.floats(0.1, 4)), max_size=6),
    st.floats(0, 20),
    st.floats(0, 15),
)
def test_spread_words_keep_order_and_bounds(spans: list[tuple[float, float]], start: float, length: float) -> None:
    tokens = caption_tokens([cue(10, 14, "alpha bravo charlie — delta echo")])
    ordered: list[tuple[float, float]] = []
    for begin, size in sorted(spans):
        floor = ordered[-1][1] if ordered else 0.0
        ordered.append((max(begin, floor), max(begin, floor) + size))
    placed = spread(tokens, Bounds(0, len(tokens), start, start + length, 4.0), ordered)
    times = [p.start for p in placed]
    assert times == sorted(times)
    assert all(start - 1e-6 <= p.start <= p.end + 1e-9 <= start + length + 1e-6 for p in placed)


def test_captions_on_time_are_known_from_late_ones() -> None:
    assert are_accurate([0.1, -0.2, 0.3, 0.4, 0.0])
    assert not are_accurate([5.1, 4.2, 6.3, 3.4])
    assert not are_accurate([0.1, 5.0, -0.1, 6.0, 0.0])


def test_captions_that_nobody_speaks_keep_their_own_times_and_say_so() -> None:
    noise = (np.random.default_rng(7).normal(0, 0.02, 16000 * 8)).astype(np.float32)
    found = realign([cue(3, 6, SENTENCE)], noise, [(Fraction(0), Fraction(8))], workers=1)
    assert found.delay is None
    assert "could not be matched" in found.notes[0]
    assert {word.timed_by for word in found.words} == {TimedBy.CUE}
    assert found.words[0].start == 3


def test_captions_in_another_language_are_left_alone_and_said() -> None:
    french = "Comme la dame a vu le crime par les derniers wagons, on peut supposer que le corps est tombé"
    found = realign([cue(3, 6, french)], np.zeros(16000 * 8, np.float32), [], workers=1)
    assert "not in English" in found.notes[0]
    assert " ".join(word.text for word in found.words) == french


def test_no_captions_are_no_words() -> None:
    assert realign([], np.zeros(16000, np.float32), [], workers=1).words == ()
