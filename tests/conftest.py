"""What the tests share: a small folder without faults, written where a test wants it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from small import write
from songhua import render, workbench
from songhua.workbench import Run

# A clock judges the machine, not the code; the gate runs every property several times.
settings.register_profile("songhua", deadline=None, max_examples=60)
settings.load_profile("songhua")


@pytest.fixture
def rivertown(tmp_path: Path) -> Path:
    """A small folder without faults."""
    return write(tmp_path / "rivertown")


@pytest.fixture(scope="session")
def harbin() -> Run:
    """All studies of the first built-in case, made once."""
    return workbench.run(workbench.example("harbin"))


@pytest.fixture(scope="session")
def pages(harbin: Run) -> dict[str, str]:
    """Its report in each language."""
    parts = (harbin.region, harbin.plan, harbin.results, harbin.skipped)
    return {lang: render.html(*parts, lang) for lang in ("en", "zh")}
