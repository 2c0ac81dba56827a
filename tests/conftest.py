"""What the tests share: a small folder without faults, written where a test wants it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from small import write

settings.register_profile("songhua", deadline=None)  # a clock judges the machine, not the code
settings.load_profile("songhua")


@pytest.fixture
def rivertown(tmp_path: Path) -> Path:
    """A small folder without faults."""
    return write(tmp_path / "rivertown")
