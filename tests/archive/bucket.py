"""A bucket on loopback that speaks just enough S3 for s3fs: list, head, get with ranges, put, delete."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class S3(BaseHTTPRequestHandler):
    """Path-style requests on one dictionary of objects."""

    protocol_version = "HTTP/1.1"
    objects: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        path, query = self._asked()
        if "list-type" in query:
            return self._list(path.strip("/"), query)
        data = self.objects.get(path)
        if data is None:
            return self._send(404, b"<Error><Code>NoSuchKey</Code></Error>")
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not found:
            return self._send(200, data)
        start, stop = int(found[1]), min(int(found[2] or len(data)) + 1, len(data))
        return self._send(206, data[start:stop], {"Content-Range": f"bytes {start}-{stop - 1}/{len(data)}"})

    def do_HEAD(self) -> None:
        data = self.objects.get(self._asked()[0])
        self._send(404 if data is None else 200, data or b"")

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            body = unchunked(body)
        self.objects[self._asked()[0]] = body
        self._send(200, b"")

    def do_DELETE(self) -> None:
        self.objects.pop(self._asked()[0], None)
        self._send(204, b"")

    def do_POST(self) -> None:  # delete many
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        bucket = self._asked()[0].strip("/")
        for key in re.findall(r"<Key>(.*?)</Key>", body):
            self.objects.pop(f"/{bucket}/{unquote(key)}", None)
        self._send(200, b"<DeleteResult/>")

    def _list(self, bucket: str, query: dict[str, list[str]]) -> None:
        prefix, delimiter = query.get("prefix", [""])[0], query.get("delimiter", [""])[0]
        keys = [k.removeprefix(f"/{bucket}/") for k in sorted(self.objects) if k.startswith(f"/{bucket}/{prefix}")]
        folders = {k[: k.index("/", len(prefix)) + 1] for k in keys if delimiter and "/" in k[len(prefix) :]}
        files = [k for k in keys if not any(k.startswith(folder) for folder in folders)]
        rows = "".join(
            f"<Contents><Key>{escape(k)}</Key><Size>{len(self.objects[f'/{bucket}/{k}'])}</Size>"
            "<LastModified>2026-11-20T22:00:00.000Z</LastModified><ETag>&quot;x&quot;</ETag></Contents>"
            for k in files
        )
        rows += "".join(f"<CommonPrefixes><Prefix>{escape(f)}</Prefix></CommonPrefixes>" for f in sorted(folders))
        head = f"<Name>{bucket}</Name><KeyCount>{len(files) + len(folders)}</KeyCount><IsTruncated>false</IsTruncated>"
        self._send(200, f"<ListBucketResult>{head}{rows}</ListBucketResult>".encode())

    def _asked(self) -> tuple[str, dict[str, list[str]]]:
        parts = urlsplit(self.path)
        return unquote(parts.path), parse_qs(parts.query, keep_blank_values=True)

    def _send(self, status: int, data: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        always = {"Content-Length": str(len(data)), "ETag": '"x"', "Last-Modified": "Fri, 20 Nov 2026 22:00:00 GMT"}
        for name, value in (always | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def unchunked(body: bytes) -> bytes:
    """The payload of an aws-chunked body."""
    out, at = b"", 0
    while True:
        end = body.index(b"\r\n", at)
        size = int(body[at:end].split(b";")[0], 16)
        if not size:
            return out
        out += body[end + 2 : end + 2 + size]
        at = end + 2 + size + 2


def start() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), S3)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
