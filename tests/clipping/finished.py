"""Finished files for the proof to look at, made by the real ffmpeg, and their defects.

A good file: 540×960, 25 frames a second, three seconds of a moving test picture (crop of a 1280×720 source)
with two captions, credit and imprint on bands, one second of end card, pink noise at −14 LUFS; written as the
safe master is. Every defect is made from it with one thing changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from archive.media import Frame, run_ffmpeg
from clipping.look.box import Box
from clipping.look.recipe import load_recipe
from clipping.look.shapes import CaptionShown, PictureFit, ShapePlan, TextBlock

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
SOURCE_SIZE = (1280, 720)
FIRST = 12  # frame of the source at the in-point
BODY, CARD = 75, 25
IMPRINT = (
    "Promoted by Ada Fenwick of 12 Mill Lane, Holloway",
    "on behalf of the Orchard Party, 12 Mill Lane",
)
CREDIT = "Channel Nine, The Late Interview, 14 November 2026"
CAPTIONS = ("We never said that", "waiting lists would fall")
_MASTER = ["-c:v", "libx264", "-preset", "superfast", "-profile:v", "high", "-pix_fmt", "yuv420p"]
_CLOCK = ["-video_track_timescale", "12800"]
_COLOUR = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
_WRITTEN = ["-use_editlist", "0", "-movflags", "+faststart+negative_cts_offsets"]
_AAC = ["-c:a", "aac", "-profile:a", "aac_low", "-ar", "48000", "-ac", "2", "-b:a", "128k"]


def plan() -> ShapePlan:
    """What every good file keeps to."""
    recipe = load_recipe("vertical")
    return ShapePlan(
        recipe=recipe,
        width=540,
        height=960,
        frame_rate=Fraction(25),
        body_frames=BODY,
        card_frames=CARD,
        picture=PictureFit("crop", *SOURCE_SIZE, Box(438, 0, 404, 720), Box(0, 0, 540, 960)),
        credit=TextBlock(CREDIT, (CREDIT,), Box(30, 136, 420, 32), 16),
        imprint=TextBlock(" ".join(IMPRINT), IMPRINT, Box(30, 560, 420, 54), 16),
        captions=(
            CaptionShown(5, 34, CAPTIONS[0], CAPTIONS[:1], Box(110, 490, 320, 50)),
            CaptionShown(40, 70, CAPTIONS[1], CAPTIONS[1:], Box(90, 490, 360, 50)),
        ),
        lower_third=None,
    )


def _ass(path: Path, *, imprint: bool, faint: bool, card: bool, credit: str, captions: Sequence[str]) -> None:
    ink = "&H00403B37" if faint else "&H00F4F8FA"
    head = f"""[Script Info]
