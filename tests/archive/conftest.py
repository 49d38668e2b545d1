"""Media for the tests of this room: see numbered.py for what is in the pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.numbered import X264, Studio


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(tmp_path_factory.mktemp("studio"))


@pytest.fixture(scope="session")
def plain_ts(studio: Studio) -> Path:
    """12 s of numbered H.264 with AAC in a transport stream, a keyframe every 2 s."""
    return studio.encode("plain.ts", [*X264, "-g", "50"])


@pytest.fixture(scope="session")
def plain_mp4(studio: Studio) -> Path:
    """12 s of numbered H.264 with AAC in an MP4 with its index first."""
    return studio.encode("plain.mp4", [*X264, "-g", "50", "-movflags", "+faststart"])
