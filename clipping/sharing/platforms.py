"""Platforms and their limits: dated data in `assets/platforms.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from clipping.errors import KitWrong

PLATFORMS = Path(__file__).resolve().parents[2] / "assets" / "platforms.yaml"

Counted = Literal["characters", "graphemes", "weighted"]


class _Sheet(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TextLimit(_Sheet):
    """The most a post's text may be, in the platform's own count; `shows` is what is seen without a tap."""

    limit: int = Field(ge=20)
    counted: Counted
    shows: int | None = None


class Platform(_Sheet):
    """One place to post. `as_of` is the day on which these numbers were known."""

    title: str
    recipes: tuple[str, ...] = Field(min_length=1)
    seconds: int = Field(gt=0)
    megabytes: int = Field(gt=0)
    text: TextLimit
    captions_kilobytes: int | None = None
    note: str = ""
    source: str = Field(pattern=r"^https://")
    as_of: date

    def recipe_of(self, made: Sequence[str]) -> str | None:
        """The recipe among those made that suits best; None where none does."""
        return next((recipe for recipe in self.recipes if recipe in made), None)

    def objections(self, *, duration: Fraction, size_bytes: int) -> tuple[str, ...]:
        """Why a file can't be posted here, in words; empty where it can."""
        said = []
        if duration > self.seconds:
            said.append(f"{float(duration):.1f} s is longer than the {self.seconds} s that {self.title} takes")
        if size_bytes > self.megabytes * 1_000_000:
            said.append(f"{size_bytes / 1e6:.1f} MB is more than the {self.megabytes} MB that {self.title} takes")
        return tuple(said)


@cache
def load_platforms(path: Path = PLATFORMS) -> dict[str, Platform]:
    """Every platform by its key, in the file's order. Raises KitWrong with the key and the reason."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(dict[str, Platform]).validate_python(raw)
    except (OSError, yaml.YAMLError) as error:
        raise KitWrong(f"{path.name} can't be read", "Mend it, or take the one that came with it") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise KitWrong(f"{path.name}: {where}: {first['msg']}", "Mend that key") from error
