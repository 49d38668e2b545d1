"""What a post was for: whom it addressed, with whom, paid or not, in which shape, of which kind and topic."""

from __future__ import annotations

from sqlalchemy import Connection, text

_ADDED = ("audience", "partner", "payment", "recipe", "kind", "topic")


def up(connection: Connection) -> None:
    """Add the columns; "" where nothing was noted."""
    for name in _ADDED:
        connection.execute(text(f"ALTER TABLE posts ADD COLUMN {name} VARCHAR NOT NULL DEFAULT ''"))
