"""Sound as samples, on the picture's clock: sample 0 stands at the media time that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from archive.media.door import run_ffmpeg
from archive.media.index import index
from archive.media.info import MediaInfo
from archive.media.probe import probe
from archive.media.reach import reach
from archive.timeline.timeline import Timeline

if TYPE_CHECKING:
    import numpy as np

_CHUNK_S = 600
_RUN_UP = Fraction(1, 2)


def decode_pcm(
    path: Path,
    *,
    rate: int = 16000,
    start: Fraction = Fraction(0),
    duration: Fraction | None = None,
    timeline: Timeline | None = None,
) -> np.ndarray:
    """Float32 mono in −1…1 at `rate` Hz; sample n is what was heard at media time `start` + n / `rate`.

    Gaps are silence: before the sound begins, where it was lost, and after it ends. The length is
    `duration` (to the end of the recording if None, or if that is shorter) × `rate`; without sound all of
    it is silence. Give the recording's `timeline` where there is one: without it the file is read through
    first. Raises what `probe` and the door raise, and TimeOutside where `start` is beyond the end.
    """
    import numpy as np

    info = probe(path)
    known = timeline or index(path, info)
    known.epoch_at(start)
    end = known.duration if duration is None else min(known.duration, start + duration)
    samples = np.zeros(max(0, round((end - start) * rate)), dtype=np.float32)
    if info.audio is None:
        return samples
    for piece_start, piece_end in _pieces(known, info, start, end):
        heard = _decode(path, known, info, piece_start, piece_end, rate)
        at = round((piece_start - start) * rate)
        fitting = heard[: len(samples) - at]
        samples[at : at + len(fitting)] = fitting
    return samples


def _pieces(timeline: Timeline, info: MediaInfo, start: Fraction, end: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Stretches of one epoch each and of ten minutes at most, so that two hours need no second copy."""
    longest = Fraction(_CHUNK_S) if info.can_seek else end - start
    for epoch in timeline.epochs:
        at, until = max(start, epoch.start), min(end, epoch.end)
        while at < until:
            step = min(until, at + longest)
            yield at, step
            at = step


def _decode(path: Path, timeline: Timeline, info: MediaInfo, start: Fraction, end: Fraction, rate: int) -> np.ndarray:
    import numpy as np

    assert info.audio is not None  # noqa: S101 - the caller has looked
    way = reach(path, timeline, info, max(start - _RUN_UP, timeline.epoch_at(start).start), end)
    begin, until = float(start + way.offset), float(end + way.offset)
    lane = f"0:i:{info.audio.id}" if info.is_transport_stream else f"0:{info.audio.index}"
    filters = (
        f"atrim=start={begin:.9f}:end={until:.9f},asetpts=PTS-{begin:.9f}/TB,"
        f"aresample={rate}:async=1:first_pts=0:min_hard_comp=0.03"
    )
    out = bytearray()
    args = [
        *way.input_args,
        "-map",
        lane,
        "-vn",
        "-sn",
        "-dn",
        "-af",
        filters,
        "-ac",
        "1",
        "-f",
        "f32le",
        "-",
    ]
    run_ffmpeg(args, reads=way.reads, writes=(), stdout=out.extend)
    heard = np.frombuffer(bytes(out), dtype="<f4")
    fitting: np.ndarray = np.clip(heard[: round((end - start) * rate)], -1.0, 1.0).astype(np.float32)
    return fitting
