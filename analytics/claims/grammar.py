"""A sentence → a Claim. Each part is read away; a word that is left over is a question, never ignored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from analytics.errors import ClaimUnclear
from analytics.model.cells import OLDEST, AgeBand, Cell
from analytics.model.scope import Payment, Window
from analytics.people.places import Place

from .claim import Claim, Of
from .evidence import Named
from .filler import FILLER
from .names import closest_name, read_names, read_payment, read_place, read_platforms
from .quantities import Said, read_quantity
from .refusals import refuse
from .subjects import Subject, read_frequency, read_subject
from .whom import read_age, read_gender
from .windows import read_window
from .wording import Sentence

LONGEST: Final = 500  # characters: a sentence, not a speech
# "60% of our views on Facebook | came from | women": the whole, the verb, the part.
_REACHED = r"(?: that| who| whom)?(?: we| our \w+)?(?: were| was| have| had)? ?(?:reached|saw (?:it|our \w+|them))"
_WHOLES = r"viewers?|audience|views|plays|impressions|likes|comments|shares|clicks|engagements|reactions|watch time"
_NO_AGE = r"over (?!\d\d(?:s|\b)(?!,| percent| thousand| million| of))"
_NO_PART = (
    rf"(?! (?:seen|reached|shown|served|delivered|watched|viewed|by|our|at least|more|{_NO_AGE}|about|nearly|a |\d))"
)
_COMPOSED: Final = (
    rf"^(?P<whole>.*?(?:{_WHOLES}|(?:people|those|everyone|adults|voters){_REACHED})\b.*?)"
    rf"\b(?:(?:came|come|comes) from|(?:were|was|are|is)(?: all)?(?: from| in| on| among)?|went to|among)\b{_NO_PART}"
    r"(?P<part>.*)$"
)
# "Women | made up | half of our audience".
_MADE_UP: Final = (
    r"^(?P<part>.*)\b(?:(?:made|make|makes) up|account(?:ed)? for|represent(?:ed)?|formed|brought(?: in)?"
    r"|were|was|are)\b"
    rf"(?P<whole>.*\bof (?:our |the |all )?(?:\w+ )?(?:{_WHOLES}|reach|people (?:that |who )?(?:we|our \w+) reached)"
    r"\b.*)$"
)
_A_SHARE: Final = r"percent|half|third|quarter|\bin\b|\bmost\b|majority|/|fifth|tenth|every"
_ONE_CLIP: Final = (
    r"\b(?:our|the|this|that|my)(?: (?:latest|new|last|first|single|own|\w+))? (?:clip|video|post|film|advert)\b"
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Whom one half of a sentence is about. `platforms` with where each stands in it."""

    platforms: tuple[tuple[str, int, int], ...]
    place: Place | None
    age: AgeBand | None
    gender: str

    @property
    def platform_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name, *_ in self.platforms))

    @property
    def is_everybody(self) -> bool:
        return not self.platforms and self.place is None and self.age is None and self.gender == "all"


def parse(text: str, *, today: date, gazetteer: Mapping[str, Place], names: Iterable[Named] = ()) -> Claim:
    """The claim that `text` makes. `gazetteer`: places by their plain name; `today` settles "last week".

    Raises ClaimUnclear, with what is not understood and how to say it.
    """
    return _Reading(Sentence(text), text.strip(), today, gazetteer, tuple(names)).claim()


