"""The committed demo recording is what its truth says it is."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
import srt
import yaml

DEMO = Path(__file__).parents[1] / "assets" / "demo"
STEM = "the-long-table"
Row = dict[str, object]


@pytest.fixture(scope="module")
def truth() -> dict[str, list[Row]]:
    return cast("dict[str, list[Row]]", json.loads((DEMO / f"{STEM}.truth.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def cues() -> list[srt.Subtitle]:
    return list(srt.parse((DEMO / f"{STEM}.srt").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def loudness() -> np.ndarray:
    """Root mean square of each 10 ms of the sound as it stands in the file, from time 0."""
    with av.open(str(DEMO / f"{STEM}.mp4")) as film:
        resampler = av.AudioResampler("flt", "mono", 16_000)
        pieces, first = [], None
        for frame in film.decode(audio=0):
            first = frame.time if first is None else first
            pieces += [part.to_ndarray().ravel() for part in resampler.resample(frame)]
    sound = np.concatenate(pieces)
    assert first is not None
    lead = round(first * 16_000)
    sound = np.pad(sound, (lead, 0)) if lead > 0 else sound[-lead:]
    return np.asarray(np.sqrt((sound[: len(sound) // 160 * 160].reshape(-1, 160) ** 2).mean(axis=1)))


def seconds(row: Row, key: str) -> float:
    return float(cast("float", row[key]))


def test_everything_that_is_shipped_for_the_demo_is_under_6_mb() -> None:
    shipped = [path for path in DEMO.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in shipped) < 6_000_000


def test_it_is_a_25_frame_h264_film_with_aac_sound_of_the_length_that_the_truth_says(
    truth: dict[str, list[Row]],
) -> None:
    with av.open(str(DEMO / f"{STEM}.mp4")) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert picture.average_rate == Fraction(25)
        assert picture.codec_context.width >= 1280
        assert picture.codec_context.height >= 720
        assert picture.duration is not None
        assert picture.time_base is not None
        length = float(picture.duration * picture.time_base)
    assert 90 <= length <= 150
    assert length == pytest.approx(float(cast("float", truth["duration"])), abs=0.04)


def test_words_come_in_order_inside_the_recording_and_belong_to_three_speakers(truth: dict[str, list[Row]]) -> None:
    words = truth["words"]
    starts = [seconds(word, "start") for word in words]
    assert starts == sorted(starts)
    assert all(0.02 < seconds(word, "end") - seconds(word, "start") < 1.5 for word in words)
    assert max(seconds(word, "end") for word in words) < float(cast("float", truth["duration"]))
    assert (
        set(cast("Row", truth["speakers"]))
        == {word["speaker"] for word in words}
        == {"presenter", "minister", "opposition"}
    )


def test_words_are_said_when_the_truth_says_so(truth: dict[str, list[Row]], loudness: np.ndarray) -> None:
    """Sound inside words, near silence inside the pauses of 0.3 s and more between them."""
    lines = truth["lines"]
    spoken = [loudness[round(seconds(w, "start") * 100) : round(seconds(w, "end") * 100)].max() for w in truth["words"]]
    assert min(spoken) > 0.008
    pauses = [
        loudness[round((seconds(before, "end") + 0.16) * 100) : round((seconds(after, "start") - 0.05) * 100)]
        for before, after in pairwise(lines)
        if seconds(after, "start") - seconds(before, "end") > 0.3
    ]
    assert len(pauses) > 8
    assert max(pause.max() for pause in pauses) < 0.012


def test_captions_come_three_to_eight_seconds_late_and_not_always_equally(
    truth: dict[str, list[Row]], cues: list[srt.Subtitle]
) -> None:
    rows = truth["captions"]
    assert len(cues) == len(rows)
    for cue, row in zip(cues, rows, strict=True):
        assert cue.start.total_seconds() == pytest.approx(seconds(row, "start"), abs=0.002)
        assert cue.content.replace("\n", " ") == row["text"]
        assert seconds(row, "start") > seconds(row, "said_end")
    late = np.array([seconds(row, "late") for row in rows])
    assert 3 <= late.min() < late.max() <= 8
    assert late.max() - late.min() > 2


def test_captions_are_blocks_of_two_lines_that_never_overlap(cues: list[srt.Subtitle]) -> None:
    for cue in cues:
        named = cue.content.startswith(">>")  # the name of a new speaker may push a block to a third line
        assert len(cue.content.splitlines()) <= (3 if named else 2)
    assert all(len(line) <= 37 for cue in cues for line in cue.content.splitlines())
    assert all(cue.start < cue.end for cue in cues)
    assert all(before.end <= after.start for before, after in pairwise(cues))
    assert sum(cue.content.startswith(">>") for cue in cues) > 15


def test_captions_have_a_live_subtitlers_slips(cues: list[srt.Subtitle]) -> None:
    text = " ".join(cue.content.replace("\n", " ") for cue in cues)
    for slip in ("40,000", "14,000", "diet works", "Tariq", "Dunn Marrow", "The number is not the point"):
        assert slip in text


def test_it_holds_what_a_demo_needs(truth: dict[str, list[Row]]) -> None:
    held = {str(row["id"]): row for row in truth["contents"]}
    calm = held["small-talk"]
    assert seconds(calm, "end") - seconds(calm, "start") >= 30
    assert "forty thousand homes" in str(held["wrong-number"]["text"])
    assert "and I quote" in str(held["quoting"]["text"])
    assert "press release" in str(held["landed"]["text"])
    assert held.keys() >= {"evaded", "interruption-1", "interruption-2", "late-answer"}


def test_the_late_answer_comes_two_sentences_after_the_question(truth: dict[str, list[Row]]) -> None:
    text = next(str(row["text"]) for row in truth["contents"] if row["id"] == "late-answer")
    sentences = text.split("? ", 1)[1].split(". ")
    assert sentences[2].startswith("So no, we will not")


def test_interruptions_start_before_the_interrupted_have_stopped(truth: dict[str, list[Row]]) -> None:
    lines = truth["lines"]
    cut_off = [(a, b) for a, b in pairwise(lines) if a["interrupted"]]
    assert len(cut_off) == 2
    assert all(seconds(after, "start") < seconds(before, "end") for before, after in cut_off)


def test_shots_follow_each_other_without_a_gap_on_whole_frames(truth: dict[str, list[Row]]) -> None:
    shots = truth["shots"]
    assert seconds(shots[0], "start") == 0
    assert seconds(shots[-1], "end") == pytest.approx(float(cast("float", truth["duration"])))
    assert all(a["end"] == b["start"] for a, b in pairwise(shots))
    assert all((seconds(shot, "start") * 25) % 1 == pytest.approx(0, abs=1e-6) for shot in shots)
    assert {shot["shot"] for shot in shots} >= {"wide", "guests", "presenter", "minister", "opposition"}


def test_straps_name_people_only_while_they_are_in_the_picture(truth: dict[str, list[Row]]) -> None:
    ids = {str(cast("Row", person)["name"]): who for who, person in cast("Row", truth["speakers"]).items()}
    assert len(truth["straps"]) >= 3
    for strap in truth["straps"]:
        during = {
            shot["shot"]
            for shot in truth["shots"]
            if seconds(shot, "end") > seconds(strap, "start") and seconds(shot, "start") < seconds(strap, "end")
        }
        assert during == {ids[str(strap["name"])]}


def test_the_sidecar_says_channel_programme_and_air_time() -> None:
    said = yaml.safe_load((DEMO / f"{STEM}.soundbite.yaml").read_text(encoding="utf-8"))
    assert (said["channel"], said["programme"]) == ("Wexmoor Television", "The Long Table")
    assert said["aired_at"].isoformat() == "2026-11-20T22:00:00"
