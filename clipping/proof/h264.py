"""The little of H.264 (ITU-T H.264) and AAC (ISO/IEC 14496-3) that proves a file is the safe master.

Read from the configuration boxes and the first bytes of the sync samples: no pixel is decoded.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from clipping.proof.mp4 import BrokenMp4, Track

IDR = 5  # nal_unit_type of a slice from which decoding can begin with nothing before it
_SLICES = range(1, 6)
_HIGH_PROFILES = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128})
_SAR = (  # table E-1, aspect_ratio_idc 1…16
    *((1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11)),
    *((80, 33), (18, 11), (15, 11), (64, 33), (160, 99), (4, 3), (3, 2), (2, 1)),
)
_EXTENDED_SAR = 255
_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)


@dataclass(frozen=True, slots=True)
class Sps:
    """A sequence parameter set. `sar` is 1 where it does not say; `colour` None where it does not say."""

    profile: int
    level: int
    chroma: int  # 1 is 4:2:0
    bit_depth: int
    frames_only: bool  # False: fields may be coded
    sar: Fraction
    full_range: bool
    colour: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class AacConfig:
    """AudioSpecificConfig: `object_type` 2 is AAC-LC."""

    object_type: int
    sample_rate: int
    channels: int


class _Bits:
    def __init__(self, data: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in data)
        self._at = 0

    def take(self, count: int) -> int:
        end = self._at + count
        if end > len(self._bits):
            raise BrokenMp4("a decoder configuration ends too early")
        value = int(self._bits[self._at : end] or "0", 2)
        self._at = end
        return value

    def flag(self) -> bool:
        return bool(self.take(1))

    def unsigned(self) -> int:
        """Exp-Golomb, ue(v)."""
        zeros = 0
        while not self.take(1):
            zeros += 1
        return (1 << zeros) - 1 + (self.take(zeros) if zeros else 0)

    def signed(self) -> int:
        value = self.unsigned()
        return (value + 1) // 2 if value % 2 else -(value // 2)


def read_sps(avcc: bytes) -> Sps:
    """The first SPS of an avcC payload. Raises BrokenMp4."""
    if len(avcc) < 9 or not avcc[5] & 0x1F:
        raise BrokenMp4("it has no H.264 parameter set")
    length = int.from_bytes(avcc[6:8], "big")
    nal = avcc[8 : 8 + length].replace(b"\x00\x00\x03", b"\x00\x00")
    return _sps(_Bits(nal[1:]))


def _sps(bits: _Bits) -> Sps:
    profile, _, level = bits.take(8), bits.take(8), bits.take(8)
    bits.unsigned()
    chroma, depth = _chroma(bits) if profile in _HIGH_PROFILES else (1, 8)
    bits.unsigned()
    _skip_order_count(bits)
    bits.unsigned()
    bits.take(1)
    bits.unsigned()
    bits.unsigned()
    frames_only = bits.flag()
    if not frames_only:
        bits.take(1)
    bits.take(1)
    if bits.flag():  # cropping
        for _ in range(4):
            bits.unsigned()
    sar, full_range, colour = _vui(bits) if bits.flag() else (Fraction(1), False, None)
    return Sps(profile, level, chroma, depth, frames_only, sar, full_range, colour)


def _chroma(bits: _Bits) -> tuple[int, int]:
    chroma = bits.unsigned()
    if chroma == 3:
        bits.take(1)
    depth = 8 + bits.unsigned()
    bits.unsigned()
    bits.take(1)
    if bits.flag():  # scaling matrix
        for table in range(8 if chroma != 3 else 12):
            if bits.flag():
                _skip_scaling_list(bits, 16 if table < 6 else 64)
    return chroma, depth


def _skip_scaling_list(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _skip_order_count(bits: _Bits) -> None:
    kind = bits.unsigned()
    if kind == 0:
        bits.unsigned()
    elif kind == 1:
        bits.take(1)
        bits.signed()
        bits.signed()
        for _ in range(bits.unsigned()):
            bits.signed()


def _vui(bits: _Bits) -> tuple[Fraction, bool, tuple[int, int, int] | None]:
    sar = _sample_aspect(bits) if bits.flag() else Fraction(1)
    if bits.flag():  # overscan
        bits.take(1)
    full_range, colour = False, None
    if bits.flag():
        bits.take(3)
        full_range = bits.flag()
        if bits.flag():
            colour = bits.take(8), bits.take(8), bits.take(8)
    return sar, full_range, colour


def _sample_aspect(bits: _Bits) -> Fraction:
    idc = bits.take(8)
    if idc == _EXTENDED_SAR:
        across, down = bits.take(16), bits.take(16)
        return Fraction(across, down) if across and down else Fraction(1)
    return Fraction(*_SAR[idc - 1]) if 1 <= idc <= len(_SAR) else Fraction(1)


def starts_fresh(path: Path, track: Track) -> tuple[bool, ...]:
    """For each sync sample whether all its slices are IDR, so that nothing before it is needed."""
    prefix = (track.config[4] & 0x03) + 1
    with path.open("rb") as file:
        return tuple(_is_idr(_sample(file, track, int(i)), prefix) for i in track.sync)


def _sample(file: BinaryIO, track: Track, index: int) -> bytes:
    file.seek(int(track.offsets[index]))
    return file.read(int(track.sizes[index]))


def _is_idr(sample: bytes, prefix: int) -> bool:
    at, slices = 0, []
    while at + prefix < len(sample):
        length = int.from_bytes(sample[at : at + prefix], "big")
        kind = sample[at + prefix] & 0x1F
        if kind in _SLICES:
            slices.append(kind)
        at += prefix + length
    return bool(slices) and all(kind == IDR for kind in slices)


def read_aac(esds: bytes) -> AacConfig:
    """The AudioSpecificConfig inside an esds payload. Raises BrokenMp4."""
    at = 4
    while at + 2 <= len(esds):
        tag = esds[at]
        at, length = _descriptor_length(esds, at + 1)
        if tag == 0x05:
            return _audio_config(_Bits(esds[at : at + length]))
        at += {0x03: _es_head(esds, at), 0x04: 13}.get(tag, length)
    raise BrokenMp4("its sound has no decoder configuration")


def _descriptor_length(data: bytes, at: int) -> tuple[int, int]:
    length = 0
    for _ in range(4):
        if at >= len(data):
            raise BrokenMp4("its sound's description breaks off")
        byte = data[at]
        at, length = at + 1, length << 7 | byte & 0x7F
        if not byte & 0x80:
            break
    return at, length


def _es_head(data: bytes, at: int) -> int:
    if at + 3 >= len(data):
        raise BrokenMp4("its sound's description breaks off")
    flags = data[at + 2]
    url = 1 + data[at + 3] if flags & 0x40 else 0
    return 3 + (2 if flags & 0x80 else 0) + url + (2 if flags & 0x20 else 0)


def _audio_config(bits: _Bits) -> AacConfig:
    kind = bits.take(5)
    index = bits.take(4)
    if index == 15:
        rate = bits.take(24)
    elif index < len(_RATES):
        rate = _RATES[index]
    else:
        raise BrokenMp4("its sound has an unknown sample rate")
    return AacConfig(kind, rate, bits.take(4))
