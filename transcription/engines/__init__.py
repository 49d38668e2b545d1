"""Speech recognisers behind one Protocol, in one visible registry."""

from transcription.engines.engine import (
    ENGINES,
    Engine,
    EngineName,
    Recognised,
    Region,
    WhisperOptions,
    open_engine,
)

__all__ = ["ENGINES", "Engine", "EngineName", "Recognised", "Region", "WhisperOptions", "open_engine"]
