"""What the tests share: a small folder without faults, written where a test wants it."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import write


@pytest.fixture
def rivertown(tmp_path: Path) -> Path:
    """A small folder without faults."""
    return write(tmp_path / "rivertown")
