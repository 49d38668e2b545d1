"""The contract that a mapping amounts to: the same kind of schema that the platforms have."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from analytics.model.metrics import METRICS
from analytics.sources.schema import Contract, Kind, measured, moment, text, understood

from .mapping import Column, Mapping

_MOMENTS: Final = {"day": False, "hour": False, "first": False, "last": False, "published_at": True}  # may be empty
_UNITS: Final[dict[str, Kind]] = {
    "minutes": "minutes", "hours": "hours", "clock": "duration", "percent": "percent", "seconds": "decimal",
    "fraction": "decimal",
}  # fmt: skip
_FRACTIONAL: Final = ("frequency",)  # a count by its unit, not a whole number


def contract_of(mapping: Mapping) -> Contract:
    """Its `version` is the mapping's name; every column that is not optional is required."""
    columns = {header: _column(column) for header, column in mapping.columns.items()}
    return Contract(version=mapping.name, schema=pa.DataFrameSchema(columns), total_in=_total_in(mapping))


def _column(column: Column) -> pa.Column:
    if column.ignore:
        return understood()
    if column.metric:
        return measured(column.metric, _kind(column), **says(column))  # type: ignore[arg-type]  # all of it is text
    if column.field in _MOMENTS:
        return moment(required=not column.optional, nullable=_MOMENTS[column.field])
    return text(".+" if column.field == "object" else "", required=not column.optional)


def _kind(column: Column) -> Kind:
    if column.unit is not None:
        return _UNITS[column.unit]
    unit = METRICS[column.metric].unit
    if unit == "money":
        return "money"
    return "decimal" if unit == "seconds" or column.metric in _FRACTIONAL else "count"


def says(column: Column) -> dict[str, str]:
    """What the mapping says of every number in that column."""
    words = ("currency", "age", "gender", "placement", "payment", "basis", "definition")
    said = {name: str(value) for name in words if (value := getattr(column, name))}
    return {**said, "place": column.country, "place_kind": "country"} if column.country else said


def _total_in(mapping: Mapping) -> str:
    return mapping.header_of("object") or next(iter(mapping.columns))
