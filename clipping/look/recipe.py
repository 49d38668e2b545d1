"""Recipes: how a clip looks in one shape. YAML that people edit, in `assets/recipes/`.

Sizes and places are pixels of the finished canvas; text sizes are the font's em.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from clipping.errors import RecipeWrong
from clipping.look.box import Box

RECIPES = Path(__file__).resolve().parents[2] / "assets" / "recipes"


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Safe(_Rule):
    """What must be read stays inside: the platform's own buttons cover the rest."""

    left: int = Field(ge=0)
    top: int = Field(ge=0)
    right: int
    bottom: int

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right - self.left, self.bottom - self.top)


class PictureRule(_Rule):
    """How the source fills the canvas."""

    fit: Literal["crop", "wide", "auto"] = "auto"
    keep_at_least: float = Field(default=0.3, gt=0, le=1)  # auto: crop while this share of the picture stays
    ground: Literal["blur", "ink"] = "blur"  # filled wide: over its own blur, or over the kit's dark colour
    wide_top: int = Field(default=0, ge=0)  # upper edge of the picture when it is filled wide
    wide_aspect: str | None = Field(
        default=None, pattern=r"^[1-9]\d*/[1-9]\d*$"
    )  # filled wide: the most of it that is shown

    @property
    def widest(self) -> Fraction | None:
        """`wide_aspect` as a number."""
        return Fraction(self.wide_aspect) if self.wide_aspect else None


class CaptionRule(_Rule):
    """The spoken words. `middle` is the height their box is centred on."""

    size: int = Field(ge=24)
    middle: int
    centre: int  # x that each line is centred on
    width: int  # widest line
    words_per_line: int = Field(ge=1)
    max_lines: int = Field(default=2, ge=1, le=2)


class TextRule(_Rule):
    """Credit and imprint: on a band of their own, inside the safe box."""

    size: int = Field(ge=16)
    max_lines: int = Field(ge=1, le=3)


class LowerThirdRule(_Rule):
    """Name, role and brand bar. `bottom` is the lower edge of the panel."""

    name_size: int = Field(ge=16)
    role_size: int = Field(ge=16)
    bar: int = Field(ge=2)
    bottom: int
    enters_at: float = Field(default=0.8, gt=0)  # seconds: never on the first frame, which proves the in-point
    stays: float = Field(default=3.6, ge=2)


class CardRule(_Rule):
    """The end card."""

    seconds: float = Field(ge=1, le=5)
    message_size: int = Field(ge=24)
    imprint_size: int = Field(ge=16)


class VideoRule(_Rule):
    """x264. `crf` is a quality, `max_kbps` bounds what hard pictures may cost."""

    preset: Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium"]
    crf: float = Field(ge=10, le=35)
    max_kbps: int = Field(ge=500)


class LoudnessRule(_Rule):
    """Programme loudness by ITU-R BS.1770 and the true peak that may not be passed."""

    lufs: float = Field(default=-14.0, ge=-30, le=-8)
    tolerance: float = Field(default=1.0, gt=0)
    peak_dbtp: float = Field(default=-1.5, le=0)


class Recipe(_Rule):
    """One shape of a clip."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title: str
    width: int = Field(ge=240, le=3840, multiple_of=2)
    height: int = Field(ge=240, le=3840, multiple_of=2)
    safe: Safe
    picture: PictureRule
    captions: CaptionRule
    credit: TextRule
    imprint: TextRule
    lower_third: LowerThirdRule
    card: CardRule
    video: VideoRule
    loudness: LoudnessRule = LoudnessRule()

    @property
    def aspect(self) -> Fraction:
        return Fraction(self.width, self.height)

    @model_validator(mode="after")
    def _fits(self) -> Recipe:
        canvas = Box(0, 0, self.width, self.height)
        if self.safe.box.w <= 0 or self.safe.box.h <= 0 or not canvas.holds(self.safe.box):
            raise ValueError(f"the safe box must lie inside {self.width}×{self.height}")
        left = self.captions.centre - self.captions.width // 2
        lines = Box(left, self.captions.middle, self.captions.width, 1)
        if not self.safe.box.holds(lines):
            raise ValueError("captions must lie inside the safe box")
        if not self.safe.top < self.lower_third.bottom <= self.safe.bottom:
            raise ValueError("the lower third must lie inside the safe box")
        return self


def recipe_names(folder: Path = RECIPES) -> tuple[str, ...]:
    """Names of the recipes in a folder, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def load_recipe(name: str, folder: Path = RECIPES) -> Recipe:
    """The recipe of that name. Raises RecipeWrong with the line or the key and the reason."""
    path = folder / f"{name}.yaml"
    if name not in recipe_names(folder):
        known = ", ".join(recipe_names(folder)) or "none"
        raise RecipeWrong(f"There is no recipe “{name}”", f"Known are: {known}")
    return read_recipe(path)


def read_recipe(path: Path) -> Recipe:
    """The recipe in a YAML file. Raises RecipeWrong."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        recipe = Recipe.model_validate(raw)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecipeWrong(f"{path.name} is not YAML: {_one_line(error)}", "Mend that line") from error
    except ValidationError as error:
        raise RecipeWrong(f"{path.name}: {_reasons(error)}", "docs/recipes.md lists every key") from error
    if recipe.name != path.stem:
        raise RecipeWrong(f"{path.name} calls itself “{recipe.name}”", "Name and file name must agree")
    return recipe


def _one_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}, " if mark else ""
    return where + str(getattr(error, "problem", error)).splitlines()[0]


def _reasons(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "recipe"
    more = error.error_count() - 1
    return f"{where}: {first['msg']}" + (f" (and {more} more)" if more else "")
