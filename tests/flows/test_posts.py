"""Where clips were posted: by id or address, one by one or from a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.errors import SeatUnknown
from archive.errors import NotInCatalogue, PostTaken
from flows.addresses import post_id
from flows.asks import PostAsk
from flows.errors import PostWrong, TimeUnclear
from flows.posts import note_post, note_table
from flows.workspace import Workspace, open_workspace
from tests.flows.reach import CLIP, publish_clip


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with open_workspace(home) as opened:
        publish_clip(opened)
        yield opened


@pytest.mark.parametrize(
    ("platform", "written", "found"),
    [
        ("tiktok", "https://www.tiktok.com/@a/video/7567?lang=en", "7567"),
        ("youtube", "https://www.youtube.com/watch?v=abc-_9", "abc-_9"),
        ("youtube", "https://youtu.be/abc-_9", "abc-_9"),
        ("youtube", "https://youtube.com/shorts/abc-_9", "abc-_9"),
        ("x", "https://x.com/a/status/2074000000000000001", "2074000000000000001"),
        ("instagram", "https://www.instagram.com/reel/Cx1/", "Cx1"),
        ("facebook", "https://www.facebook.com/orchard/videos/4388442338054561", "4388442338054561"),
        ("facebook", "514435155248879_3391309130894786", "3391309130894786"),
        ("facebook", "https://www.facebook.com/orchard/videos/some-title/1234567890/", "1234567890"),
        ("facebook", "https://www.facebook.com/permalink.php?story_fbid=123&id=456", "123"),
        ("facebook", "www.facebook.com/watch?v=55", "55"),
        ("facebook", "https://m.facebook.com/groups/17/posts/4388442338054561/?x=1", "4388442338054561"),
        ("youtube", "youtube.com/shorts/abc", "abc"),
        ("youtube", "https://m.youtube.com/watch?v=abc&t=3", "abc"),
        ("x", "https://twitter.com/a/status/1234/video/1", "1234"),
        ("x", "twitter.com/a/statuses/1234", "1234"),
        ("instagram", "https://www.instagram.com/orchard/reel/DAbC-dEf_hIj/?igsh=x", "DAbC-dEf_hIj"),
        ("facebook", " 0170000000000000 ", "0170000000000000"),
    ],
)
def test_a_posts_id_is_read_from_its_address(platform: str, written: str, found: str) -> None:
    assert post_id(platform, written) == found


@pytest.mark.parametrize(
    ("platform", "written", "why"),
    [
        ("tiktok", "https://www.tiktok.com/@a", "No post id"),
        ("tiktok", "https://vm.tiktok.com/ZM123/", "No post id"),
        ("facebook", "https://www.facebook.com/share/v/19abc/", "No post id"),
        ("facebook", "https://fb.watch/abc123/", "no address of a post on facebook"),
        ("facebook", "https://www.instagram.com/reel/Cx1/", "no address of a post on facebook"),
        ("facebook", "https://www.facebook.com/orchard/posts/pfbid02abcDEF", "no export carries"),
        ("facebook", "https://www.facebook.com/permalink.php?story_fbid=pfbid02abc&id=456", "no export carries"),
        ("facebook", "pfbid02abcDEF", "no export carries"),
    ],
)
def test_an_address_without_an_id_that_exports_carry_is_refused(platform: str, written: str, why: str) -> None:
    with pytest.raises(PostWrong, match=why):
        post_id(platform, written)


def test_a_post_is_noted_once_and_gains_what_is_said_later(workspace: Workspace) -> None:
    ask = PostAsk(clip=CLIP[:6], platform="facebook", id="17")
    assert note_post(workspace, ask).posts[0].status == "noted"
    assert note_post(workspace, ask).posts[0].status == "known"
    (post,) = note_post(workspace, ask.model_copy(update={"seat": "Bolsover", "payment": "paid"})).posts
    assert (post.status, post.seat, post.payment, post.clip) == ("changed", "E14001109", "paid", CLIP)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"clip": "c_ffff"}, NotInCatalogue),
        ({"platform": "myspace"}, PostWrong),
        ({"seat": "Atlantis"}, SeatUnknown),
        ({"seat": "E14000530"}, SeatUnknown),  # a seat of before 2024 that is one of several in a seat of today
        ({"seat": "E14000577"}, None),  # a seat of before 2024 whose people are all in one of today's
        ({"posted_at": "soon"}, TimeUnclear),
    ],
)
def test_wrong_words_are_refused(workspace: Workspace, change: dict[str, str], error: type[Exception] | None) -> None:
    ask = PostAsk(clip=CLIP, platform="facebook", id="17").model_copy(update=change)
    if error is None:
        assert note_post(workspace, ask).posts[0].seat == "E14001109"
        return
    with pytest.raises(error):
        note_post(workspace, ask)


def test_a_post_belongs_to_one_clip(workspace: Workspace) -> None:
    publish_clip(workspace, "c_aaaaaaaaaaaa")
    note_post(workspace, PostAsk(clip=CLIP, platform="x", id="1"))
    with pytest.raises(PostTaken):
        note_post(workspace, PostAsk(clip="c_aaaaaaaaaaaa", platform="x", id="1"))


def test_a_table_notes_every_row_that_is_right(workspace: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "posts.csv"
    table.write_text(
        "Clip,Platform,Post ID,Constituency,Payment\n"
        f"{CLIP},facebook,1,Bolsover,paid\n{CLIP},tiktok,,,\n{CLIP},myspace,3,,\n{CLIP},x,4,,free\n{CLIP},x,5,,\n",
        encoding="utf-8-sig",
    )
    posts = note_table(workspace, table).posts
    assert [post.status for post in posts] == ["noted", "refused", "refused", "refused", "noted"]
    assert posts[0].seat == "E14001109"
    assert [post.reason.partition(":")[0] for post in posts if post.reason] == ["line 3", "line 4", "line 5"]


def test_a_table_without_the_needed_columns_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    table = tmp_path / "posts.csv"
    table.write_text("clip,platform\nc_1,x\n", encoding="utf-8")
    with pytest.raises(PostWrong, match="no column id"):
        note_table(workspace, table)
    with pytest.raises(PostWrong, match="can't be read"):
        note_table(workspace, tmp_path / "none.csv")
