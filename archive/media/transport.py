"""MPEG transport streams by the byte (ISO/IEC 13818-1): packet size, programme tables, PES time stamps."""

from __future__ import annotations

from pathlib import Path

SYNC = 0x47
SIZES = (188, 192, 204)
"""Plain; with a 4-byte arrival time in front (M2TS); with 16 bytes of Reed-Solomon code behind."""
_WINDOW = 1 << 20
_FARTHEST = 16 << 20


def packet_shape(head: bytes) -> tuple[int, int] | None:
    """(packet size, offset of the first sync byte) of a stream's first bytes; None where it is none."""
    for size in SIZES:
        for offset in range(min(size, len(head))):
            places = range(offset, min(len(head), offset + 5 * size), size)
            if len(places) > 1 and all(head[p] == SYNC for p in places):
                return size, offset
    return None


def pid_of(packet: bytes | memoryview) -> int:
    return (packet[1] & 0x1F) << 8 | packet[2]


def starts_unit(packet: bytes | memoryview) -> bool:
    return bool(packet[1] & 0x40)


def payload_at(packet: bytes | memoryview) -> int | None:
    """Offset of a packet's payload, or None where it has none."""
    control = packet[3] >> 4 & 3
    if not control & 1:
        return None
    offset = 4 if control == 1 else 5 + packet[4]
    return offset if offset < 188 else None


def tables_before(path: Path, position: int, pid: int) -> int:
    """Byte offset, at or before `position`, from which a reader first meets the programme tables that name
    `pid`. The beginning of the file where none lie within 16 MB before."""
    with path.open("rb") as file:
        shape = packet_shape(file.read(2048))
        if shape is None:
            return 0
        size, offset = shape
        floor_, end = max(0, position - _FARTHEST), position
        tail = b""
        while end > floor_:
            begin = max(offset, (max(floor_, end - _WINDOW) - offset) // size * size + offset)
            if begin >= end:
                break
            file.seek(begin)
            block = file.read(end - begin) + tail
            found = _tables_in(block, size, pid)
            if found is not None:
                return begin + found - (4 if size == 192 else 0)
            tail, end = block[: 400 * size], begin
        return 0 if floor_ == 0 else floor_


def _tables_in(block: bytes, size: int, pid: int) -> int | None:
    """Offset of the last PAT that is followed by a PMT naming `pid`."""
    wanted = bytes([0xE0 | pid >> 8, pid & 0xFF])
    seen_map = False
    last = len(block) // size * size - size
    for place in range(last, -1, -size):
        if block[place] != SYNC or not block[place + 1] & 0x40:
            continue
        packet = block[place : place + 188]
        if pid_of(packet) == 0 and seen_map:
            return place
        start = payload_at(packet)
        if start is not None and packet[start + 1 : start + 2] == b"\x02" and wanted in packet[start + 12 :]:
            seen_map = True
    return None


def read_stamp(field: bytes | memoryview) -> int:
    """The 33 bits of a 5-byte PTS or DTS field."""
    high, middle, low = field[0] >> 1 & 7, (field[1] << 8 | field[2]) >> 1, (field[3] << 8 | field[4]) >> 1
    return high << 30 | middle << 15 | low


def stamp_bytes(mark: int, ticks: int) -> bytes:
    """A 5-byte PTS or DTS field; `mark` is the field's first four bits."""
    ticks %= 1 << 33
    high, middle, low = ticks >> 30, ticks >> 15 & 0x7FFF, ticks & 0x7FFF
    words = [
        mark << 4 | high << 1 | 1,
        middle >> 7,
        (middle & 0x7F) << 1 | 1,
        low >> 7,
        (low & 0x7F) << 1 | 1,
    ]
    return bytes(words)
