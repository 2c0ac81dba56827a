"""A request handed on as it is to the process that has the workbench, and its answer handed back.

What is for one connection alone (whether it is kept, how its content is cut into pieces, the date
of the answer) is said anew on each of the two. All else goes through byte by byte as it comes, both
ways at once: a file that is sent, a document, the progress of a job.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import h11
from starlette.responses import PlainTextResponse

from songhua.web.guard import Message, Receive, Scope, Send

HOST = "127.0.0.1"
#: The most bytes that are handed on at once.
PIECE = 1 << 18
#: What is said on each connection for itself.
OWN = (b"connection", b"keep-alive", b"proxy-connection", b"te", b"upgrade", b"expect", b"date")
Ways = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Forward:
    """An application that has each request answered at a port of this machine."""

    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on and its answer back; nothing more where who asked has gone."""
        talk, begun = h11.Connection(h11.CLIENT), False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            ways = await asyncio.open_connection(HOST, self.port)
            asking = asyncio.create_task(_ask(talk, ways[1], scope, receive))
            try:
                await _answer(talk, ways[0], sent)
            finally:
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
                ways[1].close()
        except (OSError, h11.RemoteProtocolError):
            if not begun:
                gone = PlainTextResponse("The workbench has ended.\n", 503)
                await gone(scope, receive, send)


async def _ask(
    talk: h11.Connection, to: asyncio.StreamWriter, scope: Scope, receive: Receive
) -> None:
    """Hand on what is asked; break off where who asked goes away before the answer has ended."""
    words = scope["query_string"]
    target = scope["raw_path"] + (b"?" + words if words else b"")
    head = [one for one in scope["headers"] if one[0] not in OWN]
    head.append((b"connection", b"close"))
    to.write(talk.send(h11.Request(method=scope["method"], target=target, headers=head)) or b"")
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            to.transport.abort()
            return
        to.write(talk.send(h11.Data(data=message.get("body", b""))) or b"")
        await to.drain()
        more = message.get("more_body", False)
    to.write(talk.send(h11.EndOfMessage()) or b"")
    await receive()
    to.transport.abort()


async def _answer(talk: h11.Connection, come: asyncio.StreamReader, send: Send) -> None:
    """Hand back what is answered.

    Raises:
        OSError, h11.RemoteProtocolError: it broke off.
    """
    while True:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            talk.receive_data(await come.read(PIECE))
        elif isinstance(event, h11.Response):
            head = [one for one in event.headers if one[0] not in (*OWN, b"transfer-encoding")]
            await send(
                {"type": "http.response.start", "status": event.status_code, "headers": head}
            )
        elif isinstance(event, h11.Data):
            await send({"type": "http.response.body", "body": bytes(event.data), "more_body": True})
        elif isinstance(event, h11.EndOfMessage):
            await send({"type": "http.response.body", "body": b""})
            return
