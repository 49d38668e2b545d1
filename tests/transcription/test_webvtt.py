"""Transcripts as caption files."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.transcription.speech import transcript, word
from transcription.readers import read_captions
from transcription.transcript import Transcript, Word
from transcription.webvtt import LINE, shown_cues, write_srt, write_vtt

LONG = "We will build three hundred thousand homes a year. That is the plan, and it has not changed since May."


def as_transcript(words: list[Word]) -> Transcript:
    return Transcript(tuple(words), "en", "test")


def test_what_is_written_is_read_back_word_for_word() -> None:
    for text in (write_vtt(transcript(LONG)), write_srt(transcript(LONG))):
        assert " ".join(w.text for cue in read_captions(text).cues for w in cue.words) == LONG


def test_lines_are_short_and_at_most_two() -> None:
    cues = shown_cues(transcript(LONG * 3).words)
    assert all(len(cue.lines) <= 2 for cue in cues)
    assert all(len(line) <= LINE for cue in cues for line in cue.lines)


def test_markup_in_speech_can_not_break_out() -> None:
    words = [word("<script>", 0), word("-->", 1), word("&amp;", 2), word("{\\b1}", 3)]
    vtt = write_vtt(as_transcript(words))
    assert "<script>" not in vtt
    assert vtt.count("-->") == 1
    assert [w.text for w in read_captions(vtt).cues[0].words][:3] == ["<script>", "-->", "&amp;"]
    assert write_srt(as_transcript(words)).count("-->") == 1


def test_another_speaker_and_a_long_pause_begin_another_cue() -> None:
    words = [word("Yes.", 0), word("No.", "0.3", speaker_change=True), word("Well", 9)]
    cues = shown_cues(words)
    assert [cue.lines for cue in cues] == [("Yes.",), ("- No.",), ("Well",)]
    assert cues[1].end < 9


def test_a_known_speaker_is_a_voice_tag() -> None:
    vtt = write_vtt(as_transcript([word("Yes.", 0, speaker="Anna <Low>")]))
    assert "<v Anna &lt;Low&gt;>Yes." in vtt


def test_hours_and_rounding_stay_well_formed() -> None:
    vtt = write_vtt(as_transcript([word("late", "7199.9996", "7201")]))
    assert "02:00:00.000 --> " in vtt


def test_an_empty_transcript_is_a_valid_empty_file() -> None:
    assert write_vtt(as_transcript([])) == "WEBVTT\n"
    assert write_srt(as_transcript([])) == ""


moments = st.lists(
    st.tuples(
        st.text(alphabet="abc<>&-.{}\\é", min_size=1, max_size=50),
        st.fractions(0, 3, max_denominator=1000),
        st.fractions(0, 2, max_denominator=1000),
        st.booleans(),
    ),
    max_size=30,
)


@given(moments)
def test_cues_never_overlap_and_never_lose_a_word(drawn: list[tuple[str, Fraction, Fraction, bool]]) -> None:
    words, at = [], Fraction(0)
    for text, gap, length, change in drawn:
        at += gap
        words.append(word(text, str(float(at)), str(float(at + length)), speaker_change=change))
    cues = shown_cues(words)
    assert all(cue.start < cue.end for cue in cues)
    assert all(a.end <= b.start for a, b in pairwise(cues))
    shown = "".join(line for cue in cues for line in cue.lines).replace(" ", "")
    assert shown.count("a") == sum(text.count("a") for text, *_ in drawn)
    assert len(read_captions(write_vtt(as_transcript(words))).cues) == len(cues)
