"""Small recordings made by the real ffmpeg, and words to go with them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from archive.media import probe, run_ffmpeg, scan
from clipping.imprint import plain_imprint
from clipping.look.brand import BrandKit, load_kit
from clipping.rendering.job import RenderJob, Speaker
from transcription.transcript import Origin, TimedBy, Word

MakeMedia = Callable[..., Path]
MakeJob = Callable[..., RenderJob]

_PICTURE = (
    "testsrc2=s={size}:r={rate}:d={seconds},format=yuv420p,"
    "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
)
_TONE = "aevalsrc=0.2*sin(2*PI*330*t)*(0.6+0.4*sin(2*PI*3*t)):s=48000:d={seconds}"


@pytest.fixture(scope="session")
def make_media(tmp_path_factory: pytest.TempPathFactory) -> MakeMedia:
    """Makes `name` with ffmpeg's test picture (x264, GOP of 2 s) and a wavering tone (AAC), or what is asked."""
    folder = tmp_path_factory.mktemp("media")

    def make(
        name: str,
        *,
        size: str = "640x360",
        rate: str = "25",
        seconds: float = 4,
        tone: str | None = _TONE,
        filters: str = "null",
        options: str = "",
        has_picture: bool = True,
    ) -> Path:
        path = folder / name
        args: list[str] = []
        if has_picture:
            picture = _PICTURE.format(size=size, rate=rate, seconds=seconds)
            args += ["-f", "lavfi", "-i", f"{picture},{filters}"]
        if tone is not None:
            args += ["-f", "lavfi", "-i", tone.format(seconds=seconds)]
        args += ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-g", "50", *options.split()]
        run_ffmpeg([*args, "-c:a", "aac", "-shortest", str(path)], reads=[], writes=[path])
        return path

    return make


@pytest.fixture(scope="session")
def kit() -> BrandKit:
    return load_kit("plain")


@pytest.fixture(scope="session")
def card_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cards")


@pytest.fixture
def make_job(tmp_path: Path, kit: BrandKit, card_cache: Path) -> MakeJob:
    """A job over a whole recording (or `start` to `end`), with words said all through it."""

    def make(path: Path, *recipes: str, start: Fraction | None = None, end: Fraction | None = None) -> RenderJob:
        info = probe(path)
        timeline = scan(path, info).timeline
        return RenderJob(
            path=path,
            info=info,
            timeline=timeline,
            start=start or Fraction(0),
            end=timeline.duration if end is None else end,
            words=say("We said “not one penny more”, and we kept to it.", Fraction(1, 5)),
            recipes=recipes,
            kit=kit,
            credit="Wexmoor Television, The Long Table, 20 November 2026",
            imprint=plain_imprint(),
            speaker=Speaker("Eleanor Marsh", "Shadow Minister for Housing"),
            message=None,
            work=tmp_path / "work",
            cache=card_cache,
        )

    return make


def say(text: str, start: Fraction = Fraction(0), each: Fraction = Fraction(3, 10)) -> tuple[Word, ...]:
    """The text's words, one after the other; ">" before a word makes it another speaker's first."""
    words: list[Word] = []
    opens = False
    for part in text.split():
        if part == ">":
            opens = True
            continue
        begin = start + len(words) * each
        words.append(Word(part, begin, begin + each, 1.0, Origin.CAPTIONS, TimedBy.ALIGNED, opens))
        opens = False
    return tuple(words)
