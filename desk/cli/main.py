"""The door for people and programs: commands, exit codes, and one line for whatever went wrong."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer

from archive.errors import SoundbiteError
from desk.cli.commands import (
    claim,
    clip,
    doctor,
    flag,
    ingest,
    listing,
    metrics,
    overnight,
    pack,
    post,
    report,
    run,
    search,
    transcribe,
    up,
    verify,
)

CTRL_C = 130
STOPPED = "Stopped. What was finished is kept; the same command goes on from there."

app = typer.Typer(
    name="soundbite",
    help="Clips political broadcasts for rapid rebuttal. Start with: soundbite run SOURCE",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("up")(up.up)
app.command("run")(run.run)
app.command("ingest")(ingest.ingest)
app.command("transcribe")(transcribe.transcribe)
app.command("search")(search.search)
app.command("flag")(flag.flag)
app.command("clip")(clip.clip)
app.command("pack")(pack.pack)
app.command("list")(listing.listing)
app.command("verify")(verify.verify)
app.command("overnight")(overnight.overnight)
app.command("post")(post.post)
app.add_typer(metrics.metrics, name="metrics")
app.command("report")(report.report)
app.command("claim")(claim.claim)
app.command("doctor")(doctor.doctor)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 done, 2 the input or the words were wrong, 1 it failed."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = app(words, standalone_mode=False)
    except typer.TyperException as error:  # wrong words: an unknown command, a missing argument
        message = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
        _refuse(f"{message.rstrip('.')}. See soundbite --help.", 2, words)
    except SoundbiteError as error:
        _refuse(str(error), error.exit_code, words)
    except (KeyboardInterrupt, typer.Abort):
        _refuse(STOPPED, 1, words)
    except SystemExit as stop:  # typer turns Ctrl-C into this
        if stop.code != CTRL_C:
            raise
        _refuse(STOPPED, 1, words)
    except BrokenPipeError:  # the reader went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        _refuse(f"It failed unexpectedly: {_one_line(error)}. Details: {_keep_details(words)}", 1, words)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _refuse(line: str, code: int, words: Sequence[str]) -> None:
    """One line on stderr; with --json the same as a document on stdout."""
    line = " ".join(line.split())
    if "--json" in words:
        sys.stdout.write(json.dumps({"error": line, "exit_code": code}, ensure_ascii=False) + "\n")
    print(line, file=sys.stderr)
    sys.exit(code)


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _keep_details(words: Sequence[str]) -> str:
    """Write the traceback where it can be found."""
    from archive.ingest import shown
    from desk.cli.options import home_path

    named = next((words[n + 1] for n, word in enumerate(words[:-1]) if word == "--home"), None)
    home = named or os.environ.get("SOUNDBITE_HOME")
    path = home_path(Path(home) if home else None) / "logs" / "failures.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            told = " ".join(shown(word) for word in words)  # an address may carry a password
            file.write(f"{datetime.now(UTC).isoformat()} soundbite {told}\n{traceback.format_exc()}\n")
    except OSError:
        traceback.print_exc()
        return "above"
    return str(path)


if __name__ == "__main__":
    main()
