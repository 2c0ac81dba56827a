"""Answers that are held: bytes as long as the folder is as it was, and not a moment longer."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from songhua.web import guard, held
from songhua.web.app import THREADS, _events, _living
from songhua.web.held import HOLD, AnswerCache
from songhua.web.jobs import Job
from songhua.web.workbench import Workbench
from web_work import HOME, TOKEN, client, page


class Counting:
    """An application that counts its requests; its answers may change the folder."""

    def __init__(self, head: dict[str, str], body: bytes = b"x", write: Path | None = None) -> None:
        self.asked, self.head, self.body, self.write = 0, head, body, write

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        if self.write:
            self.write.write_text("#" * self.asked, "utf-8")
        head = [(name.encode(), value.encode()) for name, value in self.head.items()]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        await send({"type": "http.response.body", "body": b"y"})


def ask(app: AnswerCache, path: str = "/", method: str = "GET", **told: str) -> tuple[int, bytes]:
    """The status and the content of an answer."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    head = [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": head}
    asyncio.run(app(scope, None, send))  # pyright: ignore[reportArgumentType]
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


def test_what_may_be_held_is_asked_for_once_for_a_state_of_the_folder(rivertown: Path) -> None:
    app = Counting(HOLD)
    holding = AnswerCache(app, rivertown)
    assert [ask(holding) for _ in range(3)] == [(200, b"xy")] * 3
    assert app.asked == 1
    assert ask(holding, "/other") == (200, b"xy")
    assert app.asked == 2
    (rivertown / "observations/more.csv").write_text("a", "utf-8")
    assert ask(holding) == (200, b"xy")
    assert app.asked == 3


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_what_writes_is_always_asked(rivertown: Path, method: str) -> None:
    app = Counting(HOLD)
    holding = AnswerCache(app, rivertown)
    for _ in range(2):
        ask(holding, method=method)
    assert app.asked == 2


def test_what_does_not_say_so_is_not_held(rivertown: Path) -> None:
    app = Counting({"cache-control": "no-store"})
    holding = AnswerCache(app, rivertown)
    for _ in range(2):
        assert ask(holding) == (200, b"xy")
    assert app.asked == 2


def test_what_is_made_while_the_folder_changes_is_not_held(rivertown: Path) -> None:
    app = Counting(HOLD, write=rivertown / "observations/more.csv")
    holding = AnswerCache(app, rivertown)
    for _ in range(2):
        ask(holding)
    assert app.asked == 2


def test_no_more_is_held_than_the_most(rivertown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "MOST", 100)
    monkeypatch.setattr(held, "LARGEST", 60)
    app = Counting(HOLD, b"x" * 39)  # with the address and the last byte 42
    holding = AnswerCache(app, rivertown)
    for path in ("/a", "/b", "/a", "/c"):
        ask(holding, path)
    assert app.asked == 3
    ask(holding, "/a")  # it was asked for later than /b
    assert app.asked == 3
    ask(holding, "/b")
    assert app.asked == 4
    app.body = b"x" * 60
    for _ in range(2):
        ask(holding, "/large")
    assert app.asked == 6


def test_a_browser_that_has_a_page_is_sent_nothing_until_the_folder_changes(
    rivertown: Path,
) -> None:
    asked = client(rivertown)
    for address in ("/en/", "/en/figures", "/zh/plan.json"):
        mark = page(asked, address).headers["etag"]
        for told in (mark, f'"a", W/{mark}'):
            answer = asked.get(address, headers={"if-none-match": told})
            assert (answer.status_code, answer.content) == (304, b"")
            assert answer.headers["cache-control"] == HOLD["cache-control"]
            assert "content-security-policy" in answer.headers
        assert asked.get(address, headers={"if-none-match": '"a"'}).status_code == 200
    region = rivertown / "region.toml"
    mark = page(asked, "/en/figures").headers["etag"]
    told = region.read_text("utf-8").replace("Rivertown", "Millbrook")
    region.write_text(told, "utf-8")
    answer = asked.get("/en/figures", headers={"if-none-match": mark})
    assert answer.status_code == 200
    assert "Millbrook" in answer.text


def test_what_is_not_held_here_is_held_nowhere(rivertown: Path) -> None:
    asked = client(rivertown)
    own = {"origin": HOME, guard.HEADER: TOKEN}
    page(asked, "/en/")
    for answer in (
        asked.get("/en/import"),
        asked.get("/en/nowhere"),
        asked.get("/en/figures.csv"),
        asked.get("/"),
        asked.post("/en/stop", headers=own),
        asked.post("/en/stop"),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_lists_of_the_folder_wait_for_no_study(rivertown: Path, users_place: Path) -> None:
    asked = client(rivertown)
    for name in ("figures", "cells", "sources"):
        assert "data-events" not in asked.get(f"/en/{name}").text
    assert "data-events" in asked.get("/en/").text


def test_who_waits_holds_no_thread() -> None:
    async def all_wait() -> list[str]:
        told = [_events(Job(), "en") for _ in range(5 * THREADS)]
        return await asyncio.wait_for(asyncio.gather(*map(anext, told)), 10)

    assert len(asyncio.run(all_wait())) == 5 * THREADS


def test_work_is_stopped_when_the_workbench_ends(rivertown: Path) -> None:
    from anyio.to_thread import current_default_thread_limiter

    bench = Workbench(rivertown)

    async def lives() -> float:
        async with _living(bench)(None):  # pyright: ignore[reportArgumentType]
            return current_default_thread_limiter().total_tokens

    assert asyncio.run(lives()) == THREADS
    with pytest.raises(RuntimeError, match="shutdown"):
        bench.jobs.begin("a", lambda report: 1)
