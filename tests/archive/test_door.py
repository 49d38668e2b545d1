"""The one door to ffmpeg: what goes through, what does not, and what happens to a child that goes wrong."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from fractions import Fraction
from pathlib import Path

import pytest

from archive.errors import (
    FfmpegFailed,
    FfmpegStalled,
    LimitExceeded,
    MediaError,
    MediaRefused,
    NotMedia,
    SettingsWrong,
    SourceMissing,
)
from archive.media import (
    Limits,
    Progress,
    ffmpeg_binary,
    ffmpeg_version,
    probe,
    run_ffmpeg,
    sandbox,
    sandbox_state,
)
from archive.media.failures import SIGNS, failure_of
from archive.media.sandbox import SandboxState, wrapped

REPOSITORY = Path(__file__).resolve().parents[2]
ENDLESS = ["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25", "-f", "null", "-"]
NO_SANDBOX = SandboxState(False, "switched off by the test", dies_with_parent=True, is_limited=True)
BARE = SandboxState(False, "as on macOS")

needs_bubblewrap = pytest.mark.skipif(not sandbox_state().available, reason="no bubblewrap on this machine")


@pytest.fixture(params=["sandbox", "setpriv", "bare"])
def walls(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every way in which a machine may run ffmpeg."""
    if request.param != "sandbox":
        state = NO_SANDBOX if request.param == "setpriv" else BARE
        monkeypatch.setattr(sandbox, "sandbox_state", lambda: state)
    return str(request.param)


# --- what comes back ---------------------------------------------------------------------------------


def test_a_run_reports_progress_and_what_it_cost(walls: str, tmp_path: Path) -> None:
    out, heard, lines = tmp_path / "out.mp4", list[Progress](), list[str]()
    source = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=4"]
    run = run_ffmpeg(
        [*source, "-c:v", "mpeg4", str(out)],
        reads=(),
        writes=[tmp_path],
        on_progress=heard.append,
        on_line=lines.append,
    )
    assert out.stat().st_size > 0
    assert heard[-1].frame == 100
    assert abs(heard[-1].out_time - 4) <= Fraction(1, 10)
    assert [p.frame for p in heard] == sorted(p.frame for p in heard)
    assert any("Output #0" in line for line in lines)
    assert "Output #0" in run.stderr
    assert run.cpu_s > 0.01
    assert run.elapsed_s > 0
    assert run.peak_bytes > 10_000_000


def test_bytes_on_stdout_reach_the_caller_whole() -> None:
    out = bytearray()
    source = ["-f", "lavfi", "-i", "color=white:size=64x64:rate=25:duration=2"]
    args = [*source, "-pix_fmt", "gray", "-f", "rawvideo", "-"]
    run_ffmpeg(args, reads=(), writes=(), stdout=out.extend)
    assert len(out) == 50 * 64 * 64


def test_a_flood_on_stderr_does_not_block() -> None:
    lines = list[str]()
    source = ["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25:duration=80", "-vf", "showinfo"]
    run = run_ffmpeg([*source, "-f", "null", "-"], reads=(), writes=(), on_line=lines.append)
    assert len(lines) > 2000
    assert 100_000 < len(run.stderr) <= 512 * 1024


def test_an_output_file_can_be_named_alone(walls: str, tmp_path: Path) -> None:
    out = tmp_path / "only.wav"
    run_ffmpeg(["-f", "lavfi", "-i", "sine=duration=1", str(out)], reads=(), writes=[out])
    assert probe(out).declared == 1


def test_nothing_is_left_of_an_output_that_failed(tmp_path: Path) -> None:
    out, source = tmp_path / "out.mp4", tmp_path / "in.mp4"
    source.write_bytes(b"not a film at all, only words " * 20)
    with pytest.raises(MediaError):
        run_ffmpeg(["-i", str(source), str(out)], reads=[source], writes=[out])
    assert not out.exists()


def test_a_failure_keeps_the_reason(plain_mp4: Path) -> None:
    with pytest.raises(FfmpegFailed) as caught:
        run_ffmpeg(["-i", str(plain_mp4), "-map", "0:9", "-f", "null", "-"], reads=[plain_mp4], writes=())
    assert caught.value.returncode != 0
    assert "matches no streams" in caught.value.stderr_tail
    assert "\n" not in caught.value.what


