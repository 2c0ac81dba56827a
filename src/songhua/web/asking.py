"""The gateway of an address: the methods, words and fields that it takes, and in which language.

An address takes the words that its route declares, each once, and no other: if a misspelt word were
ignored, the page would show all rows as if chosen, or today in place of a past day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.responses import RedirectResponse, Response
from fastapi.routing import APIRoute
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.routing import Match

from songhua import messages
from songhua.errors import Fault, SonghuaError
from songhua.labels.lookup import LENGTH, near
from songhua.web import described, guard, pasted
from songhua.web.fault_kinds import WordOfAddress, WordRepeated, WordUntaken

#: The most bytes of one field: a letter takes up to twelve, and a longer field is refused.
LARGEST = 2 * 12 * pasted.MOST
#: Most words that are refused at once, and most near names that are listed for one word.
MOST, NEAR = 20, 3
#: The word by which an address may ask for its page in another language.
LANG = "lang"
_LANGUAGE = described.query_word(
    LANG, "Lead to the same in this language.", {"type": "string", "enum": [*messages.LANGUAGES]}
)
#: The parts of a path, by their names; those of which nothing is known.
Parts = Mapping[str, str]
ANY: Parts = {"study": "", "name": ""}


@dataclass(frozen=True)
class Words:
    """Words of an address whose `names` follow from its path; a dependency of its route.

    The route takes them beside those of its parameters. A star stands for any text: `_set.*`.
    """

    names: Callable[[Parts], Iterable[str]]
    #: Their descriptions, by the known names of any path.
    parameters: Callable[[Sequence[str]], Iterable[described.Described]] = described.words

    async def __call__(self, request: Request) -> dict[str, str]:
        """The words of these that stand in the address."""
        return self._of(request.path_params, request.query_params.multi_items())

    def _of(self, parts: Parts, pairs: Iterable[tuple[str, Any]]) -> dict[str, str]:
        allowed = [*self.names(parts)]
        return {
            name: value for name, value in pairs if isinstance(value, str) and takes(allowed, name)
        }


@dataclass(frozen=True)
class Fields(Words):
    """Fields of a form in the same way; files are passed over."""

    async def __call__(self, request: Request) -> dict[str, str]:
        """The fields of these that were sent."""
        return self._of(request.path_params, (await request.form()).multi_items())


class Sent(Request):
    """A request whose fields may be as large as a table that is pasted, in any letters."""

    def form(self, **limits: Any) -> Any:
        """The fields that were sent as a form."""
        return super().form(**({"max_part_size": LARGEST} | limits))


class Route(APIRoute):
    """An address whose requests are such, and that takes the words and fields that it declares."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """An address with the answers that all may give beside its own."""
        shared = described.answers(path, "POST" in (options.get("methods") or ()))
        options["responses"] = shared | (options.get("responses") or {})
        super().__init__(path, endpoint, **options)
        more = [word for call in self._calls(Words) for word in call.parameters([*call.names(ANY)])]
        more += [_LANGUAGE] if self._leads else []
        self.openapi_extra = {"parameters": more} | (self.openapi_extra or {})

    def words(self, parts: Parts) -> list[str]:
        """The words that the address takes; a star stands for any text."""
        names = [param.alias for call in _all(self.dependant) for param in call.query_params]
        return names + self._names(parts, Words) + [LANG] * self._leads

    @property
    def _leads(self) -> bool:
        """True for the address of a page in a language, which is read in another by its word."""
        return self.path.startswith("/{lang}") and "GET" in (self.methods or ())

    def fields(self, parts: Parts) -> list[str]:
        """The fields that its form takes, in the same way."""
        names = [param.alias for call in _all(self.dependant) for param in call.body_params]
        return names + self._names(parts, Fields)

    def _names(self, parts: Parts, kind: type[Words]) -> list[str]:
        return [name for call in self._calls(kind) for name in call.names(parts)]

    def _calls(self, kind: type[Words]) -> list[Words]:
        calls = [dependant.call for dependant in _all(self.dependant)]
        return [call for call in calls if isinstance(call, Words) and type(call) is kind]

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The answer to a request, whose words and fields are looked at first."""
        answered = super().get_route_handler()

        async def sent(request: Request) -> Response:
            incoming, parts = Sent(request.scope, request.receive), request.path_params
            if self._leads and (lang := request.query_params.get(LANG)):
                rest = quote(request.url.path.removeprefix(f"/{parts['lang']}"))
                to = request.url.remove_query_params(LANG).replace(
                    scheme="", netloc="", path=f"/{quote(lang.partition('-')[0], '')}{rest}"
                )
                return RedirectResponse(to, 303)
            _refuse(incoming.query_params.multi_items(), self.words(parts))
            if request.method in guard.READS:
                return await answered(incoming)
            form = await _form(incoming)
            try:
                _refuse(form.multi_items(), self.fields(parts))
                return await answered(incoming)
            finally:
                await form.close()

        return sent


