"""Processes that answer beside the workbench: what they give is what it gives, and they end with it."""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from served import Served, served
from songhua import session
from songhua.web import guard, readers
from songhua.web.app import app
from songhua.web.reader import TURN, Turns, read
from songhua.web.readers import FAILED, MANY, Readers
from web_work import THROUGH, TOKEN, serving

ADDRESSES = (
    "/", f"/?token={TOKEN}", "/en", "/zh/", "/en/", "/en/plan.json", "/en/figures", "/nowhere", "/en/brief.csv", "/xx/", "/en/figures.csv",
    "/en/figures?indicator=gdp&_sort=-period", "/zh/figures.json?_as_of=2021-03-09", "/en/figures?odd=1", "/en/plan?_scenario=late",
    "/en/plan?_scenario=none", "/en/at/nothing", "/en/events?_job=x", "/en/industries/food", "/en/sources/%E4%BD%A0", "/openapi.json",
    "/en/documents/brief.docx", "/en/tables/diagnose/board.csv", "//en/", "/en/import",
)  # fmt: skip
#: What each of two connections and each moment says for itself.
OWN = ("date", "connection", "transfer-encoding")
Told = tuple[int, list[tuple[str, str]], bytes]


def ask(port: int, host: str, address: str, method: str = "GET", **told: Any) -> Told:
    """The status, the head and the content of an answer, as who has the token at `host` gets it."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        head = {"host": host, guard.HEADER: TOKEN, **told.pop("headers", {})}
        asked.request(method, address, headers=head, **told)
        answer = asked.getresponse()
        pairs = [(name.lower(), value) for name, value in answer.getheaders()]
        return answer.status, sorted(one for one in pairs if one[0] not in OWN), answer.read()
    finally:
        asked.close()


@contextmanager
def reading(folder: Path, port: int, **more: Any) -> Iterator[tuple[int, SpawnProcess]]:
    """A reader alone at a socket of its own, and its process."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        process = get_context("spawn").Process(
            target=read, args=(listening, port, folder, TOKEN, False), kwargs=more, daemon=True
        )
        process.start()
        try:
            yield listening.getsockname()[1], process
        finally:
            process.kill()
            process.join()


def settled(port: int, host: str, address: str) -> Told:
    """What an address answers once nothing is computed any more."""
    return until(
        lambda: (
            (found := ask(port, host, address))[0] != 202
            and b"data-events" not in found[2]
            and found
        )
    )


