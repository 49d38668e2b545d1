"""What the tests of metrics share: a catalogue with a published clip, and exports as people download them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archive.catalogue import clips, moments
from archive.catalogue.clips import Clip
from flows.workspace import Workspace
from tests.archive.rows import a_clip, a_moment, claimed, with_recording

CLIP = "c_0123456789ab"
# The videos of a TikTok account as its Business Suite gives them; the first is the clip's.
TIKTOK = (
    "Video title,Video link,Post time,Video views,Likes,Comments,Shares,Add to Favorites\n"
    "The number is the point,https://www.tiktok.com/@us/video/7560000000000000001,2026/11/20 22:40:00,1200,90,8,40,5\n"
    "Knocking on doors,https://www.tiktok.com/@us/video/7560000000000000002,2026/11/21 18:00:00,300,12,1,2,0\n"
)
HTML = "<!doctype html><html><title>Log in</title></html>"


def publish_clip(workspace: Workspace, name: str = CLIP) -> Clip:
    """A clip of a flagged moment in the catalogue, without any film."""
    with workspace.catalogue.write("anna") as tx:
        recording = with_recording(tx, seed=name).id
        moment = a_moment(recording)
        moments.put(tx, [moment])
        clip = replace(a_clip(name, recording), moment_id=moment.id)
        clips.publish(tx, claimed(tx, name), clip)
    return clip


def tiktok(folder: Path, text: str = TIKTOK) -> Path:
    path = folder / "Overview.csv"
    path.write_text(text, encoding="utf-8")
    return path
