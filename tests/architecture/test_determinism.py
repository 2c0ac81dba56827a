"""`make test` has the same outcome each time: chance has a seed, and examples are the same."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parents[1]
SEEDED = {"default_rng", "Random", "SeedSequence", "PCG64"}


def _without_a_seed(text: str) -> list[str]:
    """Calls that draw from a state of the whole process, or from none that is given."""
    tree = ast.parse(text)
    modules = {
        alias.asname or alias.name
        for node in ast.walk(tree) if isinstance(node, ast.Import)
        for alias in node.names if alias.name == "random"
    } | {"np.random", "numpy.random"}  # fmt: skip
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        place, _, name = ast.unparse(node.func).rpartition(".")
        of_a_module = place in modules and name not in {*SEEDED, "Generator"}
        if of_a_module or (name in SEEDED and not node.args and not node.keywords):
            found.append(f"line {node.lineno}: {ast.unparse(node)}")
    return found


def test_chance_has_a_seed() -> None:
    found = {
        str(file.relative_to(TESTS)): calls
        for file in sorted(TESTS.rglob("*.py"))
        if (calls := _without_a_seed(file.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("import random\nrandom.shuffle([1])", 1),
        ("import random as r\nr.random()\nr.Random()", 2),
        ("import numpy as np\nnp.random.normal()\nnp.random.default_rng()", 2),
        ("from random import Random\nRandom(1).random()", 0),
        ("import numpy as np\nnp.random.default_rng(1).normal()", 0),
        ("def test(random):\n    random.shuffle([1])", 0),
    ],
)
def test_a_call_without_a_seed_is_found(text: str, n: int) -> None:
    assert len(_without_a_seed(text)) == n


def test_properties_try_the_same_examples_but_in_the_deep_tier() -> None:
    assert settings().derandomize == (settings.get_current_profile_name() != "deep")


def test_the_number_of_examples_is_the_tiers() -> None:
    mine = {"conftest.py", "examples.py", Path(__file__).name}
    fixed = [
        file.name
        for file in TESTS.rglob("*.py")
        if file.name not in mine and "max_examples" in file.read_text("utf-8")
    ]
    assert fixed == []
