"""Settings: `soundbite.toml` in the home folder, environment variables (`SOUNDBITE_…`) over it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from archive.errors import SettingsWrong

FILE_NAME = "soundbite.toml"
# Settings that name a file or folder; a kit or an imprint may also be a bundled one, which has no separator.
_PATHS = (
    "watch_folder", "watchlist", "whisper_weights", "whisper_cache", "exports_folder", "target", "seat_groups",
    "claims",
)  # fmt: skip
_NAMES_OR_PATHS = ("kit", "imprint")
_CRON_FIELDS = 5
EngineName = Literal["auto", "captions", "whisper"]


class Settings(BaseSettings):
    """Everything a team can set, described here, in docs/settings.md and by `soundbite doctor`."""

    model_config = SettingsConfigDict(env_prefix="SOUNDBITE_", extra="forbid", frozen=True, env_ignore_empty=True)

    zone: str = Field("Europe/London", description="Time zone of air times and schedules")
    watch_folder: Path | None = Field(None, description="Folder that the overnight run sweeps for new recordings")
    watchlist: Path | None = Field(None, description="Watchlist to flag with; the bundled general one if unset")
    recipes: Annotated[tuple[str, ...], NoDecode] = Field(
        ("vertical", "portrait", "landscape"),
        description="Shapes that a clip is made in, the most urgent first",
    )
    kit: str = Field("plain", description="Brand kit: a folder in assets/brand, or a path")
    imprint: str = Field("plain", description="Imprint: a file in assets/imprints, or a path")
    message: str = Field("", description="The line on the end card; the kit's own if empty")
    longest_clip_s: float = Field(55.0, gt=3, le=600, description="Longest clip, in seconds, without its end card")
    clips_per_recording: int = Field(3, ge=0, le=50, description="How many of the best moments a run makes clips of")
    lowest_score: float = Field(0.5, ge=0, description="Moments that score lower are listed but not clipped")
    engine: EngineName = Field("auto", description="Where words come from: captions, whisper, or captions first")
    whisper_model: str = Field("base.en", description="Whisper model by name, when it runs")
    whisper_weights: Path | None = Field(None, description="Whisper weights: a .pt file, instead of a model name")
    whisper_cache: Path | None = Field(None, description="Folder that holds downloaded whisper weights")
    whisper_download: bool = Field(False, description="Let whisper download missing weights")
    store_url: str | None = Field(None, description="Object store for originals, such as s3://bucket/soundbite")
    allow_private_addresses: bool = Field(False, description="Let ingest fetch from private network addresses")
    largest_download_gb: float = Field(50.0, gt=0, description="Largest file that ingest fetches, in gigabytes")
    server_port: int = Field(4207, ge=1024, le=65535, description="Port of the Prefect server that `up` starts")
    desk_port: int = Field(4208, ge=1024, le=65535, description="Port of the desk that `up` starts")
    overnight_cron: str = Field("30 4 * * *", description="When the overnight run starts, in the zone above")
    exports_folder: Path | None = Field(None, description="Folder that `import_metrics` watches for platform exports")
    import_cron: str = Field("*/15 * * * *", description="When `import_metrics` looks into that folder")
    lake_url: str | None = Field(None, description="Object store for the metrics lake, such as s3://bucket/lake")
    report_cron: str = Field("15 6 * * *", description="When the reports are written, in the zone above")
    report_days: int = Field(14, ge=1, le=366, description="How many days a report covers if nobody says")
    target: Path | None = Field(None, description="Target (YAML) that reports count against; all adults if unset")
    seat_groups: Path | None = Field(None, description="Seat groups (CSV) that reports are cut by")
    claims: Path | None = Field(None, description="Sentences to judge in every report, one a line")
    own_pages: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Names or ids of one's own pages in the Ad Library; every other page is watched as others'"
    )
    workers: int = Field(1, ge=1, le=16, description="Clip jobs that run at the same time")

    @field_validator("recipes", "own_pages", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{name!r} is no time zone; one is 'Europe/London'") from error
        return name

    @field_validator("overnight_cron", "import_cron", "report_cron")
    @classmethod
    def _cron_comes(cls, cron: str) -> str:
        try:
            if len(cron.split()) != _CRON_FIELDS:
                raise CronSimError
            next(CronSim(cron, datetime.now(UTC)))
        except (CronSimError, StopIteration, AssertionError) as error:
            raise ValueError(
                f"{cron!r} is no schedule; one is '30 4 * * *': minute, hour, day, month, weekday"
            ) from error
        return cron

    @field_validator(*_PATHS)
    @classmethod
    def _whole_path(cls, path: Path | None) -> Path | None:
        if path is None or path == Path():  # written as "", which would be the current folder
            return None
        return _expanded(path).absolute()

    @field_validator(*_NAMES_OR_PATHS)
    @classmethod
    def _name_or_whole_path(cls, name: str) -> str:
        return str(_expanded(Path(name)).absolute()) if _is_path(name) else name

    @model_validator(mode="after")
    def _two_ports(self) -> Self:
        if self.server_port == self.desk_port:
            raise ValueError(f"server_port and desk_port are both {self.desk_port}; each needs a port of its own")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


def load_settings(home: Path) -> Settings:
    """The settings in force for a home folder. A relative path is below `home` where the file names it, and below
    the current folder where the environment does.

    Raises:
        SettingsWrong: unreadable TOML, an unknown name or a value out of range, with file and reason.
    """
    path = home / FILE_NAME
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsWrong(f"{path} can't be read: {error}", "Mend or remove that file.") from error
    try:
        return Settings(**_below(home, written))
    except ValidationError as error:
        raise SettingsWrong(_first_problem(error, path), "See docs/settings.md.") from error


def _first_problem(error: ValidationError, path: Path) -> str:
    first: Mapping[str, Any] = error.errors()[0]
    name, why = ".".join(str(part) for part in first["loc"]), first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        return f"{path}: there is no setting called '{name}'"
    if not name:  # about several settings together
        return f"Settings ({path} or the environment): {why}"
    return f"Setting '{name}' ({path} or SOUNDBITE_{name.upper()}): {why}"


def _below(home: Path, written: Mapping[str, Any]) -> dict[str, Any]:
    """What the file says, its relative paths as paths below `home`. What is no text is left for pydantic to refuse."""
    return {name: str(home.absolute() / value) if _is_place(name, value) else value for name, value in written.items()}


def _is_place(name: str, value: object) -> bool:
    if not isinstance(value, str) or not value or value.startswith("~"):
        return False
    return name in _PATHS or (name in _NAMES_OR_PATHS and _is_path(value))


def _is_path(name: str) -> bool:
    return name.startswith("~") or any(separator in name for separator in (os.sep, os.altsep) if separator)


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError(f"{path} names the home folder of nobody") from error
