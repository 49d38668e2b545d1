"""From a recording to words: captions first, whisper where there are none, and a clear note where there is neither."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from archive.media import MediaInfo, probe, run_ffmpeg
from tests.transcription.checkpoints import save_checkpoint
from tests.transcription.speech import DEMO_CAPTIONS, DEMO_MEDIA, cue, demo_truth, errors_against
from transcription.cues import CaptionInput, Captions
from transcription.engines import WhisperOptions
from transcription.errors import CaptionsUnreadable, EngineUnknown, WeightsMissing
from transcription.readers import read_input
from transcription.sound import SILENCE, Sound, hear, judge
from transcription.transcribe import Heard, from_captions, transcribe
from transcription.transcript import TimedBy
from transcription.voice import RATE, spans_of, voiced, voiced_between

SRT = "1\n00:00:00,500 --> 00:00:01,500\nGood evening.\n\n2\n00:00:01,600 --> 00:00:02,000\n>> Hello there\n"


@pytest.fixture(autouse=True)
def _no_weights_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


def made(path: Path, *args: str, reads: Sequence[Path] = ()) -> Path:
    run_ffmpeg([*args, f"file:{path}"], reads=tuple(reads), writes=(path,))
    return path


@pytest.fixture(scope="module")
def silent(folder: Path) -> Path:
    """Two seconds of black with a quiet tone, in which nobody speaks."""
    source = folder / "tone.wav"
    _wav(source, 0.05 * np.sin(np.arange(RATE * 2) / 10))
    return made(folder / "tone.mp4", "-i", f"file:{source}", "-c:a", "aac", reads=[source])


@pytest.fixture(scope="module")
def captioned(folder: Path, silent: Path) -> Path:
    """The tone with a mov_text stream of two cues."""
    srt = folder / "in.srt"
    srt.write_text(SRT, encoding="utf-8")
    args = ["-i", f"file:{silent}", "-f", "srt", "-i", f"file:{srt}", "-c:a", "copy", "-c:s", "mov_text"]
    return made(folder / "captioned.mp4", *args, reads=[silent, srt])


def _wav(path: Path, samples: np.ndarray) -> None:
    import wave

    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples * 32767).astype("<i2").tobytes())


def words(heard: Heard) -> list[str]:
    return [word.text for word in heard.transcript.words]


def test_captions_inside_the_recording_are_found(captioned: Path) -> None:
    heard = transcribe(captioned)
    assert words(heard) == ["Good", "evening.", "Hello", "there"]
    assert heard.transcript.engine == "captions:srt"
    assert [word.speaker_change for word in heard.transcript.words] == [False, False, True, False]
    assert heard.transcript.words[0].timed_by is TimedBy.CUE


def test_captions_beside_the_recording_are_read_and_the_fuller_ones_win(captioned: Path) -> None:
    beside = CaptionInput(SRT + "\n3\n00:00:01,700 --> 00:00:02,000\nand good night\n", "srt", "beside.srt")
    heard = transcribe(captioned, [beside])
    assert words(heard)[-1] == "night"
    assert any("was left aside: beside.srt has more words" in note for note in heard.transcript.notes)


def test_without_captions_weights_or_voice_the_transcript_is_empty_and_says_why(silent: Path) -> None:
    heard = transcribe(silent)
    assert heard.transcript.words == ()
    assert heard.transcript.notes == ("nobody speaks in this recording",)


def test_unreadable_captions_are_a_note_by_default_and_an_error_when_they_were_asked_for(silent: Path) -> None:
    bad = CaptionInput("#EXTM3U\nfile:///etc/passwd", "srt", "evil.srt")
    assert any("evil.srt" in note for note in transcribe(silent, [bad]).transcript.notes)
    with pytest.raises(CaptionsUnreadable):
        transcribe(silent, [bad], engine="captions")


def test_captions_only_without_captions_is_an_empty_transcript_with_a_note(silent: Path) -> None:
    heard = transcribe(silent, engine="captions")
    assert heard.transcript.words == ()
    assert "no captions" in heard.transcript.notes[-1]


def test_an_unknown_engine_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(EngineUnknown, match="dragon"):
        transcribe(tmp_path / "nothing.mp4", engine="dragon")


def test_captions_without_sound_keep_their_times_and_say_so() -> None:
    captions = Captions((cue(1, 3, "Good evening"),), "srt")
    found = from_captions(captions, SILENCE)
    assert found.words[0].start == 1
    assert "no sound" in found.notes[-1]


def test_progress_only_grows_and_ends_at_one(captioned: Path) -> None:
    steps: list[float] = []
    transcribe(captioned, on_progress=steps.append)
    assert steps == sorted(steps)
    assert steps[-1] == 1.0


def test_voice_is_in_the_spoken_part_and_silence_in_neither() -> None:
    assert voiced(np.zeros(RATE * 3, np.float32)) == ()
    assert judge(np.zeros(0, np.int16)).probabilities == ()
    with pytest.raises(ValueError, match="16000"):
        voiced(np.zeros(8000, np.float32), 8000)


def test_spans_bridge_short_silences_and_drop_clicks() -> None:
    chances = [0.0] * 10 + [0.9] * 10 + [0.0] * 3 + [0.9] * 10 + [0.0] * 20 + [0.9] + [0.0] * 10
    (span,) = spans_of(chances, 0.5, Fraction(len(chances) * 512, RATE))
    assert span == (Fraction(9 * 512, RATE), Fraction(34 * 512, RATE))
    assert voiced_between([span], Fraction(0), Fraction(1, 2)) == [(span[0], Fraction(1, 2))]


needs_demo = pytest.mark.skipif(not DEMO_MEDIA.exists(), reason="the demo recording is not made yet")


@pytest.fixture(scope="module")
def demo_info() -> MediaInfo:
    return probe(DEMO_MEDIA)


@pytest.fixture(scope="module")
def demo_sound(demo_info: MediaInfo) -> Sound:
    return hear(DEMO_MEDIA, demo_info)


@needs_demo
def test_on_the_demo_recording_nine_words_in_ten_are_within_half_a_second(demo_sound: Sound) -> None:
    captions = read_input(CaptionInput(DEMO_CAPTIONS))
    found = from_captions(captions, demo_sound, is_live=True)
    errors = errors_against(demo_truth(), found.words)
    shown = sum(len(item.words) for item in captions.cues)
    assert len(errors) >= 0.9 * shown
    assert sum(abs(error) <= 0.5 for error in errors) >= 0.9 * len(errors)
    assert "s late and were put back" in found.notes[-1]
    starts = [word.start for word in found.words]
    assert starts == sorted(starts)
    as_shown = [item.start for item in captions.cues]
    assert found.words[0].start < as_shown[0] - 2, "the captions of this recording are late"


@needs_demo
def test_captions_that_are_right_already_stay_right(demo_sound: Sound) -> None:
    truth = demo_truth()[:80]
    groups = [truth[k : k + 8] for k in range(0, len(truth), 8)]
    cues = tuple(cue(group[0][1], group[-1][1] + 0.4, " ".join(text for text, _ in group)) for group in groups)
    until = round((truth[-1][1] + 2) * RATE)
    part = judge(demo_sound.pcm[:until], workers=1)
    found = from_captions(Captions(cues, "srt"), part, is_live=False)
    errors = [abs(error) for error in errors_against(truth, found.words)]
    assert "on time" in found.notes[-1]
    assert sum(error <= 0.3 for error in errors) >= 0.95 * len(errors)


@needs_demo
def test_whisper_without_weights_says_what_to_do_and_auto_goes_on(
    demo_info: MediaInfo, demo_sound: Sound, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("transcription.transcribe.hear", lambda *_: demo_sound)
    monkeypatch.setattr("transcription.transcribe.embedded_captions", lambda *_: [])
    options = WhisperOptions(cache=tmp_path)
    heard = transcribe(DEMO_MEDIA, info=demo_info, whisper=options)
    assert heard.transcript.words == ()
    assert "base.en.pt" in heard.transcript.notes[-1]
    assert heard.voiced, "clips by hand still need the silences"
    with pytest.raises(WeightsMissing):
        transcribe(DEMO_MEDIA, info=demo_info, whisper=options, engine="whisper")


@needs_demo
def test_whisper_runs_on_the_voiced_part_with_the_weights_that_it_was_given(
    demo_info: MediaInfo, demo_sound: Sound, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    short = Sound(demo_sound.pcm[: RATE * 6], demo_sound.probabilities[: RATE * 6 // 512])
    monkeypatch.setattr("transcription.transcribe.hear", lambda *_: short)
    monkeypatch.setattr("transcription.transcribe.embedded_captions", lambda *_: [])
    options = WhisperOptions(weights=save_checkpoint(tmp_path / "loop.pt", says="vote"))
    heard = transcribe(DEMO_MEDIA, info=demo_info, whisper=options, engine="whisper", language="en-GB")
    assert (heard.transcript.engine, heard.transcript.language) == ("whisper:loop", "en-GB")
    assert {word.text for word in heard.transcript.words} == {"vote"}
    assert all(3 <= word.start <= 6 for word in heard.transcript.words), "the demo is silent for 3.6 s"
