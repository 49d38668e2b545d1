"""Nothing is forgotten in the docs: every command, every setting, every recipe, every bench, every link."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from typer.main import get_command

from desk.cli.main import app
from flows.settings import Settings

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"
PAGES = [REPOSITORY / "README.md", *sorted(DOCS.rglob("*.md"))]


def commands() -> dict[str, click.Command]:
    """Every command by the words that call it; those of a group below its name."""
    found: dict[str, click.Command] = {}
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", {})
        found |= {f"{name} {below}": inner[below] for below in inner} or {name: command}
    return found


COMMANDS = commands()


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_and_docs(command: str) -> None:
    found = COMMANDS[command]
    assert found.help
    assert f"soundbite {command}" in text("commands.md")
    for option in found.params:
        assert getattr(option, "help", None), f"{command} {option.name} has no help"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_takes_home_and_json(command: str) -> None:
    options = {name for p in COMMANDS[command].params for name in p.opts}
    assert "--home" in options
    assert "--json" in options or command == "up"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    field = Settings.model_fields[name]
    assert field.description
    assert f"| `{name}` |" in text("settings.md")
    assert field.description in text("settings.md")


@pytest.mark.parametrize("path", sorted((REPOSITORY / "assets" / "recipes").glob("*.yaml")), ids=lambda p: p.stem)
def test_every_recipe_is_documented(path: Path) -> None:
    assert f"`{path.stem}`" in text("recipes.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_bench_has_its_table() -> None:
    told = text("figures.md")
    for path in (REPOSITORY / "bench").glob("[a-z]*.py"):
        assert f"./run bench {path.stem}" in told, path
