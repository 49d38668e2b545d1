"""Channel, programme and air time out of file names, and local time into UTC."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import SettingsWrong
from archive.ingest.about import Said, about
from archive.ingest.airtime import local_to_utc
from archive.ingest.names import Guess, channel_named, read_name
from archive.ingest.sidecar import Sidecar, read_sidecar
from archive.ingest.sources import caption_language

AT = datetime(2026, 11, 20, 22, 30)

SHAPES = {
    "Meridian News - The Lobby - 2026-11-20 22-30": Guess("Meridian News", "The Lobby", AT),
    "BBC Two - Newsnight - 2026-11-20 22-30-00": Guess("BBC Two", "Newsnight", AT),
    "20261120 2230 - BBC TWO HD - Newsnight": Guess("BBC Two", "Newsnight", AT),
    "Newsnight-BBC TWO HD-2026-11-20-22-30": Guess("BBC Two", "Newsnight", AT),
    "Newsnight_20261120_22302315": Guess(None, "Newsnight", AT),
    "Newsnight - 2026-11-20 22 30 00 - Episode 7": Guess(None, "Newsnight", AT),
    "1234_20261120223000": Guess(None, None, AT),
    "BBC_One_2026-11-20_22-30": Guess("BBC One", None, AT),
    "BBC_Two_-_Newsnight_-_2026-11-20_22.30": Guess("BBC Two", "Newsnight", AT),
    "Channel 4 – Dispatches – 2026-11-20T22:30Z": Guess("Channel 4", "Dispatches", AT.replace(tzinfo=UTC)),
    "c4_2026-11-20T22:30+0100": Guess("Channel 4", None, AT.replace(tzinfo=timezone(timedelta(hours=1)))),
    "Sky News - Politics Hub": Guess("Sky News", "Politics Hub"),
    "VID_20261120_223000": Guess(None, None, AT),
    "manifesto": Guess(),
    "retalking_face_1": Guess(),
    "Interview - final cut": Guess(),
    "gb0_bush_radio_address_2008": Guess(),
    "clip_1080p_50fps": Guess(),
    "2026-13-45 22-30": Guess(),
}


@pytest.mark.parametrize("stem", SHAPES)
def test_recorders_names_are_read(stem: str) -> None:
    assert read_name(stem) == SHAPES[stem]


def test_a_day_without_a_time_is_said_and_not_invented() -> None:
    guess = read_name("Newsnight_-_20_11_2026_m0012345_original")
    assert guess.aired_at is None
    assert guess.programme == "Newsnight"
    assert guess.note == "the file name gives the day 2026-11-20 but no time of day"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_name_breaks_the_reader(stem: str) -> None:
    guess = read_name(stem)
    assert guess.channel is None or guess.channel.strip()


@settings(deadline=None)
@given(
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2090, 1, 1)).map(lambda d: d.replace(microsecond=0))
)
def test_our_own_shape_is_read_back_exactly(at: datetime) -> None:
    assert read_name(f"Meridian News - The Lobby - {at:%Y-%m-%d %H-%M-%S}") == Guess("Meridian News", "The Lobby", at)


def test_channels_are_known_by_their_many_spellings() -> None:
    assert {channel_named(text) for text in ("bbc_one", "BBC ONE HD", "BBC1", "bbc one")} == {"BBC One"}
    assert channel_named("BBC") is None


def test_british_summer_time_is_an_hour_ahead() -> None:
    assert local_to_utc(datetime(2026, 7, 1, 22, 0), "Europe/London").at == datetime(2026, 7, 1, 21, 0, tzinfo=UTC)
    assert local_to_utc(datetime(2026, 12, 1, 22, 0), "Europe/London").at == datetime(2026, 12, 1, 22, 0, tzinfo=UTC)


def test_a_time_that_happened_twice_is_the_first_and_said() -> None:
    aired = local_to_utc(datetime(2026, 10, 25, 1, 30), "Europe/London")
    assert aired.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert "happened twice in Europe/London; the first was taken" in aired.note


def test_a_time_that_did_not_exist_counts_on_and_is_said() -> None:
    aired = local_to_utc(datetime(2026, 3, 29, 1, 30), "Europe/London")
    assert aired.at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert "did not exist in Europe/London; 02:30:00 was taken" in aired.note


def test_a_time_with_a_zone_needs_no_guess() -> None:
    aired = local_to_utc(datetime(2026, 10, 25, 1, 30, tzinfo=timezone(timedelta(hours=1))), "Europe/London")
    assert aired.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert aired.note == ""


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(SettingsWrong, match="is no time zone"):
        local_to_utc(AT, zone)


@pytest.mark.parametrize("when", [datetime.min, datetime.max, datetime.max.replace(tzinfo=UTC)])
def test_a_year_without_broadcasts_is_refused(when: datetime) -> None:
    for zone in ("Asia/Tokyo", "America/Los_Angeles"):
        with pytest.raises(SettingsWrong, match="is no year of a broadcast"):
            local_to_utc(when, zone)
        with pytest.raises(SettingsWrong, match="is no year of a broadcast"):
            Said(aired_at=when, zone=zone).check()


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2090, 1, 1)))
def test_every_local_time_becomes_one_utc_time(when: datetime) -> None:
    aired = local_to_utc(when, "Europe/London")
    assert aired.at.tzinfo is UTC
    assert abs(aired.at.replace(tzinfo=None) - when) <= timedelta(hours=1)


def test_said_wins_over_the_sidecar_and_the_sidecar_over_the_name() -> None:
    name = "BBC Two - Newsnight - 2026-11-20 22-30"
    sidecar = Sidecar(programme="Newsnight Special", aired_at=datetime(2026, 11, 20, 22, 31))
    known = about(name, sidecar, Said(aired_at=datetime(2026, 11, 20, 22, 32)))
    assert (known.channel, known.programme) == ("BBC Two", "Newsnight Special")
    assert known.aired_at == datetime(2026, 11, 20, 22, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "channel: BBC Two\nprogramme: Newsnight\naired_at: 2026-11-20 22:30",
            Sidecar("BBC Two", "Newsnight", AT),
        ),
        ('{"channel": "BBC Two", "aired_at": "2026-11-20T22:30"}', Sidecar("BBC Two", None, AT)),
        ("aired_at: 2026-11-20 22:30:00", Sidecar(aired_at=AT)),
        ("aired_at: 2026-11-20T22:30:00Z", Sidecar(aired_at=AT.replace(tzinfo=UTC))),
        ("\ufeffchannel: BBC Two", Sidecar("BBC Two")),
        ("channel:", Sidecar()),
    ],
)
def test_a_sidecar_is_read(text: str, expected: Sidecar) -> None:
    assert read_sidecar(text.encode(), "x.soundbite.yaml") == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"channel: [BBC", "line 1"),
        (b"channel: BBC\n\tprogramme: x", "line 2"),
        (b"chanel: BBC Two", "unknown key 'chanel'"),
        (b"- BBC Two", "expected lines such as"),
        (b"", "expected lines such as"),
        (b"channel: 4", "channel must be text, not 4"),
        (b"aired_at: 2026-11-20", "aired_at 2026-11-20 is no day and time"),
        (b"aired_at: tonight", "'tonight' is no day and time"),
        (b"channel: \xff\xfe", "not YAML in UTF-8"),
        (b"[" * 5_000, "not YAML in UTF-8"),
    ],
)
def test_a_wrong_sidecar_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(SettingsWrong) as caught:
        read_sidecar(data, "x.soundbite.yaml")
    assert reason in caught.value.what
    assert caught.value.what.startswith("x.soundbite.yaml")
    assert "\n" not in str(caught.value)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_sidecar_breaks_the_reader(data: bytes) -> None:
    with suppress(SettingsWrong):  # and nothing else
        assert isinstance(read_sidecar(data, "x.soundbite.yaml"), Sidecar)


def test_the_language_of_captions_is_in_their_name() -> None:
    assert caption_language("news", "news.srt") == ""
    assert caption_language("news", "news.en.srt") == "en"
    assert caption_language("news", "news.en_GB.vtt") == "en-GB"
    assert caption_language("news", "news.final version.srt") == ""
