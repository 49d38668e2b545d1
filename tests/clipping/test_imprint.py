"""An imprint names who the law wants named, on the day in question, or is refused with the reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clipping.errors import KitWrong
from clipping.imprint import Imprint, load_imprint, rules_in_force

ASSETS = Path(__file__).resolve().parents[2] / "assets" / "imprints"
WHOLE = {
    "promoter": "A. Agent",
    "promoter_address": "1 High Street, Leeds",
    "on_behalf_of": "B Party",
    "on_behalf_address": "2 Low Street, Hull",
}


def written(folder: Path, fields: dict[str, str]) -> Path:
    path = folder / "ours.yaml"
    path.write_text("".join(f"{key}: {value}\n" for key, value in fields.items()), encoding="utf-8")
    return path


def test_the_bundled_imprint_is_whole() -> None:
    text = load_imprint(ASSETS / "plain.yaml").text
    assert text.startswith("Promoted by Ada Fenwick on behalf of the Orchard Party")


def test_every_name_and_address_is_in_the_text(tmp_path: Path) -> None:
    imprint = load_imprint(written(tmp_path, WHOLE))
    assert all(value in imprint.text for value in WHOLE.values())


@pytest.mark.parametrize("lacking", ["promoter", "promoter_address", "on_behalf_address"])
def test_what_the_law_needs_may_not_be_missing(lacking: str, tmp_path: Path) -> None:
    path = written(tmp_path, {key: value for key, value in WHOLE.items() if key != lacking})
    with pytest.raises(KitWrong, match=lacking) as caught:
        load_imprint(path)
    assert "Elections Act 2022" in caught.value.what


def test_on_their_own_behalf_nobody_else_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, {key: WHOLE[key] for key in ("promoter", "promoter_address")})
    assert load_imprint(path) == Imprint("A. Agent", "1 High Street, Leeds")


def test_laws_hold_from_their_day_on(tmp_path: Path) -> None:
    path = written(tmp_path, {"promoter": "A. Agent"})
    assert load_imprint(path, on=date(2023, 10, 31)).promoter == "A. Agent"
    with pytest.raises(KitWrong):
        load_imprint(path, on=date(2023, 11, 1))
    assert len(rules_in_force("scotland", date(2026, 5, 7))) == 2
    assert len(rules_in_force("scotland", date(2025, 11, 16))) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("promoter: [1", "not YAML"),
        ("promter: A", "promter"),
        ("- a\n- b\n", "the file"),
        ("promoter: A\nnation: atlantis\n", "atlantis"),
    ],
)
def test_a_file_that_is_wrong_says_where(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text)
    with pytest.raises(KitWrong, match=reason):
        load_imprint(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(KitWrong, match="can't be read"):
        load_imprint(tmp_path / "none.yaml")
