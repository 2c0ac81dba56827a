"""The benchmark of the store runs."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

HOME = Path(__file__).parents[2] / "benchmarks"
pytestmark = pytest.mark.skipif(not HOME.is_dir(), reason="not a checkout")


def script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(HOME))
    monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module(name)


@pytest.mark.deep
def test_the_benchmark_measures_every_task(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb")
    done = script("store", monkeypatch).measure(rows=2000, times=1)
    assert len(done) == 5
    assert all(mine > 0 and peer > 0 for _, mine, peer in done)
