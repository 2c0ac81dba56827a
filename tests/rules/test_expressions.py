"""The language: what it reads, what it refuses, and that a text comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.rules.expressions import All, Among, Cell, Compare, Name, Not, names, parse, unparse


@pytest.mark.parametrize(
    "text",
    [
        "a", "a / b", "a + b - c", "(a + b) / c", "a - (b + c)", "max(a, b, c) * d", "rise(a, b)",
        "mean(rise(a, b), rise(b, c))", "floor[industry]", "a <= b", "a + b > floor[c] * d",
        "within(a, b)", "a in b", "not a", "a / (b * c)",
    ],
)  # fmt: skip
def test_a_text_comes_back(text: str) -> None:
    assert parse(unparse(parse(text))) == parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "1", "a >= 5", "a 5", "a b", "a ==b", "a = b", "not", "not not a", "a < b < c", "(a", "a)",
        "a[", "a[b", "max(a)", "rise(a)", "rise(a, b, c)", "a +", "* a", "a.b", "a; b", "A", "__a",
        "import os", "a in 5", "(a + b) in c", "exec(a)", "a ** b", "a" * 500, "(" * 40 + "a" + ")" * 40,
        "in", "max", "a, b", "a\u00a0b", "é",
    ],
)  # fmt: skip
def test_what_is_not_of_the_language_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?s).*"):
        parse(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_as_a_value_error(text: str) -> None:
    try:
        parse(text)
    except ValueError:
        return


def test_signs_bind_as_in_arithmetic() -> None:
    tree = parse("a + b * c <= d")
    assert isinstance(tree, Compare)
    assert unparse(tree.left) == "a + b * c"
    assert unparse(parse("a - b - c")) == "a - b - c"
    assert parse("a - b - c") != parse("a - (b - c)")


def test_names_are_found_once_each() -> None:
    assert names(parse("max(a, floor[b]) >= a")) == ["a", "floor", "b"]
    assert names(All((Name("x"), Not(Among("y", "z")), Cell("t", "k")))) == [
        "x",
        "y",
        "z",
        "t",
        "k",
    ]