ScriptType: v4.00+
PlayResX: 540
PlayResY: 960
WrapStyle: 2
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, BorderStyle, Outline, Shadow, \
Alignment, MarginL, MarginR, MarginV, Encoding
Style: caption,Inter,40,&H00FFFFFF,&H00000000,&H00000000,-1,1,3,0,5,0,0,0,1
Style: band,Inter Medium,20,&H00F4F8FA,0,0,0,1,0,0,7,0,0,0,1
Style: imprint,Inter Medium,20,{ink},0,0,0,1,0,0,7,0,0,0,1
Style: card,Inter Medium,20,&H00F4F8FA,0,0,0,1,0,0,8,0,0,0,1
[Events]
Format: Layer, Start, End, Style, MarginL, MarginR, MarginV, Effect, Text
"""
    rows = [f"0,0:00:00.00,0:00:03.00,band,0,0,0,,{{\\pos(36,142)}}{credit}"]
    text = "\\N".join(IMPRINT)
    if imprint:
        rows.append(f"0,0:00:00.00,0:00:03.00,imprint,0,0,0,,{{\\pos(36,566)}}{text}")
    if card:
        rows.append(f"0,0:00:03.00,0:00:09.00,card,0,0,0,,{{\\pos(270,600)}}{text}")
    for text, times in zip(captions, ("0:00:00.20,0:00:01.40", "0:00:01.60,0:00:02.84"), strict=False):
        rows.append(f"1,{times},caption,0,0,0,,{{\\pos(270,515)}}{text}")
    path.write_text(head + "".join(f"Dialogue: {row}\n" for row in rows), encoding="utf-8")


def make(
    folder: Path,
    name: str,
    *,
    first: int = FIRST,
    body: int = BODY,
    imprint: bool = True,
    faint: bool = False,
    covered: bool = False,
    card: bool = True,
    credit: str = CREDIT,
    captions: Sequence[str] = CAPTIONS,
    x264: str = "open-gop=0:keyint=50:scenecut=0",
    source: str = "testsrc2",
) -> Path:
    """A finished file in `folder`; the arguments are its defects."""
    words, made = folder / f"{name}.ass", folder / f"{name}.mp4"
    _ass(words, imprint=imprint, faint=faint, card=card, credit=credit, captions=captions)
    cover = "drawbox=x=30:y=580:w=420:h=60:color=0x12161B:t=fill:enable='lt(t,3)'," if covered else ""
    bands = "".join(
        f"drawbox=x={b.x}:y={b.y}:w={b.w}:h={b.h}:color=0x12161B:t=fill:enable='lt(t,3)',"
        for b in (plan().credit.box, plan().imprint.box)
    )
    graph = (
        f"[0:v]trim=start_frame={first}:end_frame={first + body},setpts=PTS-STARTPTS,"
        f"crop=404:720:438:0,scale=540:960,setsar=1[a];"
        f"[a][1:v]concat=n=2:v=1,{bands}ass=f='{words}':fontsdir='{FONTS}',{cover}{_COLOUR}[v];"
        "[2:a]volume=7.1dB[s]"
    )
    inputs = [
        *("-f", "lavfi", "-i", f"{source}=s={SOURCE_SIZE[0]}x{SOURCE_SIZE[1]}:r=25:d=6"),
        *("-f", "lavfi", "-i", f"color=0x12161B:s=540x960:r=25:d={CARD / 25}"),
        *("-f", "lavfi", "-i", "anoisesrc=d=4:c=pink:r=48000:a=0.5:seed=1"),
    ]
    master = [*_MASTER, *_CLOCK, "-x264-params", x264, *_AAC, *_WRITTEN]
    run_ffmpeg(
        [*inputs, "-filter_complex", graph, "-map", "[v]", "-map", "[s]", *master, f"file:{made}"],
        reads=[words, FONTS],
        writes=[made],
    )
    return made


def remade(good: Path, name: str, *args: str) -> Path:
    """The good file again with other output arguments; its pictures are copied.

    Arguments that say how the container is written replace those of the safe master.
    """
    made = good.with_name(f"{name}.mp4")
    written = () if "-movflags" in args else _WRITTEN
    run_ffmpeg(
        ["-i", f"file:{good}", "-c", "copy", *written, *_CLOCK, *args, f"file:{made}"],
        reads=[good],
        writes=[made],
    )
    return made


def source_frames(at: Sequence[int], source: str = "testsrc2") -> tuple[Frame, ...]:
    """Frames of the source by number, as the archive hands them out: RGB, nothing applied."""
    width, height = SOURCE_SIZE
    raw = bytearray()
    chosen = "+".join(f"eq(n,{frame})" for frame in at)
    pictures_only = ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
    pictured = ["-f", "lavfi", "-i", f"{source}=s={width}x{height}:r=25:d=6", "-vf", f"select='{chosen}'"]
    run_ffmpeg(
        [*pictured, *pictures_only],
        reads=[],
        writes=[],
        stdout=raw.extend,
    )
    pictures = np.frombuffer(bytes(raw), np.uint8).reshape(-1, height, width, 3)
    return tuple(Frame(Fraction(n, 25), rgb) for n, rgb in zip(sorted(at), pictures, strict=True))
