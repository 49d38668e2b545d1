"""One file over http(s): which addresses are reached, what is refused, and how it fails."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import DiskFull, MediaRefused, SourceMissing
from archive.ingest import shown
from archive.ingest.addresses import is_public, public_addresses
from archive.ingest.web import FetchBroken, WebFile, web_file

BODY = bytes(range(256)) * 1000


class Site:
    """A web server on loopback; `hosts` are the Host headers that it saw."""

    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.hosts.append(self.headers["Host"])
                site.asked.append(self.path)
                ANSWERS.get(self.path.partition("?")[0], not_found)(self)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


Handler = BaseHTTPRequestHandler


def answer(handler: Handler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in ({"content_length": str(len(body))} | headers).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def not_found(handler: Handler) -> None:
    answer(handler, 404)


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        try:
            handler.wfile.write(BODY)
        except OSError:
            return


ANSWERS: dict[str, Callable[[Handler], None]] = {
    "/news.mp4": lambda h: answer(h, 200, BODY),
    "/moved": lambda h: answer(h, 302, location="/news.mp4"),
    "/away": lambda h: answer(h, 302, location="http://169.254.169.254/latest/meta-data"),
    "/otherport": lambda h: answer(h, 302, location="http://tv.example:1/news.mp4"),
    "/tofile": lambda h: answer(h, 302, location="file:///etc/passwd"),
    "/loop": lambda h: answer(h, 302, location="/loop"),
    "/secret": lambda h: answer(h, 403),
    "/down": lambda h: answer(h, 503),
    "/list": lambda h: answer(h, 200, b"#EXTM3U\n#EXT-X-VERSION:3\n"),
    "/dash": lambda h: answer(h, 200, b"<?xml version='1.0'?>\n<MPD xmlns='x'>"),
    "/typed": lambda h: answer(h, 200, b"x", content_type="application/vnd.apple.mpegurl"),
    "/page": lambda h: answer(h, 200, b"<html>", content_type="text/html; charset=utf-8"),
    "/zipped": lambda h: answer(h, 200, BODY, content_encoding="gzip"),
    "/short": lambda h: answer(h, 200, BODY, content_length=str(len(BODY) + 5)),
    "/endless": endless,
    "/huge": lambda h: answer(h, 200, b"", content_length=str(10**12)),
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def at(site: Site, path: str, max_bytes: int = 10**12) -> WebFile:
    """The site under a public name that resolves to loopback, as a private server may be allowed to."""
    url = httpx.URL(f"http://tv.example:{site.port}{path}")
    return WebFile(url, allow_private=True, max_bytes=max_bytes, resolve=lambda host, port: ("127.0.0.1",))


def test_a_file_is_fetched_from_the_checked_address_under_its_own_name(site: Site, tmp_path: Path) -> None:
    copied = at(site, "/news.mp4").bring(tmp_path / "news")
    assert (tmp_path / "news").read_bytes() == BODY
    assert copied.size_bytes == len(BODY)
    assert site.hosts[-1] == f"tv.example:{site.port}"


def test_a_redirect_on_the_same_host_is_followed(site: Site, tmp_path: Path) -> None:
    assert at(site, "/moved").bring(tmp_path / "news").size_bytes == len(BODY)


REFUSED = {
    "/away": "redirects to http://169.254.169.254",
    "/otherport": "redirects to http://tv.example",
    "/tofile": "redirects to file://",
    "/loop": "redirects too often",
    "/list": "is a streaming playlist",
    "/dash": "is a streaming playlist",
    "/typed": "is a streaming playlist",
    "/master.m3u8": "is a streaming playlist",
    "/page": "is a web page",
    "/zipped": "comes compressed",
    "/huge": "is longer than 10 GB",
    "/endless": "is longer than",
}


@pytest.mark.parametrize("path", REFUSED)
def test_what_we_do_not_take_is_refused_in_one_line(site: Site, tmp_path: Path, path: str) -> None:
    limit = 1_000_000 if path == "/endless" else 10**10
    with pytest.raises(MediaRefused) as caught:
        at(site, path, limit).bring(tmp_path / "news")
    assert REFUSED[path] in caught.value.what
    assert "\n" not in str(caught.value)


def test_nothing_there_is_said(site: Site, tmp_path: Path) -> None:
    for path, reason in (("/gone.mp4", "There is nothing at"), ("/secret", "answered 403")):
        with pytest.raises(SourceMissing, match=reason) as caught:
            at(site, path).bring(tmp_path / "news")
        assert not caught.value.is_transient


def test_what_may_get_better_is_transient(site: Site, tmp_path: Path) -> None:
    with pytest.raises(FetchBroken, match="answered 503") as caught:
        at(site, "/down").bring(tmp_path / "one")
    assert caught.value.is_transient
    with pytest.raises(FetchBroken, match="broke off"):
        at(site, "/short").bring(tmp_path / "two")
    nobody = WebFile(httpx.URL("http://tv.example:9/x"), allow_private=True, resolve=lambda h, p: ("127.0.0.1",))
    with pytest.raises(FetchBroken, match="can't be reached"):
        nobody.bring(tmp_path / "three")


def test_a_file_that_does_not_fit_on_the_disk_is_not_begun(site: Site, tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        at(site, "/huge", max_bytes=10**15).bring(tmp_path / "news")
    assert not (tmp_path / "news").exists()


def test_a_private_address_is_not_even_asked(site: Site, tmp_path: Path) -> None:
    before = len(site.asked)
    with pytest.raises(MediaRefused, match=r"127\.0\.0\.1 is the private address"):
        web_file(f"http://127.0.0.1:{site.port}/news.mp4", allow_private=False).bring(tmp_path / "news")
    assert len(site.asked) == before


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    with pytest.raises(MediaRefused, match=r"tv\.example is the private address 10\.0\.0\.1"):
        public_addresses("tv.example", 80, allow_private=False, resolve=lambda h, p: ("93.184.216.34", "10.0.0.1"))


def test_a_host_that_does_not_exist_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def nowhere(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(SourceMissing, match=r"There is no host tv\.invalid"):
        web_file("http://tv.invalid/x.mp4", allow_private=False).bring(tmp_path / "x")


PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "::127.0.0.1",
    "2001:0:7f00:1::",
    "198.18.0.1",
    "240.0.0.1",
    "2001:db8::1",
    "nonsense",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known_in_every_disguise(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses_are_let_through(address: str) -> None:
    assert is_public(address)


@settings(deadline=None)
@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_no_wrapping_makes_a_private_address_public(address: object) -> None:
    number = int(address)  # type: ignore[call-overload]
    hexed = f"{number >> 16:x}:{number & 0xFFFF:x}"
    for text in (f"::ffff:{hexed}", f"64:ff9b::{hexed}", f"2002:{hexed}::", f"::{hexed}"):
        assert not is_public(text)


def test_passwords_and_queries_are_never_shown() -> None:
    file = web_file("https://anna:secret@tv.example/a%20b.mp4?X-Amz-Signature=secret#t", allow_private=False)
    assert file.shown == "https://tv.example/a%20b.mp4"
    assert file.name == "a b.mp4"


@pytest.mark.parametrize("address", ["http://", "https:///x.mp4", "http://[::1", "http://tv.example:99999/x.mp4"])
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(SourceMissing):
        web_file(address, allow_private=False)


SHOWN = {
    "https://tv.example/a.mp4": "https://tv.example/a.mp4",
    "https://anna:secret@tv.example:8443/@news/a.mp4?sig=secret#t": "https://tv.example:8443/@news/a.mp4",
    "HTTPS://secret@tv.example": "HTTPS://tv.example",
    "https://tv.example?sig=secret": "https://tv.example",
    "https://anna:secret/secret@tv.example/a.mp4": "https://tv.example/a.mp4",
    "https://anna:secret?secret#secret@tv.example/a.mp4": "https://tv.example/a.mp4",
    "https://anna:secret": "https://anna",
    "http://[::1]:80/x?secret": "http://[::1]:80/x",
    "http://anna:secret@[bad/x": "http://[bad/x",
    "s3://key:sec/ret@bucket/news": "s3://bucket/news",
    "file:///tv/a%20b.mp4": "file:///tv/a%20b.mp4",
    "/tv/what?.mp4": "/tv/what?.mp4",
    "anna@home/x://y?z": "anna@home/x://y?z",
    "": "",
}


@pytest.mark.parametrize("source", SHOWN)
def test_what_is_shown_of_a_source_holds_no_secret(source: str) -> None:
    assert shown(source) == SHOWN[source]


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["", "http://", "s3://"]))
def test_anything_can_be_shown_and_showing_twice_changes_nothing(text: str, scheme: str) -> None:
    once = shown(scheme + text)
    assert shown(once) == once or not once.startswith(scheme)


def test_no_log_line_and_no_error_holds_a_secret(site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    url = httpx.URL(f"http://anna:geheim@tv.example:{site.port}/news.mp4?sig=geheim")
    file = WebFile(url, allow_private=True, resolve=lambda host, port: ("127.0.0.1",))
    file.bring(tmp_path / "news")
    assert "/news.mp4" in caplog.text
    assert "geheim" not in caplog.text
    for address in ("http://anna:geheim/geheim@tv.example/x", "http://anna:geheim@[::1/x?geheim", "http://?sig=geheim"):
        with pytest.raises(SourceMissing) as caught:
            web_file(address, allow_private=False)
        assert "geheim" not in f"{caught.value} {caught.value.__cause__}"
