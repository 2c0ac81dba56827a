"""What is said to stay among small wrong changes is still a change of a line that is there."""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(str(files("songhua"))).parent.parent
LEFT = ROOT / "tools/mutants_left.toml"
pytestmark = pytest.mark.skipif(not LEFT.exists(), reason="not a checkout")
ENTRIES: list[dict[str, Any]] = (
    tomllib.loads(LEFT.read_text("utf-8"))["left"] if LEFT.exists() else []
)


@cache
def changes(name: str) -> set[tuple[str, str]]:
    """Each change of a file that is tried, with the line it is in."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        tool = import_module("mutants")
    finally:
        sys.path.pop(0)
    file = ROOT / name
    lines = file.read_text("utf-8").splitlines()
    return {(lines[one.line - 1].strip(), one.told) for one in tool.mutants(ROOT, file)}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: f"{one['file'][12:]}: {one['told']}")
def test_a_change_that_stays_is_one_of_a_line_that_is_there(entry: dict[str, Any]) -> None:
    assert entry.keys() - {"equivalent"} == {"file", "text", "told", "reason"}
    assert (ROOT / entry["file"]).is_file()
    assert (entry["text"], entry["told"]) in changes(entry["file"])


def test_no_change_is_listed_twice() -> None:
    counts = Counter((one["file"], one["text"], one["told"]) for one in ENTRIES)
    assert max(counts.values()) == 1
    assert list(counts) == sorted(counts, key=lambda one: one[0])
