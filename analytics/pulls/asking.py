"""One question to an HTTP API: the JSON it answers, or an error that says whether asking again can help."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import httpx

from analytics.errors import PullBroken, PullFailed

_LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_TIMEOUT: Final = httpx.Timeout(60.0, connect=15.0)
Judge = Callable[[Mapping[str, object]], PullFailed | None]


@contextmanager
def client_of(given: httpx.Client | None) -> Iterator[httpx.Client]:
    """`given`, or one of our own that is closed afterwards."""
    if given is not None:
        yield given
        return
    with httpx.Client(timeout=_TIMEOUT) as own:
        yield own


def ask(
    client: httpx.Client,
    platform: str,
    url: str,
    params: Mapping[str, str],
    headers: Mapping[str, str],
    judge: Judge,
) -> Mapping[str, object]:
    """The answer as a JSON object. `judge` finds the error in an answer, where the platform writes one.

    Raises:
        PullBroken: no answer, a busy server, or a limit of calls: again later.
        PullFailed: the platform said no, or answered something else than JSON.
    """
    try:
        answer = client.get(url, params=dict(params), headers=dict(headers))
    except httpx.HTTPError as error:
        raise PullBroken(f"{platform} did not answer ({type(error).__name__})", "Try again later.") from error
    body = _json(answer)
    said = judge(body) if body is not None else None
    if said is not None:
        raise said
    if answer.status_code in _LATER:
        raise PullBroken(f"{platform} is busy (HTTP {answer.status_code})", "Try again later.")
    if body is None or not answer.is_success:
        raise PullFailed(
            f"{platform} answered HTTP {answer.status_code} without the data", "Check the account and key."
        )
    return body


def _json(answer: httpx.Response) -> Mapping[str, object] | None:
    try:
        body = answer.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
