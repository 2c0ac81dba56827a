"""Several processes that answer for reading: from one cache, and they end together."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest

from commands import songhua
from served import served


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_two_workers_answer_from_one_cache_and_end_together(
    rivertown: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with served(rivertown, "--read-only", "--workers", "2") as bench:
        pages = {bench.page("/en/").text for _ in range(6)}  # each on a connection of its own
        assert len(pages) == 1
        font = pages.pop().partition("url(")[2].partition(")")[0]
        with bench.client() as asked:
            assert asked.get(font).status_code == 200
        begun = psutil.Process(bench.process.pid).children()
        workers = [one for one in begun if "spawn_main" in " ".join(one.cmdline())]
        assert len(workers) == 2
        bench.process.send_signal(signal.SIGINT)
        for one in workers:
            one.send_signal(signal.SIGINT)  # as a terminal does
        assert bench.process.wait(20) == 0
        assert not [one for one in workers if one.is_running()]
    assert capfd.readouterr().err == ""


def test_several_workers_are_for_reading_alone(rivertown: Path) -> None:
    done = songhua("serve", rivertown, "--workers", "2")
    assert done.code == 2
    assert "--read-only" in done.err
