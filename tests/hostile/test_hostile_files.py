"""Every hostile file ends as faults or as a right reading, within 2 GB and 20 seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hostile import books, old, others

pytest.importorskip("resource", reason="bounds of a process are set on POSIX only")
RUN = Path(__file__).with_name("run.py")
KINDS = [*books.KINDS, *old.KINDS, *others.KINDS, *others.ANSWERS]
LIGHT = [
    kind for kind in KINDS if not kind.endswith(("without_end", "may_be", "often", "character"))
]
#: The kinds in which some seed must be read: what is odd there is harmless.
HARMLESS = {
    "odd_names_and_a_package_within": "import",
    "many_parts": "import",
    "formulas_without_results": "import",
}


def ends(asked: list[str]) -> list[dict]:
    """The outcome of each reading of some hostile files."""
    done = subprocess.run(
        [sys.executable, str(RUN), *asked], capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def refuse_bad_ends(found: list[dict]) -> None:
    assert found
    bad = [one for one in found if one["status"] or not one["told"]]
    assert bad == []


def test_a_sample_of_each_light_kind() -> None:
    refuse_bad_ends(ends([f"{kind}:{seed}" for kind in LIGHT for seed in (1,)]))


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_from_many_seeds(kind: str) -> None:
    found = ends([f"{kind}:{seed}" for seed in range(150 if kind in LIGHT else 40)])
    refuse_bad_ends(found)
    if kind in HARMLESS:
        assert "read" in {one["told"] for one in found if one["way"] == HARMLESS[kind]}
