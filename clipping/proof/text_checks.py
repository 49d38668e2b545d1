"""The words that must be in the picture: captions, credit, imprint. Read back as a phone shows them."""

from __future__ import annotations

from collections.abc import Iterator

from clipping.look.shapes import CaptionShown, ShapePlan, TextBlock
from clipping.proof.findings import Check, Finding
from clipping.proof.legible import LEAST_CONTRAST, contrast, has_strokes, read_block, read_everything
from clipping.proof.playback import Luma, Playback
from clipping.proof.reading import can_read, share_found, share_right

IMPRINT_RIGHT = 0.85  # share of letters and digits; the recogniser reaches 0.91…1.00 on a good one
CREDIT_RIGHT = 0.80
CAPTION_RIGHT = 0.70  # large letters over a moving picture; a wrong caption reaches 0.45
CAPTIONS_READ = 3  # captions read in full; of all others the strokes are looked for
_CARD_AT = 0.6  # of the end card, when it has settled


def frames_to_see(plan: ShapePlan) -> frozenset[int]:
    """The frames that the checks below ask for."""
    return frozenset({*_imprint_frames(plan), *(_middle(caption) for caption in plan.captions), *_card_frame(plan)})


def poster_candidates(plan: ShapePlan) -> tuple[int, ...]:
    """Frames with a caption on screen and no lower third, else any frame that is looked at."""
    third = plan.lower_third
    free = [
        _middle(caption)
        for caption in plan.captions
        if third is None or not third.first_frame <= _middle(caption) <= third.last_frame
    ]
    return tuple(free or _imprint_frames(plan))


def check_text(playback: Playback, plan: ShapePlan) -> Iterator[Finding]:
    """Captions at their frames, the credit once, the imprint early, late and on the end card."""
    yield _captions(playback, plan)
    early, late = (playback.luma.get(frame) for frame in _imprint_frames(plan))
    yield _block(Check.CREDIT, plan.credit, [late], CREDIT_RIGHT)
    yield _block(Check.IMPRINT, plan.imprint, [early, late], IMPRINT_RIGHT)
    if plan.card_frames:
        yield _card(playback, plan)


def _middle(caption: CaptionShown) -> int:
    return (caption.first_frame + caption.last_frame) // 2


def _imprint_frames(plan: ShapePlan) -> tuple[int, int]:
    """One early and one late, with captions on screen if there are any: those are decoded anyway."""
    middles = [_middle(caption) for caption in plan.captions]
    wanted = plan.body_frames // 6, plan.body_frames * 5 // 6
    near = [min(middles, key=lambda m, at=at: abs(m - at), default=at) for at in wanted]  # type: ignore[misc]
    return (near[0], near[1]) if near[0] != near[1] else wanted


def _card_frame(plan: ShapePlan) -> tuple[int, ...]:
    return (plan.body_frames + int(plan.card_frames * _CARD_AT),) if plan.card_frames else ()


def _captions(playback: Playback, plan: ShapePlan) -> Finding:
    if not plan.captions:
        return Finding(Check.CAPTIONS, True, "none planned")
    missing = [c for c in plan.captions if not (_has_strokes(playback, c) or _reads(playback, c))]
    if missing:
        text = missing[0].text
        return Finding(Check.CAPTIONS, False, f"{len(missing)} of {len(plan.captions)} are not there, first “{text}”")
    readable = [caption for caption in plan.captions if can_read(caption.text)]
    for caption in _spread(readable, CAPTIONS_READ):
        if not _reads(playback, caption):
            return Finding(Check.CAPTIONS, False, f"“{caption.text}” reads “{_seen(playback, caption)}”")
    return Finding(Check.CAPTIONS, True, f"{len(plan.captions)} there, {len(_spread(readable, 3))} read back")


def _has_strokes(playback: Playback, caption: CaptionShown) -> bool:
    """Cheap and sure for words in white; a single word lit in the brand's colour has to be read instead."""
    luma = playback.luma.get(_middle(caption))
    return luma is not None and has_strokes(luma, caption.box)


def _reads(playback: Playback, caption: CaptionShown) -> bool:
    return share_right(_seen(playback, caption), caption.text) >= CAPTION_RIGHT


def _seen(playback: Playback, caption: CaptionShown) -> str:
    luma = playback.luma.get(_middle(caption))
    return "" if luma is None else read_block(luma, caption.box, len(caption.lines))


def _spread(captions: list[CaptionShown], count: int) -> list[CaptionShown]:
    """At most `count` of them: first, last and those evenly between."""
    if len(captions) <= count:
        return captions
    return [captions[round(i * (len(captions) - 1) / (count - 1))] for i in range(count)]


def _block(check: Check, block: TextBlock, pictures: list[Luma | None], least: float) -> Finding:
    """The text stands in every picture, legible and with contrast."""
    worst, shown = 1.0, LEAST_CONTRAST * 4
    for luma in pictures:
        if luma is None:
            return Finding(check, False, "the picture ends before it could be read")
        seen = read_block(luma, block.box, len(block.lines))
        right = share_right(seen, block.text)
        if can_read(block.text) and right < least:
            return Finding(check, False, f"on a phone it reads “{seen}” ({right:.2f} right, {least:.2f} wanted)")
        worst, shown = min(worst, right), min(shown, contrast(luma, block.box))
    if shown < LEAST_CONTRAST:
        return Finding(check, False, f"contrast {shown:.1f}:1, at least {LEAST_CONTRAST}:1 wanted")
    return Finding(check, True, f"read back at 360 px wide, {worst:.2f} right, contrast {shown:.1f}:1")


def _card(playback: Playback, plan: ShapePlan) -> Finding:
    luma = playback.luma.get(_card_frame(plan)[0])
    if luma is None:
        return Finding(Check.END_CARD, False, "there is no end card")
    right = share_found(read_everything(luma), plan.imprint.text)
    if can_read(plan.imprint.text) and right < IMPRINT_RIGHT:
        return Finding(Check.END_CARD, False, f"not legible on a phone ({right:.2f} right)")
    return Finding(Check.END_CARD, True, f"read back at 360 px wide, {right:.2f} right")
