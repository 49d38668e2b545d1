"""Where the clock breaks and where it only wraps, as properties; time stamps by the byte."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from archive.media.epochs import lay, signed, split
from archive.media.index import SoundClock, frame_rate_of
from archive.media.transport import read_stamp, stamp_bytes
from archive.media.walk import Stamp
from archive.timeline.timeline import PTS_WRAP, Epoch

BASE = Fraction(1, 90000)
PICTURE = 3600


def stamps(first: int, count: int, position: int = 0, gop: int = 10) -> list[Stamp]:
    """`count` pictures at 25 a second from raw tick `first` on, in order of presentation."""
    return [
        Stamp((first + n * PICTURE) % PTS_WRAP, (first + n * PICTURE) % PTS_WRAP, PICTURE, position + n, n % gop == 0)
        for n in range(count)
    ]


@given(st.integers(-(2**40), 2**40))
def test_a_step_on_a_wrapping_clock_is_the_nearest(difference: int) -> None:
    step = signed(difference, PTS_WRAP)
    assert (step - difference) % PTS_WRAP == 0
    assert -PTS_WRAP // 2 <= step < PTS_WRAP // 2


@given(st.integers(0, PTS_WRAP - 1), st.integers(2, 200))
def test_a_wrap_anywhere_is_no_break(first: int, count: int) -> None:
    laid = lay(split(stamps(first, count), BASE, wrap=PTS_WRAP), BASE, wrap=PTS_WRAP)
    assert len(laid.epochs) == 1
    assert [tick for tick, _ in laid.frames] == [n * PICTURE for n in range(count)]
    assert laid.epochs[0].duration == Fraction(count, 25)
    assert laid.epochs[0].first_pts == first


@given(
    st.integers(0, PTS_WRAP - 1),
    st.lists(st.tuples(st.integers(20, 60), st.integers(-(10**9), 10**9)), min_size=1, max_size=5),
)
def test_media_time_runs_on_without_holes_over_any_breaks(first: int, parts: list[tuple[int, int]]) -> None:
    packets: list[Stamp] = []
    clock = first
    for count, jump in parts:
        packets += stamps(clock, count, len(packets))
        clock += count * PICTURE + jump
    laid = lay(split(packets, BASE, wrap=PTS_WRAP), BASE, wrap=PTS_WRAP)
    for before, after in zip(laid.epochs, laid.epochs[1:], strict=False):
        assert before.end == after.start
        assert after.lost >= 0
    ticks = [tick for tick, _ in laid.frames]
    assert ticks == sorted(ticks)
    assert len(laid.epochs) <= len(parts)


@given(st.integers(90_000 + PICTURE, 3600 * 90_000))
def test_a_plausible_jump_ahead_is_lost_air_time(jump: int) -> None:
    packets = stamps(0, 30) + stamps(30 * PICTURE + jump, 30, 30)
    laid = lay(split(packets, BASE, wrap=PTS_WRAP), BASE, wrap=PTS_WRAP)
    assert [epoch.lost for epoch in laid.epochs] == [0, jump * BASE]


@given(st.integers(3601 * 90_000, PTS_WRAP // 2 - 10**6) | st.integers(-(PTS_WRAP // 2) + 10**6, -90_000))
def test_any_other_jump_is_a_clock_set_anew(jump: int) -> None:
    packets = stamps(0, 30) + stamps(30 * PICTURE + jump, 30, 30)
    laid = lay(split(packets, BASE, wrap=PTS_WRAP), BASE, wrap=PTS_WRAP)
    assert [epoch.lost for epoch in laid.epochs] == [0, 0]


def test_one_damaged_time_stamp_is_passed_over() -> None:
    packets = stamps(0, 40)
    packets[20] = packets[20]._replace(pts=7 * 10**9, dts=7 * 10**9)
    laid = lay(split(packets, BASE, wrap=PTS_WRAP), BASE, wrap=PTS_WRAP)
    assert len(laid.epochs) == 1
    assert len(laid.frames) == 39


def test_a_short_hole_is_no_break_but_stands_in_media_time() -> None:
    packets = [*stamps(0, 10), *stamps(20 * PICTURE, 10, 10)]
    laid = lay(split(packets, BASE, wrap=PTS_WRAP), BASE, wrap=PTS_WRAP)
    assert len(laid.epochs) == 1
    assert laid.epochs[0].duration == Fraction(30, 25)


def test_pictures_that_cannot_be_decoded_are_not_on_the_timeline() -> None:
    packets = [s._replace(is_key=n in (5, 15)) for n, s in enumerate(stamps(0, 20))]
    leading = packets[6]._replace(pts=packets[4].pts)  # an open GOP: shown before its keyframe
    packets[6] = leading
    laid = lay(split(packets, BASE, wrap=PTS_WRAP), BASE, wrap=PTS_WRAP)
    assert laid.epochs[0].first_pts == packets[5].pts
    assert laid.unusable == 6


def test_sound_that_trails_over_a_break_belongs_to_the_epoch_before() -> None:
    ten = Fraction(10)
    epochs = [Epoch(Fraction(0), ten, 9_000_000, BASE, 0, 999), Epoch(ten, ten, 8_700_000, BASE, 1000, 1999)]
    clock = SoundClock(epochs, PTS_WRAP)
    assert clock.tick(9_000_000 + 890_000, 990) == 890_000
    assert clock.tick(9_000_000 + 892_000, 1010) == 892_000  # also a time of the second epoch: 3.3 s + 10 s
    assert clock.tick(9_000_000 + 901_000, 1011) is None  # after the last picture of its epoch
    assert clock.tick(8_700_000 + 2_000, 1020) == 902_000


def test_the_usual_rate_is_a_broadcast_rate() -> None:
    assert frame_rate_of([n * 33 + n // 3 for n in range(100)], Fraction(1, 1000)) == 30
    assert frame_rate_of([n * 3003 for n in range(100)], BASE) == Fraction(30000, 1001)
    assert frame_rate_of([n * n for n in range(100)], BASE) is None


@given(st.integers(0, PTS_WRAP - 1), st.sampled_from([1, 2, 3]))
def test_time_stamps_are_written_as_they_are_read(ticks: int, mark: int) -> None:
    written = stamp_bytes(mark, ticks)
    assert read_stamp(written) == ticks
    assert written[0] >> 4 == mark
    assert all(byte & 1 for byte in (written[0], written[2], written[4]))
