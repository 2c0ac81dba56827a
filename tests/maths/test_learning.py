"""The examples of what learns the shipped parameters, in the folder of scripts."""

from __future__ import annotations

import doctest

import pytest

from beside import tool


@pytest.mark.parametrize(
    "name", ["accounts_learning", "interval_scores", "odds_learning", "regional_learning"]
)
def test_examples(name: str) -> None:
    tried = doctest.testmod(tool(name))
    assert tried.attempted
    assert not tried.failed
