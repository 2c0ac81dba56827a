"""Relations: any text is read or refused, and verdicts are right at the bounds."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.maths.bounds import Interval, rounding_bound
from songhua.maths.relation_check import check
from songhua.maths.relations import Relation, dimension, parse_relation
from songhua.maths.wording import from_print

UNREADABLE = [
    "",
    "a",
    "a + b",
    "a == b == c",
    "a = b",
    "a != b",
    "a == b or c == d",
    "a == __import__('os')",
    "a == b.real",
    "a == b[0]",
    "a == (lambda: 1)",
    "a == f(b)",
    "a == min(b)",
    "a == abs(b, c)",
    "a == max(b, key=c)",
    "a == min(*b)",
    "a == True",
    "a == 1j",
    "a == 1e999",
    "a == b // c",
    "a == b % c",
    "a == +b",
    "a == not b",
    "a == 1if b else c",
    "a == 0777",
    "a == 亿",
    "a == max",
    "(a == b)) == c",
    "a == " + "(" * 240 + "b" + ")" * 240,
    "a == " + "-" * 400 + "b",
    "a == " + "+".join(["b"] * 100),
    "a == b" + " " * 600 + "$",
    "a" * 499 + "$",
    "*" * 499 + "$",
    "a == b\x00",
    "a ==\nb",
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_not_a_relation_is_refused(text):
    with pytest.raises(SonghuaError) as error:
        parse_relation(text)
    assert error.value.faults[0].code == "relation_unreadable"


@settings(deadline=None)
@given(st.text(st.sampled_from("ab1.()+-*/=<>,e !\t")) | st.text())
@example("a==9**9**9**9**9")
@example("a==" + "9" * 400)
def test_any_text_is_a_relation_or_refused(text):
    relation = _read(text)
    if isinstance(relation, Relation):
        box = {name: Interval(-1, 2) for name in relation.names}
        assert check(relation, box).verdict in {"consistent", "inconsistent"}
    else:
        assert relation == ["relation_unreadable"]


def _read(text):
    """The relation, or the codes of its faults."""
    try:
        return parse_relation(text)
    except SonghuaError as error:
        return [fault.code for fault in error.faults]


def test_names_stand_in_order_and_alone():
    relation = parse_relation(" firms / (1 + growth) == before ")
    assert relation.names == ("firms", "growth", "before")
    assert relation.alone("left") == ""
    assert relation.alone("right") == "before"


points = st.integers(-50, 50)
bounds = st.tuples(points, points).map(lambda ends: Interval(min(ends), max(ends)))


@settings(deadline=None)
@given(bounds, bounds, st.sampled_from(["==", "<", "<=", ">", ">="]))
def test_plain_comparisons(a, b, sign):
    possible = any(
        eval(f"{x} {sign} {y}")
        for x in (a.low, a.high, *(v for v in (b.low, b.high) if a.contains(v)))
        for y in (b.low, b.high, *(v for v in (a.low, a.high) if b.contains(v)))
    )
    found = check(parse_relation(f"a {sign} b"), {"a": a, "b": b}).verdict
    assert (found == "consistent") == possible


inner = st.tuples(st.floats(0.1, 10), st.floats(0.1, 10), st.floats(0.1, 10))


@settings(deadline=None)
@given(
    inner,
    st.floats(0, 2),
    st.sampled_from(["a / (a + b) == c", "a * b - a == c", "abs(a - b) ** 0.5 == c"]),
)
def test_a_relation_that_holds_is_never_called_inconsistent(values, width, text):
    a, b, _ = values
    left = text.split("==")[0]
    c = eval(left, {"abs": abs}, {"a": a, "b": b})
    box = {"a": Interval(a, a + width), "b": Interval(max(b - width, 0.01), b)}
    box["c"] = Interval(math.nextafter(c - 1e-9, -9), c + 1e-9)
    assert check(parse_relation(text), box).verdict == "consistent"


def test_a_name_that_stands_twice_does_not_widen_the_verdict():
    """a / (a + b) lies between 1/4 and 1/2 here; plain intervals would say 1/5 to 2/3."""
    relation = parse_relation("a / (a + b) == share")
    box = {"a": Interval(1, 2), "b": Interval(2, 3)}
    assert check(relation, box | {"share": Interval(0.55, 0.6)}).verdict == "inconsistent"
    assert check(relation, box | {"share": Interval(0.45, 0.49)}).verdict == "consistent"
    assert check(relation, box | {"share": Interval(0.21, 0.24)}).verdict == "inconsistent"
    implied = check(relation, box, unknown="share").implied
    assert implied is not None
    assert implied.contains(0.25)
    assert implied.contains(0.5)
    assert implied.width < 0.3


def test_a_name_on_both_sides():
    relation = parse_relation("a + 1 == a")
    assert check(relation, {"a": Interval(0, 5)}).verdict == "inconsistent"
    assert check(parse_relation("a * a == a"), {"a": Interval(0.5, 5)}).verdict == "consistent"
    assert check(parse_relation("a - a > 1"), {"a": Interval(0, 5)}).verdict == "inconsistent"
    assert check(parse_relation("a * 2 > a + 4"), {"a": Interval(0, 5)}).verdict == "consistent"


def test_open_ends_are_possible():
    relation = parse_relation("a / (a + b) == c")
    box = {"a": Interval(1, math.inf), "b": Interval(1, 1), "c": Interval(0.9, 0.9)}
    assert check(relation, box).verdict == "consistent"


def test_implied_counts():
    relation = parse_relation("firms / (1 + growth) == before")
    growth = from_print("84.2") / 100
    found = check(relation, {"firms": Interval(2185, 2185), "growth": growth}, "before", True)
    assert (found.verdict, found.implied) == ("implied", Interval(1186, 1186))
    none = check(
        relation, {"firms": Interval(3, 3), "growth": rounding_bound("0.300")}, "before", True
    )
    assert none.verdict == "inconsistent"


def test_published_slips():
    ratio = parse_relation("part / whole == share")
    projects = {"part": Interval(1048, 1048), "whole": Interval(1945, 1945)}
    assert (
        check(ratio, projects | {"share": rounding_bound("53.0") / 100}).verdict == "inconsistent"
    )
    assert check(ratio, projects | {"share": rounding_bound("53.9") / 100}).verdict == "consistent"
    growth = parse_relation("now / before - 1 == growth")
    firms = {"now": Interval(2363, 2363), "before": Interval(2185, 2185)}
    assert check(growth, firms | {"growth": rounding_bound("8.1") / 100}).verdict == "consistent"
    firms = {"now": Interval(1751, 1751), "before": Interval(1180, 1180)}
    assert check(growth, firms | {"growth": rounding_bound("260") / 100}).verdict == "inconsistent"


def test_a_premise_frees_numbers_within_reason():
    relation = parse_relation("p1 * g1 + p2 * g2 + p3 * g3 == total")
    box = {
        "p1": rounding_bound("11.1"), "g1": rounding_bound("2.1") / 100,
        "p2": rounding_bound("22.0"), "g2": rounding_bound("2.3") / 100,
        "p3": rounding_bound("66.9"), "g3": rounding_bound("-0.4") / 100,
        "total": rounding_bound("0.6"),
    }  # fmt: skip
    assert check(relation, box).verdict == "inconsistent"
    found = check(relation, box, frees=("p1", "p2", "p3"))
    assert found.verdict == "consistent_if"
    assert found.implied == box["total"]
    absurd = box | {"total": Interval(900, 901)}
    assert check(relation, absurd, frees=("p1", "p2", "p3")).verdict == "inconsistent"


@pytest.mark.parametrize(
    ("whole", "verdict"),
    [("4.5", "inconsistent"), ("6.0", "consistent_if"), ("8.0", "consistent_if"), ("9.0", "inconsistent")],
)  # fmt: skip
def test_no_weights_lead_outside_what_they_weigh(whole: str, verdict: str) -> None:
    relation = parse_relation("(a * x + b * y) / (a + b) == whole")
    box = {name: rounding_bound(text) for name, text in
           {"a": "10", "b": "90", "x": "5.0", "y": "8.0", "whole": whole}.items()}  # fmt: skip
    assert check(relation, box).verdict == "inconsistent"
    assert check(relation, box, frees=("a", "b")).verdict == verdict


def test_what_a_freed_side_would_have_to_be_follows_the_sign():
    box = {"a": Interval(3, 3), "b": Interval(5, 5)}
    implied = {
        sign: check(parse_relation(f"a {sign} b"), box, frees=["a"]).implied for sign in (">", ">=")
    }
    assert implied == {">": Interval(5, math.inf), ">=": Interval(5, math.inf)}
    assert check(parse_relation("b < a"), box, frees=["b"]).implied == Interval(-math.inf, 3)
    assert check(parse_relation("b == a"), box, frees=["a", "b"]).implied is None


@pytest.mark.parametrize(
    ("text", "unknown", "code"),
    [
        ("a == c", "", "relation_name_unknown"),
        ("a + x == b", "x", "relation_unknown_place"),
        ("x < a", "x", "relation_unknown_place"),
        ("x == a + x", "x", "relation_unknown_place"),
    ],
)
def test_faults(text, unknown, code):
    box = {"a": Interval(1, 1), "b": Interval(1, 1)}
    with pytest.raises(SonghuaError) as error:
        check(parse_relation(text), box, unknown=unknown)
    assert [fault.code for fault in error.value.faults] == [code]


def test_freed_names_must_exist():
    with pytest.raises(SonghuaError) as error:
        check(parse_relation("a == b"), {"a": Interval(1, 1), "b": Interval(2, 2)}, frees=["z"])
    assert error.value.faults[0].params == {"name": "z"}


def test_huge_powers_end_quickly():
    assert (
        check(parse_relation("9 ** 9 ** 9 ** 9 > a"), {"a": Interval(1, 1)}).verdict == "consistent"
    )
    assert check(parse_relation("2 ** 0.5 == a"), {"a": Interval(1.5, 2)}).verdict == "inconsistent"


def test_dimension_of_powers_and_sums():
    yuan = {"CNY": 1}
    names = {"a": yuan, "b": yuan, "n": {"persons": 1}}
    assert dimension(parse_relation("(a * b) ** 0.5 == 3"), names) == yuan
    assert dimension(parse_relation("1 <= max(0, a) + b"), names) == yuan
    assert dimension(parse_relation("a / b == 1"), names) == {}
    assert dimension(parse_relation("-a / n == 1"), names) == {"CNY": 1, "persons": -1}


def test_numbers_without_an_end_are_searched_too() -> None:
    """2 a / b == a asks for b == 2, whatever a is."""
    relation = parse_relation("a / b == a - a / b")
    for least, verdict in ((3, "inconsistent"), (1, "consistent")):
        box = {"a": Interval(1, 2), "b": Interval(least, math.inf)}
        assert check(relation, box).verdict == verdict
