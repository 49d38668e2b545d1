"""Damage is recorded honestly: a sound recording has none, and each kind of damage has its line."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from archive.errors import NotMedia
from archive.media import Scan, extract_captions, probe, run_ffmpeg, scan
from tests.archive.numbered import MPEG2, X264, Studio


def scanned(path: Path, pixels: int = 4_000_000_000) -> Scan:
    return scan(path, probe(path), full_decode_pixels=pixels)


def test_sound_recordings_have_no_damage(studio: Studio, plain_ts: Path, plain_mp4: Path) -> None:
    others = [studio.copy(plain_mp4, "whole.mkv"), studio.encode("whole_mpeg2.ts", [*MPEG2, "-g", "12"])]
    others.append(studio.encode("whole_mute.mp4", [*X264], with_sound=False))
    for path in (plain_ts, plain_mp4, *others):
        found = scanned(path)
        assert found.damage == (), path.name
        assert found.decoded == found.timeline.duration == 12
        assert found.is_full


def test_a_cut_short_mp4_says_what_was_declared_and_what_is_there(plain_mp4: Path, tmp_path: Path) -> None:
    whole = plain_mp4.read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) * 6 // 10])
    info, found = probe(cut), scanned(cut)
    assert info.declared is not None
    assert abs(info.declared - 12) < Fraction(1, 10)
    assert 6 < found.decoded < 9
    assert any("declared" in line and "00:00:12" in line for line in found.damage)


def test_an_mp4_cut_short_before_its_index_is_refused(studio: Studio, tmp_path: Path) -> None:
    whole = studio.encode("index_at_end.mp4", [*X264]).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) * 6 // 10])
    with pytest.raises(NotMedia, match="cut short"):
        probe(cut)


def test_lost_packets_are_counted(plain_ts: Path, tmp_path: Path) -> None:
    whole, chance = plain_ts.read_bytes(), random.Random(3)
    kept = [whole[n : n + 188] for n in range(0, len(whole), 188) if n < 2000 or chance.random() > 0.02]
    lossy = tmp_path / "lossy.ts"
    lossy.write_bytes(b"".join(kept))
    found = scanned(lossy)
    assert any("lost or damaged" in line for line in found.damage)
    assert found.decoded <= 12


@pytest.mark.parametrize(
    ("jump", "line"),
    [(8, "8.0 s of signal lost"), (-956, "set back by 956.0 s"), (20000, "set ahead by 20000.0 s")],
)
def test_breaks_are_listed(studio: Studio, jump: int, line: str) -> None:
    options = [*X264, "-g", "50", "-muxdelay", "0"]
    first = studio.encode("scan_a.ts", [*options, "-output_ts_offset", "40000"], count=150)
    offset = f"{40006 + jump:.3f}"
    second = studio.encode(f"scan_b{jump}.ts", [*options, "-output_ts_offset", offset], count=150)
    found = scanned(studio.join(f"scan{jump}.ts", first, second))
    assert found.timeline.breaks == (Fraction(6),)
    assert found.timeline.duration == 12
    assert any("00:00:06.000" in text and line in text for text in found.damage)


def test_parts_of_a_day_apart_are_still_as_long_as_their_pictures(studio: Studio) -> None:
    options = [*X264, "-g", "50", "-muxdelay", "0"]
    parts = [
        studio.encode(f"day{n}.ts", [*options, "-output_ts_offset", str(at)], count=100)
        for n, at in enumerate((3, 90000, 51))
    ]
    path = studio.join("days.ts", *parts)
    assert probe(path).declared is None
    assert scanned(path).decoded == 12


def test_missing_pictures_and_sound_are_counted(studio: Studio) -> None:
    dropped = "select='not(between(n,100,104))'"
    muted = "aselect='not(between(t,5,6.5))'"
    options = [*X264, "-g", "50", "-vf", dropped, "-af", muted, "-fps_mode", "passthrough"]
    found = scanned(studio.encode("holes.mkv", options))
    assert "5 pictures are missing in 1 places, the first at 00:00:03.960" in found.damage
    assert any(line.startswith("Sound is missing in 1 places, 1.") for line in found.damage)


def test_sound_that_begins_late_is_said(studio: Studio) -> None:
    found = scanned(studio.encode("late_scan.mp4", [*X264, "-g", "50"], sound_late=2))
    assert any("begins 2.0 s after the picture" in line for line in found.damage)


def test_a_long_recording_is_looked_at_by_its_keyframes_and_says_so(plain_ts: Path) -> None:
    found = scanned(plain_ts, pixels=1000)
    assert not found.is_full
    assert found.decoded == 12
    assert "2 keyframes" in found.notes[0]


def test_a_half_written_last_packet_does_not_matter(plain_ts: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.ts"
    torn.write_bytes(plain_ts.read_bytes()[:-100])
    assert scanned(torn).timeline.duration > Fraction(117, 10)


def test_a_recording_that_begins_inside_a_gop_begins_at_its_first_keyframe(plain_ts: Path, tmp_path: Path) -> None:
    late = tmp_path / "late.ts"
    whole = plain_ts.read_bytes()
    late.write_bytes(whole[188 * (len(whole) // 188 // 4) :])
    found = scanned(late)
    assert found.timeline.keyframes.ticks[0] == 0
    assert found.timeline.duration == 8
    assert any("before the first keyframe" in line for line in found.damage)


def test_progress_rises_to_the_end(plain_ts: Path) -> None:
    heard: list[float] = []
    scan(plain_ts, probe(plain_ts), heard.append)
    assert heard
    assert heard == sorted(heard)
    assert 0 <= heard[0] <= heard[-1] <= 1


@pytest.mark.parametrize("seed", range(12))
def test_any_damage_is_an_error_of_ours_or_a_scan(seed: int, plain_ts: Path, plain_mp4: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)
    data = bytearray((plain_ts if seed % 2 else plain_mp4).read_bytes())
    for _ in range(60):
        data[chance.randrange(len(data))] = chance.randrange(256)
    hurt = tmp_path / ("hurt.ts" if seed % 2 else "hurt.mp4")
    hurt.write_bytes(bytes(data[: chance.randrange(len(data) // 2, len(data))]))
    try:
        found = scanned(hurt)
    except NotMedia:
        return
    assert 0 <= found.decoded <= found.timeline.duration


def test_embedded_captions_come_out_on_media_time(studio: Studio, plain_mp4: Path, tmp_path: Path) -> None:
    srt = tmp_path / "said.srt"
    srt.write_text("1\n00:00:02,000 --> 00:00:03,500\nWe will not raise it.\n", encoding="utf-8")
    for name, codec in (("said.mp4", "mov_text"), ("said.mkv", "subrip")):
        out = studio.folder / name
        args = ["-i", str(plain_mp4), "-f", "srt", "-i", str(srt), "-map", "0", "-map", "1", "-c", "copy"]
        run_ffmpeg([*args, "-c:s", codec, str(out)], reads=[plain_mp4, srt], writes=[out])
        (stream,) = probe(out).captions
        assert stream.codec == codec
        text = extract_captions(out, stream, timeline=scanned(out).timeline)
        assert "We will not raise it." in text
        assert "00:00:02,000 --> 00:00:03,500" in text
        assert extract_captions(out, stream) == text
