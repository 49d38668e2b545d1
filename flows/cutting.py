"""What exactly is to be cut, settled before any work: one request makes one clip, whoever asks and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from archive.catalogue import clip_id, moments, recordings
from archive.catalogue.moments import MomentRow
from archive.catalogue.recordings import Recording
from archive.media import MediaInfo
from archive.timeline import Timeline
from clipping.boundaries import Cut, choose_cut, settle_cut
from clipping.brand import BrandKit
from clipping.errors import CutImpossible
from clipping.imprint import Imprint
from clipping.job import Speaker
from clipping.recipe import Recipe, load_recipe
from transcription.transcript import Transcript

from .asks import ClipAsk
from .errors import NothingToClip
from .flag import media_time
from .rows import row_to_moment
from .transcribe import read_transcript
from .workspace import Workspace

MOSTLY_THE_SAME = Fraction(1, 2)  # of the shorter clip


@dataclass(frozen=True, slots=True)
class Cutting:
    """A settled clip: which stretch of which recording, how it is dressed, and its id."""

    id: str
    ask: ClipAsk
    recording: Recording
    path: Path
    info: MediaInfo
    timeline: Timeline
    transcript: Transcript
    moment: MomentRow | None
    cut: Cut
    recipes: tuple[Recipe, ...]
    kit: BrandKit
    imprint: Imprint
    credit: str
    speaker: Speaker | None
    warnings: tuple[str, ...]


def settle(workspace: Workspace, ask: ClipAsk) -> Cutting:
    """Settle an ask.

    Raises:
        NotInCatalogue, NothingToClip, TimeOutside, CutImpossible, RecipeWrong, KitWrong: the ask was wrong.
    """
    with workspace.catalogue.read() as tx:
        recording = recordings.get(tx, ask.recording)
        moment = moments.get(tx, ask.moment) if ask.moment else None
    if moment and moment.recording_id != recording.id:
        raise NothingToClip(f"{moment.id} is a moment of {moment.recording_id}, not of {recording.id}")
    recipes = tuple(load_recipe(name) for name in dict.fromkeys(ask.recipes or workspace.settings.recipes))
    kit, imprint = workspace.kit(), workspace.imprint()
    path, info, timeline = workspace.media(recording)
    transcript, voiced = read_transcript(workspace, recording)
    limit = _longest(workspace)
    if moment:
        cut = choose_cut(transcript, row_to_moment(moment), duration=timeline.duration, voiced=voiced, limit=limit)
    else:
        cut = _by_hand(ask, timeline, transcript, limit)
    credit, gaps = credit_line(recording, timeline, cut.start, workspace.settings.zone)
    speaker = _speaker(ask, transcript, cut)
    message = ask.message or workspace.settings.message or kit.message
    request = {
        "recording": recording.id,
        "in": cut.start,
        "out": cut.end,
        "kit": kit.name,
        "imprint": imprint.text,
        "credit": credit,
        "message": message,
        "speaker": [speaker.name, speaker.role] if speaker else None,
    }
    return Cutting(
        id=clip_id(request),
        ask=ask.model_copy(update={"message": message}),
        recording=recording,
        path=path,
        info=info,
        timeline=timeline,
        transcript=transcript,
        moment=moment,
        cut=cut,
        recipes=recipes,
        kit=kit,
        imprint=imprint,
        credit=credit,
        speaker=speaker,
        warnings=(*cut.warnings, *gaps),
    )


def distinct_moments(workspace: Workspace, recording: str, found: Sequence[str], limit: int) -> tuple[str, ...]:
    """Of moments in order of rank, those whose clips would not show mostly the same, at most `limit`.

    A moment around which nothing can be cut is kept: cutting it says why.
    """
    with workspace.catalogue.read() as tx:
        held = recordings.get(tx, recording)
        rows = [moments.get(tx, moment) for moment in found]
    _, _, timeline = workspace.media(held)
    transcript, voiced = read_transcript(workspace, held)
    chosen: dict[str, Cut | None] = {}
    for row in rows:
        if len(chosen) == limit:
            break
        try:
            cut = choose_cut(
                transcript,
                row_to_moment(row),
                duration=timeline.duration,
                voiced=voiced,
                limit=_longest(workspace),
            )
        except CutImpossible:
            chosen[row.id] = None
            continue
        if not any(other and cut.shares(other) > MOSTLY_THE_SAME for other in chosen.values()):
            chosen[row.id] = cut
    return tuple(chosen)


def _longest(workspace: Workspace) -> Fraction:
    return Fraction(workspace.settings.longest_clip_s).limit_denominator(1000)


def _by_hand(ask: ClipAsk, timeline: Timeline, transcript: Transcript, limit: Fraction) -> Cut:
    if ask.start is None or ask.end is None:
        raise NothingToClip("Nothing says what to cut", "Give --in and --out, or --moment.")
    start, end = media_time(timeline, ask.start), media_time(timeline, ask.end)
    return settle_cut(transcript, start, end, duration=timeline.duration, limit=limit)


def credit_line(recording: Recording, timeline: Timeline, at: Fraction, zone: str) -> tuple[str, tuple[str, ...]]:
    """ "Channel, Programme, 14 November 2026", and what is missing from it, in words.

    The date is the local one of the picture itself: a programme may run past midnight.
    """
    parts = [part for part in (recording.channel, recording.programme) if part]
    if timeline.aired_at is not None:
        local = timeline.wall_at(timeline.snap(at)).astimezone(ZoneInfo(zone))
        parts.append(f"{local.day} {local:%B %Y}")
    missing = [
        name
        for name, value in (
            ("channel", recording.channel),
            ("programme", recording.programme),
            ("air time", timeline.aired_at),
        )
        if not value
    ]
    gaps = (f"the credit lacks {', '.join(missing)}: say it with soundbite ingest",) if missing else ()
    return ", ".join(parts) or Path(recording.name).stem, gaps


def _speaker(ask: ClipAsk, transcript: Transcript, cut: Cut) -> Speaker | None:
    """As asked ('Name, role'), else the name that the captions give, if one person says most of the clip."""
    if ask.speaker:
        name, _, role = (part.strip() for part in ask.speaker.partition(","))
        return Speaker(name, role)
    said = [word.speaker for word in transcript.between(cut.start, cut.end)]
    names = {name for name in said if name}
    return next((Speaker(name) for name in sorted(names) if said.count(name) * 2 > len(said)), None)