def test_what_a_callback_raises_ends_ffmpeg() -> None:
    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_ffmpeg(ENDLESS, reads=(), writes=(), on_progress=stop)
    assert time.monotonic() - began < 60  # it would never end by itself


@pytest.mark.parametrize(("sign", "error"), [(sign, error) for sign, error, _, _ in SIGNS])
def test_every_sign_of_failure_has_its_error(sign: str, error: type[Exception]) -> None:
    found = failure_of(1, f"[out#0] something: {sign.capitalize()}\nConversion failed!")
    assert type(found) is error
    assert found.mend


def test_a_signal_is_named() -> None:
    assert "signal 11" in failure_of(-11, "").what
    assert "signal 9" in failure_of(128 + 9, "").what
    assert type(failure_of(128 + signal.SIGXCPU, "")) is LimitExceeded


# --- what must not get through -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        ["-i", "{secret}", "-f", "null", "-"],
        ["-i", "file:{secret}", "-f", "null", "-"],
        ["-i", "concat:{named}|{secret}", "-f", "null", "-"],
        ["-i", "subfile,,start,0,end,9,,:{secret}", "-f", "null", "-"],
        ["-i", "http://127.0.0.1:9/x.mp4", "-f", "null", "-"],
        ["-f", "concat", "-i", "{named}", "-f", "null", "-"],
        ["-f", "hls", "-i", "{named}", "-f", "null", "-"],
        ["-f", "lavfi", "-i", "movie={secret}", "-f", "null", "-"],
        ["-i", "{named}", "-vf", "movie={secret}[x];[in][x]overlay", "-f", "null", "-"],
        ["-i", "{named}", "-filter_complex", "amovie={secret}", "-f", "null", "-"],
        ["-i", "{named}", "-vf", "sendcmd=f={secret}", "-f", "null", "-"],
        ["-protocol_whitelist", "file,http", "-i", "{named}", "-f", "null", "-"],
        ["-format_whitelist", "ALL", "-i", "{named}", "-f", "null", "-"],
        ["-max_pixels", "999999999", "-i", "{named}", "-f", "null", "-"],
        ["-enable_drefs", "1", "-i", "{named}", "-f", "null", "-"],
        ["-dump_attachment:t", "/tmp/x", "-i", "{named}", "-f", "null", "-"],
        ["-i", "{named}", "-attach", "{secret}", "{out}/x.mkv"],
        ["-i", "{named}", "-/filter_complex", "{secret}", "{out}/x.mkv"],
        ["-i", "{named}", "{folder}/elsewhere.mp4"],
        ["-i", "{named}", "{out}/../elsewhere.mp4"],
        ["-i", "{named}", "http://127.0.0.1:9/x.mp4"],
        ["-i", "{named}", "-f", "tee", "{out}/a.mp4|{folder}/b.mp4"],
        ["-i", "{named}", "-f", "hls", "{out}/a.m3u8"],
        ["-i", "{named}", "-f", "mpegts", "-"],
        ["-i", "{named}"],
    ],
    ids=lambda args: " ".join(args)[:60],
)
def test_what_was_not_named_is_refused_before_ffmpeg_starts(
    args: list[str], tmp_path: Path, plain_mp4: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("ffmpeg was started"))
    secret, out = tmp_path / "secret.mp4", tmp_path / "out"
    secret.write_bytes(b"x")
    out.mkdir()
    names = {"secret": secret, "named": plain_mp4, "out": out, "folder": tmp_path}
    with pytest.raises(MediaRefused) as caught:
        run_ffmpeg([word.format(**names) for word in args], reads=[plain_mp4], writes=[out])
    assert caught.value.exit_code == 2


def _playlists(secret: Path) -> dict[str, str]:
    """Texts that make an unguarded ffmpeg read `secret` or reach out, whatever the file is called."""
    hls = f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5.0,\nfile://{secret}\n#EXT-X-ENDLIST\n"
    dash = (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT5S" minBufferTime="PT1S" profiles="urn:mpeg:dash:profile:isoff-main:2011">'
        '<Period><AdaptationSet mimeType="video/mp2t"><Representation id="1" bandwidth="1">'
        f"<BaseURL>file://{secret}</BaseURL><SegmentBase/></Representation></AdaptationSet></Period></MPD>"
    )
    return {
        "hls": hls,
        "hls after a mark": "\ufeff" + hls,
        "hls with a key": hls.replace("#EXTINF", '#EXT-X-KEY:METHOD=AES-128,URI="http://127.0.0.1:9/k"\n#EXTINF'),
        "hls over http": hls.replace(f"file://{secret}", "http://127.0.0.1:9/x.ts"),
        "hls of hls": f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{secret}.m3u8\n",
        "dash": dash,
        "concat": f"ffconcat version 1.0\nfile '{secret}'\n",
        "bare concat": f"file '{secret}'\n",
        "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n",
        "concat protocol": f"concat:{secret}|{secret}",
        "subtitles": f"1\n00:00:00,000 --> 00:00:05,000\n{secret}\n",
        "asf reference": f"[Reference]\nRef1=file://{secret}\n",
    }


