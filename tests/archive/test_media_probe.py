"""What a file says about itself."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import archive.media
from archive.errors import MediaRefused, NotMedia, SourceMissing
from archive.media import AudioStream, probe, run_ffmpeg
from archive.media.probe import nearest_rate
from tests.archive.numbered import MPEG2, X264, Studio

REPOSITORY = Path(__file__).resolve().parents[2]


def test_streams_are_described(plain_mp4: Path) -> None:
    info = probe(plain_mp4)
    assert info.video is not None
    assert (info.video.codec, info.video.width, info.video.height) == ("h264", 160, 96)
    assert info.video.frame_rate == 25
    assert info.video.sar == 1
    assert not info.video.is_interlaced
    assert not info.video.is_vfr
    assert info.audio == AudioStream(1, "aac", 48000, 1, 2)
    assert info.size_bytes == plain_mp4.stat().st_size
    assert not info.is_transport_stream


def test_a_transport_stream_declares_no_length(plain_ts: Path) -> None:
    info = probe(plain_ts)
    assert info.is_transport_stream
    assert info.declared is None
    assert info.video is not None
    assert info.video.id == 256


def test_interlaced_picture_is_told(studio: Studio) -> None:
    path = studio.encode("interlaced.ts", [*MPEG2, "-flags", "+ilme+ildct", "-vf", "setfield=tff"])
    video = probe(path).video
    assert video is not None
    assert video.is_interlaced


def test_wide_pixels_and_colours_are_told(studio: Studio) -> None:
    tags = "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
    path = studio.encode("hdr.mp4", [*X264, "-vf", f"setsar=64/45,{tags}"])
    video = probe(path).video
    assert video is not None
    assert video.sar == Fraction(64, 45)
    assert video.shown_size == (228, 96)
    assert (video.primaries, video.transfer, video.matrix) == ("bt2020", "smpte2084", "bt2020nc")
    assert video.is_hdr


def test_uneven_pictures_are_told(studio: Studio) -> None:
    uneven = ["-vf", "select='not(eq(mod(n,7),3)+eq(mod(n,5),2))'", "-fps_mode", "vfr"]
    video = probe(studio.encode("uneven.mp4", [*X264, *uneven])).video
    assert video is not None
    assert video.is_vfr


def test_cover_art_is_no_video(studio: Studio, plain_mp4: Path, tmp_path: Path) -> None:
    cover, song = tmp_path / "cover.png", tmp_path / "song.m4a"
    run_ffmpeg(["-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1", str(cover)], reads=(), writes=[cover])
    args = ["-i", str(plain_mp4), "-f", "png_pipe", "-i", str(cover), "-map", "0:a", "-map", "1", "-c", "copy"]
    args += ["-disposition:v:0", "attached_pic", "-f", "mp4", str(song)]
    run_ffmpeg(args, reads=[plain_mp4, cover], writes=[song])
    info = probe(song)
    assert info.video is None
    assert info.audio is not None


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotMedia),
        (b"The Prime Minister said that\n" * 50, (NotMedia, MediaRefused)),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41", NotMedia),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), (NotMedia, MediaRefused)),
        (bytes(10_000), NotMedia),
        (b"#EXTM3U\n#EXTINF:5,\n/etc/passwd\n", MediaRefused),
    ],
    ids=["empty", "text", "only a head", "png", "zeros", "playlist"],
)
def test_what_is_no_film_is_said_in_one_line(
    content: bytes, error: type[Exception] | tuple[type[Exception], ...], tmp_path: Path
) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        probe(path)
    assert caught.value.exit_code == 2  # type: ignore[attr-defined]
    assert "\n" not in str(caught.value)
    assert "video.mp4" in str(caught.value)


def test_nothing_there_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        probe(tmp_path / "gone.mp4")
    with pytest.raises(NotMedia, match="folder"):
        probe(tmp_path)


@pytest.mark.parametrize(
    ("given", "meant"),
    [(Fraction(2997, 100), Fraction(30000, 1001)), (Fraction(25), Fraction(25)), (Fraction(22), Fraction(22))],
)
def test_a_rate_near_a_broadcast_rate_is_that_rate(given: Fraction, meant: Fraction) -> None:
    assert nearest_rate(given) == meant


def test_importing_the_room_loads_neither_pyav_nor_numpy() -> None:
    seen = "import archive.media, sys; print(sorted({'av', 'numpy', 'imageio_ffmpeg'} & set(sys.modules)))"
    command = [sys.executable, "-c", seen]
    shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_public_names_are_all_there() -> None:
    assert all(hasattr(archive.media, name) for name in archive.media.__all__)
    assert archive.media.__all__ == sorted(archive.media.__all__)
