"""What goes into the catalogue comes out the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.catalogue import (
    Catalogue,
    audit,
    clip_id,
    clips,
    moment_id,
    moments,
    posts,
    recordings,
    transcripts,
)
from archive.catalogue.ids import canonical_json
from archive.catalogue.posts import Post
from archive.catalogue.recordings import CaptionFile
from archive.catalogue.transcripts import TranscriptRow, WordRow
from archive.errors import CatalogueError, NotInCatalogue, PostTaken
from tests.archive.rows import WHEN, a_clip, a_moment, a_recording, claimed, with_recording

times = st.fractions(min_value=-1000, max_value=10**9)
wall_times = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2100, 1, 1),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(tmp_path / "catalogue.db", reserve_bytes=1) as opened:
        yield opened


def test_a_recording_comes_out_as_it_went_in(catalogue: Catalogue) -> None:
    recording = a_recording()
    with catalogue.write("anna") as tx:
        recordings.add(tx, recording)
    with catalogue.read() as tx:
        assert recordings.get(tx, recording.id) == recording
        assert recordings.find(tx, sha256=recording.sha256) == recording
        assert recordings.all(tx) == (recording,)
        assert recordings.is_size_known(tx, 5_000_000_000)
        assert not recordings.is_size_known(tx, 5)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    duration=times,
    decoded=times,
    aired_at=wall_times,
    text=st.text(st.characters(codec="utf-8"), max_size=30),
)
def test_times_are_exact_and_wall_times_come_back_as_utc(
    catalogue: Catalogue, duration: Fraction, decoded: Fraction, aired_at: datetime, text: str
) -> None:
    recording = a_recording(duration=duration, decoded=decoded, aired_at=aired_at, name=text.replace("\0", ""))
    with catalogue._engine.connect() as connection:
        from archive.catalogue import WriteTx

        tx = WriteTx(connection, WHEN, "anna")
        recordings.add(tx, recording)
        found = recordings.get(tx, recording.id)
        connection.rollback()
    assert found == recording
    assert found.aired_at is not None
    assert found.aired_at.tzinfo is UTC


def test_a_wall_time_without_a_zone_is_refused(catalogue: Catalogue) -> None:
    from sqlalchemy.exc import StatementError

    recording = a_recording(aired_at=datetime(2026, 11, 20))
    with pytest.raises(StatementError, match="without a time zone"), catalogue.write("anna") as tx:
        recordings.add(tx, recording)


def test_a_recording_is_found_by_the_beginning_of_its_id(catalogue: Catalogue) -> None:
    one, two = a_recording("1", id="r_aaaa1"), a_recording("2", id="r_aaab2", captions=())
    with catalogue.write("anna") as tx:
        recordings.add(tx, one)
        recordings.add(tx, two)
        assert recordings.get(tx, "r_aaaa") == one
        assert recordings.get(tx, "aaab") == two
        for several in ("aaa", "r_", "r_aaa"):
            with pytest.raises(NotInCatalogue, match=f"Several recordings begin with {several}"):
                recordings.get(tx, several)
        for nothing in ("", "%", "aaa_1", "zzz"):
            with pytest.raises(NotInCatalogue, match="There is no recording"):
                recordings.get(tx, nothing)


def test_any_beginning_will_do_while_there_is_one_recording(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        with pytest.raises(NotInCatalogue, match="There is no recording r_"):
            recordings.get(tx, "r_")
        only = a_recording()
        recordings.add(tx, only)
        assert recordings.get(tx, "r_") == only


def test_the_same_bytes_cannot_be_added_twice(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        with_recording(tx)
    with pytest.raises(CatalogueError, match="refused a row"), catalogue.write("anna") as tx:
        with_recording(tx)


def test_captions_are_added_once_in_order(catalogue: Catalogue) -> None:
    new = CaptionFile("originals/dd/dd.vtt", "news.vtt", "webvtt")
    with catalogue.write("anna") as tx:
        recording = with_recording(tx)
        assert recordings.add_caption(tx, recording.id, new)
        assert not recordings.add_caption(tx, recording.id, new)
        assert recordings.get(tx, recording.id).captions == (*recording.captions, new)


def test_describing_corrects_what_is_given_and_keeps_the_rest(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        recording = with_recording(tx)
        new = recordings.describe(tx, recording.id, programme="Newsnight", notes=["said by hand"])
        assert (new.programme, new.channel, new.notes) == ("Newsnight", "BBC Two", ("said by hand",))
        before = len(audit.acts(tx))
        assert recordings.describe(tx, recording.id, programme="Newsnight") == new
        assert len(audit.acts(tx)) == before


words = st.builds(
    WordRow,
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12),
    start=times,
    end=times,
    confidence=st.floats(0, 1),
    origin=st.sampled_from(["captions", "whisper"]),
    timed_by=st.sampled_from(["aligned", "cue"]),
    speaker_change=st.booleans(),
    speaker=st.none() | st.just("Anna Field"),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(words, max_size=30))
def test_a_transcript_comes_out_as_it_went_in_and_replaces_the_one_before(
    catalogue: Catalogue, spoken: list[WordRow]
) -> None:
    with catalogue.write("anna") as tx:
        recording = a_recording()
        if recordings.find(tx, sha256=recording.sha256) is None:
            recordings.add(tx, recording)
            assert transcripts.get(tx, recording.id) is None
        transcripts.put(tx, recording.id, TranscriptRow(tuple(spoken), "en-GB", "captions:srt", ("late",)))
        found = transcripts.get(tx, recording.id)
    assert found is not None
    assert found.words == tuple(spoken)
    assert (found.language, found.engine, found.notes) == ("en-GB", "captions:srt", ("late",))
    assert found.made_at is not None
    assert found.made_at.tzinfo is UTC


def test_moments_come_out_highest_score_first_and_are_known_again(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        recording = with_recording(tx).id
        found = [a_moment(recording, Fraction(n), score) for n, score in ((30, 1.0), (10, 2.0), (20, 2.0))]
        moments.put(tx, found)
        assert [m.start for m in moments.of(tx, recording)] == [10, 20, 30]
        before = len(audit.acts(tx))
        moments.put(tx, found)
        assert len(audit.acts(tx)) == before
        moments.put(tx, [a_moment(recording, Fraction(30), 9.0)])
        first = moments.of(tx, recording)[0]
        assert (first.start, first.score, first.rebuttal) == (Fraction(30), 9.0, found[0].rebuttal)
        assert moments.get(tx, first.id) == first
        with pytest.raises(NotInCatalogue):
            moments.get(tx, "m_")


def test_a_clip_comes_out_as_it_went_in(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        recording = with_recording(tx).id
        claim = claimed(tx)
        clip = a_clip("c_1", recording)
        clips.publish(tx, claim, clip)
        found = clips.get(tx, "c_1")
        assert found.token == claim.token
        assert found.renditions == clip.renditions
        assert found.start == Fraction(1, 3)
        clips.set_pack(tx, "c_1", "packs/one")
        assert clips.of(tx, recording)[0].pack_key == "packs/one"
        assert clips.find(tx, "c_2") is None
        with pytest.raises(NotInCatalogue):
            clips.get(tx, "c_2")


def test_a_post_is_noted_once_and_belongs_to_one_clip(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        recording = with_recording(tx).id
        for name in ("c_1", "c_2"):
            clips.publish(tx, claimed(tx, name), a_clip(name, recording))
        post, is_new = posts.note(tx, Post("c_1", "facebook", "0170000000000000", seat="E14001109", posted_at=WHEN))
        assert is_new
        assert posts.note(tx, Post("c_1", "facebook", "0170000000000000")) == (post, False)
        assert posts.of(tx, "c_1") == posts.of(tx) == (post,)
        assert posts.find(tx, "facebook", "0170000000000000") == post
    with pytest.raises(PostTaken), catalogue.write("anna") as tx:
        posts.note(tx, Post("c_2", "facebook", "0170000000000000"))


def test_what_is_newly_known_of_a_post_is_added_and_the_rest_stays(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        clips.publish(tx, claimed(tx, "c_1"), a_clip("c_1", with_recording(tx).id))
        posts.note(tx, Post("c_1", "tiktok", "7", seat="E14001109"))
        post, is_changed = posts.note(tx, Post("c_1", "tiktok", "7", partner="Nurses for Orchard", payment="paid"))
        assert is_changed
        assert (post.seat, post.partner, post.payment) == ("E14001109", "Nurses for Orchard", "paid")
        assert posts.of(tx) == (post,)


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5) | st.booleans(), max_size=6))
def test_one_request_has_one_id_whatever_its_order(request_: dict[str, int | str | bool]) -> None:
    turned = dict(reversed(request_.items()))
    assert clip_id(request_) == clip_id(turned)
    assert len(clip_id(request_)) == len("c_") + 12


def test_ids_tell_apart_what_differs() -> None:
    assert moment_id("r_1", Fraction(1), Fraction(2), "claim") != moment_id("r_1", Fraction(1), Fraction(2), "landed")
    assert clip_id({"in": Fraction(1, 3)}) == clip_id({"in": "1/3"}) != clip_id({"in": Fraction(2, 3)})


def test_a_request_without_one_spelling_is_refused() -> None:
    for wrong in (float("nan"), object(), {1, 2}):
        with pytest.raises((TypeError, ValueError)):
            canonical_json({"x": wrong})
