"""A recording and its captions → timed words, and where somebody speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from archive.errors import MediaError
from archive.media import MediaInfo, extract_captions, probe
from archive.timeline import Timeline
from transcription.align import realign
from transcription.cue_words import words_by_cue
from transcription.cues import CaptionInput, Captions
from transcription.engines import ENGINES, WhisperOptions, open_engine
from transcription.engines.regions import regions
from transcription.errors import CaptionsUnreadable, EngineUnknown, WeightsMissing
from transcription.readers import ALIASES, READERS, read_input
from transcription.sound import FAINT_SPEECH, Sound, hear
from transcription.transcript import Transcript, Word
from transcription.voice import RATE, Span

OnProgress = Callable[[float], None]
_HEARING = 0.4  # share of the work that decoding and voice activity are
_DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Heard:
    """`voiced` are the spans of speech, media seconds: a clip's edges belong in the silences between them."""

    transcript: Transcript
    voiced: tuple[Span, ...]


def transcribe(
    media_path: Path,
    captions: Sequence[CaptionInput] = (),
    *,
    engine: str = "auto",
    whisper: WhisperOptions | None = None,
    prompt: str = "",
    language: str | None = None,
    info: MediaInfo | None = None,
    timeline: Timeline | None = None,
    on_progress: OnProgress | None = None,
) -> Heard:
    """Words of the recording, by its own captions or by a recogniser.

    `captions` come from beside the recording; streams inside it are found here. `engine`: "auto" takes
    captions and else whisper, "captions" only captions, "whisper" only whisper. Late captions are put back
    where they were said. Where nothing can be had "auto" gives an empty transcript whose notes say why.

    Raises EngineUnknown; CaptionsUnreadable (engine "captions"); WeightsMissing, WeightsUnreadable (engine
    "whisper"); what the archive raises for a file it can't open.
    """
    if engine not in {"auto", "captions", *ENGINES}:
        raise EngineUnknown(f"there is no engine {engine!r}", f"choose auto, captions or {', '.join(ENGINES)}")
    known = info or probe(media_path)
    report = on_progress or (lambda _: None)
    notes: list[str] = []
    chosen: tuple[Captions, bool | None] | None = None
    if engine in {"auto", "captions"}:
        wanted = [*captions, *embedded_captions(media_path, known, timeline, notes)]
        chosen = _best(wanted, engine == "captions", notes)
    sound = hear(media_path, known, timeline, lambda share: report(_HEARING * share))
    rest: OnProgress = lambda share: report(_HEARING + (1 - _HEARING) * share)  # noqa: E731
    if chosen:
        transcript = from_captions(chosen[0], sound, is_live=chosen[1], language=language, on_progress=rest)
    elif engine == "captions" or known.audio is None:
        transcript = Transcript((), language or _DEFAULT_LANGUAGE, "none", (_nothing(known),))
    else:
        transcript = _recognise(sound, engine, whisper or WhisperOptions(), prompt, language, rest)
    report(1.0)
    return Heard(replace(transcript, notes=(*notes, *transcript.notes)), sound.voiced())


def embedded_captions(path: Path, info: MediaInfo, timeline: Timeline | None, notes: list[str]) -> list[CaptionInput]:
    """Text streams inside the recording, as SRT text. What can't be read is said in `notes`."""
    found: list[CaptionInput] = []
    for stream in info.captions:
        if stream.codec not in READERS and stream.codec not in ALIASES:
            notes.append(f"the recording carries {stream.codec} captions, which are not read yet")
            continue
        try:
            text = extract_captions(path, stream, timeline=timeline)
        except MediaError as error:
            notes.append(f"the captions in stream {stream.index} could not be taken out ({error.what})")
            continue
        found.append(CaptionInput(text, "srt", f"stream {stream.index} ({stream.codec})"))
    return found


def _best(inputs: Sequence[CaptionInput], must_read: bool, notes: list[str]) -> tuple[Captions, bool | None] | None:
    """The captions with most words; the rest are named in `notes`."""
    readable: list[tuple[int, CaptionInput, Captions]] = []
    refused: list[CaptionsUnreadable] = []
    for item in inputs:
        try:
            read = read_input(item)
        except CaptionsUnreadable as error:
            refused.append(error)
            continue
        readable.append((sum(len(cue.words) for cue in read.cues), item, read))
    notes.extend(error.what for error in refused)
    best = max(readable, key=lambda entry: entry[0], default=None)
    if best is None or best[0] == 0:
        if refused and must_read:
            raise refused[0]
        notes.extend(f"{item.name}: there is no word in these captions" for _, item, _ in readable)
        return None
    notes.extend(
        f"{item.name} was left aside: {best[1].name} has more words" for _, item, _ in readable if item is not best[1]
    )
    return best[2], best[1].live


def from_captions(
    captions: Captions,
    sound: Sound,
    *,
    is_live: bool | None = None,
    language: str | None = None,
    on_progress: OnProgress | None = None,
) -> Transcript:
    """Words of the captions at the times the sound says, or at the captions' own where it says nothing."""
    spoken = language or _DEFAULT_LANGUAGE
    engine = f"captions:{captions.format}"
    notes = captions.notes
    if not len(sound.pcm):
        note = "there is no sound to check the captions against: words keep the captions' own times"
        return Transcript(words_by_cue(captions.cues), spoken, engine, (*notes, note))
    if not spoken.lower().startswith("en"):
        note = "words keep the captions' own times: they can be put back in English only"
        return Transcript(words_by_cue(captions.cues), spoken, engine, (*notes, note))
    found = realign(captions.cues, sound.pcm, sound.voiced(), on_progress=on_progress)
    extra = found.notes
    if found.delay is None and is_live is not False:
        extra = (*extra, "captions made live are some seconds late: check where clips begin and end")
    return Transcript(_inside(found.words, sound.duration), spoken, engine, (*notes, *extra))


def _inside(words: Sequence[Word], duration: Fraction) -> tuple[Word, ...]:
    """Words that begin while the recording lasts, none longer than it."""
    return tuple(replace(word, end=min(word.end, duration)) for word in words if word.start < duration)


def _recognise(
    sound: Sound,
    engine: str,
    options: WhisperOptions,
    prompt: str,
    language: str | None,
    on_progress: OnProgress,
) -> Transcript:
    stretches = regions(sound.voiced(), sound.voiced(FAINT_SPEECH), sound.duration)
    spoken = language or _DEFAULT_LANGUAGE
    if not stretches:
        return Transcript((), spoken, "none", ("nobody speaks in this recording",))
    try:
        recogniser = open_engine("whisper", options)
    except WeightsMissing as error:
        if engine != "auto":
            raise
        return Transcript((), spoken, "none", (f"there are no captions, and {error}. Clips by hand still work",))
    found = recogniser.transcribe(
        sound.pcm,
        RATE,
        stretches,
        prompt=prompt,
        language=language and language[:2].lower(),
        on_progress=on_progress,
    )
    return Transcript(found.words, language or found.language, recogniser.name, found.notes)


def _nothing(info: MediaInfo) -> str:
    lacks = "there are no captions" if info.audio else "there are no captions and no sound"
    return f"{lacks}: nothing can be transcribed. Clips by hand still work"
