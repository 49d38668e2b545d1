"""A post keeps to its platform's limit by the platform's own count, and never loses who is responsible."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipping.errors import KitWrong
from clipping.look.recipe import recipe_names
from clipping.sharing.platforms import Platform, load_platforms
from clipping.sharing.posts import PostWords, graphemes, measured, shortened, write_post

FAMILY = "👩‍👩‍👧‍👦"
WORDS = PostWords(
    quote="We never said that waiting lists would fall in the first year",
    speaker="Dana Holt",
    credit="Channel Nine, The Late Interview, 14 November 2026",
    imprint="Promoted by Ada Fenwick on behalf of the Orchard Party, both at 12 Mill Lane, Holloway Cross HX1 2AB",
    answer="The manifesto says: shorter lists within a year.",
    source="https://example.org/manifesto#page=12",
)


@pytest.mark.parametrize("key", load_platforms())
@pytest.mark.parametrize("repeat", [1, 3, 40])
def test_a_post_keeps_to_the_limit_with_credit_and_imprint(key: str, repeat: int) -> None:
    platform = load_platforms()[key]
    post = write_post(PostWords(" ".join([WORDS.quote] * repeat), *(_rest(WORDS))), platform)
    assert post.length == measured(post.text, platform.text.counted) <= platform.text.limit
    assert WORDS.credit in post.text
    assert WORDS.imprint in post.text
    assert "#" not in post.text.replace("#page=12", "")


def _rest(words: PostWords) -> tuple[str, ...]:
    return words.speaker, words.credit, words.imprint, words.answer, words.source


def test_with_room_everything_stands_in_order() -> None:
    text = write_post(WORDS, load_platforms()["linkedin"]).text
    wanted = (WORDS.quote, WORDS.speaker, WORDS.answer, WORDS.source, WORDS.credit, WORDS.imprint)
    places = [text.index(part) for part in wanted]
    assert places == sorted(places)
    assert not write_post(WORDS, load_platforms()["linkedin"]).notes


def test_a_claim_is_rather_cut_short_than_posted_without_its_answer() -> None:
    x = load_platforms()["x"]
    short = write_post(WORDS, x)
    assert WORDS.answer in short.text
    assert WORDS.source not in short.text
    long = write_post(PostWords(" ".join([WORDS.quote] * 3), *_rest(WORDS)), x)
    assert WORDS.answer in long.text
    assert "…”" in long.text
    assert len(long.notes) == 2
    assert measured(long.text, x.text.counted) <= x.text.limit


def test_an_answer_that_leaves_no_room_for_the_quote_goes_and_that_is_said() -> None:
    x = load_platforms()["x"]
    words = PostWords(WORDS.quote, WORDS.speaker, WORDS.credit, WORDS.imprint, "The answer is long. " * 12)
    post = write_post(words, x)
    assert "The answer is long" not in post.text
    assert any(note.startswith("The answer did not fit") for note in post.notes)


def test_where_nobody_wrote_down_the_words_nothing_is_quoted() -> None:
    post = write_post(PostWords("", "", "Channel Nine", "Promoted by A, 1 B Street"), load_platforms()["x"])
    assert post.text.startswith("Channel Nine")


def test_an_imprint_that_leaves_no_room_stays_in_the_picture_and_that_is_said() -> None:
    words = PostWords("A short line", "", "Channel Nine", "Promoted by " + "a very long name " * 14)
    post = write_post(words, load_platforms()["x"])
    assert words.imprint not in post.text
    assert words.credit in post.text
    assert "stands in the picture" in post.notes[0]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("plain", 5),
        ("“quoted” – and…", 16),
        ("see https://example.org/a/very/long/path?with=things now", 23 + 8),
        (FAMILY, 2),
        ("🇬🇧🇬🇧", 4),
        ("日本", 4),
        ("e\u0301", 1),
        ("Llŷr", 4),
    ],
)
def test_x_counts_by_weight(text: str, weight: int) -> None:
    assert measured(text, "weighted") == weight


def test_graphemes_are_what_a_person_calls_letters() -> None:
    assert measured(f"{FAMILY}e\u0301🇬🇧", "graphemes") == 3
    assert measured(FAMILY, "characters") == 7


@given(
    st.lists(st.sampled_from(["a", "é", " ", "-", ",", FAMILY, "🇬🇧", "e\u0301", "日"])).map("".join),
    st.integers(1, 60),
    st.sampled_from(["characters", "graphemes", "weighted"]),
)
def test_a_shortened_text_fits_and_is_a_beginning(text: str, limit: int, counted: str) -> None:
    short = shortened(text, limit, counted)  # type: ignore[arg-type]  # drawn from the literal's values
    assert measured(short, counted) <= limit  # type: ignore[arg-type]
    kept = short.removesuffix("…")
    if short != text:
        whole = graphemes(" ".join(text.split()))
        assert graphemes(kept) == whole[: len(graphemes(kept))]


def test_the_cut_falls_between_words() -> None:
    assert shortened("one two, three four", 12, "characters") == "one two…"


def test_every_platform_names_recipes_that_exist_and_its_source() -> None:
    for key, platform in load_platforms().items():
        assert set(platform.recipes) <= set(recipe_names()), key
        assert platform.as_of.year >= 2026


def test_a_file_over_a_limit_meets_an_objection() -> None:
    bluesky = load_platforms()["bluesky"]
    assert bluesky.objections(duration=180, size_bytes=100_000_000) == ()  # type: ignore[arg-type]
    assert len(bluesky.objections(duration=181, size_bytes=100_000_001)) == 2  # type: ignore[arg-type]


def test_platform_data_that_is_wrong_names_the_key(tmp_path: Path) -> None:
    wrong = tmp_path / "platforms.yaml"
    wrong.write_text("x:\n  title: X\n  recipes: [vertical]\n  seconds: soon\n")
    with pytest.raises(KitWrong, match=r"x\.seconds"):
        load_platforms(wrong)
    assert isinstance(load_platforms()["x"], Platform)
