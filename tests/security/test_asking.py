"""The gateway of every address: who has no token reads nothing, and no word is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from small import write
from songhua import messages
from songhua.web import guard, shell
from songhua.web.app import app
from songhua.web.asking import Route, takes
from web_work import HOME, PARTS, TOKEN, address, client, routes

OWN = {"origin": HOME}
NONE = "xyzzy"
#: The names that are told as near, in each language.
NEAR = re.compile(r"Did you mean (.*?)\? This address|是否应为(.*?)？此网址")
#: Ways of having no token, or not where it counts: what the request has beside.
STRANGERS: list[dict[str, str]] = [
    {},
    {guard.HEADER: TOKEN[:-1]},
    {guard.HEADER: TOKEN + "0"},
    {guard.HEADER: "", "cookie": f"{guard.cookie(HOME)}="},
    {"cookie": f"{guard.cookie(HOME)}={TOKEN[:-1]}"},
    {"cookie": f"{guard.cookie('127.0.0.1:1')}={TOKEN}"},
    {"authorization": f"Bearer {TOKEN}", "token": TOKEN},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("asking") / "rivertown")


@pytest.fixture(scope="module")
def asked(folder: Path) -> TestClient:
    return client(folder)


@pytest.fixture(scope="module")
def stranger(asked: TestClient) -> TestClient:
    """Someone without a token, who asks the same workbench."""
    return TestClient(asked.app, HOME, raise_server_exceptions=False, follow_redirects=False)


def misspelt(word: str, nth: int) -> Iterator[str]:
    """A word misspelt, beginning with the nth of the ways: without a letter, without an underscore,
    with a letter twice, in capitals; what stands behind a dot is left as it is."""
    head, dot, tail = word.partition(".") if word.startswith("_") else (word, "", "")
    at = len(head) // 2
    ways = (
        head[:at] + head[at + 1 :], head.replace("_", "", 1), head[:at] + head[at:][:1] + head[at:],
        head.swapcase(),
    )  # fmt: skip
    for way in (*ways[nth % 4 :], *ways[: nth % 4]):
        if way:
            yield way + dot + tail


def wrong(known: list[str], nth: int) -> Iterator[tuple[str, str]]:
    """Each word that is known, and one that looks like it and is not."""
    for at, name in enumerate(known):
        written = name.replace("*", "x")
        odd = next((one for one in misspelt(written, nth + at) if not takes(known, one)), "")
        assert odd, name
        yield name, odd


def refused(answer: Any, word: str, near: str) -> None:
    """An answer that refuses a word, and names what is near to it; blank where that is nothing."""
    text = unescape(answer.text)
    assert answer.status_code == 400, (str(answer.url), word)
    assert word in text, (str(answer.url), word)
    named = NEAR.search(text)
    names = (named[1] or named[2]).replace("、", ", ").split(", ") if named else []
    assert near in names if near else not named, (str(answer.url), word, text)


def every(folder: Path) -> list[tuple[Route, str, str]]:
    """Each address with its method, in each language."""
    found = routes(folder)
    return [
        (one, method, address(one.path, lang))
        for lang in messages.LANGUAGES for one in found for method in one.methods or ()
        if "{lang}" in one.path or lang == messages.BASE
    ]  # fmt: skip


def test_every_address_is_behind_the_gateway(folder: Path) -> None:
    for read_only in (False, True):
        assert {type(one) for one in routes(folder, read_only)} == {Route}


def test_a_route_that_declares_nothing_takes_nothing() -> None:
    api = FastAPI(openapi_url=None)
    api.router.route_class = Route

    @api.get("/bare")
    @api.post("/bare")
    def bare() -> str:
        return "answered"

    asked = TestClient(api)
    for answer in (asked.get("/bare"), asked.post("/bare")):
        assert answer.json() == "answered"
    for ask in (
        lambda: asked.get("/bare?a"),
        lambda: asked.get("/bare?="),
        lambda: asked.post("/bare?a=1"),
        lambda: asked.post("/bare", data={"a": "1"}),
        lambda: asked.post("/bare", files={"a": ("a.csv", b"x")}),
    ):
        with pytest.raises(ValueError, match="is not understood here"):
            ask()


def test_no_word_of_an_address_is_passed_over(folder: Path, asked: TestClient) -> None:
    n = 0
    for nth, (route, method, at) in enumerate(every(folder)):
        known = route.words(PARTS)
        odd = list(wrong(known, nth))
        odd = odd if at.startswith("/en") else odd[nth % len(odd) :][:1] if odd else []
        for near, one in [*odd, ("", NONE)]:
            refused(asked.request(method, f"{at}?{quote(one)}=1", headers=OWN), one, near)
            n += 1
        for one in known[:1]:
            twice = one.replace("*", "x")
            answer = asked.request(method, f"{at}?{twice}=a&{twice}=a", headers=OWN)
            refused(answer, twice, "")
    assert n > 500


def test_no_field_of_a_form_is_passed_over(folder: Path, asked: TestClient) -> None:
    for nth, (route, method, at) in enumerate(every(folder)):
        if method != "POST":
            continue
        known = route.fields(PARTS)
        for near, one in wrong(known, nth):
            refused(asked.post(at, headers=OWN, data={one: "1"}), one, near)
        refused(asked.post(at, headers=OWN, data={NONE: ""}), NONE, "")
        refused(asked.post(at, headers=OWN, files={NONE: ("a.csv", b"x" * 2_000_000)}), NONE, "")
        for one in known[:1]:
            refused(asked.post(at, headers=OWN, data={one: ["a", "a"]}), one, "")


def test_words_of_other_letters_are_refused_and_only_the_first_of_many(asked: TestClient) -> None:
    for word in ("", "_as_of\0", "＿as_of", "_as_of ", "%", "a" * 5000, "<b>", "*", "_set.*"):
        answer = asked.get(f"/en/figures?{urlencode({word: '1'})}")
        assert answer.status_code == 400, word
        assert "<b>" not in answer.text
    many = urlencode([(f"word{n}", "") for n in range(4000)])
    answer = asked.get(f"/en/figures.json?{many}")
    assert answer.status_code == 400
    assert len(answer.json()["faults"]) == 20


def test_no_day_that_is_misspelt_shows_today(asked: TestClient) -> None:
    for word in ("as_of", "_asof", "_as_off", "_AS_OF", "_as_of_"):
        for page in (
            "figures",
            "figures.json",
            "sources.csv",
            "documents/brief.docx",
            "what-if",
            "",
        ):
            answer = asked.get(f"/en/{page}?{word}=2000-01-01")
            refused(answer, word, "_as_of")
    assert asked.get("/en/figures.json?_as_of=2000-01-01").json()["total"] == 0
    bare = asked.get("/en?_as_of=2000-01-01")
    assert (bare.status_code, bare.headers["location"]) == (308, "/en/?_as_of=2000-01-01")


def test_nobody_reads_without_the_token(folder: Path, stranger: TestClient) -> None:
    told = "".join(f"{messages.word('web_token', one)}\n" for one in messages.LANGUAGES)
    for nth, (_, method, at) in enumerate(every(folder)):
        if at == "/favicon.ico" or at.startswith("/zh/"):
            continue
        for way, headers in enumerate(STRANGERS):
            odd = f"?token={TOKEN}" if (nth + way) % 2 and at != "/" else ""
            verb = "OPTIONS" if (nth + way) % 8 == 0 else method
            answer = stranger.request(verb, at + odd, headers=OWN | headers)
            assert (answer.status_code, answer.text) == (403, told), (verb, at, headers)
            assert "set-cookie" not in answer.headers


def test_files_that_are_songhuas_own_are_open(stranger: TestClient) -> None:
    for path in ("/favicon.ico", *(f"{shell.static_at()}/{name}" for name in shell.static())):
        answer = stranger.get(path)
        assert answer.status_code == 200
        assert "Rivertown" not in answer.text
        assert stranger.get(f"{path}?a=1").status_code == 400
        assert stranger.post(path, headers=OWN).status_code == 403
    for path in ("/static/../en/figures", "/static/%2e%2e/en/figures", "/static//en/", "//en/figures",
                 f"{shell.static_at()}/../../en/", "/favicon.ico/", "/en/favicon.ico"):  # fmt: skip
        assert stranger.get(path).status_code == 403, path


def test_the_first_visit_gives_the_cookie_by_which_all_is_read(folder: Path) -> None:
    visitor = client(folder, token="")
    for odd in ("", "?token=", "?token=another", f"?Token={TOKEN}", f"?_token={TOKEN}"):
        answer = visitor.get(f"/{odd}")
        assert answer.status_code == 403, odd
        assert "set-cookie" not in answer.headers
    assert visitor.get(f"/?token={TOKEN}&token=a").status_code == 400
    assert visitor.get("/en/figures").status_code == 403
    first = visitor.get(f"/?token={TOKEN}")
    assert (first.status_code, TOKEN in first.headers["location"]) == (303, False)
    told = first.headers["set-cookie"]
    assert "HttpOnly" in told
    assert "SameSite=strict" in told
    assert visitor.get("/en/figures").status_code == 200
    assert visitor.get("/").status_code == 303
    # a cookie of a workbench that ran here before gives way to the token of the address
    later = TestClient(app(folder, "later"), HOME, follow_redirects=False)
    old = {"cookie": f"{guard.cookie(HOME)}={TOKEN}"}
    assert later.get("/en/figures", headers=old).status_code == 403
    assert later.get("/?token=later", headers=old).status_code == 303


def test_a_page_that_is_held_is_given_to_nobody_without_the_token(
    asked: TestClient, stranger: TestClient
) -> None:
    held = asked.get("/en/figures")
    assert held.status_code == 200
    again = {"if-none-match": held.headers["etag"]}
    assert asked.get("/en/figures", headers=again).status_code == 304
    for headers in ({}, again):
        answer = stranger.get("/en/figures", headers=headers)
        assert (answer.status_code, "etag" in answer.headers) == (403, False)
        assert "Rivertown" not in answer.text
    for _ in range(2):  # and a refusal is not held as the page
        answer = asked.get("/en/figures?_asof=2000-01-01", headers=again)
        assert (answer.status_code, answer.headers["cache-control"]) == (400, "no-store")
    assert asked.get("/en/figures").content == held.content
