"""openai-whisper on samples that the archive decoded. torch and numba are imported only when this runs."""

from __future__ import annotations

import pickle
import urllib.error
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from transcription.engines.engine import Recognised, Region, WhisperOptions
from transcription.engines.guards import GuessedSegment, GuessedWord, guard
from transcription.engines.weights import find_weights
from transcription.errors import WeightsNotFetched, WeightsUnreadable
from transcription.transcript import Origin, TimedBy, Word
from transcription.voice import RATE, to_float

if TYPE_CHECKING:
    from whisper.model import Whisper

_DETECT_ON = 30 * RATE
_PROMPT_LETTERS = 600  # about 60 names: more would not fit into half a context window


@dataclass(frozen=True)
class WhisperEngine:
    """A loaded model. `transcribe` is deterministic but for whisper's own temperature fallback."""

    model: Whisper
    name: str

    @classmethod
    def load(cls, options: WhisperOptions) -> WhisperEngine:
        """Raises WeightsMissing, WeightsUnreadable or (download only) WeightsNotFetched."""
        found = find_weights(options)
        if found.path is None:
            return cls(_fetch(found.model, found.folder, options.device), f"whisper:{found.model}")
        return cls(load_checkpoint(found.path, found.model, options.device), f"whisper:{found.model}")

    def transcribe(
        self,
        pcm: npt.NDArray[np.int16],
        rate: int,
        regions: Sequence[Region],
        *,
        prompt: str = "",
        language: str | None = None,
        on_progress: Callable[[float], None] | None = None,
    ) -> Recognised:
        """As Engine.transcribe. Raises ValueError for a rate other than 16,000."""
        if rate != RATE:
            raise ValueError(f"whisper hears {RATE} samples a second, not {rate}")
        spoken = language or self.language_of(pcm, regions)
        segments: list[GuessedSegment] = []
        for done, region in enumerate(regions, start=1):
            segments.extend(self._segments(pcm, region, prompt, spoken))
            if on_progress:
                on_progress(done / len(regions))
        guarded = guard(segments, [(region.start, region.end) for region in regions])
        return Recognised(tuple(_words(guarded.words)), spoken, guarded.notes)

    def language_of(self, pcm: npt.NDArray[np.int16], regions: Sequence[Region]) -> str:
        """The language of the first half minute of voice, ISO 639-1; "en" for a model that knows no other."""
        sure = [region for region in regions if not region.is_doubtful] or list(regions)
        if not self.model.is_multilingual or not sure:
            return "en"
        import whisper  # torch takes seconds to import

        begin = int(sure[0].start * RATE)
        sound = whisper.pad_or_trim(to_float(pcm[begin : begin + _DETECT_ON]))
        mel = whisper.log_mel_spectrogram(sound, self.model.dims.n_mels).to(self.model.device)
        with _quiet():
            _, likely = self.model.detect_language(mel)
        return str(max(likely, key=likely.__getitem__))

    def _segments(
        self, pcm: npt.NDArray[np.int16], region: Region, prompt: str, language: str
    ) -> Iterator[GuessedSegment]:
        import whisper

        sound = to_float(pcm[int(region.start * RATE) : int(region.end * RATE)])
        with _quiet():
            result = whisper.transcribe(
                self.model,
                sound,
                language=language,
                condition_on_previous_text=False,  # else one loop feeds the next
                initial_prompt=prompt[:_PROMPT_LETTERS] or None,
                carry_initial_prompt=bool(prompt),  # else it reaches the first window only
                word_timestamps=True,
                fp16=self.model.device.type != "cpu",
            )
        for segment in result["segments"]:
            yield guessed(segment, float(region.start), region.is_doubtful)


@contextmanager
def _quiet() -> Iterator[None]:
    """Whisper leaves its vocabulary file open, and numba and triton complain on machines without a GPU."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def guessed(segment: Mapping[str, object], offset: float, is_doubtful: bool = False) -> GuessedSegment:
    """One of whisper's segment dictionaries, moved to media time."""
    listed = segment.get("words")
    words = [
        GuessedWord(
            str(word["word"]).strip(),
            offset + float(word["start"]),
            offset + float(word["end"]),
            float(word["probability"]),
        )
        for word in (listed if isinstance(listed, list) else [])
    ]
    average = segment.get("avg_logprob")
    return GuessedSegment(
        tuple(word for word in words if word.text),
        float(average) if isinstance(average, int | float) else 0.0,
        is_doubtful,
    )


def _words(guesses: Sequence[GuessedWord]) -> Iterator[Word]:
    floor = Fraction(0)
    for guess in guesses:
        start = max(floor, Fraction(round(guess.start * 1000), 1000))
        end = max(start + Fraction(1, 100), Fraction(round(guess.end * 1000), 1000))
        floor = start
        yield Word(guess.text, start, end, guess.probability, Origin.WHISPER, TimedBy.ENGINE)


def load_checkpoint(path: Path, model_name: str, device: str = "cpu") -> Whisper:
    """A checkpoint in openai-whisper's format, without running any code that may hide in it.

    The tuned alignment heads are set where `model_name` is a known model: loading by path loses them, and
    word times get worse. Raises WeightsUnreadable.
    """
    import torch
    import whisper
    from whisper.model import ModelDimensions

    try:
        checkpoint = torch.load(path, map_location=device, weights_only=True)
        model = whisper.model.Whisper(ModelDimensions(**checkpoint["dims"]))
        model.load_state_dict(checkpoint["model_state_dict"])
        heads = whisper._ALIGNMENT_HEADS.get(model_name)
        if heads is not None:
            model.set_alignment_heads(heads)
    except (
        OSError,
        RuntimeError,
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        pickle.UnpicklingError,
    ) as error:
        raise WeightsUnreadable(
            f"{path} is not a whisper checkpoint ({type(error).__name__})",
            "fetch the file again, or set whisper_weights to another one",
            path=path,
        ) from error
    return model.to(device).eval()


def _fetch(model: str, folder: Path, device: str) -> Whisper:
    """Whisper's own download, checked by whisper against its published hash."""
    import whisper

    try:
        return whisper.load_model(model, device=device, download_root=str(folder))
    except (urllib.error.URLError, OSError, RuntimeError) as error:
        raise WeightsNotFetched(
            f"whisper's weights {model} could not be fetched ({error})",
            f"try again, or put the file into {folder} by hand",
        ) from error
