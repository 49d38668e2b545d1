"""The real whisper code on checkpoints made here: loading, running, prompts, and what is said without weights."""

from __future__ import annotations

import pickle
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
import whisper

from tests.transcription.checkpoints import save_checkpoint
from transcription.engines import ENGINES, Region, WhisperOptions, open_engine
from transcription.engines.weights import find_weights, own_cache
from transcription.engines.whisper_engine import WhisperEngine, load_checkpoint
from transcription.errors import EngineUnknown, WeightsMissing, WeightsUnreadable
from transcription.transcript import Origin, TimedBy
from transcription.voice import RATE

SOUND = (np.random.default_rng(5).normal(0, 3000, RATE * 6)).astype(np.int16)
REGION = Region(Fraction(2), Fraction(5))


@pytest.fixture(autouse=True)
def _no_weights_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))


@pytest.fixture(scope="module")
def looping(tmp_path_factory: pytest.TempPathFactory) -> WhisperEngine:
    path = save_checkpoint(tmp_path_factory.mktemp("weights") / "loop.pt", says="vote")
    return WhisperEngine.load(WhisperOptions(weights=path))


def test_without_weights_it_says_which_file_goes_where_and_which_setting(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing) as caught:
        open_engine("whisper", WhisperOptions(model="small.en", cache=tmp_path / "cache"))
    error = caught.value
    assert (error.folder, error.file_name, error.exit_code) == (tmp_path / "cache", "small.en.pt", 2)
    for needed in (str(tmp_path / "cache"), "small.en.pt", "whisper_weights", "whisper_download"):
        assert needed in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.file_name) == (str(error), "small.en.pt")


def test_a_path_that_is_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match=r"gone\.pt"):
        find_weights(WhisperOptions(weights=tmp_path / "gone.pt"))


def test_weights_are_found_in_the_cache_then_in_whispers_own(tmp_path: Path) -> None:
    options = WhisperOptions(model="turbo", cache=tmp_path / "cache")
    own = own_cache() / "large-v3-turbo.pt"
    own.parent.mkdir(parents=True)
    own.touch()
    assert find_weights(options).path == own
    ours = tmp_path / "cache" / "large-v3-turbo.pt"
    ours.parent.mkdir()
    ours.touch()
    assert find_weights(options).path == ours


def test_the_download_is_whispers_own_and_only_when_allowed(tmp_path: Path) -> None:
    found = find_weights(WhisperOptions(model="tiny", cache=tmp_path, may_download=True))
    assert (found.path, found.model, found.folder) == (None, "tiny", tmp_path)


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.pt").write_bytes(b"not weights")
    torch.save({"dims": {}, "model_state_dict": {}}, tmp_path / "empty.pt")
    for name in ("bad.pt", "empty.pt"):
        with pytest.raises(WeightsUnreadable) as caught:
            load_checkpoint(tmp_path / name, "base")
        assert caught.value.exit_code == 2


class _Canary:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def test_a_checkpoint_can_not_run_code(tmp_path: Path) -> None:
    torch.save({"dims": _Canary(tmp_path / "ran"), "model_state_dict": {}}, tmp_path / "evil.pt")
    with pytest.raises(WeightsUnreadable):
        load_checkpoint(tmp_path / "evil.pt", "base")
    assert not (tmp_path / "ran").exists()


def test_alignment_heads_are_set_for_a_model_that_is_known_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[bytes] = []
    monkeypatch.setattr(whisper.model.Whisper, "set_alignment_heads", lambda _, heads: chosen.append(heads))
    WhisperEngine.load(WhisperOptions(weights=save_checkpoint(tmp_path / "base.en.pt")))
    WhisperEngine.load(WhisperOptions(weights=tmp_path / "base.en.pt", model="tiny"))
    save_checkpoint(tmp_path / "mine.pt")
    WhisperEngine.load(WhisperOptions(weights=tmp_path / "mine.pt"))
    assert chosen == [whisper._ALIGNMENT_HEADS["base.en"]] * 2


def test_real_whisper_runs_on_samples_and_its_loop_is_cut(looping: WhisperEngine) -> None:
    steps: list[float] = []
    found = looping.transcribe(SOUND, RATE, [REGION], on_progress=steps.append)
    assert steps == [1.0]
    assert found.language == "en"
    assert looping.name == "whisper:loop"
    assert [word.text for word in found.words] == ["vote"], "it says the word seven times"
    assert found.notes == ("left out 6 words in a loop",)
    for word in found.words:
        assert 1.9 <= word.start < word.end <= 5.6
        assert 0 <= word.confidence <= 1
        assert (word.origin, word.timed_by) == (Origin.WHISPER, TimedBy.ENGINE)


def test_whisper_is_asked_the_safe_way(looping: WhisperEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []

    def transcribe(model: object, audio: np.ndarray, **options: object) -> dict[str, object]:
        asked.append({"samples": len(audio), "dtype": str(audio.dtype), "peak": float(abs(audio).max()), **options})
        return {"segments": []}

    monkeypatch.setattr(whisper, "transcribe", transcribe)
    looping.transcribe(SOUND, RATE, [REGION, REGION], prompt="Quenby, Tarrick " * 100)
    looping.transcribe(SOUND, RATE, [REGION])
    with_prompt, _, without = asked
    assert with_prompt["samples"] == 3 * RATE
    assert with_prompt["dtype"] == "float32"
    assert with_prompt["peak"] <= 1  # type: ignore[operator]
    assert with_prompt["condition_on_previous_text"] is False
    assert with_prompt["word_timestamps"] is True
    assert with_prompt["carry_initial_prompt"] is True
    assert str(with_prompt["initial_prompt"]).startswith("Quenby, Tarrick")
    assert len(str(with_prompt["initial_prompt"])) <= 600
    assert without["initial_prompt"] is None
    assert without["carry_initial_prompt"] is False


def test_a_prompt_reaches_every_window_of_the_real_code(
    looping: WhisperEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts: list[int] = []
    decode = type(looping.model).decode

    def spy(model: object, mel: object, options: whisper.DecodingOptions) -> object:
        prompts.append(len(options.prompt or []))
        return decode(model, mel, options)

    monkeypatch.setattr(type(looping.model), "decode", spy)
    looping.transcribe(np.tile(SOUND, 6), RATE, [Region(Fraction(0), Fraction(36))], prompt="Quenby")
    assert len(prompts) >= 2
    assert all(count > 0 for count in prompts)


def test_the_language_is_heard_by_a_multilingual_model_and_english_by_another(
    tmp_path: Path, looping: WhisperEngine
) -> None:
    many = WhisperEngine.load(WhisperOptions(weights=save_checkpoint(tmp_path / "many.pt", multilingual=True)))
    assert many.language_of(SOUND, [REGION]) in whisper.tokenizer.LANGUAGES
    assert looping.language_of(SOUND, [REGION]) == "en"
    assert many.language_of(SOUND, []) == "en"


def test_another_rate_is_refused(looping: WhisperEngine) -> None:
    with pytest.raises(ValueError, match="16000"):
        looping.transcribe(SOUND, 8000, [REGION])


def test_an_unknown_engine_names_those_there_are() -> None:
    with pytest.raises(EngineUnknown) as caught:
        open_engine("dragon", WhisperOptions())
    assert all(name in str(caught.value) for name in ENGINES)
