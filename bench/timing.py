"""How well late captions are put back, by method: share of words and cue starts within 0.5 and 1 s, and the cost.

    python -m bench.timing [--media FILE --captions FILE --truth FILE] [--seeds 3]

Prints a markdown table. On the demo recording's own late captions, and on captions made late from its truth with words
dropped and changed. Methods: the captions' own times, one constant shift (the best possible one, which no tool can
know), and what the product does.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from fractions import Fraction
from pathlib import Path
from statistics import median

from archive.media import probe
from transcription.align import realign
from transcription.cue_words import words_by_cue
from transcription.cues import CaptionInput, Cue, CueWord
from transcription.readers import read_input
from transcription.sound import Sound, hear
from transcription.transcript import Word

DEMO = Path(__file__).parents[1] / "assets" / "demo"
Truth = Sequence[tuple[str, float]]
Method = Callable[[Sequence[Cue], Sound, Truth], Sequence[Word]]
_CUE_WORDS = 7


@dataclass(frozen=True)
class Scores:
    """Shares 0…1 of the words that captions and truth have in common, and of the cues' first words."""

    words_half: float
    words_one: float
    cues_half: float
    cues_one: float


def pairs(truth: Truth, words: Sequence[Word]) -> list[tuple[int, float]]:
    """(number of our word, seconds its start is off), matched in order."""
    ours, theirs = [_bare(word.text) for word in words], [_bare(text) for text, _ in truth]
    blocks = SequenceMatcher(None, theirs, ours, autojunk=False).get_matching_blocks()
    matched = [(block.a + k, block.b + k) for block in blocks for k in range(block.size)]
    return [(b, float(words[b].start) - truth[a][1]) for a, b in matched]


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def score(truth: Truth, cues: Sequence[Cue], words: Sequence[Word]) -> Scores:
    firsts, number = set(), 0
    for cue in cues:
        firsts.add(number)
        number += len(cue.words)
    found = pairs(truth, words)
    every = [abs(off) for _, off in found]
    first = [abs(off) for place, off in found if place in firsts]
    return Scores(*(sum(off <= limit for off in offs) / len(offs) for offs in (every, first) for limit in (0.5, 1)))


def own_times(cues: Sequence[Cue], sound: Sound, truth: Truth) -> Sequence[Word]:
    return words_by_cue(cues)


def one_shift(cues: Sequence[Cue], sound: Sound, truth: Truth) -> Sequence[Word]:
    words = words_by_cue(cues)
    by = Fraction(median(off for _, off in pairs(truth, words))).limit_denominator(1000)
    return [replace(word, start=word.start - by, end=word.end - by) for word in words]


def put_back(cues: Sequence[Cue], sound: Sound, truth: Truth) -> Sequence[Word]:
    return realign(cues, sound.pcm, sound.voiced(), workers=1).words


METHODS: dict[str, Method] = {
    "the captions' own times": own_times,
    "one shift, the best there is": one_shift,
    "put back (ours)": put_back,
}


def made_late(truth: Truth, seed: int, dropped: float = 0.0, changed: float = 0.0) -> list[Cue]:
    """Live captions of the truth, 5.5 ± 2.5 s late, with words dropped and changed as an editor does."""
    dice = random.Random(seed)
    vocabulary = [text for text, _ in truth]
    cues: list[Cue] = []
    at = 0.0
    for begin in range(0, len(truth), _CUE_WORDS):
        group = truth[begin : begin + _CUE_WORDS]
        kept = [text for text, _ in group if dice.random() >= dropped]
        said = [dice.choice(vocabulary) if dice.random() < changed else text for text in kept]
        at = max(at + 0.4, group[0][1] + max(0.5, dice.gauss(5.5, 2.5)))
        if said:
            start = Fraction(round(at * 1000), 1000)
            cues.append(Cue(start, start + 3, " ".join(said), tuple(map(CueWord, said))))
    return cues


def conditions(captions: Path, truth: Truth, seeds: int) -> list[tuple[str, list[list[Cue]]]]:
    made = range(seeds)
    return [
        ("its own late captions", [list(read_input(CaptionInput(captions)).cues)]),
        ("exact text, 5.5 ± 2.5 s late", [made_late(truth, seed) for seed in made]),
        ("10 % dropped, 5 % changed", [made_late(truth, seed, 0.10, 0.05) for seed in made]),
        ("25 % dropped, 12 % changed", [made_late(truth, seed, 0.25, 0.12) for seed in made]),
    ]


def row(condition: str, name: str, tracks: Sequence[list[Cue]], sound: Sound, truth: Truth) -> str:
    found: list[Scores] = []
    began = time.process_time()
    for cues in tracks:
        found.append(score(truth, cues, METHODS[name](cues, sound, truth)))
    cost = (time.process_time() - began) / len(tracks) / float(sound.duration)
    means = [sum(getattr(item, part) for item in found) / len(found) for part in Scores.__dataclass_fields__]
    return f"| {condition} | {name} | " + " | ".join(f"{mean:.1%}" for mean in means) + f" | {cost:.3f} |"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--media", type=Path, default=DEMO / "the-long-table.mp4")
    parser.add_argument("--captions", type=Path, default=DEMO / "the-long-table.srt")
    parser.add_argument("--truth", type=Path, default=DEMO / "the-long-table.truth.json")
    parser.add_argument("--seeds", type=int, default=3)
    wanted = parser.parse_args(arguments)
    listed = json.loads(wanted.truth.read_text(encoding="utf-8"))["words"]
    truth = [(str(entry["text"]), float(entry["start"])) for entry in listed]
    began = time.process_time()
    sound = hear(wanted.media, probe(wanted.media), workers=1)
    cost = (time.process_time() - began) / float(sound.duration)
    print("| captions | method | words ≤ 0.5 s | ≤ 1 s | cue starts ≤ 0.5 s | ≤ 1 s | CPU-s per s |")
    print("|---|---|---|---|---|---|---|")
    for condition, tracks in conditions(wanted.captions, truth, wanted.seeds):
        for name in METHODS:
            print(row(condition, name, tracks, sound, truth), flush=True)
    print(f"\n{wanted.media.name}, {float(sound.duration):.0f} s; decoding and voice activity cost {cost:.3f} more.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
