"""Makes everything again: `cd assets/demo && python -m make --ffmpeg FFMPEG`. README.md says what it needs."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import skia

from make.direction import shot_list, straps_shown
from make.film import write_film, write_sound
from make.picture import Film
from make.screenplay import read_screenplay
from make.soundstage import mixed, perform
from make.subtitler import as_srt, late_captions
from make.truth import as_json, truth_of

HERE = Path(__file__).parent


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--ffmpeg", default="ffmpeg", help="an ffmpeg with libx264")
    asked.add_argument("--out", type=Path, default=HERE.parent, help="the folder to write to")
    asked.add_argument("--crf", type=float, default=27.5, help="x264's quality; lower is larger")
    asked.add_argument("--words-only", action="store_true", help="write the truth and the captions, no film")
    asked.add_argument("--still", type=float, nargs="*", help="write these moments (seconds) as PNG instead")
    make(asked.parse_args())


def make(asked: argparse.Namespace) -> None:
    play = read_screenplay(HERE / "screenplay.yaml")
    take = perform(play)
    shots, straps, cues = shot_list(play, take), straps_shown(play, take), late_captions(take, play)
    film = Film(play, take, shots, straps)
    if asked.still is not None:
        for seconds in asked.still:
            film.frame(round(seconds * 25)).save(str(asked.out / f"still-{seconds:06.2f}.png"), skia.kPNG)
        return
    (asked.out / f"{play.stem}.truth.json").write_text(
        as_json(truth_of(play, take, shots, straps, cues)), encoding="utf-8"
    )
    (asked.out / f"{play.stem}.srt").write_text(as_srt(cues), encoding="utf-8")
    if asked.words_only:
        return
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound.wav"
        write_sound(mixed(take, play), sound)
        size = (film.surface.width(), film.surface.height())
        write_film(asked.ffmpeg, film.frames(), size, sound, asked.out / f"{play.stem}.mp4", asked.crf)


if __name__ == "__main__":
    main()