def until(found: Callable[[], Any], seconds: float = 60) -> Any:
    """What is found in the end."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        what = found()
        if what:
            return what
        time.sleep(0.05)
    raise AssertionError("it does not come")


def test_a_reader_answers_what_the_workbench_answers(rivertown: Path) -> None:
    with serving(app(rivertown, TOKEN)) as port, reading(rivertown, port) as (at, process):
        host = f"127.0.0.1:{at}"
        own = {"origin": f"http://{host}", guard.HEADER: TOKEN}

        def same(address: str, method: str = "GET", **told: Any) -> Told:
            first, second = (ask(one, host, address, method, **told) for one in (at, port))
            assert first == second, (address, method)
            return first

        settled(port, host, "/en/")
        for _ in range(2):  # the second time some of them are held
            for address in ADDRESSES:
                settled(port, host, address)
                same(address)
        for method in ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "BREW"):
            for address in ("/en/", "/en/stop", "/en/import"):
                for head in ({}, own, own | {"origin": "http://evil.example"}, {guard.HEADER: ""}):
                    same(address, method, headers=head)
        for head in ({"host": "evil.example"}, {"sec-fetch-site": "cross-site"}):
            assert same("/en/figures", headers=head)[0] in (403, 421)
        mark = dict(same("/en/figures")[1])["etag"]
        assert same("/en/figures", headers={"if-none-match": mark})[0] == 304
        form = {"content-type": "application/x-www-form-urlencoded"}
        same("/en/import/paste", "POST", headers=own | form, body=b"text=" + b"a%09b%0A" * 200_000)
        same("/en/figures", body=b"asked with content")
        same("/en/figures", body=iter([b"a", b"b" * 100_000]))
        modules = psutil.Process(process.pid).memory_maps() if sys.platform == "linux" else []
        assert not [one.path for one in modules if "numpy" in one.path or "pyarrow" in one.path]


def test_a_reader_shows_what_was_written_at_once(rivertown: Path) -> None:
    with serving(app(rivertown, TOKEN)) as port, reading(rivertown, port) as (at, _):
        host = f"127.0.0.1:{at}"
        for n in range(4):
            region = rivertown / "region.toml"
            before = "Rivertown" if n == 0 else f"Place{n - 1}"
            region.write_text(region.read_text("utf-8").replace(before, f"Place{n}"), "utf-8")
            for _ in range(2):
                assert f"Place{n}".encode() in ask(at, host, "/en/figures")[2]
        session.check(rivertown)


def test_a_reader_gives_what_it_holds_and_says_when_the_workbench_has_ended(
    rivertown: Path,
) -> None:
    with serving(app(rivertown, TOKEN)) as port:
        reader = reading(rivertown, port)
        at, _ = reader.__enter__()
        host = f"127.0.0.1:{at}"
        held = ask(at, host, "/en/figures")
        assert held[0] == 200
    try:
        assert ask(at, host, "/en/figures") == held
        assert ask(at, host, "/en/sources")[0] == 503
    finally:
        reader.__exit__(None, None, None)


def test_a_reader_goes_when_few_ask(rivertown: Path) -> None:
    with reading(rivertown, 1, few=3, seconds=0.1) as (_, process):
        process.join(20)
        assert process.exitcode == 0


def test_a_reader_stays_where_not_so_few_ask(rivertown: Path) -> None:
    with reading(rivertown, 1, few=0, seconds=0.1) as (_, process):
        process.join(2)
        assert process.is_alive()


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_a_reader_ends_with_the_process_that_began_it(rivertown: Path) -> None:
    program = (
        "import pathlib, socket, sys, time, multiprocessing as m\n"
        "from songhua.web.reader import read\n"
        "asked = socket.socket(); asked.bind(('127.0.0.1', 0)); asked.listen()\n"
        f"given = asked, 1, pathlib.Path({str(rivertown)!r}), 'token', False\n"
        "one = m.get_context('spawn').Process(target=read, args=given, daemon=True); one.start()\n"
        "print(one.pid, asked.getsockname()[1], flush=True); time.sleep(600)\n"
    )
    begun = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert begun.stdout
    pid, port = map(int, begun.stdout.readline().split())
    assert until(lambda: ask(port, "evil.example", "/")[0]) == 421
    os.kill(pid, signal.SIGINT)  # Ctrl-C reaches both; the workbench decides
    assert ask(port, "evil.example", "/")[0] == 421
    begun.kill()
    assert begun.communicate()[1] == ""
    until(lambda: not psutil.pid_exists(pid), 20)


def crowd(bench: Served, times: int) -> int:
    """Ask for a page very often; how many good answers there were."""
    with bench.client() as asked:
        mark = asked.get("/en/figures").headers["etag"]
    head = (
        f"GET /en/figures HTTP/1.1\r\nhost: 127.0.0.1:{bench.port}\r\n"
        f"{guard.HEADER}: {bench.token}\r\nif-none-match: {mark}\r\n"
    )
    # few at once: requests that are not read when a connection ends take answers with them
    many = f"{head}\r\n" * 99 + f"{head}connection: close\r\n\r\n"
    good = 0
    while good < times:
        with socket.create_connection(("127.0.0.1", bench.port), timeout=60) as asked:
            asked.sendall(many.encode())
            with asked.makefile("rb") as come:
                answers = [line for line in come if line.startswith(b"HTTP/1.1 ")]
        assert {*answers} == {b"HTTP/1.1 304 Not Modified\r\n"}
        good += len(answers)
    return good


def readers_of(bench: Served) -> list[psutil.Process]:
    children = psutil.Process(bench.process.pid).children()
    running = [one for one in children if one.status() != psutil.STATUS_ZOMBIE]
    return [one for one in running if "spawn_main" in " ".join(one.cmdline())]


def crowded(bench: Served) -> list[psutil.Process]:
    """The readers of a workbench once very many have asked."""
    return until(lambda: crowd(bench, 3 * MANY) and readers_of(bench))


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has no reader")
def test_readers_come_with_a_crowd_and_end_with_the_workbench(
    rivertown: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with served(rivertown) as bench:
        with bench.client() as asked:
            for _ in range(20):
                assert asked.get("/en/figures").status_code == 200
        assert not readers_of(bench)
        (first, *_) = crowded(bench)
        with bench.client() as asked:
            page = asked.get("/en/figures").text
        first.kill()  # nothing is lost: the workbench answers, and another comes
        until(lambda: not first.is_running() or first.status() == psutil.STATUS_ZOMBIE)
        with bench.client() as asked:
            for _ in range(5):
                assert asked.get("/en/figures").text == page
        again = crowded(bench)
        assert first.pid not in [one.pid for one in again]
        assert len(again) < (os.cpu_count() or 1)
        began = time.monotonic()
        bench.process.send_signal(signal.SIGINT)
        for one in again:
            one.send_signal(signal.SIGINT)  # as a terminal does
        assert bench.process.wait(20) in (0, 1)
        assert capfd.readouterr().err.strip() == ""
        assert time.monotonic() - began < 10
        assert not [one for one in again if one.is_running()]
        with socket.socket() as anew:  # nobody listens any more
            anew.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            anew.bind(("127.0.0.1", bench.port))


def test_no_more_readers_than_may_be_and_none_after_some_failed(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Any] = []

    class Ended:
        """A process that began and ended by itself."""

        exitcode = 1

        def start(self) -> None:
            begun.append(self)

        def is_alive(self) -> bool:
            return False

    class Stays(Ended):
        def is_alive(self) -> bool:
            return True

    def crowds(kind: type[Ended], most: int) -> Readers:
        begun.clear()
        monkeypatch.setattr(
            "multiprocessing.context.SpawnContext.Process", lambda *given, **named: kind()
        )
        told: Any = None
        bench = Readers(Turns(_nothing, shared=False), told, most)
        asked = iter(range(60))
        clock = SimpleNamespace(monotonic=lambda: next(asked) // 6)  # six a second
        monkeypatch.setattr(readers, "time", clock)

        async def ask() -> None:
            for _ in range(60):
                await bench({"type": "http"}, _nothing, _nothing)  # pyright: ignore[reportArgumentType]

        asyncio.run(ask())
        return bench

    monkeypatch.setattr(readers, "MANY", 4)

    assert (crowds(Stays, 3).turns.shared, len(begun)) == (True, 3)
    assert (crowds(Stays, 0).turns.shared, len(begun)) == (False, 0)
    assert (crowds(Ended, 3).turns.shared, len(begun)) == (False, FAILED)


def test_now_and_then_a_connection_is_closed() -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    def closed(shared: bool) -> int:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        turns = Turns(answer, shared)

        async def ask() -> None:
            for _ in range(10 * TURN):
                await turns({"type": "http"}, _nothing, send)  # pyright: ignore[reportArgumentType]

        asyncio.run(ask())
        return sum((b"connection", b"close") in one["headers"] for one in sent)

    assert (closed(True), closed(False)) == (10, 0)


async def _nothing(*given: Any) -> None:
    return None


@pytest.mark.exhaustive
def test_the_tests_of_the_workbench_hold_through_a_reader() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-n0", str(Path(__file__).parent)]
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    subprocess.run(command, check=True, env=env | {THROUGH: "1"})
