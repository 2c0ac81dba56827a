"""The guide's page of odds as of a past year and outcomes: its tables are those of the panels."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from panels import NEW_ZEALAND, UNITED_KINGDOM, UNITED_STATES, told
from songhua.maths.choice import KINDS

ROOT = Path(__file__).parents[2]
if not (ROOT / "docs").exists():
    pytest.skip("the documentation is not in this copy", allow_module_level=True)
sys.path.insert(0, str(ROOT / "benchmarks"))

import choice_panels  # noqa: E402  # pyright: ignore[reportMissingImports]

GUIDE = ROOT / "docs" / "guide"
pytestmark = pytest.mark.shared(NEW_ZEALAND, UNITED_KINGDOM, UNITED_STATES)


@pytest.mark.parametrize("make", choice_panels.SHOWN)
def test_the_pages_restate_what_the_panels_give(make: Callable[[], Any]) -> None:
    shown = make()
    for words, page in ((choice_panels.EN, "."), (choice_panels.ZH, "zh")):
        text = (GUIDE / page / "choose-panels.md").read_text("utf-8")
        tables = [*choice_panels.blocks(shown, words)]
        assert len(tables) == 5
        for lines in tables:
            assert "\n".join(["", *lines, ""]) in text
        assert f"{shown.start}" in text


def test_the_pages_restate_what_lasts() -> None:
    for words, page in ((choice_panels.EN, "."), (choice_panels.ZH, "zh")):
        text = (GUIDE / page / "choose-panels.md").read_text("utf-8")
        assert "\n".join(["", *choice_panels.lasting(words), ""]) in text


def test_what_the_pages_say_of_the_picks() -> None:
    """Four of fifteen came, where about one and a half were stated; none of nine left."""
    stated, came = dict.fromkeys(KINDS, 0.0), dict.fromkeys(KINDS, 0)
    for make in choice_panels.SHOWN:
        shown = make()
        tracks = told(shown.panel)
        region = choice_panels.middle(shown, tracks["entry"])
        for kind, track in tracks.items():
            own = track.sealed & (track.cells.region == region)
            chance, true = track.odds["stated"][own], track.cells.occurred[own]
            best = np.argsort(-chance, kind="stable")[: choice_panels.PICKS[kind]]
            stated[kind] += float(chance[best].sum())
            came[kind] += int(true[best].sum())
    assert came == {"entry": 4, "exit": 0}
    assert 1.3 < stated["entry"] < 1.6
