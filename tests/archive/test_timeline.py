"""Times as people write them, media time, the air clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.errors import SettingsWrong, TimeOutside
from archive.timeline import Epoch, Marks, Timeline, format_time, parse_time

AIRED = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
BASE = Fraction(1, 90000)


@cache
def timeline_with_loss() -> Timeline:
    """Ten minutes; 30 s of signal lost; ten more; the clock set anew; ten more. 25 pictures a second."""
    ten = Fraction(600)
    epochs = (
        Epoch(Fraction(0), ten, 900_000, BASE),
        Epoch(ten, ten, 900_000 + 630 * 90000, BASE, lost=Fraction(30)),
        Epoch(2 * ten, ten, 17, BASE),
    )
    frames = Marks.of(range(0, 1800 * 90000, 3600))
    return Timeline(epochs, Fraction(25), frames).with_air_time(AIRED)


timeline_with_loss().snap(Fraction(0))  # unpacked once, outside every deadline
NTSC = Timeline.regular(Fraction(1800), Fraction(30000, 1001)).with_air_time(AIRED)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:12:03", 723),
        ("00:12:03.400", Fraction(7234, 10)),
        ("12:03", 723),
        ("1:00:00", 3600),
        ("90", 90),
        ("90.04", Fraction(9004, 100)),
        (" 0 ", 0),
        ("00:00:01,5", Fraction(3, 2)),
        ("75:00", 4500),
    ],
)
def test_times_are_read_exactly(text: str, seconds: Fraction) -> None:
    assert parse_time(text) == seconds


def test_wall_clocks_are_read_into_utc() -> None:
    assert parse_time("2026-11-20T22:14:03Z") == datetime(2026, 11, 20, 22, 14, 3, tzinfo=UTC)
    assert parse_time("2026-07-20T22:14:03+01:00") == datetime(2026, 7, 20, 21, 14, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "-5", "1:60", "00:61:00", "00:00:60", "1e9", "nan", "²", "1:2:3:4", "2026-11-20T22:14:03"]
)
def test_what_is_no_time_is_said_in_one_line(text: str) -> None:
    with pytest.raises(TimeOutside) as caught:
        parse_time(text)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


@given(st.text(max_size=30))
def test_reading_a_time_never_fails_otherwise(text: str) -> None:
    try:
        parse_time(text)
    except TimeOutside:
        return


@given(st.integers(0, 10**9))
def test_written_times_are_read_back(milliseconds: int) -> None:
    assert parse_time(format_time(Fraction(milliseconds, 1000))) == Fraction(milliseconds, 1000)


def test_times_round_to_the_nearest_millisecond() -> None:
    assert format_time(Fraction(59_999_6, 10_000)) == "00:01:00.000"
    assert format_time(Fraction(-3, 2)) == "-00:00:01.500"


@given(st.lists(st.integers(-(2**40), 2**40), max_size=50).map(sorted), st.integers(-(2**41), 2**41))
def test_marks_keep_their_numbers_and_find_the_one_before(ticks: list[int], tick: int) -> None:
    marks = Marks.of(ticks, ticks)
    assert list(marks.ticks) == list(marks.positions) == ticks
    before = [t for t in ticks if t <= tick]
    found = marks.last_at(tick)
    assert (found is None) == (not before)
    assert found is None or ticks[found] == before[-1]
    following = marks.first_after(tick)
    assert following is None or ticks[following] > tick


def test_picture_starts_of_a_long_recording_are_kept_small() -> None:
    frames = Marks.of(range(0, 2 * 3600 * 90000, 3600))
    assert len(frames) == 180_000
    assert len(frames.ticks_packed) < 10_000


@given(st.fractions(0, Fraction(179999, 100), max_denominator=10**6))
def test_snapping_finds_the_picture_on_screen(t: Fraction) -> None:
    timeline = timeline_with_loss()
    start = timeline.snap(t)
    assert start <= t < start + Fraction(1, 25)
    assert start % Fraction(1, 25) == 0
    assert timeline.snap(start) == start


@pytest.mark.parametrize("t", [Fraction(-1, 100), Fraction(1800), Fraction(10**6)])
def test_a_time_outside_is_refused(t: Fraction) -> None:
    with pytest.raises(TimeOutside, match=r"runs from 00:00:00\.000 to 00:30:00\.000"):
        timeline_with_loss().snap(t)


def test_asking_for_a_wall_clock_gives_what_was_on_air() -> None:
    timeline = timeline_with_loss()
    assert timeline.media_at(datetime(2026, 11, 20, 22, 4, 3, tzinfo=UTC)) == 243
    after_the_loss = datetime(2026, 11, 20, 22, 14, 3, tzinfo=UTC)
    assert timeline.media_at(after_the_loss) == 14 * 60 + 3 - 30
    london = after_the_loss.astimezone(timezone(timedelta(hours=1)))
    assert timeline.media_at(london) == timeline.media_at(after_the_loss)


def test_a_clock_set_anew_takes_no_air_time() -> None:
    timeline = timeline_with_loss()
    third = timeline.epochs[2]
    assert third.wall_start == AIRED + timedelta(seconds=1230)
    assert timeline.wall_at(third.start) == third.wall_start


def test_what_was_lost_cannot_be_shown_and_the_edges_are_named() -> None:
    with pytest.raises(TimeOutside, match="22:10:00Z to 22:10:30Z"):
        timeline_with_loss().media_at(AIRED + timedelta(seconds=610))


@pytest.mark.parametrize("seconds", [-1, 1830, 90000])
def test_air_time_outside_the_recording_is_refused(seconds: int) -> None:
    with pytest.raises(TimeOutside, match="outside the recording"):
        timeline_with_loss().media_at(AIRED + timedelta(seconds=seconds))


def test_without_an_air_time_there_is_no_wall_clock() -> None:
    with pytest.raises(TimeOutside, match="not known"):
        Timeline.regular(Fraction(10), Fraction(25)).media_at(AIRED)


def test_an_air_time_without_zone_is_refused() -> None:
    with pytest.raises(SettingsWrong):
        Timeline.regular(Fraction(10), Fraction(25)).with_air_time(datetime(2026, 1, 1))


@given(st.integers(0, 1799 * 30000 // 1001))
def test_a_picture_is_found_again_by_its_air_time(number: int) -> None:
    start = number / Fraction(30000, 1001)
    assert NTSC.snap(NTSC.media_at(NTSC.wall_at(start))) == start


@given(st.fractions(0, Fraction(1799), max_denominator=10**7))
def test_the_air_clock_runs_forwards_and_back_again(t: Fraction) -> None:
    timeline = timeline_with_loss()
    returned = timeline.media_at(timeline.wall_at(t))
    assume(timeline.epoch_at(t) == timeline.epoch_at(min(returned, Fraction(1799))))
    assert 0 <= returned - t < Fraction(1, 500_000)


def test_a_timeline_is_kept_exactly() -> None:
    for timeline in (timeline_with_loss(), Timeline.regular(Fraction(7, 3), None)):
        assert Timeline.from_json(timeline.to_json()) == timeline


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"epochs": 3}', "null"])
def test_what_is_no_timeline_is_said(text: str) -> None:
    with pytest.raises(SettingsWrong):
        Timeline.from_json(text)


def test_breaks_inside_a_stretch_are_listed() -> None:
    timeline = timeline_with_loss()
    assert timeline.breaks == (Fraction(600), Fraction(1200))
    assert timeline.breaks_within(Fraction(590), Fraction(600)) == ()
    assert timeline.breaks_within(Fraction(590), Fraction(601)) == (Fraction(600),)
