"""Sentences that numbers can't answer: said in one line, with how to say what can be answered."""

from __future__ import annotations

import re
from typing import Final

from analytics.errors import ClaimUnclear

from .numbers import FRACTION, NUMBER

_POSTS = r"(?:ads|adverts|videos|clips|posts|reels)"
_PEOPLE = r"(?:people|voters?|women|men|users|adults|viewers)"
# Pattern → why it can't be answered, how to ask instead. The first that is found answers.
_REFUSED: Final[dict[str, tuple[str, str]]] = {
    r"\b(?:doubl|trebl|tripl|quadrupl)(?:ed|ing|e)\b|\b(?:grew|grown|growth|increased?|rose|risen|jumped|climbed|fell|fallen|dropped|shrank|soared)\b"
    r"|\b(?:twice|three times|\w+ percent|\d+ times) (?:as many|as much|more|less|fewer|higher|the)\b|\bup \w+ percent\b|\bup by\b|\bdown by\b": (
        "It compares two windows of time",
        'Ask about each by itself: "at least 10,000 people saw our videos in October", then in November.',
    ),
    r"\b(?:more|fewer|less|better|further|bigger|higher)\b(?: \w+){0,8} than (?:any|ever|the|our|their|his|her|last|in|on|labour|labor|tory|tories|conservatives?"
    r"|reform|lib\w*|greens?|snp|plaid|before|usual|other|others|theirs|all|anyone|men|women|facebook|youtube|tiktok|instagram|previous)\b(?! electorate)"
    r"|\boutperform\w*|\bout-perform\w*|\bbeat\b|\bcompared (?:to|with)\b|\bversus\b|\bvs\b": (
        "It compares two things",
        "Ask about each by itself, or read the comparison of clips in the report.",
    ),
    r"\b(?:record|best|most[- ](?:watched|viewed|seen|popular|shared)|top|biggest|number one|no 1|viral|unprecedented|historic)\b": (
        "It ranks, and what others reached isn't known here",
        'Say how many: "at least 10,000 people saw our videos in November".',
    ),
    r"\b(?:on average|average|typical|typically|per (?:day|week|month|post|video|clip|person|voter|elector|head)|(?:a|every|each) (?:day|week|month)"
    r"|daily|weekly|monthly|nightly|each time)\b": (
        "It is about an average or a rate",
        'Ask for the total and its days: "at least 10,000 views from 1 to 30 November".',
    ),
    r"\b(?:not|never|n't|didn't|haven't|hasn't|don't|doesn't|did not|missed|unaware)\b(?! (?:fewer|less|more|quite|a single|one|any|paid))": (
        "It is about people who did not see it",
        'Turn it round: say how many did, as "at most one in three voters saw our videos".',
    ),
    r"\b(?:because|thanks to|due to|persuad\w+|convinc\w+|chang\w+ (?:their|minds)|switch\w+|won over|swung|decided|remember\w*|believ\w+|agree\w*|trust\w*)\b": (
        "It is about an effect, and exports only say who was shown what",
        'Say who saw it: "at least 10,000 voters saw our videos".',
    ),
    r"\b(?:households?|families|homes)\b": (
        "Platforms count people, not households",
        'Say "people" in place of households.',
    ),
    r"\b(?:millennials?|gen ?[xyz]|generation|boomers?|young(?:er|sters)?|youth|older|elderly|middle-aged|old(?! and)|first-time|students?|parents?|mums|dads|girls?|boys?|children|kids)\b"
    r"(?! (?:than|and|or))": (
        "Those are no ages that a platform counts",
        'Say the ages: "people aged 18 to 24", "women over 55".',
    ),
    r"\b(?:many|lots?|loads|plenty|much|countless|few(?! (?:hundred|thousand|million))|huge|massive|enormous|vast|overwhelming|large|significant|substantial|hardly|scarcely|barely|handful|numerous)\b"
    r"(?<!as many)": (
        "A word in it says no number",
        'Say how many: "at least 10,000", "more than half".',
    ),
    r"\b(?:may|might|could|would|will|should|going to|expect\w*|projected|forecast|potential(?:ly)?)\b(?! \d)": (
        "It is about what may be, and exports only say what was",
        'Say what was: "at least 10,000 people saw our videos in November".',
    ),
    r"\b(?:shared|liked|commented|clicked|reposted|retweeted|engaged|reacted|signed up|donated|voted)\b": (
        "Platforms count those acts, not the people behind them",
        'Say the acts: "at least 500 shares", "more than 2,000 link clicks".',
    ),
    r"\b(?:one|two|three|\d+) of (?:our|the|these|those) (?:\w+ )?(?:videos|clips|posts|ads|adverts|reels)\b": (
        "It doesn't say which clip",
        'Name it: our clip "Waiting list".',
    ),
    rf"(?:percent|{FRACTION}|in {NUMBER}|most|majority) (?:of )?(?:all )?(?:our |the )?{_POSTS}\b|{NUMBER} (?:(?!on|in|to|from|saw|see|seen|of|watched|viewed)\w+ )?{_POSTS}\b": (
        "It counts our own posts, not who saw them",
        'Say who saw them: "at least 10,000 people saw our videos".',
    ),
    r"\b(?:reels|shorts|stories|feed|livestreams?|live streams?)\b": (
        "The kinds of posts on a platform aren't told apart here",
        'Say "posts" or "videos", or name the clip.',
    ),
}


def refuse(left: str) -> None:
    """Raises ClaimUnclear where the sentence says something of a kind that can't be checked."""
    for pattern, (why, how) in _REFUSED.items():
        match = re.search(pattern, left)
        if match:
            raise ClaimUnclear(f'{why} ("{match[0].strip()}")', how)
