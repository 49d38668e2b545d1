"""A home folder, opened: its settings, its store and its catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive.catalogue import Catalogue
from archive.catalogue.recordings import Recording
from archive.media import MediaInfo, probe
from archive.store import Store, mapped_errors
from archive.timeline import Timeline

from .settings import Settings, load_settings

if TYPE_CHECKING:
    from analytics.lake import Lake
    from clipping.imprint import Imprint
    from clipping.listening.watchlist import Watchlist
    from clipping.look.brand import BrandKit

ASSETS = Path(__file__).resolve().parent.parent / "assets"
FOLDERS = ("run", "logs", "cache", "clips", "packs", "index", "search", "reports")


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything a step needs to know about where it works. Use it as a context, or let it go at exit."""

    home: Path
    settings: Settings
    store: Store  # originals and what belongs to them: object storage, or the home folder
    local: Store  # the home folder: clips and packs
    catalogue: Catalogue

    @property
    def cache(self) -> Path:
        return self.home / "cache"

    def watchlist(self, path: Path | None = None) -> Watchlist:
        """The watchlist asked for, else the settings' own, else the bundled one. Raises WatchlistWrong."""
        from clipping.listening.watchlist import load_watchlist

        return load_watchlist(path or self.settings.watchlist or ASSETS / "watchlists" / "example.yaml")

    def kit(self) -> BrandKit:
        """The brand kit in force. Raises KitWrong."""
        from clipping.look.brand import load_kit

        folder = _named(self.settings.kit, ASSETS / "brand")
        return load_kit(folder.name, folder.parent)

    def imprint(self) -> Imprint:
        """The imprint in force. Raises KitWrong."""
        from clipping.imprint import load_imprint

        return load_imprint(_named(self.settings.imprint, ASSETS / "imprints", ".yaml"))

    def lake(self) -> Lake:
        """The metrics lake: in the home folder, or where the settings say."""
        import analytics

        return analytics.open(self.settings.lake_url or self.home / "lake")

    def media(self, recording: Recording) -> tuple[Path, MediaInfo, Timeline]:
        """A recording's original, what is in it, and its timeline."""
        path = self.store.get(recording.key)
        timeline = Timeline.from_json(self.store.get(recording.timeline_key).read_text(encoding="utf-8"))
        if recording.aired_at is not None:  # it may have been corrected since
            timeline = timeline.with_air_time(recording.aired_at)
        return path, probe(path), timeline

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.catalogue.close()


def open_workspace(home: Path) -> Workspace:
    """Open a home folder, making it on first use, and sweep what killed runs left in it.

    Raises:
        SettingsWrong, NotWritable, DiskFull, CatalogueError.
    """
    settings = load_settings(home)
    for name in FOLDERS:
        with mapped_errors(home / name):
            (home / name).mkdir(parents=True, exist_ok=True)
    local = Store(home)
    local.sweep()
    store = Store(settings.store_url, home) if settings.store_url else local
    return Workspace(home, settings, store, local, Catalogue.open(home / "catalogue.db"))


def _named(name: str, folder: Path, suffix: str = "") -> Path:
    """A bundled thing by its name, or a path of one's own."""
    bundled = folder / f"{name}{suffix}"
    return bundled if bundled.exists() else Path(name).expanduser()
