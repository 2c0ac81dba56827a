"""Nothing that the built-in cases say is denied by their tables, and what is false is noticed."""

from __future__ import annotations

import pytest

from sentence_audit import runner, unread
from songhua import Run

#: At least so many fields are made false and noticed.
FALSIFIED = 60


@pytest.mark.parametrize("case", unread.CASES)
def test_nothing_is_said_that_the_tables_of_a_case_deny(
    case: str, harbin: Run, washington: Run
) -> None:
    run = {"harbin": harbin, "washington": washington}[case]
    assert len(list(runner.sentences(run))) > 90
    assert list(runner.denied(run)) == []


def test_every_field_made_false_is_noticed_or_listed(harbin: Run, washington: Run) -> None:
    """Fields that were not noticed stand in the list, and no other; it may only shrink."""
    notices, missed = unread.noticed([*runner.sentences(harbin), *runner.sentences(washington)])
    assert len(notices) >= FALSIFIED
    assert sorted(missed - unread.listed("cases")) == []
    struck = sorted(unread.listed("cases") - missed)
    assert struck == [], "strike these out: python -m sentence_audit.unread"


def test_every_kind_makes_a_claim_that_is_read_or_is_listed() -> None:
    assert unread.without_claim() == unread.listed("kinds")