@pytest.mark.parametrize("kind", list(_playlists(Path("/x"))))
@pytest.mark.parametrize("suffix", [".mp4", ".ts", ".mkv"])
def test_a_text_in_the_clothes_of_a_film_is_not_opened(kind: str, suffix: str, tmp_path: Path, plain_ts: Path) -> None:
    disguised = tmp_path / f"video{suffix}"
    disguised.write_text(_playlists(plain_ts)[kind], encoding="utf-8")
    with pytest.raises((MediaRefused, NotMedia)) as caught:
        probe(disguised)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", list(_playlists(Path("/x"))))
def test_a_disguised_text_yields_no_picture_even_without_a_sandbox(
    kind: str, tmp_path: Path, plain_ts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "sandbox_state", lambda: BARE)
    disguised = tmp_path / "video.mp4"
    disguised.write_text(_playlists(plain_ts)[kind], encoding="utf-8")
    out = bytearray()
    with pytest.raises(MediaError):
        run_ffmpeg(
            ["-i", str(disguised), "-f", "rawvideo", "-"],
            reads=[disguised, plain_ts],
            writes=(),
            stdout=out.extend,
        )
    assert not out


@pytest.mark.parametrize("name", ["concat:a|b.mp4", "http:__x.mp4", "-i.mp4", "a%03d.mp4", "ä ö'\"[x];.mp4"])
def test_a_strange_file_name_is_only_a_name(name: str, tmp_path: Path, plain_mp4: Path) -> None:
    strange = tmp_path / name
    strange.write_bytes(plain_mp4.read_bytes())
    assert probe(strange).video is not None
    run_ffmpeg(["-i", str(strange), "-frames:v", "1", "-f", "null", "-"], reads=[strange], writes=())


def test_a_picture_bomb_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.mp4"
    source = ["-f", "lavfi", "-i", "color=black:size=8192x8192:rate=1:duration=1"]
    run_ffmpeg([*source, "-c:v", "mjpeg", "-q:v", "31", str(bomb)], reads=(), writes=[bomb])
    with pytest.raises(MediaRefused, match="pixels"):
        probe(bomb)
    with pytest.raises(LimitExceeded):
        run_ffmpeg(["-i", str(bomb), "-f", "null", "-"], reads=[bomb], writes=())


# --- the sandbox -------------------------------------------------------------------------------------


