"""The two tools that compare and measure versions see what they are to see."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

TOOLS = Path(__file__).parents[2] / "tools"
pytestmark = pytest.mark.skipif(not TOOLS.is_dir(), reason="not a checkout")


def tool(name: str) -> Any:
    spec = spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@dataclass
class Ends:
    low: float
    high: float


@dataclass
class Labelled:
    name: str
    ends: Ends


Ends.__module__ = Labelled.__module__ = "songhua.labelled"
FRAME = pd.DataFrame({"name": ["a", "b"], "value": [1.0, 73.625]})


@pytest.mark.parametrize(
    ("given", "form"),
    [
        (73.625, ""),
        ("73.625 %", ""),
        ([1.0, 73.625], ""),
        (FRAME["value"], ""),
        (Ends(1.0, 73.625), ""),
        (Labelled("a", Ends(1.0, 2.0)), ""),
        ({"name": FRAME}, "frame of name value"),
        (FRAME, "frame of name value"),
        (pa.table({"value": ["73.625"]}), "arrow table of value"),
        ([Labelled("a", Ends(1.0, 73.625))], "labelled.Labelled"),
        ({"name": "a", "value": 73.625}, "mapping of name value"),
        ({"a": 73.625}, "mapping str → float"),
        (("a", 73.625), "tuple of str, float"),
        ("a,2020,73.625,%", "text"),
        ("a is 173.625 or 73.6251", ""),
        ("<b>73.6</b>", "markup"),
        (b"a,73.625\n", "bytes"),
    ],
)  # fmt: skip
def test_a_form_holds_the_number_with_its_labels(given: Any, form: str) -> None:
    watch = tool("measure_forms").Watch(73.625)
    watch.holds(given)
    assert list(watch.forms) == ([form] if form else [])


def dumped(markup: str, **cells: Any) -> dict[str, Any]:
    page = tool("compare_results").page(markup, str)
    held = {"tables": {"odds": [cells]}, "findings": [], "sentences": {"en": ["It is 5."]}}
    return {"results": {"case/track": held}, "pages": {"case /en/": page}, "sheets": {}}


def test_what_differs_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = dumped("<p>It is <b>5.5</b></p>", low=0.1 + 0.2)
    module = tool("compare_results")
    monkeypatch.setattr(module, "RENAMED", {"track.odds": {"low": "lowest"}})
    assert module.compare(old, dumped("<p>It is <b>5.5</b></p>", lowest=0.3)) == 0
    assert module.compare(old, dumped("<p>It is <i>5.5</i></p>", lowest=0.4)) == 1
    said = capsys.readouterr().out
    assert "case/track odds row 0 lowest: 0.30000000000000004, now 0.4" in said
    assert "markup alone: case /en/" in said
    assert module.compare(old, dumped("<p>It is <b>5.6</b></p>", lowest=0.3)) == 1
    assert "'It is 5.5', now 'It is 5.6'" in capsys.readouterr().out
