"""Prefect's server, in this process, bound to loopback."""

from __future__ import annotations

import os

from flows.lifeline import die_with_parent


def main() -> None:
    die_with_parent()
    import uvicorn
    from prefect.server.api.server import create_app

    port = int(os.environ["PREFECT_SERVER_API_PORT"])
    uvicorn.run(create_app(final=True), host="127.0.0.1", port=port, log_level="warning", timeout_keep_alive=5)


if __name__ == "__main__":
    main()