@dataclass(frozen=True, slots=True)
class _Reading:
    sentence: Sentence
    text: str
    today: date
    gazetteer: Mapping[str, Place]
    names: tuple[Named, ...]

    def claim(self) -> Claim:
        if not self.sentence.text:
            raise ClaimUnclear("An empty sentence", 'Say who saw what: "at least 10,000 people saw our videos".')
        if len(self.sentence.text) > LONGEST:
            raise ClaimUnclear(f"Longer than {LONGEST} characters", "Ask about one claim at a time.")
        named = read_names(self.sentence, self.names)
        window = self.window(named)
        refuse(self.sentence.left)
        named = (*named, *self.only_one(named))
        self.sentence.take(r"\ball posts and ads (?:that are )?held\b|\bof all the ads (?:that are )?held\b")
        payment = read_payment(self.sentence)
        self.sentence.take(r"\b(?:at least )?one of (?:our|the) (?:\w+ )?(?:videos|clips|posts|films)\b")  # any of them
        head, tail = self.halves()
        part, whole = self.group(tail, is_part=True), self.group(head)
        metric = read_frequency(head)
        said = read_quantity(head)
        subject = read_subject(head, said.start)
        self.refuse_unread(head, tail)
        return self.put_together(said, subject, metric, named, window, cast(Payment, payment), whole, part, tail)

    def window(self, named: tuple[Named, ...]) -> Window | None:
        periods = [name.window for name in named if name.window]
        window = read_window(self.sentence, self.today)
        if periods and window:
            raise ClaimUnclear("Two windows of time in one sentence", "Say one of them.")
        if (
            window is None
            and not periods
            and (match := re.search(r"\b(?:campaign period|election|polling day)\b", self.sentence.left))
        ):
            raise ClaimUnclear(f'When was "{match[0]}"', 'Say the dates: "from 6 November to 12 December 2019".')
        if (
            not periods
            and window is None
            and self.sentence.take(r"\b(?:during|in|over|throughout) the (?:\w+ )?campaign\b")
        ):
            raise ClaimUnclear("When was the campaign", 'Say the dates: "from 6 November to 12 December 2019".')
        return periods[0] if periods else window

    def only_one(self, named: tuple[Named, ...]) -> tuple[Named, ...]:
        """The clip or the target that "our clip" or "target voters" can mean where there is one only."""
        meant: list[Named] = []
        if not any(name.kind == "target" for name in named) and self.sentence.take(
            r"\b(?:our |the )?target (?:voters?|electors|audience|group|people|electorate)\b|\bour targets\b"
        ):
            meant.append(self.one_of("target", "Which target"))
        has_clip = any(name.kind in ("clip", "topic") for name in named)
        clips = [name for name in self.names if name.kind == "clip"]
        if not has_clip and clips and re.search(_ONE_CLIP, self.sentence.left):
            meant.append(self.one_of("clip", "Which clip"))
        return tuple(meant)

    def one_of(self, kind: str, question: str) -> Named:
        known = [name for name in self.names if name.kind == kind]
        if len(known) == 1:
            return known[0]
        listed = ", ".join(f'"{name.name}"' for name in known[:4])
        mend = f"Name it: {listed}." if known else f"No {kind} is known: write one first."
        raise ClaimUnclear(question, mend)

    def halves(self) -> tuple[Sentence, Sentence]:
        """The whole and the part, where the sentence is about a part of those reached; else all of it and nothing."""
        left = self.sentence.left
        match = re.match(_MADE_UP, left) or re.match(_COMPOSED, left)
        if match is None or not re.search(_A_SHARE, match["whole"]):
            return self.sentence, Sentence("")
        return _only(left, *match.span("whole")), _only(left, *match.span("part"))

    def group(self, half: Sentence, is_part: bool = False) -> _Group:
        platforms = read_platforms(half)
        place = read_place(half, self.gazetteer)
        age = read_age(half, is_part)
        if age is None and half.take(r"\badults\b(?=.*)") and not half.take(r"\bthe adult population\b"):
            age = AgeBand(18, OLDEST)
        return _Group(platforms, place, age, read_gender(half))

    def refuse_unread(self, *halves: Sentence) -> None:
        for word in (word for half in halves for word in half.unread() if word not in FILLER):
            if word in ("voters", "voter", "people", "users", "viewers", "impressions", "views", "reach"):
                raise ClaimUnclear(f'It counts two things, "{word}" among them', "Ask about one at a time.")
            near = closest_name(word, (*self.gazetteer, *(name.name for name in self.names)))
            near = self.gazetteer[near].name if near in self.gazetteer else near
            mend = f'Did you mean "{near}"?' if near else "Leave it out, or say it in other words."
            raise ClaimUnclear(f'"{word}" is not understood', mend)

    def put_together(
        self,
        said: Said,
        subject: Subject | None,
        metric: str,
        named: tuple[Named, ...],
        window: Window | None,
        payment: Payment,
        whole: _Group,
        part: _Group,
        tail: Sentence,
    ) -> Claim:
        is_part = bool(tail.text)
        of, metric = self.counted(said, subject, metric, whole)
        if any(name.kind == "target" for name in named) and of != "count":
            of = "target"
        if is_part:
            _refuse_no_part(part)
        elif said.is_share:
            self.refuse_share(of, metric, said, subject, whole)
        _refuse_parts_of_people(said, metric)
        place = part.place or whole.place
        cell = _cell(place, part.age or whole.age, part.gender if part.gender != "all" else whole.gender, of)
        return Claim(
            text=self.text,
            means=said.means.scaled(subject.scale) if subject and not said.is_share else said.means,
            is_share=said.is_share,
            metric=metric,
            of=of,
            cell=cell,
            place_name=place.name if place else "",
            platforms=part.platform_names or whole.platform_names,
            payment=payment,
            window=window,
            clips=_codes(named, "clip", "topic"),
            seats=_codes(named, "group"),
            partner="".join(_codes(named, "partner")[:1]),
            audience="".join(_codes(named, "audience")[:1]),
            target=next((name.name for name in named if name.kind == "target"), ""),
            clip_names=tuple(name.name for name in named if name.kind in ("clip", "topic")),
            named=tuple(name.name for name in named if name.kind in ("group", "partner", "audience")),
            whole=_cell(whole.place, whole.age, whole.gender, of) if is_part else None,
            whole_platforms=whole.platform_names if is_part else (),
            notes=self.notes(of, whole, cell),
        )

    def refuse_share(self, of: Of, metric: str, said: Said, subject: Subject | None, whole: _Group) -> None:
        if of == "count":
            raise ClaimUnclear(f"A share of {metric} without a part", 'Say which: "60% of our views came from women".')
        if of in ("voters", "target") and self.is_of_users(said, subject, whole):
            raise ClaimUnclear(
                "How many of those are on a platform isn't known",
                'Ask about people: "one in three people on Facebook", or say "saw it on Facebook" at the end.',
            )

    def counted(self, said: Said, subject: Subject | None, metric: str, whole: _Group) -> tuple[Of, str]:
        if said.is_money:
            return "count", "spend"
        if subject is None or subject.of == "people":
            of: Of = "users" if said.is_share and self.is_of_users(said, subject, whole) else "people"
            return of, metric or (subject.metric if subject else "reach")
        if subject.of == "users":
            return ("users" if said.is_share and whole.platforms else "people"), metric or subject.metric
        return subject.of, metric or subject.metric

    def is_of_users(self, said: Said, subject: Subject | None, whole: _Group) -> bool:
        """ "one in three people on Facebook saw …": of Facebook's users. "… saw it on Facebook": of everybody."""
        end = subject.end if subject else said.end
        for _, start, stop in whole.platforms:
            if stop <= said.start:
                return start <= 4
            between = self.sentence.text[min(end, start) : start]
            if not re.search(r"\b(?:saw|seen|see|watched|viewed|reached|were|was|did)\b", between):
                return True
        return False

    def notes(self, of: Of, whole: _Group, cell: Cell) -> tuple[str, ...]:
        text = self.sentence.text
        notes = []
        if re.search(rf"\b(?:over|above)[- ]{cell.age.rstrip('+')}\b(?! percent)", text):
            notes.append(f'"Over" an age includes that age: {cell.age}, as platforms\' bands have it.')
        if re.search(r"\b(?:watched|viewed)\b", text) and of != "count" and not re.search(r"second|minute", text):
            notes.append('"Watched" is read as "were shown it": say "for 3 seconds" for those who stayed.')
        if re.search(r"\bbritain\b|\bbritish\b|\bbritons\b|\bgb\b", text):
            notes.append("Britain is read as the United Kingdom.")
        return tuple(notes)


def _only(left: str, start: int, end: int) -> Sentence:
    """A sentence of that stretch alone, at the same places."""
    half = Sentence(" ")
    half.text = left
    half.left = left
    half.blank(0, start)
    half.blank(end, len(left))
    return half


def _codes(named: tuple[Named, ...], *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for name in named if name.kind in kinds for code in (name.codes or (name.name,))))


def _cell(place: Place | None, age: AgeBand | None, gender: str, of: Of) -> Cell:
    if of == "voters":
        age = AgeBand(max(18, age.low), max(18, age.high)) if age else AgeBand(18, OLDEST)
    cell = Cell(age.label if age else "all", gender)  # type: ignore[arg-type]
    return Cell(cell.age, cell.gender, place.code, place.kind) if place else cell


def _refuse_no_part(part: _Group) -> None:
    if part.is_everybody:
        raise ClaimUnclear("It doesn't say which part", 'Name it: "60% of our viewers were women".')


def _refuse_parts_of_people(said: Said, metric: str) -> None:
    if said.has_fraction and metric not in ("spend", "watch_time"):
        raise ClaimUnclear("A decimal point in a number of people", 'Write "1,234" or "1.234 million".')
