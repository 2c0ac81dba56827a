"""The benchmark and the fuzzer of the store run, and their folders have no fault."""

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


@pytest.mark.parametrize("folders", [12, pytest.param(1500, marks=pytest.mark.deep)])
def test_the_fuzzer_finds_nothing(folders: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fuzz = script("fuzz", monkeypatch)
    tried = 0
    for start in range(0, folders, fuzz.CHUNK):
        found, odd = fuzz.many(start, seed=7, folders=folders)
        assert odd == {}
        tried += sum(n for name, n in found.items() if not name.startswith("import"))
    assert tried == folders


def test_the_folders_to_spoil_are_sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fuzz = script("fuzz", monkeypatch)
    for kind, files in fuzz.FOLDERS.items():
        fuzz.write(tmp_path / kind, dict(files))
        assert fuzz.outcome(tmp_path / kind) == "result"


def test_the_fuzzer_sees_an_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    fuzz = script("fuzz", monkeypatch)

    def broken(folder: Path) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fuzz.session, "open", broken)
    found, odd = fuzz.many(0, seed=7, folders=3)
    assert found["EXCEPTION"] == 3
    assert [where.split()[0] for where in odd] == ["ZeroDivisionError"]
