"""Numbers straight from a platform's API, kept as one JSON file each, which the ordinary import then reads."""

from .envelope import keep

__all__ = ["keep"]
