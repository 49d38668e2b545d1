"""The room's errors keep their facts between processes and say who has to act."""

from __future__ import annotations

import pickle

import pytest

from clipping import errors
from clipping.errors import (
    ClippingError,
    CutImpossible,
    FontMissing,
    KitWrong,
    NotVerified,
    RecipeWrong,
    WatchlistWrong,
)

MADE = [
    (WatchlistWrong("w", "m", file="a.yaml", line=3), {"file": "a.yaml", "line": 3}),
    (RecipeWrong("w", "m", file="r.yaml", line=1), {"file": "r.yaml", "line": 1}),
    (FontMissing("w", wanted="Inter", used="DejaVu"), {"wanted": "Inter", "used": "DejaVu"}),
    (NotVerified("w", findings=["frames: 3 of 4"]), {"findings": ("frames: 3 of 4",)}),
    (errors.RenderFailed("w", recipe="vertical"), {"recipe": "vertical"}),
]


@pytest.mark.parametrize(("error", "facts"), MADE)
def test_an_error_survives_pickling_with_its_facts(error: ClippingError, facts: dict[str, object]) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert {name: getattr(again, name) for name in facts} == facts


def test_what_people_wrote_wrongly_is_an_input_error_and_nothing_else_is() -> None:
    tree = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, ClippingError)]
    wrong_input = {one for one in tree if one.exit_code == 2}
    assert wrong_input == {WatchlistWrong, CutImpossible, RecipeWrong, KitWrong}
    assert not any(one.is_transient for one in tree)
    assert all(one.__name__ in (errors.__doc__ or "") for one in tree if one is not ClippingError)
