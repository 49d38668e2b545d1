"""Sentences that numbers can't answer: said in one line, with how to say what can be answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from analytics.errors import ClaimUnclear

from .numbers import FRACTION, NUMBER

_POSTS = r"(?:ads|adverts|videos|clips|posts|reels)"
_RIVALS = (
    r"(?:any|ever|the|our|their|his|her|last|in|on|labour|labor|tory|tories|conservatives?|reform|lib\w*|greens?|snp|plaid"
    r"|before|usual|others?|theirs|all|anyone|men|women|facebook|youtube|tiktok|instagram|previous)"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A kind of sentence, found by `pattern`; why it can't be answered, and how to ask instead."""

    pattern: str
    why: str
    how: str


def _words(words: str) -> str:
    return rf"\b(?:{'|'.join(words.split())})\b"


_EACH_BY_ITSELF = 'Ask about each by itself: "at least 10,000 people saw our videos in October", then in November.'
_SAY_HOW_MANY = 'Say how many: "at least 10,000 people saw our videos in November".'

# The first that is found answers.
_REFUSALS: Final = (
    Refusal(r"(?<!\S)-\d", "A number below nothing", "Check the number."),
    Refusal(
        r"\b(?:doubl|trebl|tripl|quadrupl)(?:ed|ing|e)\b|(?<!ma[dk]e )(?<!makes )\bup \w+ percent\b|\b(?:up|down) by\b"
        r"|\b(?:twice|(?:\w+|\d+) times|\w+ percent) (?:as many|as much|more|less|fewer|higher|the)\b|"
        + _words("grew grown growth increased? rose risen jumped climbed fell fallen dropped shrank soared"),
        "It compares two windows of time",
        _EACH_BY_ITSELF,
    ),
    Refusal(
        rf"\b(?:more|fewer|less|better|further|bigger|higher)\b(?: \w+){{0,8}} than {_RIVALS}\b(?! electorate)|"
        + _words(r"outperform\w* out-perform\w* beat versus vs")
        + r"|\bcompared (?:to|with)\b",
        "It compares two things",
        _EACH_BY_ITSELF,
    ),
    Refusal(
        _words("record best top biggest viral unprecedented historic")
        + r"|\bmost[- ](?:watched|viewed|seen|popular|shared)\b|\bnumber one\b|\bno 1\b",
        "It ranks, and what others reached isn't known here",
        _SAY_HOW_MANY,
    ),
    Refusal(
        _words("average typical typically daily weekly monthly nightly")
        + r"|\b(?:per|each|every|a) (?:day|week|month)\b|\bper (?:post|video|clip|person|voter|elector|head)\b",
        "It is about an average or a rate",
        'Ask for the total and its days: "at least 10,000 views from 1 to 30 November".',
    ),
    Refusal(
        r"\b(?:not|never|didn't|haven't|hasn't|don't|doesn't|missed|unaware)\b"
        r"(?! (?:fewer|less|more|quite|a single|one|any|paid))",
        "It is about people who did not see it",
        'Turn it round: say how many did, as "at most one in three voters saw our videos".',
    ),
    Refusal(
        r"\b(?:thanks|due) to\b|\bwon over\b|"
        + _words(
            r"because persuad\w+ convinc\w+ chang\w+ switch\w+ swung decided remember\w* believ\w+ agree\w* trust\w*"
        ),
        "It is about an effect, and exports only say who was shown what",
        'Say who saw it: "at least 10,000 voters saw our videos".',
    ),
    Refusal(
        _words("households? families homes"), "Platforms count people, not households", 'Say "people" in their place.'
    ),
    Refusal(
        r"\bgen ?[xyz]\b|"
        + _words(
            "millennials? generation boomers? young youngsters? youth elderly middle-aged first-time students? "
            "parents? mums dads girls? boys? children kids"
        )
        + r"|(?<!or )(?<!and )\b(?:younger|older)\b(?! than)",
        "Those are no ages that a platform counts",
        'Say the ages: "people aged 18 to 24", "women over 55".',
    ),
    Refusal(
        r"\b(?:almost|nearly|virtually|practically) (?:nobody|none|no)\b|(?<!as )\bmany\b"
        r"|\bfew\b(?! (?:hundred|thousand|million))|"
        + _words(
            "lots? loads plenty much countless huge massive enormous vast overwhelming large significant substantial "
            "hardly scarcely barely handful numerous"
        ),
        "A word in it says no number",
        _SAY_HOW_MANY,
    ),
    Refusal(
        r"\b(?:may|might|could|would|will|should)\b(?! \d)|\bgoing to\b|"
        + _words(r"expect\w* projected forecast potential\w*"),
        "It is about what may be, and exports only say what was",
        _SAY_HOW_MANY,
    ),
    Refusal(
        r"\b(?:shared|liked|clicked)\b(?!.*\btimes\b)|\bsigned up\b|"
        + _words("commented reposted retweeted engaged reacted donated voted"),
        "Platforms count those acts, not the people behind them",
        'Say the acts: "at least 500 shares", "more than 2,000 link clicks".',
    ),
    Refusal(
        r"(?<!saw )(?<!seen )(?<!see )(?<!watched )(?<!at least )"
        rf"\b(?:one|two|three|\d+) of (?:our|the|these|those) (?:\w+ )?{_POSTS}\b",
        "It doesn't say which clip",
        'Name it: our clip "Waiting list".',
    ),
    Refusal(
        rf"(?:percent|{FRACTION}|in {NUMBER}|most|majority) (?:of )?(?:all )?(?:our |the )?{_POSTS}\b"
        rf"|{NUMBER} (?:(?!on|in|to|from|saw|see|seen|of|watched|viewed)\w+ )?{_POSTS}\b",
        "It counts our own posts, not who saw them",
        'Say who saw them: "at least 10,000 people saw our videos".',
    ),
    Refusal(
        _words("reels shorts stories feed livestreams?") + r"|\blive streams?\b",
        "The kinds of posts on a platform aren't told apart here",
        'Say "posts" or "videos", or name the clip.',
    ),
)


def refuse(left: str) -> None:
    """Raises ClaimUnclear where the sentence says something of a kind that can't be checked."""
    for refusal in _REFUSALS:
        match = re.search(refusal.pattern, left)
        if match:
            raise ClaimUnclear(f'{refusal.why} ("{match[0].strip()}")', refusal.how)
