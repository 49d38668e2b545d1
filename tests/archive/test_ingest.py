"""Recordings taken in from files, folders, object storage and the web: once, whole, honestly described."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest

from archive.catalogue import Catalogue, audit, recordings
from archive.errors import DiskFull, SettingsWrong, SourceMissing
from archive.ingest import Ingested, ingest
from archive.media import ffmpeg_binary
from archive.store import Store, content_hash
from archive.timeline import Timeline
from tests.archive.kills import in_child, open_to_all

SRT = "1\n00:00:00,000 --> 00:00:01,000\nGood evening.\n"


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of 160×90 test picture and tone at 25 fps: news.mp4, news.ts, and silent.mp4 (no sound)."""
    folder = tmp_path_factory.mktemp("media")
    picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=2"]
    sound = ["-f", "lavfi", "-i", "sine=440:d=2", "-c:a", "aac"]
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    for name, inputs in (
        ("news.mp4", picture + sound),
        ("news.ts", picture + sound),
        ("silent.mp4", picture),
    ):
        command = [str(ffmpeg_binary()), "-v", "error", "-y", *inputs, *video, "-g", "25", str(folder / name)]
        subprocess.run(command, check=True)
    return folder


class Desk:
    """A home with its store and catalogue, and a folder to take in from."""

    def __init__(self, root: Path) -> None:
        self.home = root / "home"
        self.tv = root / "tv"
        self.tv.mkdir()
        self.catalogue = Catalogue.open(self.home / "catalogue.db", reserve_bytes=1)
        self.store = Store(self.home)

    def take(self, source: str | Path, **said: object) -> list[Ingested]:
        return ingest(str(source), self.catalogue, self.store, actor="anna", **said)  # type: ignore[arg-type]

    def one(self, source: str | Path, **said: object) -> Ingested:
        (only,) = self.take(source, **said)
        return only

    def held(self) -> tuple[recordings.Recording, ...]:
        with self.catalogue.read() as tx:
            assert audit.verify_chain(tx) is None
            return recordings.all(tx)

    def acts(self) -> list[str]:
        with self.catalogue.read() as tx:
            return [act.act for act in audit.acts(tx)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.catalogue.close()


def put(desk: Desk, media: Path, name: str, source: str = "news.mp4") -> Path:
    path = desk.tv / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(media / source, path)
    return path


def test_a_file_is_taken_in_with_channel_programme_and_air_time(desk: Desk, media: Path) -> None:
    path = put(desk, media, "Meridian News - The Lobby - 2026-07-20 22-00.mp4")
    one = desk.one(path)
    assert (one.status, one.channel, one.programme) == ("new", "Meridian News", "The Lobby")
    assert one.aired_at == datetime(2026, 7, 20, 21, 0, tzinfo=UTC)
    assert one.duration_s == pytest.approx(2, abs=0.1)
    assert one.decoded_s == pytest.approx(2, abs=0.1)
    assert (one.damage, one.epochs) == ((), 1)
    (held,) = desk.held()
    assert (held.width, held.height, held.has_sound, held.captions) == (160, 90, True, ())
    assert desk.store.get(held.key).read_bytes() == path.read_bytes()
    assert content_hash(desk.store.get(held.key)) == held.sha256
    timeline = Timeline.from_json(desk.store.get(held.timeline_key).read_text())
    assert timeline.duration == held.duration
    assert timeline.wall_at(timeline.epochs[0].start) == one.aired_at
    assert desk.acts() == ["recording.add"]


def test_the_original_is_a_copy_that_a_later_edit_of_the_source_does_not_reach(desk: Desk, media: Path) -> None:
    path = put(desk, media, "news.mp4")
    desk.one(path)
    (held,) = desk.held()
    path.write_bytes(b"edited")
    assert desk.store.get(held.key).read_bytes() == (media / "news.mp4").read_bytes()
    assert content_hash(desk.store.get(held.key)) == held.sha256


def test_the_same_bytes_twice_are_one_recording(desk: Desk, media: Path) -> None:
    first = desk.one(put(desk, media, "one.mp4"))
    again = desk.one(put(desk, media, "another name.mp4"))
    assert (again.status, again.recording, again.reason) == ("known", first.recording, "")
    assert len(desk.held()) == 1
    assert desk.acts() == ["recording.add"]


def test_captions_beside_the_file_come_along_with_their_language(desk: Desk, media: Path) -> None:
    path = put(desk, media, "news.mp4")
    for name in ("news.srt", "news.en-GB.vtt", "other.srt", "news two.srt"):
        (desk.tv / name).write_text(SRT + name)
    one = desk.one(path)
    assert one.captions == ("news.en-GB.vtt", "news.srt")
    (held,) = desk.held()
    assert [(c.format, c.language) for c in held.captions] == [("webvtt", "en-GB"), ("srt", "")]
    assert desk.store.get(held.captions[1].key).read_text() == SRT + "news.srt"


def test_a_new_caption_file_is_added_to_a_known_recording(desk: Desk, media: Path) -> None:
    path = put(desk, media, "news.mp4")
    desk.one(path)
    (desk.tv / "news.srt").write_text(SRT)
    again = desk.one(path)
    assert (again.status, again.reason, again.captions) == ("known", "new captions: news.srt", ("news.srt",))
    assert desk.one(path).reason == ""
    assert desk.acts() == ["recording.add", "recording.add_caption"]


def test_a_sidecar_wins_over_the_name_and_an_argument_over_both(desk: Desk, media: Path) -> None:
    path = put(desk, media, "BBC Two - Newsnight - 2026-11-20 22-30.mp4")
    (desk.tv / f"{path.stem}.soundbite.yaml").write_text("programme: Special\naired_at: 2026-11-20 22:31\n")
    one = desk.one(path, channel="BBC Three")
    assert (one.channel, one.programme) == ("BBC Three", "Special")
    assert one.aired_at == datetime(2026, 11, 20, 22, 31, tzinfo=UTC)


def test_what_is_said_later_corrects_a_known_recording_and_its_timeline(desk: Desk, media: Path) -> None:
    path = put(desk, media, "news.mp4")
    desk.one(path)
    when = datetime(2026, 11, 20, 22, 30)
    again = desk.one(path, aired_at=when, channel="BBC Two")
    assert (again.status, again.reason) == ("known", "channel, programme or air time corrected")
    (held,) = desk.held()
    assert (held.aired_at, held.channel) == (when.replace(tzinfo=UTC), "BBC Two")
    timeline = Timeline.from_json(desk.store.get(held.timeline_key).read_text())
    assert timeline.wall_at(timeline.epochs[0].start) == held.aired_at


def test_another_name_does_not_change_what_is_known(desk: Desk, media: Path) -> None:
    desk.one(put(desk, media, "BBC Two - Newsnight - 2026-11-20 22-30.mp4"))
    again = desk.one(put(desk, media, "Sky News - Tonight - 2020-01-01 10-00.mp4"))
    assert (again.channel, again.programme, again.reason) == ("BBC Two", "Newsnight", "")


def test_an_ambiguous_local_time_is_said(desk: Desk, media: Path) -> None:
    one = desk.one(put(desk, media, "BBC News - Late - 2026-10-25 01-30.mp4"))
    assert one.aired_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert any("happened twice" in note for note in one.notes)


def test_a_lost_timeline_is_made_again(desk: Desk, media: Path) -> None:
    path = put(desk, media, "news.ts", "news.ts")
    desk.one(path)
    (held,) = desk.held()
    before = desk.store.get(held.timeline_key).read_text()
    desk.store.delete(held.timeline_key)
    assert desk.one(path).status == "known"
    assert desk.store.get(held.timeline_key).read_text() == before


def test_a_folder_is_taken_in_to_its_depth_and_the_rest_goes_on(desk: Desk, media: Path) -> None:
    put(desk, media, "a/news.mp4")
    put(desk, media, "b/c/silent.mp4", "silent.mp4")
    (desk.tv / "b" / "text.mp4").write_text("this is no film, only its name is")
    (desk.tv / "b" / "empty.ts").write_bytes(b"")
    (desk.tv / "b" / "notes.txt").write_text("not asked for")
    (desk.tv / "b" / "gone.mkv").symlink_to(desk.tv / "nowhere.mkv")
    put(desk, media, ".hidden/news.mp4")
    found = {Path(one.path).name: one for one in desk.take(desk.tv)}
    assert {name: one.status for name, one in found.items()} == {
        "news.mp4": "new",
        "silent.mp4": "new",
        "text.mp4": "refused",
        "empty.ts": "refused",
        "gone.mkv": "refused",
    }
    assert found["empty.ts"].reason == "empty.ts is empty"
    assert "There is no file" in found["gone.mkv"].reason
    assert all("\n" not in one.reason for one in found.values())
    assert all(one.reason for one in found.values() if one.status == "refused")
    assert not {held.has_sound for held in desk.held()} ^ {True, False}
    assert len(desk.store.listing("originals")) == 2


def test_a_second_sweep_of_a_folder_changes_nothing(desk: Desk, media: Path) -> None:
    put(desk, media, "a/news.mp4")
    put(desk, media, "b/silent.mp4", "silent.mp4")
    desk.take(desk.tv)
    before = (desk.held(), desk.acts(), desk.store.listing())
    assert [one.status for one in desk.take(desk.tv)] == ["known", "known"]
    assert (desk.held(), desk.acts(), desk.store.listing()) == before


def test_our_own_home_inside_the_folder_is_left_out(tmp_path: Path, media: Path) -> None:
    desk = Desk(tmp_path)
    put(desk, media, "news.mp4")
    desk.take(tmp_path)
    assert [Path(one.path).parent.name for one in desk.take(tmp_path)] == ["tv"]


DISGUISED = {
    "hls.mp4": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{secret}\n#EXT-X-ENDLIST\n",
    "dash.mp4": "<?xml version='1.0'?><MPD><BaseURL>{secret}</BaseURL></MPD>",
    "concat.ts": "ffconcat version 1.0\nfile '{secret}'\n",
}


@pytest.mark.parametrize("name", DISGUISED)
def test_a_playlist_in_disguise_is_refused_and_reads_nothing_else(desk: Desk, media: Path, name: str) -> None:
    path = desk.tv / name
    path.write_text(DISGUISED[name].format(secret=media / "news.mp4"))
    one = desk.one(path)
    assert (one.status, one.recording) == ("refused", None)
    assert one.reason
    assert desk.held() == ()
    assert desk.store.listing("originals") == []


def test_a_truncated_file_is_taken_in_and_its_damage_recorded(desk: Desk, media: Path) -> None:
    path = desk.tv / "cut.mp4"
    command = [str(ffmpeg_binary()), "-v", "error", "-i", str(media / "news.mp4"), "-c", "copy"]
    subprocess.run([*command, "-movflags", "+faststart", str(path)], check=True)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 6 // 10])
    one = desk.one(path)
    assert one.status == "new"
    assert one.damage
    assert one.decoded_s is not None
    assert 0 < one.decoded_s < 1.9
    assert desk.held()[0].damage == one.damage


def test_nothing_there_and_nothing_in_it_are_said(desk: Desk) -> None:
    with pytest.raises(SourceMissing, match="There is nothing at"):
        desk.take(desk.tv / "nowhere.mp4")
    with pytest.raises(SourceMissing, match="There is no recording in"):
        desk.take(desk.tv)
    with pytest.raises(SourceMissing, match="is no kind of address"):
        desk.take("gopher://old.example/news.mp4")


ODD_SOURCES = (
    "n" * 300 + ".mp4",
    "~nobody-here/x.mp4",
    "http://[bad/x",
    "https://tv.invalid:x/" + "x" * 5000,
    "gopher://" + "x" * 5000,
    "file://[bad/x.mp4",
    "file:///" + "n" * 300,
    "nul\0.mp4",
    "s3://key:secret@bucket/news",
)


@pytest.mark.parametrize("source", ODD_SOURCES)
def test_an_odd_source_is_refused_in_one_line(desk: Desk, source: str) -> None:
    with pytest.raises(SourceMissing) as caught:
        desk.take(source)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_an_impossible_air_time_is_refused_before_anything_is_read(desk: Desk, media: Path) -> None:
    with pytest.raises(SettingsWrong, match="1 is no year of a broadcast"):
        desk.take(put(desk, media, "news.mp4"), aired_at=datetime.min)
    assert desk.held() == ()


def test_a_wrong_zone_is_refused_before_anything_is_read(desk: Desk, media: Path) -> None:
    with pytest.raises(SettingsWrong, match="is no time zone"):
        desk.take(put(desk, media, "news.mp4"), zone="Mars/Olympus")
    assert desk.held() == ()


def test_a_wrong_sidecar_refuses_its_recording_with_the_line(desk: Desk, media: Path) -> None:
    path = put(desk, media, "news.mp4")
    (desk.tv / "news.soundbite.yaml").write_text("channel: x\nchanel: y\n")
    one = desk.one(path)
    assert one.status == "refused"
    assert one.reason.startswith("news.soundbite.yaml: unknown key 'chanel'. Known are channel")


def test_a_file_url_with_odd_letters_is_read(desk: Desk, media: Path) -> None:
    path = put(desk, media, "a b#1 é%.mp4")
    assert desk.one(path.as_uri()).name == "a b#1 é%.mp4"
    assert desk.one(path).status == "known"


def test_object_storage_is_read_with_what_lies_beside(desk: Desk, media: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/tv/2026/BBC Two - Newsnight - 2026-11-20 22-30.mp4", (media / "news.mp4").read_bytes())
    memory.pipe_file("/tv/2026/BBC Two - Newsnight - 2026-11-20 22-30.srt", SRT.encode())
    memory.pipe_file("/tv/2026/notes.txt", b"x")
    one = desk.one("memory://tv")
    assert (one.status, one.programme, len(one.captions)) == ("new", "Newsnight", 1)
    assert desk.one(f"memory://tv/2026/{one.name}").status == "known"
    with pytest.raises(SourceMissing):
        desk.take("memory://nowhere")
    memory.rm("/tv", recursive=True)


def test_a_file_from_the_web_is_taken_in_if_its_content_is_media(desk: Desk, media: Path) -> None:
    (media / "fake.mp4").write_text("no film")
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *args: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(media)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        assert desk.one(f"{address}/news.mp4").reason.startswith("127.0.0.1 is the private address")
        one = desk.one(f"{address}/news.mp4?token=secret", allow_private=True)
        assert (one.status, one.path) == ("new", f"{address}/news.mp4")
        assert "secret" not in desk.held()[0].source
        assert desk.one(f"{address}/fake.mp4", allow_private=True).status == "refused"
    finally:
        server.shutdown()
        server.server_close()
    assert not any(desk.store.work.iterdir())


def test_a_file_that_is_still_growing_waits(desk: Desk, media: Path) -> None:
    path = put(desk, media, "live.ts", "news.ts")

    def grow(name: str, step: str, share: float | None) -> None:
        if step == "copying":
            with path.open("ab") as file:
                file.write(b"more")

    one = desk.one(path, on_step=grow)
    assert (one.status, one.reason.partition(".ts")[2]) == (
        "refused",
        " is still being written. Take it in again when it is finished.",
    )
    assert desk.held() == ()


def test_progress_is_told_for_copying_and_reading(desk: Desk, media: Path) -> None:
    heard: list[tuple[str, str, float | None]] = []
    desk.one(put(desk, media, "news.mp4"), on_step=lambda *step: heard.append(step))
    assert ("news.mp4", "copying", 1.0) in heard


def test_a_full_disk_stops_with_one_line_and_the_next_run_goes_on(
    desk: Desk, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(desk, media, "news.mp4")
    usage = shutil.disk_usage(desk.home)._replace(free=10)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda where: usage)
        with pytest.raises(DiskFull, match=r"news\.mp4 needs .* MB and only 0 MB are free") as caught:
            desk.take(path)
        assert "\n" not in str(caught.value)
    assert (desk.held(), desk.store.listing("originals")) == ((), [])
    assert desk.one(path).status == "new"


def test_what_was_taken_in_before_the_disk_was_full_is_told_and_the_rest_is_refused(
    desk: Desk, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, media, "a.mp4")
    put(desk, media, "b.mp4", "silent.mp4")
    put(desk, media, "c.ts", "news.ts")
    told: list[Ingested] = []

    def then_full(one: Ingested) -> None:
        told.append(one)
        monkeypatch.setattr(shutil, "disk_usage", lambda where: usage)

    usage = shutil.disk_usage(desk.home)._replace(free=10)
    first, second, third = desk.take(desk.tv, on_file=then_full)
    assert told == [first, second, third]
    assert [first.recording] == [held.id for held in desk.held()]
    for rest in (second, third):
        assert (rest.status, rest.recording) == ("refused", None)
        assert rest.reason.startswith("the disk is full (b.mp4 needs ")
        assert rest.reason.endswith("). Make room, then run it again.")


def test_a_folder_below_that_cannot_be_read_is_refused_and_the_rest_goes_on(
    desk: Desk, media: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(desk, media, "open.mp4")
    (desk.tv / "lost+found").mkdir(mode=0)
    desk.catalogue.close()

    def work() -> None:
        os.chown(desk.tv / "lost+found", 0, 0)
        for path in (desk.home, *desk.home.rglob("*")):
            os.chown(path, 65534, 65534)
        os.setuid(65534)
        locked, taken = desk.take(desk.tv)
        assert taken.status == "new", taken
        assert (locked.status, locked.path, locked.name) == ("refused", str(desk.tv / "lost+found"), "lost+found")
        assert "lost+found may not be read. Give yourself" in locked.reason
        assert "ingest.unread" in caplog.text
        for nothing in (desk.tv / "lost+found", desk.tv / "lost+found" / "x.mp4"):
            with pytest.raises(SourceMissing, match="may not be read"):
                desk.take(nothing)

    if os.getuid() != 0:
        pytest.skip("needs root to become somebody else")
    open_to_all(desk.home)
    assert in_child(work) == 0


def test_an_unreadable_file_is_refused_and_the_rest_goes_on(desk: Desk, media: Path) -> None:
    put(desk, media, "locked.mp4", "silent.mp4").chmod(0)
    put(desk, media, "open.mp4")
    (desk.tv / "open.srt").write_text(SRT)
    desk.catalogue.close()

    def work() -> None:
        for path in (desk.home, *desk.home.rglob("*")):
            os.chown(path, 65534, 65534)
        os.setuid(65534)
        found = {Path(one.path).name: one for one in desk.take(desk.tv)}
        assert found["open.mp4"].status == "new", found
        assert found["locked.mp4"].status == "refused"
        assert "may not be read" in found["locked.mp4"].reason

    if os.getuid() != 0:
        pytest.skip("needs root to become somebody else")
    open_to_all(desk.home)
    assert in_child(work) == 0


def test_a_kill_at_any_step_leaves_nothing_half_made_and_the_next_run_goes_on(desk: Desk, media: Path) -> None:
    path = put(desk, media, "news.mp4")
    (desk.tv / "news.srt").write_text(SRT)
    desk.catalogue.close()
    statuses = []
    for kill_at in [*range(1, 40, 3), *range(40, 1000, 30)]:
        status = in_child(lambda: take_quickly(desk, path), kill_at=kill_at)
        statuses.append(status)
        assert_nothing_half_made(desk)
        if not os.WIFSIGNALED(status):
            break
    assert os.WIFSIGNALED(statuses[0])
    assert len(statuses) > 5
    assert statuses[-1] == 0
    desk.store.sweep(min_age_s=0)
    assert not any(desk.store.work.iterdir())
    assert desk.one(path).captions == ("news.srt",)
    assert desk.acts() == ["recording.add"]


def take_quickly(desk: Desk, path: Path) -> None:
    with Catalogue.open(desk.home / "catalogue.db", reserve_bytes=1) as catalogue:
        ingest(str(path), catalogue, Store(desk.home), actor="anna")


def assert_nothing_half_made(desk: Desk) -> None:
    for key in desk.store.listing("originals"):
        assert content_hash(desk.store.get(key)) == Path(key).stem
    for key in desk.store.listing("index"):
        Timeline.from_json(desk.store.get(key).read_text())
    for held in desk.held():
        assert desk.store.exists(held.key)
        assert desk.store.exists(held.timeline_key)
        assert all(desk.store.exists(caption.key) for caption in held.captions)
    desk.catalogue.close()
