"""Exports of sources that we do not know, by a mapping that a person wrote (docs/metrics-mapping.md)."""

from .mapping import Column, Mapping, load_mapping
from .table import mapped

__all__ = ["Column", "Mapping", "load_mapping", "mapped"]
