"""The trail: one row per act, only ever appended, and no link can be changed unseen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from archive.catalogue import Catalogue, WriteTx, audit, clips, jobs, moments, posts, recordings, transcripts
from archive.catalogue.posts import Post
from archive.catalogue.recordings import CaptionFile
from archive.catalogue.tables import audit as table
from archive.catalogue.transcripts import TranscriptRow
from archive.errors import CatalogueError
from tests.archive.rows import a_clip, a_moment, a_recording, claimed, with_recording


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.db"


@pytest.fixture
def catalogue(path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(path, reserve_bytes=1) as opened:
        yield opened


def published(tx: WriteTx) -> str:
    recording = with_recording(tx).id
    clips.publish(tx, claimed(tx), a_clip("c_1", recording))
    posts.note(tx, Post("c_1", "x", "0"))
    return recording


ACTS: dict[str, Callable[[WriteTx], object]] = {
    "recording.add": lambda tx: recordings.add(tx, a_recording("new")),
    "recording.add_caption": lambda tx: recordings.add_caption(
        tx, a_recording().id, CaptionFile("originals/x", "x.srt", "srt")
    ),
    "recording.describe": lambda tx: recordings.describe(tx, a_recording().id, programme="Newsnight"),
    "transcript.put": lambda tx: transcripts.put(tx, a_recording().id, TranscriptRow((), "en", "captions:srt")),
    "moment.add": lambda tx: moments.put(tx, [a_moment(a_recording().id)]),
    "job.claim": lambda tx: claimed(tx, "c_2"),
    "job.finish": lambda tx: jobs.finish(tx, jobs.Claim(1, "clip", "c_1", 1, tx.now), {}),
    "job.fail": lambda tx: jobs.fail(tx, jobs.Claim(1, "clip", "c_1", 1, tx.now), "why"),
    "job.reopen": lambda tx: jobs.reopen(tx, "clip", "c_1", "gone", owner="worker-1"),
    "clip.publish": lambda tx: clips.publish(
        tx, jobs.Claim(1, "clip", "c_1", 1, tx.now), a_clip("c_1", a_recording().id)
    ),
    "clip.pack": lambda tx: clips.set_pack(tx, "c_1", "packs/one"),
    "post.add": lambda tx: posts.note(tx, Post("c_1", "x", "1")),
    "post.change": lambda tx: posts.note(tx, Post("c_1", "x", "0", seat="E14001109")),
}


@pytest.mark.parametrize("name", ACTS)
def test_every_act_leaves_one_row_with_its_actor(catalogue: Catalogue, name: str) -> None:
    with catalogue.write("somebody") as tx:
        published(tx)
    with catalogue.write("anna") as tx:
        before = len(audit.acts(tx))
        ACTS[name](tx)
    with catalogue.read() as tx:
        new = audit.acts(tx)[before:]
        assert [(act.act, act.actor) for act in new] == [(name, "anna")]
        assert audit.verify_chain(tx) is None


def test_a_renewal_is_no_act(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        claim = claimed(tx)
        before = audit.head(tx)
        jobs.renew(tx, claim, timedelta(minutes=5))
        assert audit.head(tx) == before


def test_rows_can_be_neither_changed_nor_deleted_nor_replaced(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        published(tx)
    for statement in (
        update(table).values(actor="nobody"),
        delete(table),
        table.insert()
        .prefix_with("OR REPLACE")
        .values(seq=1, at="", actor="", act="", subject="", detail="", previous="", hash="x"),
    ):
        with pytest.raises(CatalogueError, match="append-only") as caught, catalogue.write("mallory") as tx:
            tx.connection.execute(statement)
        assert isinstance(caught.value.__cause__, DBAPIError)
    with catalogue.read() as tx:
        assert audit.verify_chain(tx) is None
        assert {act.actor for act in audit.acts(tx)} == {"anna"}


TAMPERED = {
    "UPDATE audit SET actor = 'ben' WHERE seq = 2": (2, "was changed"),
    "UPDATE audit SET detail = '{}' WHERE seq = 1": (1, "was changed"),
    "DELETE FROM audit WHERE seq = 2": (2, "is missing"),
    "DELETE FROM audit WHERE seq = 1": (1, "is missing"),
    "UPDATE audit SET hash = 'x' WHERE seq = 1": (1, "was changed"),
    "UPDATE audit SET previous = 'x' WHERE seq = 3": (3, "does not follow"),
}


@pytest.mark.parametrize("statement", TAMPERED)
def test_tampering_behind_the_triggers_is_found_where_it_happened(
    catalogue: Catalogue, path: Path, statement: str
) -> None:
    with catalogue.write("anna") as tx:
        published(tx)
    with sqlite3.connect(path) as connection:
        for name in ("audit_no_update", "audit_no_delete"):
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
    connection.close()
    with catalogue.read() as tx:
        broken = audit.verify_chain(tx)
    assert broken is not None
    seq, why = TAMPERED[statement]
    assert broken.seq == seq
    assert why in broken.why


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), min_size=1, max_size=4))
def test_any_words_keep_the_chain(catalogue: Catalogue, said: list[tuple[str, str]]) -> None:
    with catalogue.write("anna") as tx:
        for act, subject in said:
            audit.record(tx, act.replace("\0", ""), subject.replace("\0", ""), {act: subject})
    with catalogue.read() as tx:
        assert audit.verify_chain(tx) is None


def test_acts_on_one_thing_can_be_listed(catalogue: Catalogue) -> None:
    with catalogue.write("anna") as tx:
        recording = published(tx)
        assert [act.act for act in audit.acts(tx, recording)] == ["recording.add"]
        assert [act.act for act in audit.acts(tx, limit=1)] == ["post.add"]
