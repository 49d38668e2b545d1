"""Watchlists: what a campaign person may write, and what they are told when something is wrong."""

from __future__ import annotations

import pickle
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipping.errors import WatchlistWrong
from clipping.listening.watchlist import ENTRY_FIELDS, Kind, Rebuttal, load_watchlist, read_watchlist

EXAMPLE = Path(__file__).parents[2] / "assets" / "watchlists" / "example.yaml"
ENTRY = "entries:\n  - id: a\n    kind: claim\n"


def wrong(text: str) -> WatchlistWrong:
    with pytest.raises(WatchlistWrong) as caught:
        read_watchlist(text, source="list.yaml")
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return caught.value


def test_the_example_reads_and_shows_every_kind() -> None:
    watchlist = load_watchlist(EXAMPLE)
    assert {entry.kind for entry in watchlist.entries} == set(Kind) - {Kind.BY_HAND}
    homes = watchlist.entries[0]
    assert (homes.id, homes.weight) == ("homes-claim", 2.0)
    assert homes.rebuttal is not None
    assert homes.rebuttal.sources[0].endswith("https://example.org/table-213")


def test_a_list_of_one_needs_no_list() -> None:
    (entry,) = read_watchlist(ENTRY + "    phrases: the black hole\n    speaker: Dana Whitlock\n").entries
    assert (entry.phrases, entry.speakers) == (("the black hole",), ("Dana Whitlock",))


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    (entry,) = read_watchlist(ENTRY + "    phrases: [no deal, 40000, 12:30 train]\n    names: [Yes]\n").entries
    assert entry.phrases == ("no deal", "40000", "12:30 train")
    assert entry.names == ("Yes",)


@pytest.mark.parametrize(
    ("text", "words", "seconds"), [("20 words", 20, None), ("7", 7, None), ("10 seconds", None, Fraction(10))]
)
def test_within_is_words_or_seconds(text: str, words: int | None, seconds: Fraction | None) -> None:
    (entry,) = read_watchlist(ENTRY + f"    all_of: [waiting list, <number>]\n    within: {text}\n").entries
    assert (entry.within.words, entry.within.seconds) == (words, seconds)


def test_a_rebuttal_may_be_one_line() -> None:
    (entry,) = read_watchlist(ENTRY + "    phrases: black hole\n    rebuttal: It was 9, not 22.\n").entries
    assert entry.rebuttal == Rebuttal("It was 9, not 22.")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "entries:\n", "entries: []\n", "name: x\n"])
def test_a_watchlist_with_no_entries_is_an_input_error(text: str) -> None:
    assert "a watchlist with no entries" in str(wrong(text))


@pytest.mark.parametrize(
    ("body", "line", "reason", "mend"),
    [
        ("    phrase: x black\n", 4, "no field 'phrase'", "Did you mean 'phrases'?"),
        ("    wieght: 2\n", 4, "no field 'wieght'", "Did you mean 'weight'?"),
        (
            "    phrases:\n      - black hole\n      - and then the\n",
            6,
            "only small words",
            "carries meaning",
        ),
        ("    phrases: black\n    weight: heavy\n", 5, "the weight 'heavy'", "1 is the usual"),
        ("    phrases: black\n    weight: nan\n", 5, "the weight 'nan'", "1 is the usual"),
        ("    phrases: {a: b}\n", 4, "must be text", "quotes"),
        ("    phrases:\n", 4, "'phrases' is empty", "leave it out"),
        ("    phrases: black: hole\n", 4, "not YAML", "quotes"),
        ("\tphrases: black\n", 4, "not YAML", "spaces"),
        ("    all_of: [waiting list]\n", 4, "at least two", "phrases"),
        ("    phrases: black\n    within: 3 words\n", 5, "'within' without 'all_of'", "how close"),
        ("    all_of: [waiting, list]\n    within: near\n", 5, "no distance", "20 words"),
        ("    phrases: black\n    heard_as: blick\n", 5, "without 'names'", "name"),
        ("    note: only a note\n", 2, "nothing to listen for", "Add phrases"),
        ("    phrases: [we built 40,000 homes]\n", 4, "comma made two of 'we built 40,000 homes'", "quotes"),
        ("    phrases: black\n    phrases: white\n", 5, "stands here twice", "Keep one"),
        ("    phrases: black\n    rebuttal: {sources: [x]}\n", 5, "without 'line'", "line"),
    ],
)
def test_what_is_wrong_is_said_with_file_line_reason_and_mend(body: str, line: int, reason: str, mend: str) -> None:
    error = wrong(ENTRY + body)
    assert str(error).startswith(f"list.yaml, line {line}: ")
    assert (error.file, error.line) == ("list.yaml", line)
    assert reason in error.what
    assert mend in error.mend


def test_a_misspelt_kind_is_suggested() -> None:
    assert "Did you mean 'slip-up'?" in str(wrong("entries:\n  - id: a\n    kind: slipup\n    names: X\n"))


def test_by_hand_is_no_kind_for_a_list() -> None:
    assert "there is no kind 'by-hand'" in str(wrong("entries:\n  - id: a\n    kind: by-hand\n    names: X\n"))


def test_an_id_stands_once() -> None:
    error = wrong(ENTRY + "    names: X\n  - id: a\n    kind: claim\n    names: Y\n")
    assert error.line == 5
    assert "line 2 already" in str(error)


def test_a_bomb_of_aliases_is_refused_before_it_is_built() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    assert "anchors and aliases" in str(wrong(bomb))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: !!python/object/apply:os.system ['true']", "a tag"),
        ("[" * 5000, "nested"),
        ("x" * 1_000_001, "longer than"),
        ("name: a\n---\nname: b\n", "second page"),
        ("name: \x07", "not text"),
        ("- id: a", "must have fields"),
    ],
)
def test_tricks_are_refused(text: str, reason: str) -> None:
    assert reason in str(wrong(text))


@given(st.text(max_size=200))
def test_any_text_is_a_watchlist_or_one_line_of_error(text: str) -> None:
    try:
        assert read_watchlist(text).entries
    except WatchlistWrong as error:
        said = str(error)
    else:
        return
    assert "\n" not in said


def test_files_that_are_not_there_or_not_text_are_input_errors(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"name: \xe9\xff")
    for name, reason in [
        ("none.yaml", "no such watchlist"),
        ("latin.yaml", "not text"),
        (".", "can't be read"),
    ]:
        with pytest.raises(WatchlistWrong, match=reason):
            load_watchlist(tmp_path / name)


def test_the_error_keeps_its_facts_between_processes() -> None:
    error = pickle.loads(pickle.dumps(wrong("entries: 3")))
    assert isinstance(error, WatchlistWrong)
    assert (error.file, error.line) == ("list.yaml", 1)


def test_every_field_and_every_kind_is_documented() -> None:
    manual = (EXAMPLE.parents[2] / "docs" / "watchlists.md").read_text(encoding="utf-8")
    for word in (*ENTRY_FIELDS, *(kind.value for kind in Kind if kind is not Kind.BY_HAND)):
        assert f"| `{word}` |" in manual
