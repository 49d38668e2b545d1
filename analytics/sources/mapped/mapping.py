"""The YAML that says what the columns of an unknown export mean."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, Self
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from analytics.errors import ExportRefused, MappingWrong
from analytics.model.metrics import METRICS, Platform
from analytics.model.values import Basis, ObjectKind
from analytics.people.bands import age_label, parse_band, parse_gender
from analytics.reading.separators import separators_of

FieldName = Literal[
    "object", "account", "account_name", "title", "text", "url", "parent", "published_at", "duration_s", "day", "hour",
    "first", "last", "age", "gender", "country", "place", "seat", "placement", "payment",
]  # fmt: skip
Unit = Literal["seconds", "minutes", "hours", "clock", "percent", "fraction"]
_GUIDE: Final = "docs/metrics-mapping.md shows how a mapping is written."
_LARGEST: Final = 1 << 20
_TIME_UNITS: Final = ("seconds", "minutes", "hours", "clock")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Column(_Strict):
    """What one column is: a `field` that says of what its row is, a `metric`, or nothing that is kept (`ignore`)."""

    field: FieldName | None = None
    metric: str = ""
    ignore: bool = False
    optional: bool = False
    unit: Unit | None = None
    currency: str = Field("", pattern=r"^([A-Z]{3})?$")
    order: Literal["", "dmy", "mdy"] = ""
    age: str = ""
    gender: str = ""
    country: str = Field("", pattern=r"^([A-Z]{2})?$")
    placement: str = ""
    payment: Literal["", "organic", "paid", "all", "unknown"] = ""
    basis: Basis | None = None
    definition: str = ""

    @field_validator("metric")
    @classmethod
    def _known(cls, name: str) -> str:
        if name and name not in METRICS:
            raise ValueError(f"there is no metric “{name}”; there are {', '.join(METRICS)}")
        return name

    @field_validator("age")
    @classmethod
    def _age(cls, text: str) -> str:
        return age_label(parse_band(text)) if text else ""

    @field_validator("gender")
    @classmethod
    def _gender(cls, text: str) -> str:
        return parse_gender(text) if text else ""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.field is not None) + bool(self.metric) + self.ignore != 1:
            raise ValueError("a column is one of: field, metric, ignore")
        unit = METRICS[self.metric].unit if self.metric else ""
        if unit == "share" and self.unit not in ("percent", "fraction"):
            raise ValueError("a share needs unit: percent or unit: fraction")
        if unit == "seconds" and self.unit not in (None, *_TIME_UNITS):
            raise ValueError("a time needs unit: seconds, minutes, hours or clock")
        if unit not in ("share", "seconds") and self.unit is not None:
            raise ValueError("unit is for times and shares only")
        return self


class Mapping(_Strict):
    """What a whole export is, where its columns do not say."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    platform: Platform | None = None
    account: str = ""
    object_kind: ObjectKind = "post"
    payment: Literal["organic", "paid", "all", "unknown"] = "unknown"
    basis: Basis = "delivered"
    locale: str = ""
    zone: str = ""
    columns: dict[str, Column]

    @field_validator("columns", mode="before")
    @classmethod
    def _short(cls, columns: object) -> object:
        """ "Views": views and "Post ID": object, for short."""
        if not isinstance(columns, dict):
            return columns
        return {str(header): _written_out(said) for header, said in columns.items()}

    @field_validator("locale")
    @classmethod
    def _locale(cls, locale: str) -> str:
        try:
            separators_of(locale)
        except ExportRefused as error:
            raise ValueError(error.what) from error
        return locale

    @field_validator("zone")
    @classmethod
    def _zone(cls, zone: str) -> str:
        try:
            return str(ZoneInfo(zone)) if zone else ""
        except (KeyError, OSError, ValueError) as error:
            raise ValueError(f"there is no time zone “{zone}”") from error

    @model_validator(mode="after")
    def _whole(self) -> Self:
        fields = [column.field for column in self.columns.values() if column.field]
        twice = sorted({field for field in fields if fields.count(field) > 1})
        if twice:
            raise ValueError(f"two columns are {twice[0]}")
        if not any(column.metric for column in self.columns.values()):
            raise ValueError("no column is a metric")
        if ("first" in fields) != ("last" in fields):
            raise ValueError("a period needs both first and last")
        return self

    def header_of(self, field: FieldName) -> str:
        """The header of the column that is that field, or ""."""
        return next((header for header, column in self.columns.items() if column.field == field), "")


def _written_out(said: object) -> object:
    if said == "ignore":
        return {"ignore": True}
    return ({"metric": said} if said in METRICS else {"field": said}) if isinstance(said, str) else said


def load_mapping(path: str) -> Mapping:
    """The mapping in that YAML file.

    Raises:
        MappingWrong: it can't be read, or does not hold; says where.
    """
    try:
        if Path(path).stat().st_size > _LARGEST:
            raise MappingWrong(f"{path} is larger than any mapping", _GUIDE)
        said = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        return Mapping.model_validate(said)
    except (OSError, UnicodeDecodeError) as error:
        raise MappingWrong(f"{path} can't be read ({error})", "Check the path given with --mapping.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise MappingWrong(f"{path} is no YAML: {' '.join(str(error).split())[:200]}", _GUIDE) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(str(part) for part in first["loc"]) or "the mapping"
        raise MappingWrong(f"{path}: {where}: {first['msg']}", _GUIDE) from error
