"""What a post was for: whom it addressed, with whom, paid or not, in which shape."""

from __future__ import annotations

from sqlalchemy import Connection, text

_ADDED = ("audience", "partner", "payment", "recipe")


def up(connection: Connection) -> None:
    """Add the four columns; "" where nothing was noted."""
    for name in _ADDED:
        connection.execute(text(f"ALTER TABLE posts ADD COLUMN {name} VARCHAR NOT NULL DEFAULT ''"))
