"""The shipped typefaces: which face has which glyph, and how libass counts a font's size.

libass fits ascent + descent of the OS/2 table's Windows metrics into the style's size (as VSFilter did), PIL
and designers count the em. `Face.ass_size` converts (libass, ass_font.c, `ass_face_set_size`).
Static instances only: libass shows variable fonts at their default weight.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from clipping.errors import FontMissing

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"

WEIGHTS = {
    "regular": "Inter-Regular.otf",
    "medium": "Inter-Medium.otf",
    "semibold": "Inter-SemiBold.otf",
    "bold": "Inter-Bold.otf",
    "extrabold": "Inter-ExtraBold.otf",
}
# Asked in this order for what Inter lacks. Bold throughout: fallback appears in captions and names.
FALLBACKS = (
    "NotoSans-Bold.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansBengali-Bold.ttf",
    "NotoSansGurmukhi-Bold.ttf",
    "NotoSansGujarati-Bold.ttf",
    "NotoSansTamil-Bold.ttf",
)


@dataclass(frozen=True, slots=True)
class Face:
    """One font file. `ascent` and `descent` are shares of the em, both positive."""

    path: Path
    name: str  # full name: what the ASS file asks for
    postscript: str
    is_bold: bool  # by its own name table: asked for with the bold flag
    ascent: float
    descent: float
    glyphs: frozenset[int]  # code points

    def ass_size(self, em_px: float) -> float:
        """The ASS font size that draws an em of `em_px` pixels."""
        return em_px * (self.ascent + self.descent)

    def has(self, char: str) -> bool:
        return ord(char) in self.glyphs


@lru_cache(maxsize=64)
def face(file_name: str, folder: Path = FONTS) -> Face:
    """The face in a shipped font file. Raises FontMissing."""
    path = folder / file_name
    try:
        data = path.read_bytes()
        return _parse(path, data)
    except (OSError, struct.error, KeyError) as error:
        raise FontMissing(
            f"The font {file_name} can't be read", f"Put it back into {folder}", wanted=file_name
        ) from error


def faces_for(weight: str) -> tuple[Face, ...]:
    """The face of a weight ("regular" … "extrabold"), then those that stand behind it."""
    return (face(WEIGHTS[weight]), *(face(name) for name in FALLBACKS))


@lru_cache(maxsize=128)
def pil_font(path: Path, em_px: int) -> ImageFont.FreeTypeFont:
    """The face for measuring and for cards, at an em of `em_px` pixels."""
    return ImageFont.truetype(str(path), em_px)


def _parse(path: Path, data: bytes) -> Face:
    tables = _tables(data)
    em = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    ascent, descent = struct.unpack_from(">HH", data, tables["OS/2"] + 74)
    names = _names(data, tables["name"])
    return Face(
        path=path,
        name=names[4],
        postscript=names[6],
        is_bold=names[2] == "Bold",
        ascent=ascent / em,
        descent=descent / em,
        glyphs=frozenset(_code_points(data, tables["cmap"])),
    )


def _tables(data: bytes) -> dict[str, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    rows = (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(count))
    return {tag.decode("latin-1"): offset for tag, _, offset, _ in rows}


def _names(data: bytes, table: int) -> dict[int, str]:
    """Name id → text, Windows platform (3): the one that libass reads."""
    count, strings = struct.unpack_from(">HH", data, table + 2)
    names: dict[int, str] = {}
    for i in range(count):
        platform, _, _, name, length, offset = struct.unpack_from(">6H", data, table + 6 + 12 * i)
        if platform == 3:
            start = table + strings + offset
            names.setdefault(name, data[start : start + length].decode("utf-16-be"))
    return names


def _code_points(data: bytes, table: int) -> set[int]:
    """Code points of every Unicode sub-table of format 4 or 12 (OpenType, `cmap`)."""
    found: set[int] = set()
    for i in range(struct.unpack_from(">H", data, table + 2)[0]):
        _, _, offset = struct.unpack_from(">HHI", data, table + 4 + 8 * i)
        form = struct.unpack_from(">H", data, table + offset)[0]
        if form == 4:
            found |= _segments(data, table + offset)
        elif form == 12:
            found |= _groups(data, table + offset)
    return found


def _segments(data: bytes, at: int) -> set[int]:
    double = struct.unpack_from(">H", data, at + 6)[0]
    ends = struct.unpack_from(f">{double // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{double // 2}H", data, at + 16 + double)
    spans = zip(starts, ends, strict=True)
    return {code for first, last in spans if first != 0xFFFF for code in range(first, last + 1)}


def _groups(data: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">I", data, at + 12)[0]
    rows = (struct.unpack_from(">III", data, at + 16 + 12 * i) for i in range(count))
    return {code for first, last, _ in rows for code in range(first, last + 1)}