def _all(dependant: Dependant) -> Iterator[Dependant]:
    """The function that answers an address, and all that it depends on."""
    yield dependant
    for dependency in dependant.dependencies:
        yield from _all(dependency)


async def _form(request: Sent) -> FormData:
    """The fields that were sent as a form.

    Raises:
        HTTPException: 400, where it cannot be read.
    """
    try:
        return await request.form()
    except Exception as error:
        raise HTTPException(400) from error


def _refuse(pairs: Iterable[tuple[str, object]], allowed: Collection[str]) -> None:
    if faults := word_faults((name for name, _ in pairs), allowed):
        raise SonghuaError(*faults)


def takes(allowed: Iterable[str], word: str) -> bool:
    """True for a word that is among those `allowed`; a star stands for any text.

    >>> takes(["_faster", "_set.*"], "_set.delay"), takes(["_faster", "_set.*"], "_sets.delay")
    (True, False)
    """
    return any(
        word == pattern or ("*" in pattern and fnmatchcase(word, pattern)) for pattern in allowed
    )


def word_faults(words: Iterable[str], allowed: Collection[str]) -> list[Fault]:
    """The faults of words that are not `allowed`, or are given twice.

    They are `word_of_address`, with the names that look most like it, `word_untaken` where no word
    is taken at all, and `word_repeated`.

    >>> word_faults(["_as_of"], ["_as_of", "_scenario"])
    []
    >>> print(word_faults(["_asof"], ["_as_of", "_scenario"])[0].words())
    '_asof' is not understood here. Did you mean _as_of? This address takes: _as_of, _scenario.
    """
    faults: list[Fault] = []
    for word, n in Counter(list(words)).items():
        short = word[:LENGTH]
        if not allowed:
            faults.append(WordUntaken(word=short, n=n))
        elif not takes(allowed, word):
            near, names = tuple(_near(short, allowed)), tuple(allowed)
            faults.append(WordOfAddress(word=short, n=n, near=near, known=names))
        elif n > 1:
            faults.append(WordRepeated(word=short, n=n))
        if len(faults) == MOST:
            break
    return faults


def _near(word: str, allowed: Collection[str]) -> list[str]:
    """The allowed words that look most like one; of a star the text beside it is compared."""
    head, dot, tail = word.partition(".")
    written = (word, f"{head}.*", f"*.{tail}") if dot else (word,)
    matches = [name for spelling in written for name in near(spelling, allowed, NEAR)]
    return list(dict.fromkeys(matches))[:NEAR]


def methods(request: Request) -> list[str]:
    """The methods by which an address may be asked, whichever route answers each."""
    of_it = (route for route in request.app.routes if route.matches(request.scope)[0] != Match.NONE)
    return sorted({method for route in of_it for method in route.methods} - {"HEAD"})


def spoken(request: Request) -> str:
    """The language that an address asks for (`lang`), else the first of a browser's list.

    >>> def asked(query: bytes, accepted: bytes) -> Request:
    ...     heads = [(b"accept-language", accepted)]
    ...     return Request({"type": "http", "query_string": query, "headers": heads})
    >>> spoken(asked(b"", b"fr, zh-CN;q=0.8")), spoken(asked(b"", b"")), spoken(asked(b"lang=zh", b""))
    ('zh', 'en', 'zh')
    """  # noqa: E501
    accepted = request.headers.get("accept-language", "")
    for part in (request.query_params.get(LANG, ""), *accepted.lower().split(",")):
        for lang in messages.LANGUAGES:
            if part.strip().startswith(lang):
                return lang
    return messages.BASE
