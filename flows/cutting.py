"""What exactly is to be cut, settled before any work: one request makes one clip, however often it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from archive.catalogue import clip_id, moments
from archive.catalogue.moments import MomentRow
from archive.store import content_hash
from clipping.cutting.boundaries import Cut, choose_cut, settle_cut
from clipping.errors import CutImpossible
from clipping.imprint import Imprint
from clipping.listening.matching import is_same_person, shown_name
from clipping.look.brand import BrandKit
from clipping.look.recipe import Recipe, load_recipe
from clipping.rendering.job import Speaker
from transcription.transcript import Word

from .asks import ClipAsk
from .errors import NothingToClip
from .held import Held, hold
from .rows import row_to_moment
from .workspace import Workspace

BUNDLED_IMPRINT = "plain"
MOSTLY_THE_SAME = Fraction(1, 2)  # of the shorter clip


@dataclass(frozen=True, slots=True)
class Dress:
    """What a clip wears. `gaps` say what the credit lacks."""

    kit: BrandKit
    imprint: Imprint
    credit: str
    message: str
    speaker: Speaker | None
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cutting:
    """A settled clip: which stretch of which recording, how it is dressed, and its id."""

    id: str
    ask: ClipAsk
    held: Held
    moment: MomentRow | None
    cut: Cut
    recipes: tuple[Recipe, ...]
    dress: Dress

    @property
    def warnings(self) -> tuple[str, ...]:
        several = ("several people speak in it: its words are not one person's",) if self._turns > 1 else ()
        return (*self.cut.warnings, *several, *self.dress.gaps)

    @property
    def said_by(self) -> str:
        """Whose words the quote is: a moment's speaker, or the one person who speaks; else nobody's."""
        if self.moment:
            return self.moment.speaker.partition(",")[0] or self._only_speaker
        return self._only_speaker

    @property
    def _only_speaker(self) -> str:
        return self.dress.speaker.name if self.dress.speaker and self._turns == 1 else ""

    @property
    def words(self) -> tuple[Word, ...]:
        """What is said in it."""
        return self.held.transcript.between(self.cut.start, self.cut.end)

    @property
    def _turns(self) -> int:
        return 1 + sum(word.speaker_change for word in self.words[1:])


def settle(workspace: Workspace, ask: ClipAsk) -> Cutting:
    """Settle an ask.

    Raises:
        NotInCatalogue, NothingToClip, TimeOutside, CutImpossible, RecipeWrong, KitWrong: the ask was wrong.
    """
    held = hold(workspace, ask.recording)
    recipes = tuple(load_recipe(name) for name in dict.fromkeys(ask.recipes or workspace.settings.recipes))
    moment = _moment(workspace, ask, held)
    cut = _around(workspace, held, moment) if moment else _by_hand(workspace, ask, held)
    dress = _dress(workspace, ask, held, cut, moment)
    return Cutting(_id(held, cut, dress), ask, held, moment, cut, recipes, dress)


def distinct_moments(workspace: Workspace, recording: str, found: Sequence[str], limit: int) -> tuple[str, ...]:
    """Of moments in order of rank, those whose clips would not show mostly the same, at most `limit`.

    A moment around which nothing can be cut is kept: cutting it says why.
    """
    held = hold(workspace, recording)
    with workspace.catalogue.read() as tx:
        rows = [moments.get(tx, moment) for moment in found]
    chosen: dict[str, Cut | None] = {}
    for row in rows:
        if len(chosen) == limit:
            break
        try:
            cut = _around(workspace, held, row)
        except CutImpossible:
            chosen[row.id] = None
            continue
        if not any(other and cut.shares(other) > MOSTLY_THE_SAME for other in chosen.values()):
            chosen[row.id] = cut
    return tuple(chosen)


def _moment(workspace: Workspace, ask: ClipAsk, held: Held) -> MomentRow | None:
    if ask.moment is None:
        return None
    with workspace.catalogue.read() as tx:
        moment = moments.get(tx, ask.moment)
    if moment.recording_id != held.recording.id:
        raise NothingToClip(f"{moment.id} is a moment of {moment.recording_id}, not of {held.recording.id}")
    return moment


def _around(workspace: Workspace, held: Held, moment: MomentRow) -> Cut:
    return choose_cut(
        held.transcript,
        row_to_moment(moment),
        duration=held.timeline.duration,
        voiced=held.voiced,
        limit=_longest(workspace),
    )


def _by_hand(workspace: Workspace, ask: ClipAsk, held: Held) -> Cut:
    if ask.start is None or ask.end is None:
        raise NothingToClip("Nothing says what to cut", "Give --in and --out, or --moment.")
    start, end = held.media_time(ask.start), held.media_time(ask.end)
    return settle_cut(held.transcript, start, end, duration=held.timeline.duration, limit=_longest(workspace))


def _longest(workspace: Workspace) -> Fraction:
    return Fraction(workspace.settings.longest_clip_s).limit_denominator(1000)


def _dress(workspace: Workspace, ask: ClipAsk, held: Held, cut: Cut, moment: MomentRow | None) -> Dress:
    kit = workspace.kit()
    credit, gaps = _credit(held, cut.start, workspace.settings.zone)
    if workspace.settings.imprint == BUNDLED_IMPRINT:
        gaps = (
            *gaps,
            "the imprint is the bundled one, of people who don't exist: put your own in force before you post",
        )
    message = ask.message or workspace.settings.message or kit.message
    named = ask.speaker or (moment.speaker if moment else "")
    return Dress(kit, workspace.imprint(), credit, message, _speaker(named, held, cut), gaps)


def _id(held: Held, cut: Cut, dress: Dress) -> str:
    """What is seen and heard makes the id, its shapes apart: another word or another logo is another clip."""
    kit, speaker = dress.kit, dress.speaker
    words = held.transcript.between(cut.start, cut.end)
    return clip_id(
        {
            "recording": held.recording.id,
            "in": cut.start,
            "out": cut.end,
            "words": [[word.text, word.start, word.end] for word in words],
            "kit": [kit.name, kit.ink, kit.paper, kit.signal, kit.quiet, content_hash(kit.logo)],
            "imprint": dress.imprint.text,
            "credit": dress.credit,
            "message": dress.message,
            "speaker": [speaker.name, speaker.role] if speaker else None,
        }
    )


def _credit(held: Held, at: Fraction, zone: str) -> tuple[str, tuple[str, ...]]:
    """The credit ("Channel, Programme, 14 November 2026") and what is missing from it, in words.

    The date is the local one of the picture itself: a programme may run past midnight.
    """
    recording, timeline = held.recording, held.timeline
    aired = timeline.wall_at(timeline.snap(at)).astimezone(ZoneInfo(zone)) if timeline.aired_at else None
    parts = {
        "channel": recording.channel,
        "programme": recording.programme,
        "air time": f"{aired.day} {aired:%B %Y}" if aired else None,
    }
    missing = ", ".join(name for name, part in parts.items() if not part)
    mend = "soundbite ingest FILE --channel … --programme … --aired-at …, then cut again"
    gaps = (f"the credit lacks {missing}: {mend}",) if missing else ()
    return ", ".join(part for part in parts.values() if part) or Path(recording.name).stem, gaps


def _speaker(named: str, held: Held, cut: Cut) -> Speaker | None:
    """As named ('Name, role'), else the name that the captions give, if one person says most of the clip."""
    words = held.transcript.between(cut.start, cut.end)
    if named:
        name, _, role = (part.strip() for part in named.partition(","))
        return Speaker(name, role, _speaks_at(words, name))
    said = [word.speaker for word in words if word.speaker]
    name = max(sorted(set(said)), key=said.count, default="")
    if said.count(name) * 2 <= len(words):
        return None
    return Speaker(shown_name(name), speaks_at=_speaks_at(words, name))


def _speaks_at(words: Sequence[Word], name: str) -> Fraction | None:
    """When the person of that name begins: by the captions' labels, else where the longest turn begins."""
    labelled = next((w.start for w in words if w.speaker and is_same_person(w.speaker, name)), None)
    if labelled is not None or not words:
        return labelled
    starts = [0, *(n for n, word in enumerate(words) if n and word.speaker_change), len(words)]
    longest = max(pairwise(starts), key=lambda turn: turn[1] - turn[0])
    return words[longest[0]].start
