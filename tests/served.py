"""A workbench in a process of its own, as `songhua serve` starts it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2 as httpx

from songhua.web import guard


@dataclass(frozen=True)
class Served:
    """A workbench that answers: its process, its port, and the token of its address."""

    process: subprocess.Popen[str]
    port: int
    token: str

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def may(self) -> dict[str, str]:
        """Headers of a request that writes."""
        return {"origin": self.home, guard.HEADER: self.token}

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.home, timeout=300, headers={guard.HEADER: self.token})

    def page(self, address: str) -> httpx.Response:
        """The answer of an address after all computation has ended."""
        with self.client() as asked:
            for _ in range(3000):
                answer = asked.get(address)
                if "data-events" not in answer.text and answer.status_code != 202:
                    return answer
                time.sleep(0.1)
        raise AssertionError(f"{address} still waits")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def served(folder: Path, *options: str, port: int = 0) -> Iterator[Served]:
    """A workbench of a folder, which has ended when this ends."""
    command = [sys.executable, "-m", "songhua", "serve", str(folder), "--no-open"]
    process = subprocess.Popen(
        [*command, "--port", str(port), *options], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r":(\d+)/\?token=(\S+)", line)
        assert found, line
        yield Served(process, int(found[1]), found[2])
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()
