"""The words in a share pack, for a volunteer with a telephone and five minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.store import write_atomic
from archive.timeline import format_time
from clipping.listening.entries import Rebuttal
from clipping.proof.findings import Verified
from clipping.sharing.platforms import Platform
from clipping.sharing.posts import Post, PostWords, write_post
from clipping.sharing.provenance import Origin, Source


@dataclass(frozen=True, slots=True)
class Posting:
    """What to do on one platform: which file, which text; `objections` say why it can't be done."""

    platform: Platform
    video: str | None
    text: str  # file name of the post's text
    post: Post
    objections: tuple[str, ...]


def write_posts(
    folder: Path,
    words: PostWords,
    platforms: Mapping[str, Platform],
    made: Mapping[str, Verified],
    videos: Mapping[str, str],
) -> tuple[Posting, ...]:
    """One text file for each platform below `folder`; what to do with each. `made` and `videos` by recipe."""
    folder.mkdir(parents=True, exist_ok=True)
    postings = []
    for key, platform in platforms.items():
        post = write_post(words, platform)
        write_atomic(folder / f"{key}.txt", post.text + "\n")
        recipe = _best(platform, made)
        said = _objections(platform, made.get(recipe) if recipe else None)
        video = videos[recipe] if recipe else None
        postings.append(Posting(platform, video, f"posts/{key}.txt", post, said))
    return tuple(postings)


def _best(platform: Platform, made: Mapping[str, Verified]) -> str | None:
    """The best shape within the platform's limits, or the best shape at all."""
    fitting = [recipe for recipe, seen in made.items() if not _objections(platform, seen)]
    return platform.recipe_of(fitting) or platform.recipe_of(list(made))


def _objections(platform: Platform, seen: Verified | None) -> tuple[str, ...]:
    if seen is None:
        return (f"no file in a shape for {platform.title} was made",)
    return platform.objections(duration=seen.duration, size_bytes=seen.size_bytes)


def rebuttal_text(rebuttal: Rebuttal) -> str:
    """The answer in one line, and below it where it stands."""
    return "\n".join([rebuttal.line, "", "Sources:", *(f"- {source}" for source in rebuttal.sources)]) + "\n"


def readme(quote: str, speaker: str, origin: Origin, source: Source, postings: Sequence[Posting]) -> str:
    """README.txt: what this is, what to post where, what to keep in mind."""
    who = f"{speaker} said" if speaker else "What was said"
    parts = [
        f"{who}:\n“{quote.strip('“”')}”"
        if quote
        else "Nobody wrote down what is said here: watch it before you post it.",
        _where(source),
        "WHAT TO DO\n" + "\n".join(_line(posting) for posting in postings),
        _held(postings),
        _minded(origin),
        "The name and address in the picture say who is responsible. The law wants them there:\n"
        "don't cover them, crop them or cut the end off. Post the files as they are.",
        "clip.json holds the record: where the clip comes from, who asked for it, and what was checked.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _where(source: Source) -> str:
    shown = ", ".join(part for part in (source.channel, source.programme) if part) or source.name
    return f"From {shown}, {format_time(source.start)} to {format_time(source.end)} of the recording."


def _line(posting: Posting) -> str:
    title = posting.platform.title
    if posting.objections:
        return f"- {title}: don't. {'; '.join(posting.objections)}."
    extra = f" {' '.join(posting.post.notes)}" if posting.post.notes else ""
    return f"- {title}: post {posting.video} with the words in {posting.text}.{extra}"


def _held(postings: Sequence[Posting]) -> str:
    notes = [f"- {p.platform.title}: {p.platform.note}" for p in postings if p.platform.note and not p.objections]
    return "GOOD TO KNOW\n" + "\n".join(notes) if notes else ""


def _minded(origin: Origin) -> str:
    lines = "\n".join(f"- {warning}" for warning in origin.warnings)
    return f"BEFORE YOU POST\n{lines}" if lines else ""
