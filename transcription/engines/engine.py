"""What a recogniser must be able to do, and the recognisers there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, Protocol, get_args

import numpy as np
import numpy.typing as npt

from transcription.errors import EngineUnknown
from transcription.transcript import Word

EngineName = Literal["whisper"]
ENGINES: Mapping[str, str] = {"whisper": "openai-whisper, on this machine, from weights that you have"}


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch to recognise, media seconds. A doubtful one is a second look at sound that seemed to hold no
    voice.
    """

    start: Fraction
    end: Fraction
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """Words on media time in order, the language heard (ISO 639-1), and what was thrown away, in words."""

    words: tuple[Word, ...]
    language: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhisperOptions:
    """Where whisper's weights are and how it runs.

    `weights` is a checkpoint file; else `<cache>/<model>.pt` is looked for (then whisper's own cache folder),
    and fetched into the cache only if `may_download`.
    """

    model: str = "base.en"
    weights: Path | None = None
    cache: Path | None = None
    may_download: bool = False
    device: str = "cpu"


class Engine(Protocol):
    """A recogniser that is ready to run."""

    @property
    def name(self) -> str:
        """As it stands in a transcript: `whisper:base.en`."""

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
        """Words in `regions` of mono `pcm` whose sample 0 is media time 0. `prompt` holds names to expect."""


def open_engine(name: str, whisper: WhisperOptions) -> Engine:
    """The engine by name, its weights loaded. Raises EngineUnknown, WeightsMissing, WeightsUnreadable."""
    if name not in get_args(EngineName):
        raise EngineUnknown(f"there is no engine {name!r}", f"choose one of: auto, captions, {', '.join(ENGINES)}")
    from transcription.engines.whisper_engine import WhisperEngine  # torch takes seconds to import

    return WhisperEngine.load(whisper)
