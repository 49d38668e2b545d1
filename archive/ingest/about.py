"""Channel, programme and air time of one recording: said > sidecar > file name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.ingest.airtime import local_to_utc
from archive.ingest.names import read_name
from archive.ingest.sidecar import Sidecar


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said who asked for it; wins over all. A naive `aired_at` is local time in `zone`."""

    channel: str | None = None
    programme: str | None = None
    aired_at: datetime | None = None
    zone: str = "Europe/London"

    def check(self) -> None:
        """Raises SettingsWrong for an unknown zone or an impossible time, before anything is fetched."""
        local_to_utc(self.aired_at or datetime.min.replace(year=2000), self.zone)
        local_to_utc(datetime.min.replace(year=2000), self.zone)  # an aired_at with a zone of its own asks for none


@dataclass(frozen=True, slots=True)
class About:
    """What is known; `aired_at` in UTC, `notes` on what was uncertain."""

    channel: str | None
    programme: str | None
    aired_at: datetime | None
    notes: tuple[str, ...] = ()


def about(stem: str, sidecar: Sidecar, said: Said) -> About:
    """Put the three sources together. Raises SettingsWrong for an unknown zone or an impossible time."""
    guess = read_name(stem)
    when = said.aired_at or sidecar.aired_at or guess.aired_at
    aired = local_to_utc(when, said.zone) if when else None
    notes = (aired.note,) if aired else (guess.note,)
    return About(
        said.channel or sidecar.channel or guess.channel,
        said.programme or sidecar.programme or guess.programme,
        aired.at if aired else None,
        tuple(note for note in notes if note),
    )
