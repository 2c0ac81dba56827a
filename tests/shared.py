"""The data sets beside the checkout that some tests compare with: where they stand, what lacks.

They are published tables, too large for the repository. A test names the folders that it reads in
its marker, `@pytest.mark.shared("china_io")`, and is skipped where one of them is missing.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

MISSING = "the shared data are not here"
SHARED = Path(os.environ.get("SONGHUA_SHARED", Path(__file__).parents[2] / "shared"))
DATA = SHARED / "data"


def skip_without_data(item: pytest.Item) -> None:
    """Skip a test whose data set is not here."""
    for mark in item.iter_markers("shared"):
        if not mark.args or not all((DATA / name).exists() for name in mark.args):
            pytest.skip(MISSING)
