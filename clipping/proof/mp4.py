"""What an MP4 says about itself, read from its boxes (ISO/IEC 14496-12) without decoding anything.

Enough to prove a finished file: index before the data, no edit list, where the sync samples are, how long
each sample lasts and when it is shown, shape of the pixels, colour, and the decoders' own configurations.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, Literal

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Colour = tuple[int, int, int, bool]  # primaries, transfer, matrix (ISO/IEC 23091-2), full range

_MOST_INDEX = 64 * 1024 * 1024  # bytes of moov that we are willing to read
_SAMPLE_ENTRY = {b"vide": 78, b"soun": 28}  # bytes of a sample entry before its own boxes


class BrokenMp4(ValueError):
    """Not an MP4, or one whose boxes contradict its length: cut short, overwritten, never finished."""


@dataclass(frozen=True, slots=True)
class Track:
    """One picture or sound track. Sample arrays are in decoding order; times in units of `timescale`."""

    kind: Literal["video", "audio"]
    codec: str  # four characters: "avc1", "mp4a"
    timescale: int
    has_edit_list: bool
    width: int  # coded pixels, 0 for sound
    height: int
    pixel_aspect: Fraction | None  # None where the file does not say
    colour: Colour | None
    config: bytes  # payload of avcC or esds
    durations: Integers
    shown: Integers  # presentation time of each sample
    sync: Integers  # indices of the sync samples
    offsets: Integers  # byte position in the file
    sizes: Integers

    @property
    def duration(self) -> Fraction:
        """Seconds, by the sample table."""
        return Fraction(int(self.durations.sum()), self.timescale)


@dataclass(frozen=True, slots=True)
class Mp4:
    """A whole file: `index_first` claims that moov lies before mdat."""

    size: int
    index_first: bool
    tracks: tuple[Track, ...]

    def only(self, kind: Literal["video", "audio"]) -> Track | None:
        """The one track of that kind; None where there is none or more than one."""
        found = [track for track in self.tracks if track.kind == kind]
        return found[0] if len(found) == 1 else None


def read_mp4(path: Path) -> Mp4:
    """Walk the boxes of a file. Raises BrokenMp4 and OSError."""
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            order = list(_top_level(file, size))
            index = _index(file, order)
        names = [name for name, _, _ in order]
        if b"moof" in names:
            raise BrokenMp4("it is written in fragments: no index holds all of it")
        if b"mdat" not in names:
            raise BrokenMp4("there is no media data in it")
        found = [body for name, body in _boxes(index) if name == b"trak"]
        tracks = tuple(_track(body) for body in found if _handler(body) in _SAMPLE_ENTRY)
    except (struct.error, KeyError, IndexError, ValueError) as error:
        if isinstance(error, BrokenMp4):
            raise
        raise BrokenMp4("its index can't be read") from error
    for track in tracks:
        if len(track.offsets) and int((track.offsets + track.sizes).max()) > size:
            raise BrokenMp4("its index points past its end: it was cut short")
    first = names.index(b"moov") < names.index(b"mdat")
    return Mp4(size, first, tracks)


def _top_level(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """(name, start of payload, end) of each outermost box."""
    at = 0
    while at < size:
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            raise BrokenMp4("it ends inside a box")
        length, name = struct.unpack(">I4s", head[:8])
        skip = 8
        if length == 1:
            length, skip = struct.unpack(">Q", head[8:16])[0], 16
        elif length == 0:
            length = size - at
        if at == 0 and name != b"ftyp":
            raise BrokenMp4("it is not an MP4")
        if length < skip or at + length > size:
            raise BrokenMp4("it ends inside a box: it was cut short")
        yield name, at + skip, at + length
        at += length


def _index(file: BinaryIO, order: list[tuple[bytes, int, int]]) -> memoryview:
    spans = [(start, end) for name, start, end in order if name == b"moov"]
    if len(spans) != 1:
        raise BrokenMp4("it has no index (moov): it was never finished" if not spans else "it has two indices")
    start, end = spans[0]
    if end - start > _MOST_INDEX:
        raise BrokenMp4("its index is implausibly large")
    file.seek(start)
    return memoryview(file.read(end - start))


def _boxes(body: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    at = 0
    while at + 8 <= len(body):
        length, name = struct.unpack_from(">I4s", body, at)
        skip = 8
        if length == 1:
            (length,), skip = struct.unpack_from(">Q", body, at + 8), 16
        length = length or len(body) - at
        if length < skip or at + length > len(body):
            raise BrokenMp4("a box is longer than the one around it")
        yield name, body[at + skip : at + length]
        at += length


def _inside(body: memoryview, *path: bytes) -> memoryview:
    for name in path:
        body = dict(_boxes(body))[name]
    return body


def _handler(trak: memoryview) -> bytes:
    return bytes(_inside(trak, b"mdia", b"hdlr")[8:12])


def _track(body: memoryview) -> Track:
    media = _inside(body, b"mdia")
    is_video = _handler(body) == b"vide"
    tables = dict(_boxes(_inside(media, b"minf", b"stbl")))
    entry_name, entry = next(_boxes(tables[b"stsd"][8:]))
    own = dict(_boxes(entry[_SAMPLE_ENTRY[_handler(body)] :]))
    width, height = struct.unpack_from(">HH", entry, 24) if is_video else (0, 0)
    durations = _runs(tables[b"stts"], ">u4")
    count = len(durations)
    shift = _runs(tables[b"ctts"], ">i4") if b"ctts" in tables else np.zeros(count, np.int64)
    sizes = _sizes(tables[b"stsz"])
    if not count == len(shift) == len(sizes):
        raise BrokenMp4("its sample tables disagree")
    return Track(
        kind="video" if is_video else "audio",
        codec=entry_name.decode("latin-1"),
        timescale=_timescale(_inside(media, b"mdhd")),
        has_edit_list=b"edts" in dict(_boxes(body)),
        width=width,
        height=height,
        pixel_aspect=_pixel_aspect(own.get(b"pasp")),
        colour=_colour(own.get(b"colr")),
        config=bytes(own.get(b"avcC") or own.get(b"esds") or b""),
        durations=durations,
        shown=np.cumsum(durations) - durations + shift,
        sync=_table(tables[b"stss"], ">u4") - 1 if b"stss" in tables else np.arange(count),
        offsets=_offsets(tables, sizes),
        sizes=sizes,
    )


def _timescale(mdhd: memoryview) -> int:
    (scale,) = struct.unpack_from(">I", mdhd, 20 if mdhd[0] == 1 else 12)
    if not scale:
        raise BrokenMp4("a track has no clock")
    return int(scale)


def _table(body: memoryview, kind: str, columns: int = 1) -> Integers:
    """A full box's table: version, flags and row count, then rows of 32 bits."""
    (rows,) = struct.unpack_from(">I", body, 4)
    if 8 + rows * columns * 4 > len(body):
        raise BrokenMp4("a table is longer than its box")
    return np.frombuffer(body, kind, rows * columns, 8).astype(np.int64)


