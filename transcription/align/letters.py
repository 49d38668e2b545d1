"""Letters to sounds by rule, for names that the pronouncing dictionary lacks.

The rules are our own short list in the manner of Elovitz et al., "Letter-to-sound rules for automatic
translation of English text to phonetics" (IEEE Trans. ASSP, 1976): the longest spelling that fits at each
place wins. The phones are the acoustic model's (CMU ARPAbet without stress). A rough pronunciation is enough:
the language model says which word to expect, and the phones only have to be nearer to it than to its
neighbours.
"""

from __future__ import annotations

import re

# spelling, phones, where it holds: "^" at the start, "$" at the end, "V" before e i y, "" anywhere
_RULES: tuple[tuple[str, str, str], ...] = (
    ("tion", "SH AH N", ""), ("sion", "ZH AH N", ""), ("ture", "CH ER", "$"), ("ough", "AO", ""),
    ("augh", "AO", ""),
    ("eigh", "EY", ""), ("ight", "AY T", ""), ("cester", "S T ER", "$"), ("shire", "SH ER", "$"),
    ("ham", "AH M", "$"),
    ("borough", "B R AH", "$"), ("bury", "B R IY", "$"), ("ford", "F ER D", "$"), ("mouth", "M AH TH", "$"),
    ("wich", "IH CH", "$"), ("ley", "L IY", "$"), ("son", "S AH N", "$"), ("ston", "S T AH N", "$"),
    ("ton", "T AH N", "$"), ("land", "L AH N D", "$"), ("man", "M AH N", "$"), ("sch", "SH", ""),
    ("tch", "CH", ""),
    ("dge", "JH", ""), ("que", "K", "$"), ("ious", "IY AH S", "$"), ("ous", "AH S", "$"),
    ("ism", "IH Z AH M", "$"),
    ("ing", "IH NG", "$"), ("igh", "AY", ""), ("air", "EH R", ""), ("are", "EH R", "$"), ("ear", "IH R", ""),
    ("eer", "IH R", ""), ("ere", "IH R", "$"), ("ire", "AY ER", "$"), ("ore", "AO R", ""),
    ("oor", "AO R", ""),
    ("our", "AW ER", ""), ("ure", "Y UH R", "$"), ("ew", "UW", ""), ("ch", "CH", ""), ("sh", "SH", ""),
    ("th", "TH", ""), ("ph", "F", ""), ("wh", "W", ""), ("gh", "G", "^"), ("gh", "", ""), ("kn", "N", "^"),
    ("wr", "R", "^"), ("ps", "S", "^"), ("mc", "M AH K", "^"), ("mac", "M AH K", "^"), ("ck", "K", ""),
    ("ng", "NG", "$"), ("qu", "K W", ""), ("sc", "S", "V"), ("ee", "IY", ""), ("ea", "IY", ""),
    ("ei", "IY", ""),
    ("ie", "IY", ""), ("ey", "IY", "$"), ("oo", "UW", ""), ("oa", "OW", ""), ("ou", "AW", ""),
    ("ow", "OW", "$"),
    ("ow", "AW", ""), ("oi", "OY", ""), ("oy", "OY", ""), ("ai", "EY", ""), ("ay", "EY", ""),
    ("au", "AO", ""),
    ("aw", "AO", ""), ("ue", "UW", "$"), ("ui", "UW", ""), ("ar", "AA R", ""), ("er", "ER", ""),
    ("ir", "ER", ""),
    ("or", "AO R", ""), ("ur", "ER", ""), ("ed", "D", "$"), ("es", "Z", "$"), ("le", "AH L", "$"),
    ("mb", "M", "$"),
    ("c", "S", "V"), ("g", "JH", "V"), ("e", "", "$"), ("y", "Y", "^"), ("y", "IY", "$"), ("x", "Z", "^"),
    ("i", "IY", "$"), ("o", "OW", "$"), ("a", "AH", "$"), ("s", "S", "^"), ("u", "UW", "$"),
    ("a", "AE", ""), ("b", "B", ""), ("c", "K", ""), ("d", "D", ""), ("e", "EH", ""), ("f", "F", ""),
    ("g", "G", ""),
    ("h", "HH", ""), ("i", "IH", ""), ("j", "JH", ""), ("k", "K", ""), ("l", "L", ""), ("m", "M", ""),
    ("n", "N", ""),
    ("o", "AA", ""), ("p", "P", ""), ("q", "K", ""), ("r", "R", ""), ("s", "S", ""), ("t", "T", ""),
    ("u", "AH", ""),
    ("v", "V", ""), ("w", "W", ""), ("x", "K S", ""), ("y", "IH", ""), ("z", "Z", ""),
)  # fmt: skip

_LONG = {"a": "EY", "e": "IY", "i": "AY", "o": "OW", "u": "UW"}
_MAGIC_E = re.compile(r"[aeiou](?=[bcdfgklmnprstvz]es?$)")
_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1")


def letters_to_phones(word: str) -> str:
    """Space-separated ARPAbet for a lower-case word; never empty for a word with a letter in it."""
    text = _DOUBLED.sub(r"\1", re.sub(r"[^a-z]", "", word))
    phones: list[str] = []
    place = 0
    while place < len(text):
        if text[place] in _LONG and _MAGIC_E.match(text, place):
            phones.append(_LONG[text[place]])
            place += 1
            continue
        spelling, sound = _rule_at(text, place)
        if sound:
            phones.append(sound)
        place += len(spelling)
    return " ".join(phones) or "AH"


def _rule_at(text: str, place: int) -> tuple[str, str]:
    for spelling, sound, where in _RULES:
        if text.startswith(spelling, place) and _holds(where, text, place, place + len(spelling)):
            return spelling, sound
    return text[place], "AH"


def _holds(where: str, text: str, start: int, end: int) -> bool:
    match where:
        case "^":
            return start == 0
        case "$":
            return end == len(text) and start > 0
        case "V":
            return end < len(text) and text[end] in "eiy"
    return True
