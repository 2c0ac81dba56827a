"""Access to a workbench only for its user: host, origin, token, and the rights of a page.

A page of another site may ask a browser for an address of this machine. So a request must name this
machine as its host (else a foreign name may have been bound to it), a request to write must come
from one of its own pages, and no page runs a script or fetches content other than the workbench's
own. Another site may lead a reader here, and may fetch nothing: a picture of it could have studies
run for days that nobody asked for. A program of another user of this machine may ask as well: so
every request must carry the token that the opened address gave, but for files of songhua's own.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse

from songhua import messages

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Names by which this machine may be asked.
HOSTS = ("127.0.0.1", "localhost", "[::1]")
#: The most bytes of a request; a browser tells how many come.
LARGEST = 65_000_000
#: The browser's marks of a request by a page of another name, or of another port of this machine.
ELSEWHERE = ("cross-site", "same-site")
#: Methods that read and change nothing.
READS = ("GET", "HEAD", "OPTIONS")
#: Files that are the same for every folder: they may be read without the token.
OPEN = re.compile(r"/favicon\.ico|/static/[0-9a-f]{16}/[a-z]+\.[a-z]+")
COOKIE, HEADER = "songhua-token", "x-songhua-token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True)
class Guard:
    """The workbench behind a guard: it is asked with the `token`; if `read_only` nothing writes."""

    app: App
    token: str
    read_only: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or hand it on and add what each answer says to the browser."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused:
            await PlainTextResponse(refused[1], refused[0], HEADERS)(scope, receive, send)
            return

        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                names = {name for name, _ in message["headers"]}
                added = ((name.encode(), value.encode()) for name, value in HEADERS.items())
                message["headers"] += [header for header in added if header[0] not in names]
            await send(message)

        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        try:
            await self.app(scope, receive, with_headers)
        except asyncio.CancelledError:  # it ends while it answers: no fault to be traced
            if not begun:
                ended = PlainTextResponse("The workbench has ended.\n", 503, HEADERS)
                await ended(scope, receive, send)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """The status and the reason of a refusal; None where a request is not refused."""
        head = headers(scope["headers"])
        host = head.get("host", "")
        if host.rpartition(":")[0] not in HOSTS and host not in HOSTS:
            return 421, "This workbench answers to 127.0.0.1 alone.\n"
        if head.get("sec-fetch-site") in ELSEWHERE and head.get("sec-fetch-dest") != "document":
            return 403, "Another site may lead here, and fetch nothing.\n"
        reads = scope["method"] in READS
        if not (reads and OPEN.fullmatch(scope["path"])) and not self._has_token(scope, head, host):
            return 403, "".join(
                f"{messages.word('web_token', lang)}\n" for lang in messages.LANGUAGES
            )
        if reads:
            return None
        if self.read_only:
            return 403, "This workbench is for reading alone.\n"
        if head.get("origin") != f"{scope['scheme']}://{host}":
            return 403, "Only a page of this workbench may write.\n"
        length, most = head.get("content-length", "0"), LARGEST // 1_000_000
        if "transfer-encoding" in head or not length.isdecimal() or int(length) > LARGEST:
            return 413, f"At most {most} MB may be sent, and it must be said how many.\n"
        return None

    def _has_token(self, scope: Scope, head: Mapping[str, str], host: str) -> bool:
        """True for a request with the token: in the header, the cookie, or the first address."""
        tokens = [head.get(HEADER, ""), _of_cookies(head.get("cookie", ""), cookie(host))]
        if scope["path"] == "/":
            tokens += parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        return any(same_token(token, self.token) for token in tokens)


def same_token(token: str, expected: str) -> bool:
    """True for the workbench's own token; it takes as long wherever the two differ.

    >>> [same_token(text, "abc") for text in ("abc", "abd", "")]
    [True, False, False]
    """
    return hmac.compare_digest(token.encode(), expected.encode())


def headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers of a request by name; of a repeated header the last value.

    >>> headers([(b"host", b"localhost")])
    {'host': 'localhost'}
    """
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


def cookie(host: str) -> str:
    """The name of the cookie of a workbench: browsers do not tell the ports of a machine apart.

    >>> cookie("127.0.0.1:8321"), cookie("localhost")
    ('songhua-token-8321', 'songhua-token-80')
    """
    port = host.rpartition(":")[2]
    return f"{COOKIE}-{port if port.isdecimal() else 80}"


def _of_cookies(text: str, name: str) -> str:
    """A cookie among all that a browser has for this machine, whatever the others look like."""
    for pair in text.split(";"):
        called, _, value = pair.strip().partition("=")
        if called == name:
            return value
    return ""


def _without_body(send: Send) -> Send:
    """The answer to a HEAD: all but the content."""

    async def sent(message: Message) -> None:
        await send({**message, "body": b""} if "body" in message else message)

    return sent
