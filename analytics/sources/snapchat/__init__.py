"""Snapchat's library of political ads."""

from .library import SOURCES

__all__ = ["SOURCES"]
