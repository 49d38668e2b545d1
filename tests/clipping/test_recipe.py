"""Recipes and kits: what ships is right, what people write wrong is said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from clipping.errors import KitWrong, RecipeWrong
from clipping.imprint import Imprint, plain_imprint
from clipping.look.brand import READABLE, BrandKit, contrast, load_kit
from clipping.look.layout import credit_block, imprint_block
from clipping.look.recipe import RECIPES, load_recipe, read_recipe, recipe_names

SIZES = {
    "vertical": (1080, 1920),
    "portrait": (1080, 1350),
    "landscape": (1920, 1080),
    "landscape720": (1280, 720),
}


def test_the_shipped_recipes_have_the_sizes_that_platforms_take() -> None:
    assert {name: (load_recipe(name).width, load_recipe(name).height) for name in recipe_names()} == SIZES


@pytest.mark.parametrize("name", SIZES)
def test_credit_and_imprint_stand_at_the_safe_lines_and_apart(name: str, kit: BrandKit) -> None:
    recipe = load_recipe(name)
    credit = credit_block("Wexmoor Television, The Long Table, 20 November 2026", recipe)
    imprint = imprint_block(plain_imprint().text, recipe)
    assert recipe.safe.box.holds(credit.box)
    assert recipe.safe.box.holds(imprint.box)
    assert credit.box.y == recipe.safe.top
    assert imprint.box.bottom == recipe.safe.bottom
    assert not credit.box.meets(imprint.box)


def test_text_that_must_be_read_stays_clear_of_the_buttons_of_vertical_players() -> None:
    safe = load_recipe("vertical").safe
    assert (safe.left, safe.top, safe.right, safe.bottom) == (65, 270, 900, 1248)


def test_an_unknown_recipe_names_the_known_ones() -> None:
    with pytest.raises(RecipeWrong, match="landscape, landscape720, portrait, vertical"):
        load_recipe("circle")


def test_a_recipe_name_is_no_path() -> None:
    with pytest.raises(RecipeWrong):
        load_recipe("../recipes/vertical")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("width: 1080", "width: wide", "width"),
        ("name: vertical", "name: other", "calls itself"),
        ("safe: {left: 65", "safe: {left: -5", "safe"),
        ("bottom: 1248}", "bottom: 2000}", "safe box"),
        ("  width: 720", "  width: 1000", "captions"),
        ("title:", "tilte:", "title"),
        ("fit: auto", "fit: [auto", "line"),
    ],
)
def test_a_wrong_recipe_says_where(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (RECIPES / "vertical.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "vertical.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RecipeWrong, match=said):
        read_recipe(tmp_path / "vertical.yaml")


def test_an_imprint_with_one_address_says_it_once() -> None:
    one = Imprint("A. Sample", "1 High Street", "The Party", "1 High Street")
    assert one.text == "Promoted by A. Sample on behalf of The Party, both at 1 High Street"
    two = Imprint("A. Sample", "1 High Street", "The Party", "2 Low Street")
    assert two.text == "Promoted by A. Sample, 1 High Street, on behalf of The Party, 2 Low Street"


def test_an_imprint_that_cannot_be_read_is_refused_not_shrunk() -> None:
    with pytest.raises(KitWrong, match="imprint"):
        imprint_block("Promoted by " + "a very long name " * 20, load_recipe("vertical"))
    with pytest.raises(KitWrong, match="empty"):
        imprint_block("  ", load_recipe("vertical"))


def test_the_word_being_said_reads_on_its_band(kit: BrandKit) -> None:
    assert contrast(kit.spoken, kit.ink) >= READABLE
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('paper: "#FAF8F4"', 'paper: "#22262B"', "contrast"),
        ('signal: "#D7263D"', "signal: red", "signal"),
        ("logo: logo.png", "logo: ../../../pyproject.toml", "outside"),
        ("logo: logo.png", "logo: kit.yaml", "not a PNG"),
        ("name: plain", "name: [plain", "not YAML"),
    ],
)
def test_a_wrong_kit_says_what(tmp_path: Path, old: str, new: str, said: str) -> None:
    from clipping.look.brand import BRANDS

    own = tmp_path / "own"
    own.mkdir()
    text = (BRANDS / "plain" / "kit.yaml").read_text(encoding="utf-8")
    (own / "kit.yaml").write_text(text.replace(old, new), encoding="utf-8")
    (own / "logo.png").write_bytes((BRANDS / "plain" / "logo.png").read_bytes())
    with pytest.raises(KitWrong, match=said):
        load_kit("own", tmp_path)
