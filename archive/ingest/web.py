"""One file over http(s), fetched in Python and never by ffmpeg.

Every address of the host is checked and the connection goes to a checked one, so a name that resolves
differently a moment later changes nothing. Redirects stay on the same host. Proxies from the environment
are not used: they would resolve the name by themselves.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import ClassVar
from urllib.parse import unquote

import httpx

from archive.errors import MediaRefused, SourceMissing
from archive.ingest.addresses import Resolve, public_addresses, resolve
from archive.ingest.schemes import shown
from archive.store import Copied, require_free
from archive.store.copying import OnBytes, write_hashed

MAX_BYTES = 50 * 1000**3
MAX_REDIRECTS = 5
MAX_SECONDS = 6 * 3600.0
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_PLAYLISTS = (".m3u8", ".m3u", ".mpd")
_PLAYLIST_TYPES = ("mpegurl", "dash+xml")
_PORTS = {"http": 80, "https": 443}
_GONE = (404, 410)
_HIGHEST_PORT = 65535


class _HideSecrets(logging.Filter):
    """httpx writes one line with the whole address for each request, signatures and passwords included."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(shown(str(arg)) if isinstance(arg, httpx.URL) else arg for arg in record.args)
        return True


logging.getLogger("httpx").addFilter(_HideSecrets())


class FetchBroken(SourceMissing):
    """The other side or the way to it failed; worth another try."""

    exit_code: ClassVar[int] = 1
    is_transient: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class WebFile:
    """A file at an http(s) address. What is shown holds neither password nor query, which may be secret."""

    url: httpx.URL
    allow_private: bool = False
    max_bytes: int = MAX_BYTES
    resolve: Resolve = resolve

    @property
    def shown(self) -> str:
        return str(self.url.copy_with(userinfo=b"", query=None, fragment=None))

    @property
    def name(self) -> str:
        return PurePosixPath(unquote(self.url.path)).name or self.url.host

    @property
    def path(self) -> Path | None:
        return None

    def size(self) -> int | None:
        return None

    def bring(self, target: Path, on_bytes: OnBytes | None = None) -> Copied:
        """Fetch it to the new file `target`.

        Raises MediaRefused (private address, playlist, web page, too long), SourceMissing (nothing there),
        FetchBroken (transient), DiskFull, NotWritable.
        """
        if self.name.lower().endswith(_PLAYLISTS):
            raise self._refused_playlist()
        with self._answer() as response:
            self._check_head(response, target)
            try:
                return write_hashed(self._body(response), target, on_bytes)
            except httpx.HTTPError as error:
                raise FetchBroken(f"{self.shown} broke off ({_said(error)})", "Try it again.") from error

    @contextmanager
    def _answer(self) -> Iterator[httpx.Response]:
        """The final answer, after redirects on the same host."""
        url = self.url
        with httpx.Client(trust_env=False, follow_redirects=False, timeout=_TIMEOUT) as client:
            for _ in range(MAX_REDIRECTS + 1):
                response = self._send(client, url)
                try:
                    if not response.has_redirect_location:
                        yield response
                        return
                    url = self._next(url, response.headers["location"])
                finally:
                    response.close()
        raise MediaRefused(f"{self.shown} redirects too often", "Give the address of the file itself.")

    def _send(self, client: httpx.Client, url: httpx.URL) -> httpx.Response:
        port = url.port or _PORTS[url.scheme]
        host = url.raw_host.decode("ascii")
        addresses = public_addresses(host, port, allow_private=self.allow_private, resolve=self.resolve)
        failure: httpx.HTTPError | None = None
        for address in addresses:
            request = client.build_request(
                "GET",
                url.copy_with(host=address),
                headers={
                    "Host": url.netloc.decode("ascii"),
                    "Accept-Encoding": "identity",
                    "User-Agent": "soundbite",
                },
                extensions={"sni_hostname": host},
            )
            try:
                return client.send(request, stream=True)
            except httpx.ConnectError as error:
                failure = error
            except httpx.HTTPError as error:
                raise FetchBroken(f"{self.shown} did not answer ({_said(error)})", "Try it again.") from error
        raise FetchBroken(f"{self.shown} can't be reached ({_said(failure)})", "Try it again.") from failure

    def _next(self, url: httpx.URL, location: str) -> httpx.URL:
        try:
            new = url.join(location)
        except (httpx.InvalidURL, ValueError) as error:
            raise MediaRefused(f"{self.shown} redirects to no address") from error
        same_place = new.host == url.host and (new.scheme, new.port) in (
            (url.scheme, url.port),
            ("https", None),
        )
        if not same_place:
            raise MediaRefused(
                f"{self.shown} redirects to {new.scheme}://{new.host}", "Give the address of the file itself."
            )
        return new.copy_with(userinfo=url.userinfo)

    def _check_head(self, response: httpx.Response, target: Path) -> None:
        status, kind = response.status_code, response.headers.get("content-type", "").lower()
        if status in _GONE:
            raise SourceMissing(f"There is nothing at {self.shown} ({status})", "Check the address.")
        if status >= 500 or status == 429:
            raise FetchBroken(f"{self.shown} answered {status}", "Try it again later.")
        if status != 200:
            raise SourceMissing(f"{self.shown} answered {status}", "Check the address and whether it needs a login.")
        if any(word in kind for word in _PLAYLIST_TYPES):
            raise self._refused_playlist()
        if kind.startswith("text/html"):
            raise MediaRefused(f"{self.shown} is a web page, not a recording", "Give the address of the file itself.")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise MediaRefused(f"{self.shown} comes compressed, which hides its size")
        length = response.headers.get("content-length", "")
        if length.isdecimal():
            self._check_length(int(length))
            require_free(target.parent, int(length), self.shown)

    def _check_length(self, length: int) -> None:
        if length > self.max_bytes:
            limit = f"{self.max_bytes / 1e9:g} GB"
            raise MediaRefused(f"{self.shown} is longer than {limit}", "Fetch it by hand and give the file.")

    def _body(self, response: httpx.Response) -> Iterator[bytes]:
        size, until = 0, time.monotonic() + MAX_SECONDS
        for chunk in response.iter_raw(1024 * 1024):
            if not size and _is_playlist(chunk):
                raise self._refused_playlist()
            size += len(chunk)
            self._check_length(size)
            if time.monotonic() > until:
                raise FetchBroken(f"{self.shown} took longer than {MAX_SECONDS / 3600:g} hours")
            yield chunk

    def _refused_playlist(self) -> MediaRefused:
        return MediaRefused(
            f"{self.shown} is a streaming playlist (HLS or DASH), which is not taken in yet",
            "Save the stream as one file first.",
        )


def web_file(address: str, *, allow_private: bool, max_bytes: int = MAX_BYTES) -> WebFile:
    """Raises SourceMissing for what is no address."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):  # whose words may hold a piece of a password
        raise SourceMissing(f"{shown(address)!r} is no address", "Check it.") from None
    if not url.host:
        raise SourceMissing(f"{shown(address)!r} names no host", "Check it.")
    if url.port is not None and not 0 < url.port <= _HIGHEST_PORT:
        raise SourceMissing(f"{shown(address)!r} has no port that exists", "Check it.")
    return WebFile(url, allow_private, max_bytes)


def _is_playlist(start: bytes) -> bool:
    text = start[:512].lstrip(b"\xef\xbb\xbf \r\n\t")
    return text.startswith(b"#EXTM3U") or b"<MPD" in text


def _said(error: Exception | None) -> str:
    return str(error) or type(error).__name__
