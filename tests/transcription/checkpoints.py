"""Whisper checkpoints with the real format and absurdly small dimensions, made on the spot."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

_END = 8  # place of the closing timestamp: start token, first timestamp and seven words come before it


def dimensions(*, multilingual: bool) -> ModelDimensions:
    return ModelDimensions(
        n_mels=80,
        n_audio_ctx=1500,
        n_audio_state=16,
        n_audio_head=2,
        n_audio_layer=2,
        n_vocab=51865 if multilingual else 51864,
        n_text_ctx=64,
        n_text_state=16,
        n_text_head=2,
        n_text_layer=2,
    )


def save_checkpoint(path: Path, *, multilingual: bool = False, says: str = "") -> Path:
    """A random model in openai-whisper's `{"dims", "model_state_dict"}` format.

    With `says` it says that one word seven times and ends, whatever it hears: its positions choose what is likeliest.
    """
    torch.manual_seed(3)
    dims = dimensions(multilingual=multilingual)
    model = Whisper(dims)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, 0, 0.02)
    state = model.state_dict()
    if says:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # whisper leaves its vocabulary file open
            tokenizer = get_tokenizer(multilingual, num_languages=model.num_languages)
        wanted, *rest = tokenizer.encode(f" {says}")
        assert not rest, "a word of one token"
        state["decoder.ln.weight"] = torch.ones(dims.n_text_state)
        embedding = torch.zeros_like(state["decoder.token_embedding.weight"])
        for axis, token in enumerate((wanted, tokenizer.timestamp_begin + 120, tokenizer.eot)):
            embedding[token, axis] = 5
        state["decoder.token_embedding.weight"] = embedding
        places = torch.zeros_like(state["decoder.positional_embedding"])
        places[:_END, 0] = places[_END, 1] = places[_END + 1 :, 2] = 100
        state["decoder.positional_embedding"] = places
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"dims": dims.__dict__, "model_state_dict": state}, path)
    return path
