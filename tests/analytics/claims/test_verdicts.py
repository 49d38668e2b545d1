"""Sentences as a content lead writes them, against the small world of conftest.py."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analytics.claims.answer import Verdict
from analytics.claims.check import judge
from analytics.claims.evidence import Evidence

TODAY = date(2026, 11, 22)

SUPPORTED = """
hundreds of thousands of target voters
hundreds of thousands of target voters have seen our message on Facebook
Over 20% of target voters have seen our videos
one in five of our target voters
more than a quarter of a million impressions in Bolsover
In Bolsover, more than a quarter of a million impressions
Bolsover: 250,000+ impressions
Over a quarter of a million impressions were served in the Bolsover constituency
Impressions topped 250,000 in Bolsover
Our ads were shown more than 250,000 times in Bolsover
300,000 impressions in E14001109
We spent £3,127 in Bolsover
our ads in Bolsover cost over £3,000
We spent more than £3,000 on ads in Bolsover during the campaign
our clip reached 40% of women over 55 in Scotland
Half of all women aged 55 and over in Scotland saw our clip "Waiting list"
half the women in Scotland over 55 saw "Waiting list"
Over a million Scottish women aged 55+ saw the Waiting list clip
most people in Wales
The majority of Welsh people saw our videos
more than half of Wales saw our videos
Is it true that more than half of Wales saw our videos?
roughly 57% of Wales
Between 40% and 60% of people in Wales saw our videos
one and a half million people in Wales have now seen our films
1.8 million people across Wales saw our organic videos between 1 October and 20 November
over 1 million people in Wales, 1 to 20 November 2026
just over 1.7 million people in Wales
2.4m views on TikTok last week
We got 2.4 million TikTok views in the last 7 days
Our TikTok videos have had more than two million views
TikTok views: 2.4m
Our TikToks were viewed 2.4 million times
2.4m views on TikTok w/c 9 November
views among women on TikTok: over 1.4m
62% of our TikTok views came from women
60% of our views came from TikTok last week
Women made up 40% of our audience
reached 1.2 million people across Facebook and YouTube
1 in 4 people on Facebook saw our videos last month
Our videos reached one in four Facebook users
A quarter of Facebook users have seen one of our clips
One in every four people using Facebook saw our content
We reached more than 10 million people on Facebook
10 million people have been reached by our videos on facebook so far
a reach of 10m on FB
reach: 14m (Facebook)
Fourteen million people saw our posts on Facebook.
exactly 14,000,000 people on Facebook saw our videos
14 million unique viewers on Facebook
4m people saw our videos at least twice on Facebook
4m people saw our videos more than once on Facebook
10 million or more people saw it
a million saw it
Our reach was 1.2 million
we've reached 10 million people
under 20 million people
1.5 million Britons saw our videos
7.5 million women watched
our reach among women was 7.5 million
Nearly a million people watched our clips on YouTube this month
2,000,000 people on You Tube since 1 October 2026
10,000 hours watched on YouTube
people watched 11,000 hours of our videos on YouTube
5,000 shares on Facebook
our videos were shared more than 5,000 times on Facebook
at most 6,000 people under 25
less than 1% of under 25s saw it
at most 78,000 voters in Bolsover saw our ads
at least one person in Bolsover saw our ads
"""

UNSUPPORTED = """
one in three people on Facebook saw our videos in November
nobody under 25 saw it
no one aged 24 or under saw our videos
half of our viewers were women
Nearly two million people in Wales saw our videos
About half of people in Wales saw our videos
only 5% of people in Wales saw our videos
100% of people in Wales
More than 4 million people saw our videos twice or more on Facebook
no views on TikTok
10,000 voters in Bolsover saw our ads
every voter in Bolsover saw our ads at least 3 times
a quarter of the electorate in Bolsover
half a million impressions in Bolsover
between 200,000 and 300,000 people in the North West saw our organic posts
30,000 men aged 65 or over in the North East of England
every second woman in Wales
all women in Scotland saw our videos
40% of 25 to 34 year old men in Wales
50,000 people in Holborn & St Pancras
"""

IMPOSSIBLE = """
more than a quarter of a million voters in Bolsover saw our ads
we reached over a quarter of a million voters in Bolsover
250000 voters in E14000577
250,000 people in Bolsover saw our ads
80 million people saw our videos
40 million people saw our videos
150% of people in Wales saw our videos
200% of voters
up to 2 million people
zero people saw our videos
nobody in Bolsover saw our ads
one million target voters
four million people in Wales saw our ads
"""

UNCLEAR = {
    "we doubled our reach since October": "compares two windows",
    "our reach is up 40% on last month": "compares two windows",
    "more people saw our clip than Labour's": "compares two things",
    "our most-watched video got 2.4m views": "ranks",
    "our average video got 5,000 views": "average",
    "5,000 views a day on TikTok": "average or a rate",
    "one in three people in Wales didn't see our videos": "did not see",
    "10,000 voters switched to us because of our ads": "effect",
    "every household in Wales saw our ads": "households",
    "young people saw our video": "no ages",
    "many people saw it": "says no number",
    "almost nobody under 25 saw it": "says no number",
    "people saw our videos": "No number",
    "videos": "No number",
    "": "empty",
    "a million people saw it and " * 30: "Longer than",
    "what about the weather?": "No number",
    "we will reach a million people": "what may be",
    "5,000 people shared our video": "Platforms count those acts",
    "1.234 people saw our videos": "decimal point",
    "-5 people saw it": "below nothing",
    "1 in 0 people": "no share",
    "10,000 voters in Bolsovr saw our ads": 'Did you mean "Bolsover"',
    "250000 voters in E14000999": "E14000999",
    "one in three Labour voters saw our video": '"labour" is not understood',
    "1 million people in Wales and Scotland": "Two places",
    "40% of people saw our 39 videos": "our own posts",
    "40% of our ads": "our own posts",
    "10,000 people and 20,000 voters saw it": "Two numbers",
    "a million people in November and in January 2026": "Two windows",
    "10,000 people before the election": "When was",
    "60% of our views": "without a part",
    "one in three voters on Facebook": "isn't known",
    "one of our videos got 10,000 views": "which clip",
    "10,000 views of our Reels": "kinds of posts",
    "10,000 people on 31 November 2026": "is no day",
    "1 in 3 people on TikTok": "in all isn't known",
    "10,000 views on Snapchat": "Nothing is held",
}


@pytest.mark.parametrize("sentence", SUPPORTED.strip().splitlines())
def test_it_is_supported(sentence: str, world: Evidence) -> None:
    _is_judged(sentence, "supported", world)


@pytest.mark.parametrize("sentence", UNSUPPORTED.strip().splitlines())
def test_it_is_unsupported(sentence: str, world: Evidence) -> None:
    _is_judged(sentence, "unsupported", world)


@pytest.mark.parametrize("sentence", IMPOSSIBLE.strip().splitlines())
def test_it_is_impossible(sentence: str, world: Evidence) -> None:
    _is_judged(sentence, "impossible", world)


@pytest.mark.parametrize(("sentence", "why"), UNCLEAR.items())
def test_it_is_unclear_and_says_why_in_a_line(sentence: str, why: str, world: Evidence) -> None:
    answer = judge(sentence, world, today=TODAY)
    assert answer.verdict == "unclear", answer
    assert why in answer.why
    assert "\n" not in answer.why
    assert answer.why.count(". ") + answer.why.count("? ") >= 1 or answer.why.endswith("?")


def test_the_table_in_the_docs_is_what_is_answered(world: Evidence) -> None:
    page = Path(__file__).parents[3] / "docs" / "claims.md"
    rows = [line.strip("| ").split(" | ") for line in page.read_text(encoding="utf-8").splitlines() if " | **" in line]
    assert len(rows) >= 15
    for sentence, verdict, told in rows:
        answer = judge(sentence, world, today=TODAY)
        assert (f"**{answer.verdict}**", answer.sentence or answer.why) == (verdict, told)


def _is_judged(sentence: str, verdict: Verdict, world: Evidence) -> None:
    answer = judge(sentence, world, today=TODAY)
    assert answer.verdict == verdict, answer
    if answer.sentence:
        again = judge(answer.sentence, world, today=TODAY)
        assert again.verdict == "supported", (answer.sentence, again)
