"""What is promised about clips and packs whatever happens beside them: late workers, corrections, two asks at once."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from archive.catalogue import clips, jobs
from archive.errors import LeaseLost
from archive.store import content_hash
from clipping.proof.verify import verify_rendition
from flows import making
from flows.asks import ClipAsk, RunAsk
from flows.claims import LEASE
from flows.clip import cut_clip
from flows.flag import flag_recording
from flows.ingest import ingest_source
from flows.pack import pack_clip
from flows.results import ClipResult, FlaggedMoment
from flows.telling import tell_nobody
from flows.transcribe import transcribe_recording
from flows.workspace import Workspace, open_workspace
from tests.flows.conftest import WATCHLIST

SHAPE = ("landscape720",)
PEOPLE = WATCHLIST + "people:\n  Julian Quenby: Housing Minister\n"


@pytest.fixture
def flagged(workspace: Workspace, recording: Path, tmp_path: Path) -> tuple[Workspace, Path, FlaggedMoment]:
    """A home whose recording has one moment, flagged by a watchlist that can be edited."""
    watchlist = tmp_path / "list.yaml"
    watchlist.write_text(PEOPLE, encoding="utf-8")
    (item,) = ingest_source(workspace, RunAsk(source=str(recording)), tell_nobody).recordings
    transcribe_recording(workspace, str(item.recording), tell_nobody)
    (moment,) = flag_recording(workspace, str(item.recording), tell_nobody, watchlist=watchlist).moments
    return workspace, watchlist, moment


Flagged = tuple[Workspace, Path, FlaggedMoment]


def ask_for(workspace: Workspace, moment: FlaggedMoment, recipes: tuple[str, ...] = SHAPE) -> ClipAsk:
    with workspace.catalogue.read() as tx:
        from archive.catalogue import moments

        return ClipAsk(recording=moments.get(tx, moment.moment).recording_id, moment=moment.moment, recipes=recipes)


def test_a_late_worker_overwrites_nothing(flagged: Flagged, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, _, moment = flagged
    first = cut_clip(workspace, ask_for(workspace, moment), tell_nobody)
    path = Path(first.renditions[0].path)
    before = content_hash(path)
    path.rename(path.with_name("kept.mp4"))  # so that it is made again

    def slow(*args: object, **options: object) -> object:
        """Meanwhile somebody else takes the job over and finishes it."""
        with workspace.catalogue.write("other") as tx:
            job = jobs.find(tx, "clip", first.clip)
            assert job is not None
            jobs.fail(tx, jobs.Claim(job.id, job.kind, job.key, job.token, job.lease_until), "taken over")
            assert jobs.claim(tx, "clip", first.clip, owner="other", lease=LEASE, request={})
        path.with_name("kept.mp4").rename(path)
        return verify_rendition(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "verify_rendition", slow)
    with pytest.raises(LeaseLost):
        cut_clip(workspace, ask_for(workspace, moment), tell_nobody)
    assert content_hash(path) == before
    with workspace.catalogue.read() as tx:
        assert clips.get(tx, first.clip).renditions[0].sha256 == before


def test_the_pack_names_the_imprint_in_the_picture(flagged: Flagged) -> None:
    workspace, _, moment = flagged
    clip = cut_clip(workspace, ask_for(workspace, moment), tell_nobody)
    other = workspace.home / "other.yaml"
    other.write_text(
        "promoter: Somebody Else\npromoter_address: 9 New Road, Elsewhere EL1 1EL\nnation: united-kingdom\n"
    )
    (workspace.home / "soundbite.toml").write_text(f'imprint = "{other}"\n')
    with open_workspace(workspace.home) as changed:
        assert changed.imprint().promoter == "Somebody Else"
        pack = pack_clip(changed, clip.clip, tell_nobody)
    assert "Ada Fenwick" in (Path(pack.folder) / "imprint.txt").read_text(encoding="utf-8")


def test_a_mended_rebuttal_reaches_the_pack(flagged: Flagged) -> None:
    workspace, watchlist, moment = flagged
    clip = cut_clip(workspace, ask_for(workspace, moment), tell_nobody)
    first = pack_clip(workspace, clip.clip, tell_nobody)
    assert pack_clip(workspace, clip.clip, tell_nobody) == first
    watchlist.write_text(PEOPLE.replace("The figure is 14,000.", "The figure is 13,900."), encoding="utf-8")
    flag_recording(workspace, clip.recording, tell_nobody, watchlist=watchlist)
    second = pack_clip(workspace, clip.clip, tell_nobody)
    assert second.folder != first.folder
    assert "13,900" in (Path(second.folder) / "rebuttal.txt").read_text(encoding="utf-8")
    assert json.loads((Path(second.folder) / "clip.json").read_text())["rebuttal"]["line"] == "The figure is 13,900."


def test_two_asks_at_once_make_one_clip(flagged: Flagged) -> None:
    workspace, _, moment = flagged
    made: list[ClipResult] = []

    def cut(recipes: tuple[str, ...]) -> None:
        made.append(cut_clip(workspace, ask_for(workspace, moment, recipes), tell_nobody))

    asks = [threading.Thread(target=cut, args=(r,)) for r in (("landscape720", "portrait"), ("portrait",))]
    for ask in asks:
        ask.start()
    for ask in asks:
        ask.join()
    assert len({clip.clip for clip in made}) == 1
    assert len({r.sha256 for clip in made for r in clip.renditions if r.recipe == "portrait"}) == 1


def test_a_recipe_that_changed_is_made_again(flagged: Flagged, monkeypatch: pytest.MonkeyPatch) -> None:
    from clipping.look import recipe as recipes
    from clipping.look.recipe import load_recipe
    from flows import cutting

    workspace, _, moment = flagged
    first = cut_clip(workspace, ask_for(workspace, moment), tell_nobody)
    assert cut_clip(workspace, ask_for(workspace, moment), tell_nobody).status == "exists"
    larger = load_recipe("landscape720").model_copy(update={"title": "Landscape, larger"})
    monkeypatch.setattr(cutting, "load_recipe", lambda name: larger)
    monkeypatch.setattr("clipping.rendering.render.load_recipe", lambda name: larger)
    assert recipes.load_recipe("landscape720") != larger
    again = cut_clip(workspace, ask_for(workspace, moment), tell_nobody)
    assert (again.clip, again.status) == (first.clip, "made")


def test_another_engine_or_new_captions_are_not_ignored(workspace: Workspace, recording: Path) -> None:
    (item,) = ingest_source(workspace, RunAsk(source=str(recording)), tell_nobody).recordings
    assert transcribe_recording(workspace, str(item.recording), tell_nobody).status == "new"
    assert transcribe_recording(workspace, str(item.recording), tell_nobody).status == "known"
    by_ear = transcribe_recording(workspace, str(item.recording), tell_nobody, engine="whisper")
    assert (by_ear.status, by_ear.words) == ("new", 0)  # nobody speaks over the tone
    assert transcribe_recording(workspace, str(item.recording), tell_nobody, engine="captions").words == 25
