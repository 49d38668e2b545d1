"""WFA Origin: campaigns measured across publishers."""

from .campaigns import SOURCES

__all__ = ["SOURCES"]
