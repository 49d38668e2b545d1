"""One frame: the camera on air, the people it sees, the table, and the channel's graphics over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import skia

from make.acting import Performance, performances
from make.direction import FRAMES_A_SECOND, Shot, StrapShown
from make.graphics import HEIGHT, WIDTH, draw_bug, draw_closing, draw_strap, draw_title
from make.people import LOOKS, draw_hands, draw_person
from make.screenplay import Screenplay
from make.soundstage import Take
from make.studio import backdrop, table


@dataclass(frozen=True)
class Place:
    """Where a camera sees a person: the middle of the face in pixels, the size, and which way the head is turned."""

    who: str
    x: float
    y: float
    size: float
    facing: float


CAMERAS: dict[str, tuple[Place, ...]] = {
    "wide": (
        Place("opposition", 470, 496, 0.76, 0.95),
        Place("minister", 1450, 496, 0.76, -0.95),
        Place("presenter", 960, 500, 0.78, 0.0),
    ),
    "guests": (Place("opposition", 520, 452, 1.18, 0.8), Place("minister", 1400, 446, 1.18, -0.8)),
    "presenter": (Place("presenter", 960, 432, 1.62, 0.12),),
    "minister": (Place("minister", 975, 440, 1.62, -0.75),),
    "opposition": (Place("opposition", 945, 452, 1.62, 0.75),),
}
_TABLE_AT = {"wide": 830, "guests": 1000}  # below this the table hides everybody
_HANDS_AT = {"wide": 790, "guests": 944}
_SMILES = {"presenter": 0.5, "minister": 0.1, "opposition": 0.3}


@cache
def _before(camera: str) -> skia.Image:
    """The table and the hands on it."""
    surface = skia.Surface(WIDTH, HEIGHT)
    with surface as canvas:
        canvas.clear(skia.ColorTRANSPARENT)
        canvas.drawImage(table(camera), 0, 0)
        for place in CAMERAS[camera] if camera in _HANDS_AT else ():
            canvas.save()
            canvas.translate(place.x, _HANDS_AT[camera])
            canvas.scale(place.size, place.size)
            draw_hands(canvas, place.who)
            canvas.restore()
    return surface.makeImageSnapshot()


class Film:
    """All frames of the programme, in order, as rows of BGRA."""

    def __init__(self, play: Screenplay, take: Take, shots: tuple[Shot, ...], straps: tuple[StrapShown, ...]) -> None:
        self.play, self.take, self.shots, self.straps = play, take, shots, straps
        self.people: dict[str, Performance] = performances(take)
        self.surface = skia.Surface(WIDTH, HEIGHT)

    def frames(self) -> Iterator[bytes]:
        for frame in range(round(self.take.duration * FRAMES_A_SECOND)):
            yield self.frame(frame).toarray(colorType=skia.kBGRA_8888_ColorType).tobytes()

    def frame(self, number: int) -> skia.Image:
        seconds = number / FRAMES_A_SECOND
        shot = next(shot for shot in self.shots if shot.end > seconds + 0.001)
        with self.surface as canvas:
            if shot.kind == "title":
                draw_title(canvas, seconds, shot.end - seconds)
            else:
                self._camera(canvas, "wide" if shot.kind == "closing" else shot.kind, number)
                self._over(canvas, shot, seconds)
        return self.surface.makeImageSnapshot()

    def _camera(self, canvas: skia.Canvas, camera: str, number: int) -> None:
        canvas.drawImage(backdrop(camera), 0, 0)
        canvas.save()
        canvas.clipRect(skia.Rect.MakeWH(WIDTH, _TABLE_AT.get(camera, HEIGHT)))
        for place in CAMERAS[camera]:
            canvas.save()
            canvas.translate(place.x, place.y)
            canvas.scale(place.size, place.size)
            facing = place.facing + self._towards(place, camera, number)
            draw_person(
                canvas, LOOKS[place.who], self.people[place.who].pose(number, facing, _SMILES[place.who]), place.size
            )
            canvas.restore()
        canvas.restore()
        canvas.drawImage(_before(camera), 0, 0)

    def _towards(self, place: Place, camera: str, number: int) -> float:
        """In the wide shot the presenter looks at whoever speaks."""
        if place.who != "presenter" or camera != "wide":
            return 0.0
        left, right = (self.people[who].speaking[number] for who in ("opposition", "minister"))
        return float(0.8 * (right - left))

    def _over(self, canvas: skia.Canvas, shot: Shot, seconds: float) -> None:
        for strap in self.straps:
            if strap.start <= seconds < strap.end:
                draw_strap(canvas, self.play.cast[strap.who], seconds - strap.start, strap.end - seconds)
        if shot.kind == "closing":
            draw_closing(canvas, seconds - shot.start, shot.end - seconds)
        draw_bug(canvas)
