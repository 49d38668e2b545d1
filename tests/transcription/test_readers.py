"""Caption files as people and broadcasters make them, and as enemies do."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.cues import CaptionInput, Captions
from transcription.errors import CaptionsUnreadable
from transcription.readers import ALIASES, READERS, read_captions, read_input

SRT = "1\n00:00:01,000 --> 00:00:02,500\nGood evening.\n\n2\n00:00:03,000 --> 00:00:04,000\nHello\nthere\n"


def vtt(*payloads: str) -> str:
    cues = [f"00:00:{k:02d}.000 --> 00:00:{k + 1:02d}.000\n{payload}" for k, payload in enumerate(payloads)]
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def texts(captions: Captions) -> list[str]:
    return [word.text for cue in captions.cues for word in cue.words]


def changes(captions: Captions) -> list[str]:
    return [word.text for cue in captions.cues for word in cue.words if word.speaker_change]


def test_srt_gives_exact_times_words_and_line_breaks() -> None:
    first, second = read_captions(SRT, "srt").cues
    assert (first.start, first.end) == (Fraction(1), Fraction(5, 2))
    assert second.text == "Hello\nthere"
    assert [word.text for word in second.words] == ["Hello", "there"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_old_files_are_understood(encoding: str) -> None:
    data = "1\r\n00:00:01,000 --> 00:00:02,000\r\ncafé £5 — d’accord\r\n".encode(encoding)
    assert texts(read_captions(data, "srt")) == ["café", "£5", "—", "d’accord"]


def test_a_webvtt_file_under_a_wrong_name_is_read_as_webvtt() -> None:
    assert read_captions(vtt("Hello"), "srt").format == "webvtt"


@pytest.mark.parametrize("alias", sorted(ALIASES))
def test_every_alias_leads_to_a_reader(alias: str) -> None:
    text = vtt("Hi") if ALIASES[alias] == "webvtt" else SRT
    assert ALIASES[alias] in READERS
    assert read_captions(text, alias).cues


def test_cues_come_in_order_of_time() -> None:
    swapped = "\n\n".join(reversed(SRT.strip().split("\n\n"))) + "\n"
    starts = [cue.start for cue in read_captions(swapped).cues]
    assert starts == sorted(starts)


def test_a_missing_blank_line_does_not_swallow_a_cue() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:02,000 --> 00:00:03,000\nb\n"
    assert texts(read_captions(text)) == ["a", "b"]


def test_bad_cues_are_dropped_and_said() -> None:
    text = SRT + "\n3\n00:00:09,000 --> 00:00:08,000\nbackwards\n"
    captions = read_captions(text)
    assert texts(captions) == ["Good", "evening.", "Hello", "there"]
    assert captions.notes == ("1 caption cue was damaged and left out",)


def test_one_absurd_time_does_not_take_the_other_cues_with_it() -> None:
    text = SRT + "\n3\n99999999999999:00:01,000 --> 99999999999999:00:02,000\nx\n"
    assert texts(read_captions(text))[:2] == ["Good", "evening."]
    later = "WEBVTT\n\n00:61:00.000 --> 00:62:00.000\nbad\n\n00:01.000 --> 00:02.000\ngood\n"
    captions = read_captions(later)
    assert texts(captions) == ["good"]
    assert captions.notes


@pytest.mark.parametrize(
    "data",
    [
        "#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n",
        "<?xml version='1.0'?><MPD/>",
        b"\x00\x01" * 500,
        "hello\nworld",
    ],
)
def test_what_is_not_captions_is_refused_with_what_to_do(data: str | bytes) -> None:
    with pytest.raises(CaptionsUnreadable) as caught:
        read_captions(data, "srt", name="evil.srt")
    assert caught.value.exit_code == 2
    assert caught.value.mend
    assert "evil.srt" in str(caught.value)


def test_an_unknown_format_names_those_that_are_read() -> None:
    with pytest.raises(CaptionsUnreadable, match="srt, webvtt"):
        read_captions("anything", "teletext")


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CaptionsUnreadable, match=r"gone\.srt"):
        read_input(CaptionInput(tmp_path / "gone.srt"))


def test_a_file_is_read_by_its_suffix_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(vtt("Hi"), encoding="utf-8")
    assert read_input(CaptionInput(path)).format == "webvtt"


def test_empty_captions_are_none_and_said() -> None:
    captions = read_captions("", "srt")
    assert captions.cues == ()
    assert captions.notes == ("the captions hold no cue",)


def test_tags_entities_and_overrides_go_and_text_stays() -> None:
    srt = '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#fff"><b>Tom &amp; I</b></font> a < b {sic}\n'
    assert texts(read_captions(srt)) == ["Tom", "&", "I", "a", "<", "b", "{sic}"]
    assert texts(read_captions(vtt("<i.loud>AT&amp;T</i>&nbsp;is &lt;here&gt;"))) == ["AT&T", "is", "<here>"]


def test_drawings_are_no_words() -> None:
    srt = "1\n00:00:01,000 --> 00:00:02,000\n{\\p1}m 0 0 l 100 0{\\p0}{\\fs99}X\n"
    assert texts(read_captions(srt)) == ["X"]


def test_sound_labels_are_no_words_but_brackets_in_speech_are() -> None:
    text = vtt("APPLAUSE", "[MUSIC] Order (the bill) (LAUGHTER) please", "♪ ♪")
    assert texts(read_captions(text)) == ["Order", "(the", "bill)", "please"]


@pytest.mark.parametrize(
    ("payloads", "expected"),
    [
        ((">> Hello", "still me", "&gt;&gt; And I?"), ["Hello", "And"]),
        (("- Is it?\n- It is.",), ["Is", "It"]),
        (("Is it? >> It is.",), ["It"]),
        (("<c.white>One</c>", "<c.yellow>Two</c>", "<c.yellow>three</c>"), ["Two"]),
        (("<v Anna>One", "<v Anna>two", "<v Ben>Three"), ["Three"]),
        (("a well-known — pause",), []),
    ],
)
def test_a_change_of_speaker_is_heard_from_marks_names_and_colours(
    payloads: tuple[str, ...], expected: list[str]
) -> None:
    assert changes(read_captions(vtt(*payloads))) == expected


def test_a_voice_tag_and_a_name_in_capitals_give_the_speaker() -> None:
    captions = read_captions(vtt("<v Anna Low>Hello there", ">> BEN HIGH: And I?"))
    assert captions.cues[0].speaker == "Anna Low"
    assert captions.cues[1].speaker == "BEN HIGH"
    assert texts(captions) == ["Hello", "there", "And", "I?"]


BLANK = " "  # a line that the site leaves empty
ROLLING = "\n".join(
    [
        "WEBVTT",
        "",
        "00:00:01.000 --> 00:00:02.000",
        BLANK,
        "one<00:00:01.300><c> two</c><00:00:01.600><c> three</c>",
        "",
        "00:00:02.000 --> 00:00:02.010",
        "one two three",
        BLANK,
        "",
        "00:00:02.010 --> 00:00:03.000",
        "one two three",
        "four<00:00:02.400><c> five</c><00:00:02.700><c> six</c>",
        "",
        "00:00:03.000 --> 00:00:03.010",
        "four five six",
        BLANK,
        "",
        "00:00:03.010 --> 00:00:04.000",
        "four five six",
        "seven<00:00:03.400><c> eight</c>",
        "",
        "00:00:04.000 --> 00:00:04.010",
        "seven eight",
        BLANK,
    ]
)


def test_rolling_captions_say_each_word_once_at_its_own_time() -> None:
    captions = read_captions(ROLLING)
    assert texts(captions) == ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    times = [word.at for cue in captions.cues for word in cue.words]
    assert times[:4] == [Fraction(1), Fraction("1.3"), Fraction("1.6"), Fraction("2.01")]
    assert captions.has_word_times


def test_what_people_repeat_is_not_taken_for_rolling() -> None:
    text = vtt("No, no.", "No, no.", "I said so", "and so it is", "and that is that", "good night")
    assert texts(read_captions(text))[:4] == ["No,", "no.", "No,", "no."]


@given(st.text(max_size=400), st.sampled_from(["srt", "webvtt", None]))
def test_no_text_whatever_raises_anything_else(text: str, kind: str | None) -> None:
    _survives(text, kind)


@given(st.data())
def test_no_mutation_of_a_real_file_raises_anything_else(data: st.DataObject) -> None:
    base = data.draw(st.sampled_from([SRT, ROLLING, vtt("<v A>x</v>", "{\\an8}- y")]))
    start = data.draw(st.integers(0, len(base)))
    end = data.draw(st.integers(start, min(len(base), start + 20)))
    junk = data.draw(st.text(alphabet="<>{}&;:-,.0123456789\n\\ap\x00 v", max_size=12))
    _survives(base[:start] + junk + base[end:], data.draw(st.sampled_from(["srt", "webvtt"])))


@given(st.binary(max_size=300))
def test_no_bytes_whatever_raise_anything_else(data: bytes) -> None:
    with suppress(CaptionsUnreadable):
        assert read_captions(data).format in READERS


def _survives(text: str, kind: str | None) -> None:
    try:
        captions = read_captions(text, kind)
    except CaptionsUnreadable:
        return
    for cue in captions.cues:
        assert 0 <= cue.start < cue.end
        assert all(word.text.strip() == word.text != "" for word in cue.words)
