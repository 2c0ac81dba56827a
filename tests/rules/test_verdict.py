"""Verdicts beside their outcome: reasons, evidence, missing facts, tied firms, the day."""

from __future__ import annotations

import json
from datetime import date

import pytest

from songhua.errors import SonghuaError
from songhua.rules import evaluate
from songhua.rules.verdict import read_facts
from songhua.store.rulebooks import load

FIRM = {
    "resident": True, "staff": 100, "tech_staff": 20, "sales": 1000, "assets": 800, "rd": 60,
    "total_cost": 900, "class1_ip": 0, "class2_ip": 2, "prohibited_products": False,
    "serious_violation": False, "on_abnormal_list": False,
}  # fmt: skip
DAY = date(2024, 6, 30)
BOOK = load("cn/sci-tech-sme")


def test_a_clause_tells_the_numbers_that_decided_it() -> None:
    clause = evaluate(BOOK, {**FIRM, "staff": 501}, DAY).clauses["size"]
    reason = clause.reasons[0]
    assert (reason.text, reason.left, reason.sign, reason.right) == (
        "staff <= staff_cap", (501.0, 501.0), "<=", (500.0, 500.0),
    )  # fmt: skip
    assert [r.outcome for r in clause.reasons] == ["not_met", "met", "met"]
    assert clause.clause.ref == "第六条（二）"


def test_evidence_and_unit_travel_with_a_fact() -> None:
    sales = {"value": 0.1, "unit": "亿元", "evidence": "accounts", "date": date(2024, 3, 31)}
    verdict = evaluate(BOOK, {**FIRM, "sales": sales}, DAY)
    assert verdict.outcome == "met"
    assert verdict.clauses["size"].evidence == {
        "sales": {"evidence": "accounts", "date": "2024-03-31"}
    }


def test_the_fact_that_settles_most_comes_first_and_a_settled_verdict_lacks_none() -> None:
    gone = {k: v for k, v in FIRM.items() if k not in ("on_abnormal_list", "class1_ip", "rd")}
    verdict = evaluate(BOOK, gone, DAY)
    assert verdict.outcome == "unknown"
    assert verdict.missing[0] == "on_abnormal_list"  # one of its two answers settles all
    assert {"class1_ip", "rd"} <= set(verdict.missing)
    assert evaluate(BOOK, {**gone, "staff": 501}, DAY).missing == ()
    assert evaluate(BOOK, FIRM, DAY).missing == ()


def test_none_and_nan_are_missing_and_false_is_not() -> None:
    for blank in (None, float("nan"), "", {"value": None}):
        assert evaluate(BOOK, {**FIRM, "resident": blank}, DAY).outcome == "unknown"
    assert evaluate(BOOK, {**FIRM, "resident": False}, DAY).outcome == "not_met"


def test_a_day_may_be_given_as_text() -> None:
    one, other = evaluate(BOOK, FIRM, DAY), evaluate(BOOK, FIRM, "2024-06-30")
    assert one.as_dict() == other.as_dict()
    json.dumps(one.as_dict())
    with pytest.raises(SonghuaError, match="is not a day"):
        evaluate(BOOK, FIRM, "2024-06")


@pytest.mark.parametrize(
    "links", [{"share": 30}, [{"share": 130, "staff": 1}], [{"staff": 1}], ["x"]]
)
def test_tied_firms_that_cannot_be_read_are_a_fault(links: object) -> None:
    with pytest.raises(SonghuaError, match="linked firms cannot be read"):
        evaluate(load("eu/sme"), {"staff": 10, "links": links}, DAY)


def test_more_knowledge_never_turns_a_settled_verdict() -> None:
    names = list(FIRM)
    for at in range(len(names)):
        some = {k: FIRM[k] for k in names[:at]}
        outcome = evaluate(BOOK, some, DAY).outcome
        assert outcome in ("unknown", evaluate(BOOK, FIRM, DAY).outcome)


def test_a_firm_that_is_hardly_tied_hides_none_behind_it() -> None:
    book = load("eu/sme")
    far = {"share": 10, "staff": 900, "turnover": 1, "balance": 1}
    partner = {"share": 30, "staff": 100, "turnover": 1, "balance": 1}
    linked = {"share": 60, "staff": 100, "turnover": 1, "balance": 1}
    for links, staff in (([far, partner], 40), ([partner, far], 40), ([far, linked, far], 110)):
        firm = {"staff": 10, "turnover": 2, "balance": 2, "links": links}
        assert read_facts(book, firm, DAY).values["staff"].low == staff


@pytest.mark.parametrize("lacking", ["staff", "turnover", "balance"])
def test_what_a_tied_firm_lacks_is_missing_of_the_whole(lacking: str) -> None:
    """A missing figure of a counted firm is reported; of a firm that does not count it is not."""
    book = load("eu/sme")
    own = {"staff": 10, "turnover": 2, "balance": 2}
    tied = {name: value for name, value in own.items() if name != lacking}
    for share, lacks in ((60, True), (30, True), (10, False)):
        facts = read_facts(book, {**own, "links": [{**tied, "share": share}]}, DAY)
        assert (lacking in facts.missing) == lacks
        assert facts.values[lacking].known != lacks