def _bare_command(*args: str, reads: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
    """ffmpeg inside the walls, without the guard: what the walls alone keep out."""
    command = [str(ffmpeg_binary()), "-hide_banner", "-nostdin", *args]
    inside = wrapped(command, reads, (), memory=8 << 30, cpu_s=60)
    return subprocess.run(inside, capture_output=True, text=True, check=False, timeout=60)


@needs_bubblewrap
def test_inside_only_named_files_are_there(plain_mp4: Path, plain_ts: Path) -> None:
    seen = _bare_command("-i", str(plain_mp4), "-t", "0.1", "-f", "null", "-", reads=(plain_mp4,))
    unseen = _bare_command("-i", str(plain_ts), "-t", "0.1", "-f", "null", "-", reads=(plain_mp4,))
    assert seen.returncode == 0
    assert "No such file" in unseen.stderr


@needs_bubblewrap
def test_inside_named_inputs_cannot_be_written(tmp_path: Path) -> None:
    held = tmp_path / "held.wav"
    held.write_bytes(b"original")
    tried = _bare_command("-y", "-f", "lavfi", "-i", "sine=duration=1", str(held), reads=(held,))
    assert tried.returncode != 0
    assert held.read_bytes() == b"original"


@needs_bubblewrap
def test_inside_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        tried = _bare_command("-i", f"http://127.0.0.1:{server.getsockname()[1]}/x.mp4", "-f", "null", "-")
        assert tried.returncode != 0
        with pytest.raises(TimeoutError):
            server.accept()


def test_the_state_of_the_sandbox_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox_state.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    state, command = sandbox_state(), wrapped(["ffmpeg"], (), (), memory=1, cpu_s=1)
    sandbox_state.cache_clear()
    assert not state.available
    assert "not installed" in state.detail
    assert command == ["ffmpeg"]


# --- limits ------------------------------------------------------------------------------------------


def test_a_stalled_ffmpeg_is_ended(walls: str, tmp_path: Path) -> None:
    pipe = tmp_path / "nobody_writes.ts"
    os.mkfifo(pipe)
    with pytest.raises(FfmpegStalled) as caught:
        run_ffmpeg(
            ["-f", "mpegts", "-i", str(pipe), "-f", "null", "-"],
            reads=[pipe],
            writes=(),
            limits=Limits(stall_s=1),
        )
    assert caught.value.is_transient


def test_wall_time_is_limited() -> None:
    with pytest.raises(LimitExceeded, match="longer than"):
        run_ffmpeg(ENDLESS, reads=(), writes=(), limits=Limits(wall_s=0.5))


@pytest.mark.skipif(not sandbox_state().is_limited, reason="no prlimit on this machine")
def test_processor_time_is_limited() -> None:
    with pytest.raises(LimitExceeded, match="processor time"):
        run_ffmpeg(ENDLESS, reads=(), writes=(), limits=Limits(cpu_s=1, wall_s=60))


@pytest.mark.skipif(not sandbox_state().is_limited, reason="no prlimit on this machine")
def test_memory_is_limited() -> None:
    source = ["-f", "lavfi", "-i", "testsrc2=size=2048x2048:rate=25:duration=20"]
    with pytest.raises(LimitExceeded, match="memory"):
        run_ffmpeg(
            [*source, "-vf", "reverse", "-f", "null", "-"],
            reads=(),
            writes=(),
            limits=Limits(memory_bytes=900 << 20, wall_s=60),
        )


def test_a_missing_input_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone.mp4"
    with pytest.raises(SourceMissing):
        run_ffmpeg(["-i", str(gone), "-f", "null", "-"], reads=[gone], writes=())


# --- living and dying --------------------------------------------------------------------------------

_PARENT = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from archive.media import run_ffmpeg, sandbox
    from archive.media.sandbox import SandboxState
    if sys.argv[2] == "setpriv":
        sandbox.sandbox_state = lambda: SandboxState(False, "off", dies_with_parent=True)
    out = Path(sys.argv[1])
    source = ["-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25"]
    run_ffmpeg([*source, "-c:v", "mpeg4", str(out)], reads=(), writes=[out.parent],
               on_progress=lambda _: print("going", flush=True))
    """
)


def _running_with(word: str) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().split(b"\0")
        except OSError:
            continue
        if Path(words[0].decode()).name.startswith("ffmpeg") and any(word.encode() in w for w in words):
            found.append(int(place.parent.name))
    return found


@pytest.mark.skipif(not sandbox_state().dies_with_parent, reason="nothing here ends a child with its parent")
@pytest.mark.parametrize("walls_kind", ["sandbox", "setpriv"])
def test_ffmpeg_dies_with_a_parent_that_is_killed(walls_kind: str, tmp_path: Path) -> None:
    out = tmp_path / f"orphan_{walls_kind}.mkv"
    command = [sys.executable, "-c", _PARENT, str(out), walls_kind]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"going\n"
        assert _running_with(out.name)
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 10
    while _running_with(out.name) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _running_with(out.name)


# --- which ffmpeg ------------------------------------------------------------------------------------


def test_the_bundled_ffmpeg_runs_and_has_a_version() -> None:
    assert ffmpeg_binary().is_absolute()
    assert ffmpeg_version() not in ("", "unknown")


def test_another_ffmpeg_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "ffmpeg"
    other.symlink_to(ffmpeg_binary())
    monkeypatch.setenv("SOUNDBITE_FFMPEG", str(other))
    assert ffmpeg_binary() == other


def test_naming_no_program_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOUNDBITE_FFMPEG", str(tmp_path / "none"))
    with pytest.raises(SettingsWrong, match="SOUNDBITE_FFMPEG"):
        ffmpeg_binary()
