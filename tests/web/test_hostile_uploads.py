"""Hostile files sent to a workbench that runs: refused with a message, within memory, and it lives."""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from hostile import books, others
from served import Served, served
from songhua.web import apart, guard

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no memory is told")
#: Megabytes that a file may cost: the bound of the process that reads it, and its copies in the
#: workbench.
MOST = apart.MEMORY + 50
LIGHT = ("columns_without_end", "xml_that_says_more", "a_cell_far_out")
KINDS = books.KINDS | others.KINDS
PAGE = 0x1000
COLUMNS = 1_000_000


def _own(process: int) -> int:
    """Megabytes that a process and all that it began hold for themselves."""
    held = 0
    with suppress(OSError):
        told = Path(f"/proc/{process}/statm").read_text("ascii").split()
        held = (int(told[1]) - int(told[2])) * PAGE
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                held += _own(int(child)) * 1_000_000
    return held // 1_000_000


@contextmanager
def watched(process: int) -> Iterator[list[int]]:
    """The most megabytes that are held meanwhile."""
    most, end = [0], threading.Event()

    def watch() -> None:
        while not end.wait(0.01):
            most[0] = max(most[0], _own(process))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield most
    finally:
        end.set()
        watching.join()


def refused(bench: Served, name: str, data: bytes) -> str:
    """The message on a file that is sent; the page does not offer to take it."""
    with bench.client() as asked:
        answer = asked.post("/en/import", headers=bench.may, files={"file": (name, data)})
        if answer.status_code == 303:
            answer = asked.get(answer.headers["location"])
            assert answer.status_code == 200
        else:
            assert answer.status_code in (400, 413)
        assert 'value="take"' not in answer.text
        text = " ".join(re.sub("<[^>]+>", " ", answer.text.partition("<main")[2]).split())
        assert len(text) > 60
        return text


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    from small import write

    with served(write(tmp_path_factory.mktemp("hostile") / "rivertown")) as running:
        refused(running, "first.csv", b"a,b\n1,2\n")  # what reads is loaded
        yield running


@pytest.mark.parametrize(
    "kind",
    [*LIGHT, *(pytest.param(k, marks=pytest.mark.exhaustive) for k in KINDS if k not in LIGHT)],
)
def test_a_hostile_file_is_refused_within_memory(bench: Served, kind: str) -> None:
    data = KINDS[kind](Random(1))
    end = "xlsx" if kind in books.KINDS else "parquet" if kind.startswith("parquet") else "csv"
    before = _own(bench.process.pid)
    with watched(bench.process.pid) as most, bench.client() as asked:
        answer = asked.post("/en/import", headers=bench.may, files={"file": (f"a.{end}", data)})
        if answer.status_code == 303:
            answer = asked.get(answer.headers["location"])
            assert answer.status_code == 200
            assert len(answer.content) < 3_000_000
        else:
            assert answer.status_code in (400, 413)
    assert most[0] - before <= MOST, f"{most[0] - before} MB"
    assert bench.page("/en/figures").status_code == 200


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.xlsx", b"MZ" + b"\0" * 5000, "a.xlsx"),
        ("a.xlsx", b"%PDF-1.7 " + b"\n" * 5000, "a.xlsx"),
        ("a.csv", b"PK\x03\x04" + b"\0" * 5000, "a.csv"),
        ("a.exe", b"MZ", "Send one of these kinds"),
        (
            "a.csv",
            (",".join(f"c{at}" for at in range(COLUMNS)) + "\n").encode(),
            "more than can be read",
        ),
        ("a.csv", b"a," * COLUMNS + b"\n" + b"1," * COLUMNS, "more than can be read"),
    ],
    ids=["program", "pdf", "package", "end", "heading", "row"],
)
def test_what_is_not_what_its_name_says_is_refused(
    bench: Served, name: str, data: bytes, says: str
) -> None:
    before = _own(bench.process.pid)
    with watched(bench.process.pid) as most:
        assert says in refused(bench, name, data)
    assert most[0] - before <= MOST


def _send(bench: Served, head: str, parts: Iterator[bytes]) -> bytes:
    """The first bytes of the answer to a request whose content is sent until it is refused."""
    with socket.create_connection(("127.0.0.1", bench.port), 60) as made:
        told = "".join(f"{name}: {value}\r\n" for name, value in bench.may.items())
        made.sendall(f"POST /en/import HTTP/1.1\r\nhost: 127.0.0.1:{bench.port}\r\n".encode())
        made.sendall(f"content-type: multipart/form-data; boundary=b\r\n{told}{head}\r\n".encode())
        with suppress(ConnectionError):
            for part in parts:
                made.sendall(part)
        with suppress(ConnectionError):
            return made.recv(100)
    return b""


@pytest.mark.parametrize(
    "head",
    ["content-length: 2000000000\r\n", "transfer-encoding: chunked\r\n", "content-length: -1\r\n"],
)
def test_two_gigabytes_are_not_taken(bench: Served, head: str) -> None:
    first = b'--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    block = b"x" * 1_000_000

    def parts() -> Iterator[bytes]:
        for at in range(2_000):
            data = first + block if at == 0 else block
            yield b"%x\r\n%b\r\n" % (len(data), data) if "chunked" in head else data

    before = _own(bench.process.pid)
    with watched(bench.process.pid) as most:
        answer = _send(bench, head, parts())
    assert answer == b"" or answer.split()[1] in (b"413", b"400")
    assert most[0] - before <= 100
    assert bench.page("/en/figures").status_code == 200


def test_the_largest_file_that_is_taken_costs_no_more(bench: Served) -> None:
    rows = b"gdp,rivertown,2018,9.5\n" * ((guard.LARGEST - 2_000_000) // 23)
    before = _own(bench.process.pid)
    with watched(bench.process.pid) as most:
        refused(bench, "a.csv", b"indicator,region,period,value\n" + rows)
    assert most[0] - before <= MOST, f"{most[0] - before} MB"
