"""Transcription on real files: conformance captions, hostile captions, real speech, real recogniser output."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from archive.media import probe
from transcription.cue_words import words_by_cue
from transcription.cues import CaptionInput, Captions, Cue
from transcription.engines.guards import GuessedSegment, GuessedWord, guard, without_loops
from transcription.errors import CaptionsUnreadable
from transcription.readers import read_input
from transcription.sound import Sound, hear
from transcription.transcribe import from_captions, transcribe
from transcription.transcript import TimedBy

REAL = Path(os.environ.get("SOUNDBITE_REAL") or Path(__file__).parents[2].parent / "shared" / "real")
pytestmark = [pytest.mark.real, pytest.mark.skipif(not REAL.is_dir(), reason=f"no real material at {REAL}")]


def files(*patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(REAL.glob(pattern))


def test_every_hostile_or_odd_caption_file_is_read_or_refused_in_one_line() -> None:
    found = list(files("robustness/captions/**/*.*", "robustness/generated/subtitles/*", "robustness/**/*.srt"))
    assert len(found) > 50
    for path in found:
        captions, refusal = read_or_refuse(path)
        assert refusal is None or ("\n" not in str(refusal) and refusal.mend)
        assert all(0 <= cue.start < cue.end for cue in captions.cues), path.name


def read_or_refuse(path: Path) -> tuple[Captions, CaptionsUnreadable | None]:
    try:
        return read_input(CaptionInput(path)), None
    except CaptionsUnreadable as refusal:
        return Captions((), ""), refusal


def test_conformance_files_give_the_cues_that_the_standard_expects() -> None:
    folder = REAL / "robustness" / "captions" / "webvtt-wpt"
    expected = {"newlines": 4, "timings-60": 2, "settings-region": 9, "signature-bom": 0, "header-timings": 1}
    for name, count in expected.items():
        captions = read_input(CaptionInput(folder / f"test__wpt-file-parsing__{name}.vtt"))
        assert len(captions.cues) == count, name


def test_rolling_captions_of_a_site_say_the_same_words_as_its_plain_ones() -> None:
    rolling = read_input(CaptionInput(REAL / "media" / "video" / "manifesto.vtt"))
    plain = read_input(CaptionInput(REAL / "media" / "video" / "manifesto.srt"))
    assert texts(rolling) == texts(plain)
    assert rolling.has_word_times


def texts(captions: Captions) -> list[str]:
    return [word.text for cue in captions.cues for word in cue.words]


@pytest.mark.parametrize("name", ["mov_text.mp4", "webvtt.mkv"])
def test_captions_inside_real_files_are_read(name: str) -> None:
    heard = transcribe(REAL / "media" / "captions" / name)
    assert [word.text for word in heard.transcript.words] == ["oop", "boop"]


@pytest.fixture(scope="module")
def audiobook() -> Sound:
    path = REAL / "media" / "video" / "manifesto.mp4"
    return hear(path, probe(path))


def test_captions_that_carry_word_times_and_are_on_time_keep_them(audiobook: Sound) -> None:
    captions = read_input(CaptionInput(REAL / "media" / "video" / "manifesto.vtt"))
    found = from_captions(captions, audiobook)
    assert found.words[1].start == Fraction("1.92")
    assert {word.timed_by for word in found.words} == {TimedBy.ENGINE}


def test_the_same_captions_made_late_come_back_to_where_they_were(audiobook: Sound) -> None:
    plain = read_input(CaptionInput(REAL / "media" / "video" / "manifesto.srt"))
    truth = words_by_cue(read_input(CaptionInput(REAL / "media" / "video" / "manifesto.vtt")).cues, carry_times=True)
    late: list[Cue] = []
    for number, cue in enumerate(plain.cues):
        delay = 4 + Fraction(3, 2) * (number % 3)
        start = max(cue.start + delay, late[-1].start + Fraction(1, 10) if late else cue.start)
        late.append(Cue(start, start + 2, cue.text, cue.words))
    found = from_captions(Captions(tuple(late), "srt"), audiobook)
    errors = [abs(word.start - real.start) for word, real in zip(found.words, truth, strict=True)]
    assert sum(error <= 0.5 for error in errors) >= 0.9 * len(errors)


def test_the_loop_of_a_real_stuck_recogniser_is_cut_and_a_good_transcript_is_not() -> None:
    folder = REAL / "media" / "whisper_outputs"
    stuck = _segments(folder / "corner_cases__stucked_lm_apollo11.mp3.words.json")
    good = _segments(folder / "corner_cases__large_apollo11.mp3.words.json")
    everywhere = [(Fraction(0), Fraction(1000))]
    text = " ".join(word.text.lower() for word in guard(stuck, everywhere).words)
    assert text.count("got them") <= 2
    assert "apollo 11, houston" in text
    kept = guard(good, everywhere).words
    said = [word for segment in good for word in segment.words]
    assert len(kept) >= 0.97 * len(said)
    assert len(without_loops(said)) >= 0.97 * len(said)


def _segments(path: Path) -> list[GuessedSegment]:
    listed = json.loads(path.read_text(encoding="utf-8"))["segments"]
    return [
        GuessedSegment(
            tuple(
                GuessedWord(word["text"], word["start"], word["end"], word["confidence"]) for word in segment["words"]
            ),
            segment["avg_logprob"],
        )
        for segment in listed
    ]


@pytest.mark.parametrize("name", ["music_small.wav", "noise1.wav", "rain.mp3"])
def test_music_noise_and_rain_are_hardly_taken_for_a_voice(name: str) -> None:
    path = REAL / "media" / "nonspeech" / name
    sound = hear(path, probe(path))
    spoken = sum(end - start for start, end in sound.voiced())
    assert spoken <= sound.duration / 4
