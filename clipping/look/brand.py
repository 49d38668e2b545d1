"""A party's kit: colours, logo, message. YAML that people edit: `assets/brand/<name>/kit.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from PIL import Image, UnidentifiedImageError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clipping.errors import KitWrong

BRANDS = Path(__file__).resolve().parents[2] / "assets" / "brand"
READABLE = 4.5  # contrast of text, WCAG 2.2, 1.4.3
LIT = 6.0  # bands let a fifth of the picture through: more than the least

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class BrandKit:
    """What a rendition wears. Colours are sRGB, 0…255."""

    name: str
    ink: Rgb  # bands and the end card
    paper: Rgb  # text on ink
    signal: Rgb  # the one accent
    quiet: Rgb
    logo: Path  # PNG with transparency
    message: str  # the end card's line where a clip has none

    @property
    def spoken(self) -> Rgb:
        """The word being said: the accent, lightened until it stands clearly on a band of ink."""
        return readable_on(self.signal, self.ink, LIT)


class _Colours(BaseModel):
    model_config = ConfigDict(extra="forbid")
    ink: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    paper: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    signal: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    quiet: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")


class _Kit(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    colours: _Colours
    logo: str
    message: str = ""


def load_kit(name: str = "plain", folder: Path = BRANDS) -> BrandKit:
    """The kit `folder/name/kit.yaml`. Raises KitWrong with the key and the reason."""
    path = folder / name / "kit.yaml"
    if not path.is_file():
        known = ", ".join(sorted(p.parent.name for p in folder.glob("*/kit.yaml"))) or "none"
        raise KitWrong(f"There is no brand kit “{name}”", f"Known are: {known}")
    try:
        kit = _Kit.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KitWrong(f"{path} is not YAML: {str(error).splitlines()[0]}", "Mend that line") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise KitWrong(f"{path}: {where}: {first['msg']}", "docs/recipes.md lists every key") from error
    return _checked(kit, path.parent)


def _checked(kit: _Kit, folder: Path) -> BrandKit:
    colours = kit.colours
    ink, paper = _rgb(colours.ink), _rgb(colours.paper)
    if contrast(ink, paper) < READABLE:
        raise KitWrong(
            f"Brand kit “{kit.name}”: paper on ink has a contrast of {contrast(ink, paper):.1f}:1",
            "Text needs 4.5:1: take a darker ink or a lighter paper",
        )
    return BrandKit(
        name=kit.name,
        ink=ink,
        paper=paper,
        signal=_rgb(colours.signal),
        quiet=_rgb(colours.quiet),
        logo=_logo(folder, kit.logo),
        message=kit.message,
    )


def _logo(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if folder.resolve() not in path.parents:
        raise KitWrong(f"The logo {name} lies outside its kit", f"Put it into {folder}")
    try:
        with Image.open(path, formats=["PNG"]) as image:
            image.verify()
    except (OSError, UnidentifiedImageError, SyntaxError) as error:
        raise KitWrong(f"The logo {path} is not a PNG", "Save it as PNG with transparency") from error
    return path


def _rgb(text: str) -> Rgb:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def contrast(a: Rgb, b: Rgb) -> float:
    """Contrast ratio, 1…21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def readable_on(colour: Rgb, ground: Rgb, ratio: float = READABLE) -> Rgb:
    """The colour mixed with as little white as gives that contrast on a dark ground."""
    for step in range(101):
        mixed = _mix(colour, (255, 255, 255), step / 100)
        if contrast(mixed, ground) >= ratio:
            return mixed
    return 255, 255, 255


def _mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue
