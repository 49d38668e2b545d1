"""Where whisper's weights are, and what to do when they are not there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from transcription.engines.engine import WhisperOptions
from transcription.errors import WeightsMissing

# file name in a cache folder → the model's other names, as openai-whisper 20250625 lists them
_SAME_FILE = {"large": "large-v3", "turbo": "large-v3-turbo"}


@dataclass(frozen=True, slots=True)
class FoundWeights:
    """`path` None: whisper may fetch the model by name into `folder`."""

    path: Path | None
    model: str
    folder: Path


def file_name(model: str) -> str:
    return f"{_SAME_FILE.get(model, model)}.pt"


def own_cache() -> Path:
    """Whisper's own cache folder."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "whisper"


def find_weights(options: WhisperOptions) -> FoundWeights:
    """The checkpoint to load. Raises WeightsMissing, which says which file to put where, or what to set."""
    folder = options.cache or own_cache()
    if options.weights is not None:
        if options.weights.is_file():
            return FoundWeights(options.weights, options.weights.stem, folder)
        raise _missing(options, options.weights.parent, options.weights.name, f"{options.weights} is not a file")
    name = file_name(options.model)
    for place in (folder, own_cache()):
        if (place / name).is_file():
            return FoundWeights(place / name, options.model, folder)
    if options.may_download:
        return FoundWeights(None, options.model, folder)
    raise _missing(options, folder, name, f"there is no {name} in {folder}")


def _missing(options: WhisperOptions, folder: Path, name: str, why: str) -> WeightsMissing:
    return WeightsMissing(
        f"whisper has no weights: {why}",
        f"Put {file_name(options.model)} (openai-whisper's checkpoint of {options.model}) into {folder}, "
        "or set whisper_weights to the path of a checkpoint, "
        "or let whisper fetch it: whisper_download = true in soundbite.toml",
        model=options.model,
        folder=folder,
        file_name=name,
    )
