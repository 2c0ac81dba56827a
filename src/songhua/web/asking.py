"""How an address is asked: by which methods, in which language, with how much in a field."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.routing import Match

from songhua import messages
from songhua.web import pasted

#: The most bytes of one field: a letter takes up to twelve, and what is too much is told as such.
LARGEST = 2 * 12 * pasted.MOST


class Sent(Request):
    """A request whose fields may be as large as a table that is pasted, in any letters."""

    def form(self, **limits: Any) -> Any:
        """What was sent as a form."""
        return super().form(**({"max_part_size": LARGEST} | limits))


class Route(APIRoute):
    """An address whose requests are such."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        answered = super().get_route_handler()

        async def sent(request: Request) -> Response:
            return await answered(Sent(request.scope, request.receive))

        return sent


def methods(request: Request) -> list[str]:
    """The methods by which an address may be asked, whichever route answers each."""
    of_it = (one for one in request.app.routes if one.matches(request.scope)[0] != Match.NONE)
    return sorted({method for one in of_it for method in one.methods} - {"HEAD"})


def spoken(accepted: str) -> str:
    """The first language of a browser's list that songhua speaks.

    >>> spoken("fr, zh-CN;q=0.8"), spoken("")
    ('zh', 'en')
    """
    for part in accepted.lower().split(","):
        for lang in messages.LANGUAGES:
            if part.strip().startswith(lang):
                return lang
    return messages.BASE
