"""Makes the exports of the demo, and the table of its posts: `cd assets/demo && python -m make.exports`.

Needs numpy only. The same numpy gives the same bytes; a test holds them against what is here.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from . import library_files, meta_files, video_files
from .audience import TOWNS, Seat, populate, seats
from .postings import AD, BOUGHT, CARRIED, CLIPS, LAST, POSTED, Post, usual
from .showing import Showing, Shown, show
from .tables import as_csv

HERE = Path(__file__).parent.parent


@dataclass(frozen=True)
class World:
    """Everything that the exports are tables of."""

    where: list[Seat]
    facebook: Shown
    tiktok: Shown
    youtube: Shown
    paid: Shown
    carried: Shown

    @property
    def bought(self) -> Showing:
        return self.paid.posts[AD]


def simulate() -> World:
    where = seats()
    users = populate(where)
    own = [*CLIPS, *usual()]

    def on(platform: str) -> list[Post]:
        return [post for post in own if post.platform == platform]

    return World(
        where,
        show(users["facebook"], on("facebook"), where, 1),
        show(users["tiktok"], on("tiktok"), where, 2),
        show(users["youtube"], on("youtube"), where, 3),
        show(users["facebook"], [BOUGHT], where, 4),
        show(users["facebook"], [CARRIED], where, 5),
    )


def exports(world: World) -> dict[str, bytes]:
    """File name → what is in it."""
    facebook, tiktok, youtube = world.facebook, world.tiktok, world.youtube
    ages, genders = video_files.youtube_studio(youtube)
    carried = world.carried.posts[CARRIED.id]
    return {
        "facebook-videos.csv": meta_files.videos(facebook),
        "facebook-videos-before.csv": meta_files.videos_before(facebook),
        "facebook-reach-card.csv": meta_files.reach_card(facebook),
        "facebook-page-fortnights.csv": meta_files.page_reach(facebook),
        "ads.csv": meta_files.ads(world.bought),
        "ads-age-gender.csv": meta_files.ads_by_age(world.bought, world.paid),
        "ads-region.csv": meta_files.ads_by_region(world.bought, world.paid, world.where),
        "ads-by-seat.csv": meta_files.by_seat(world.bought, world.paid, world.where, ("Ad", "Constituency")),
        "ad-library-2026-12-03.json": library_files.library(world.bought, world.paid, LAST),
        "ad-library-2026-12-04.json": library_files.library(world.bought, world.paid, LAST + timedelta(days=1)),
        "partner-posts.csv": meta_files.in_all(carried),
        "partner-seats.csv": meta_files.by_seat(carried, world.carried, world.where, ("Post", "Seat"), least=10),
        "tiktok-overview.csv": video_files.tiktok_overview(tiktok),
        "tiktok-videos.csv": video_files.tiktok_videos(tiktok),
        "tiktok-audience-age.csv": video_files.tiktok_ages(tiktok),
        "tiktok-audience-gender.csv": video_files.tiktok_genders(tiktok),
        "tiktok-followers.csv": video_files.LOGIN_PAGE,
        "youtube-days.json": video_files.youtube_days(youtube),
        "youtube-ages-before.json": video_files.youtube_ages_before(youtube),
        "youtube-content.csv": video_files.youtube_content(youtube),
        "youtube-viewer-age.csv": ages,
        "youtube-viewer-gender.csv": genders,
    }


def posts_table() -> bytes:
    """Where the clips were posted; `clip` counts them by their order in the broadcast, for ids are made anew."""
    head = ("clip", "platform", "id", "seat", "audience", "partner", "payment", "recipe", "posted_at")
    rows = [
        (p.clip, p.platform, p.id, p.seat, p.audience, p.partner, p.payment, p.recipe, f"{p.at:%Y-%m-%d %H:%M}")
        for p in POSTED
    ]
    return as_csv([head, *rows]).encode()


def seat_groups() -> bytes:
    return as_csv([("group", "seat"), *((group, seat) for group, names in TOWNS.items() for seat in names)]).encode()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=HERE, help="the folder to write to")
    out: Path = asked.parse_args().out
    (out / "exports").mkdir(parents=True, exist_ok=True)
    for name, data in exports(simulate()).items():
        (out / "exports" / name).write_bytes(data)
    (out / "posts.csv").write_bytes(posts_table())
    (out / "seat-groups.csv").write_bytes(seat_groups())


if __name__ == "__main__":
    main()
