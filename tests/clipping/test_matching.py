"""What counts as the same words, and what must not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipping.language.wording import wording
from clipping.listening.matching import Hit, find_hits, is_same_person
from clipping.listening.watchlist import Watchlist, read_watchlist
from tests.clipping.scripts import said


def listed(fields: str, kind: str = "claim") -> Watchlist:
    return read_watchlist(f"entries:\n  - id: it\n    kind: {kind}\n    " + fields.replace("\n", "\n    "))


def heard(text: str, fields: str, *, speaker: str | None = "Dana Whitlock") -> list[Hit]:
    return find_hits(said((speaker, text)), listed(fields))


HOMES = "phrases: we have built 40,000 homes"


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Since May we have built 40,000 homes.", "word for word"),
        ("WE HAVE BUILT 40,000 HOMES", "word for word"),
        ("We've built forty thousand homes.", "in nearly these words"),
        ("We are building 40k homes this year.", "in nearly these words"),
        ("We have, er, we have built forty thousand new homes.", "in nearly these words"),
        ("They build 40 thousand good homes.", "in nearly these words"),
    ],
)
def test_a_phrase_is_found_as_people_say_it(text: str, how: str) -> None:
    (hit,) = heard(text, HOMES)
    assert hit.how == how


@pytest.mark.parametrize(
    "text",
    [
        "We have built 400,000 homes.",
        "We have built 4,000 homes.",
        "We have built homes.",
        "We have built 40,000 roads.",
        "Homes that 40,000 builders have built.",
        "We have a home. It was built in 1990 for 40,000 pounds and the street is full of homes.",
        "We have built up a reserve of 40,000 and everybody who works in local homes knows that.",
    ],
)
def test_another_number_or_another_thing_is_no_match(text: str) -> None:
    assert heard(text, HOMES) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40,000", "forty thousand"),
        ("40k", "40 thousand"),
        ("£2bn", "two billion pounds"),
        ("12%", "twelve per cent"),
        ("12 percent", "twelve per cent"),
        ("1.5 million", "one and a half million"),
        ("2.5 million", "two point five million"),
        ("105,206", "one hundred and five thousand two hundred and six"),
        ("2024", "twenty twenty-four"),
        ("100", "a hundred"),
        ("1,000,000", "a million"),
    ],
)
def test_figures_and_number_words_are_the_same(one: str, other: str) -> None:
    (left,), (right,) = wording(one), wording(other)
    assert left.figure is not None
    assert right.figure is not None
    assert left.figure.agrees_with(right.figure)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_a_number_with_commas_is_the_number(number: int) -> None:
    (with_commas,), (without,) = wording(f"{number:,}"), wording(str(number))
    assert with_commas.figure is not None
    assert without.figure is not None
    assert with_commas.figure.value == without.figure.value == number


def test_a_percentage_is_not_a_bare_number_of_something_else() -> None:
    assert heard("Turnout was forty thousand.", "phrases: turnout was 40%") == []


@pytest.mark.parametrize("word", ["cut", "cuts", "cutting"])
def test_inflected_forms_are_one_word(word: str) -> None:
    assert len(heard(f"So they {word} taxes again.", "phrases: cut taxes")) == 1


def test_one_misheard_word_is_allowed_where_the_others_agree() -> None:
    (hit,) = heard("It is a goverment waiting list scandal.", "phrases: government waiting list")
    assert "misheard" in hit.how
    assert heard("The goverment is here.", "phrases: the government is") == []


@pytest.mark.parametrize(
    ("wanted", "said_word"),
    [("national", "rational"), ("million", "billion"), ("house", "horse"), ("legal", "illegal")],
)
def test_words_that_only_look_alike_are_not_misheard(wanted: str, said_word: str) -> None:
    assert heard(f"This is a {said_word} programme here.", f"phrases: {wanted} programme") == []


def test_a_not_is_never_missing_from_a_phrase_that_has_one() -> None:
    fields = "phrases: families can't live in a press release"
    assert len(heard("Families cannot live in a press release.", fields)) == 1
    assert heard("Families can live in a press release.", fields) == []


def test_near_takes_any_order_but_not_any_distance() -> None:
    fields = "near: homes finished 11,300"
    (hit,) = heard("Only 11,300 were finished, these homes.", fields)
    assert hit.how == "in other words"
    far = "Eleven thousand three hundred " + "people came to the square that day and " * 3 + "the homes were finished."
    assert heard(far, fields) == []


def test_all_of_needs_all_of_them_close_together() -> None:
    fields = "all_of: [waiting list, <number>]\nwithin: 10 words"
    assert len(heard("The waiting list is at seven and a half million.", fields)) == 1
    assert heard("The waiting list is too long. " + "We all know that here. " * 3 + "Six million.", fields) == []
    assert heard("The waiting list is long, in 2024 and one is too many.", fields) == []


def test_all_of_within_seconds_counts_seconds() -> None:
    fields = "all_of: [waiting list, <number>]\nwithin: 5 seconds"
    assert len(heard("The waiting list is at 7 million.", fields)) == 1
    assert heard("The waiting list is [6] at 7 million.", fields) == []


def test_unless_cancels_within_the_sentence_only() -> None:
    fields = "phrases: waiting list\nunless: housing waiting list"
    assert heard("The housing waiting list is long.", fields) == []
    assert len(heard("Housing is one thing. The waiting list is another.", fields)) == 1


@pytest.mark.parametrize(
    "text", ["Dana Whitlock", "Dana Witlock", "Dana Whit lock", "DANA WHITLOCK", "Dana Whitlock's"]
)
def test_a_misheard_name_is_found(text: str) -> None:
    assert len(heard(f"I asked {text} about it, and then we all went home again.", "names: Dana Whitlock")) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Reeves", "We kept our reserves and the leaves fell."),
        ("May", "It may be that we may not."),
        ("May", "May I ask you a question?"),
        ("Ed Balls", "He kicked footballs and said balls."),
        ("Dana Whitlock", "Anna Whitfield was there."),
        ("Boris Johnson", "Borrow a Johnston map."),
    ],
)
def test_everyday_words_are_not_names(name: str, text: str) -> None:
    assert heard(text, f"names: {name}") == []


def test_a_known_mishearing_is_taken_as_it_stands() -> None:
    (hit,) = heard("And Dinah Whitlow agreed.", "names: Dana Whitlock\nheard_as: Dinah Whitlow")
    assert (hit.wanted, hit.how) == ("Dana Whitlock", "heard as “Dinah Whitlow”")


def test_words_of_two_people_are_no_phrase() -> None:
    both = said(("A", "So we have built"), ("B", "40,000 homes, you say."))
    assert find_hits(both, listed(HOMES)) == []


def test_a_speaker_who_is_known_to_be_another_does_not_match() -> None:
    fields = HOMES + "\nspeaker: Dana Whitlock"
    assert heard("We have built 40,000 homes.", fields, speaker="Ruth Adeyemi") == []
    (known,) = heard("We have built 40,000 homes.", fields, speaker="WHITLOCK")
    assert known.warnings == ()
    (unknown,) = heard("We have built 40,000 homes.", fields, speaker=None)
    assert "nothing says who speaks" in unknown.warnings[0]


def test_a_programme_that_is_known_to_be_another_does_not_match() -> None:
    transcript, watchlist = (
        said(("A", "We have built 40,000 homes.")),
        listed(HOMES + "\nprogramme: Newsnight"),
    )
    assert len(find_hits(transcript, watchlist, programme="newsnight")) == 1
    assert find_hits(transcript, watchlist, programme="The Late Interview") == []
    (hit,) = find_hits(transcript, watchlist)
    assert "programme is not known" in hit.warnings[0]


@pytest.mark.parametrize(
    ("label", "wanted", "same"),
    [
        ("WHITLOCK", "Dana Whitlock", True),
        ("Rt Hon Dana Whitlock MP", "Dana Whitlock", True),
        ("Dana", "Dana Whitlock", False),
        ("Marcus Okafor", "Dana Whitlock", False),
    ],
)
def test_a_label_names_a_person_by_surname(label: str, wanted: str, same: bool) -> None:
    assert is_same_person(label, wanted) is same


def test_voices_are_flagged_by_who_speaks() -> None:
    transcript = said(("Host", "Go on."), ("Caller", "I waited nine hours with my mother."), ("Caller 2", "Yes."))
    hits = find_hits(transcript, listed("speaker: Caller", kind="voices"))
    assert [transcript.words[hit.first].text for hit in hits] == ["I"]


EVERYDAY = """We think the government should do more for people in this country and that is what we are
going to do. The prime minister said that there will be a new plan next year. I think what
matters is that working people get a fair deal. We have to be honest about the state of
the public finances. There are difficult decisions. Let me be clear about that. It is
about growth and it is about public services. We inherited a mess. That is why we are
taking action on the health service, on housing, on the cost of living. I will not take
lessons from the party opposite. Local councils need more money. We need to build more
homes and we need to cut the waiting lists in hospitals."""


def test_everyday_politics_does_not_flood_a_watchlist() -> None:
    watchlist = read_watchlist("""
entries:
  - {id: a, kind: claim, phrases: ["we have built 40,000 homes", cut taxes for working people]}
  - {id: b, kind: claim, near: [prime minister misled the house, growth forecast downgraded]}
  - {id: c, kind: mention, names: [Dana Whitlock, Marcus Okafor, Reeves, Ruth Adeyemi]}
  - {id: d, kind: claim, all_of: [waiting list, <number>]}
  - {id: e, kind: slip-up, phrases: [I misspoke, let me start again]}
""")
    assert find_hits(said(("A", EVERYDAY)), watchlist) == []


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_phrase_put_anywhere_is_found_there(rng: random.Random) -> None:
    words = EVERYDAY.replace(".", "").split()
    at = rng.randrange(len(words))
    text = " ".join([*words[:at], "we have built 40,000 homes", *words[at:]])
    hits = heard(text, HOMES)
    assert [hit.first for hit in hits] == [at]