def _runs(body: memoryview, kind: str) -> Integers:
    """Run-length pairs (count, value), spread out. Version 0 of ctts is unsigned on paper only."""
    pairs = _table(body, kind, 2).reshape(-1, 2)
    if (pairs[:, 0] < 0).any() or pairs[:, 0].sum() > _MOST_INDEX:
        raise BrokenMp4("a table counts implausibly many samples")
    return np.repeat(pairs[:, 1], pairs[:, 0])


def _sizes(body: memoryview) -> Integers:
    same, count = struct.unpack_from(">II", body, 4)
    if same:
        return np.full(min(count, _MOST_INDEX), same, np.int64)
    return _table(memoryview(bytes(body[4:])), ">u4")


def _offsets(tables: dict[bytes, memoryview], sizes: Integers) -> Integers:
    """Byte position of each sample from its chunk, the chunk map and the sizes before it."""
    if b"co64" in tables:
        count = struct.unpack_from(">I", tables[b"co64"], 4)[0]
        chunks = np.frombuffer(tables[b"co64"], ">u8", count, 8).astype(np.int64)
    else:
        chunks = _table(tables[b"stco"], ">u4")
    runs = _table(tables[b"stsc"], ">u4", 3).reshape(-1, 3)
    lengths = np.diff(np.append(runs[:, 0], len(chunks) + 1))
    per_chunk = np.repeat(runs[:, 1], lengths)
    if per_chunk.sum() != len(sizes):
        raise BrokenMp4("its chunks and its samples disagree")
    before = np.cumsum(sizes) - sizes
    first = np.cumsum(per_chunk) - per_chunk
    within = before - np.repeat(before[first[per_chunk > 0]], per_chunk[per_chunk > 0])
    return np.asarray(np.repeat(chunks, per_chunk) + within, np.int64)


def _pixel_aspect(pasp: memoryview | None) -> Fraction | None:
    if pasp is None:
        return None
    across, down = struct.unpack_from(">II", pasp)
    return Fraction(across, down) if down else None


def _colour(colr: memoryview | None) -> Colour | None:
    if colr is None or bytes(colr[:4]) != b"nclx":
        return None
    primaries, transfer, matrix, full = struct.unpack_from(">HHHB", colr, 4)
    return primaries, transfer, matrix, bool(full & 0x80)
