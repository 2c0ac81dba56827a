"""Nothing that the built-in cases say is denied by their tables, and what is false is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sentence_audit import drawn, runner, unread
from sentence_audit.known import KNOWN, Known, excused
from songhua import Run

#: At least so many fields are made false and noticed.
FALSIFIED = 60


def denied(run: Run) -> Iterator[tuple[str, str]]:
    """The denials of all sentences of a run, each with the kind of its sentence."""
    for sentence in runner.sentences(run):
        yield from ((sentence.code, line) for line in runner.denials(sentence))


def unknown(run: Run) -> list[tuple[str, str]]:
    """The denials that are not known."""
    return [(code, line) for code, line in denied(run) if not excused(code, line)]


@pytest.mark.parametrize("case", unread.CASES)
def test_nothing_is_said_that_the_tables_of_a_case_deny(
    case: str, harbin: Run, washington: Run
) -> None:
    run = {"harbin": harbin, "washington": washington}[case]
    assert len(list(runner.sentences(run))) > 90
    assert unknown(run) == []


def test_every_field_made_false_is_noticed_or_listed(harbin: Run, washington: Run) -> None:
    """Fields that were not noticed stand in the list, and no other; it may only shrink."""
    notices, missed = unread.noticed([*runner.sentences(harbin), *runner.sentences(washington)])
    assert len(notices) >= FALSIFIED
    assert sorted(missed - unread.listed("cases")) == []
    struck = sorted(unread.listed("cases") - missed)
    assert struck == [], "strike these out: python -m sentence_audit.unread"


def test_every_kind_makes_a_claim_that_is_read_or_is_listed() -> None:
    assert unread.without_claim() == unread.listed("kinds")


IN_CASES = [known for known in KNOWN if known.place in unread.CASES]
IN_DRAWN = [known for known in KNOWN if "/" in known.place]


@pytest.mark.parametrize("known", IN_CASES, ids=lambda known: f"{known.place}-{known.code}")
def test_what_is_known_to_be_denied_is_still_said(
    known: Known, harbin: Run, washington: Run
) -> None:
    """An entry of the list whose sentence is mended is struck out."""
    assert_denied(known, {"harbin": harbin, "washington": washington}[known.place])


@pytest.mark.parametrize("known", IN_DRAWN, ids=lambda known: f"{known.place}-{known.code}")
def test_the_same_in_drawn_folders(known: Known, tmp_path: Path) -> None:
    seed, _, name = known.place.partition("/")
    folder = next(path for path in drawn.made(tmp_path, int(seed)) if path.name == name)
    assert_denied(known, runner.run_of(folder))


def assert_denied(known: Known, run: Run) -> None:
    lines = [line for code, line in denied(run) if code == known.code]
    assert known.reason
    assert any(line.startswith(known.line) for line in lines), "strike it out of known.py"
