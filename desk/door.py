"""The desk's door: a small HTTP service on loopback that takes asks and shows clips and packs; `up` runs it."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI, Header, HTTPException
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ValidationError
from starlette.middleware.trustedhost import TrustedHostMiddleware

from archive.errors import StoreError
from flows.asks import AskKind, ClipAsk, RunAsk
from flows.background import hand_over
from flows.house import key_for
from flows.lifeline import die_with_parent
from flows.settings import load_settings
from flows.tickets import Ticket, issue_ticket

log = logging.getLogger(__name__)


class Asked(BaseModel):
    """A job of the main two kinds, as asks.py defines them."""

    kind: AskKind
    ask: dict[str, object]


def build(home: Path) -> FastAPI:
    """The application for one home folder."""
    tickets = home / "run" / "tickets"
    app = FastAPI(title="Soundbite", docs_url=None, redoc_url=None, openapi_url=None)
    # Another name that resolves to loopback (DNS rebinding) is not us.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    for shown in ("clips", "packs", "reports"):
        (home / shown).mkdir(parents=True, exist_ok=True)
        app.mount(f"/{shown}", StaticFiles(directory=home / shown), name=shown)

    def known(authorization: Annotated[str, Header()] = "") -> None:
        if not secrets.compare_digest(authorization.encode(), f"Bearer {key_for(home)}".encode()):
            raise HTTPException(401, "The desk's key is in run/key of the home folder.")

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"state": "open"}

    @app.post("/asks", dependencies=[Depends(known)])
    def take(asked: Asked, then: BackgroundTasks) -> dict[str, str]:
        try:
            ask = (ClipAsk if asked.kind == "clip" else RunAsk).model_validate(asked.ask)
        except ValidationError as error:
            raise HTTPException(422, str(error.errors()[0]["msg"])) from error
        try:
            ticket = issue_ticket(tickets, asked.kind, ask.model_dump(mode="json"))
        except StoreError as error:
            raise HTTPException(507, str(error)) from error
        then.add_task(_give, ticket)
        return {"ticket": ticket.name}

    return app


def _give(ticket: Ticket) -> None:
    """Hand a ticket over once it is accepted. If that fails (Prefect's server restarts) the worker finds it itself."""
    try:
        hand_over(ticket)
    except Exception as error:
        log.warning("hand over %s: left for the worker to find: %s", ticket.name, error)


def main() -> None:
    die_with_parent()
    import uvicorn

    home = Path(os.environ["SOUNDBITE_HOME"])
    port = load_settings(home).desk_port
    uvicorn.run(build(home), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main()
