"""Which clip a post is, and what the clip is: handed in by whoever knows (the catalogue), stored beside the values.

links: platform, object, clip, seat, audience, partner, payment, recipe, posted_at
clips: clip, quote, topic, kind, duration_s, programme, channel, aired_at, made_at
"""

from __future__ import annotations

from typing import Final

import pandas as pd

LINK_COLUMNS: Final = (
    "platform", "object", "clip", "seat", "audience", "partner", "payment", "recipe", "posted_at",
)  # fmt: skip
CLIP_COLUMNS: Final = (
    "clip", "quote", "topic", "kind", "duration_s", "programme", "channel", "aired_at", "made_at",
)  # fmt: skip
_LINK_TIMES, _CLIP_TIMES = ("posted_at",), ("aired_at", "made_at")


def as_links(frame: pd.DataFrame) -> pd.DataFrame:
    """Posts of clips, one row each: LINK_COLUMNS, text except `posted_at`; "" where nothing is known."""
    return _typed(frame, LINK_COLUMNS, _LINK_TIMES)


def as_clips(frame: pd.DataFrame) -> pd.DataFrame:
    """Clips, one row each: CLIP_COLUMNS; `kind` is rebuttal, attack, highlight, real voices or other."""
    return _typed(frame, CLIP_COLUMNS, _CLIP_TIMES, ("duration_s",))


def _typed(
    frame: pd.DataFrame, columns: tuple[str, ...], times: tuple[str, ...], numbers: tuple[str, ...] = ()
) -> pd.DataFrame:
    words = [name for name in columns if name not in (*times, *numbers)]
    filled = frame.assign(
        **{name: "" for name in words if name not in frame},
        **{name: pd.NaT for name in times if name not in frame},
        **{name: float("nan") for name in numbers if name not in frame},
    )
    typed = filled.assign(
        **{name: pd.to_datetime(filled[name], utc=True).astype("datetime64[us, UTC]") for name in times}
    )
    return typed.astype({**dict.fromkeys(words, "str"), **dict.fromkeys(numbers, float)})[list(columns)]
