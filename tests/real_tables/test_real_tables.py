"""Sheets as offices publish them: no figure is read otherwise, and few questions are asked."""

from __future__ import annotations

import pytest

from real_tables.reading import Case, cases, outcome

pytestmark = pytest.mark.shared("spreadsheets")
ALL = cases()
#: A person answers at most so many questions about a file that is easily brought in.
FEW = 3


def _fits(case: Case) -> None:
    """A file is read as its case says, and no cell of it otherwise than a person looked it up."""
    done = outcome(case)
    assert done.refused == ((case.refused,) if case.refused else ())
    assert len(done.asked) <= case.questions, [question.key for question in done.asked]
    open_keys = [question.key for question in done.open]
    missed = () if case.refused else (*done.wrong, *open_keys, *done.lacking)
    assert bool(missed) == bool(case.not_yet), missed


@pytest.mark.parametrize("case", [c for c in ALL if c.quick], ids=lambda case: case.name)
def test_a_quick_file_is_read_as_it_is_printed(case: Case) -> None:
    _fits(case)


@pytest.mark.deep
@pytest.mark.parametrize("case", [c for c in ALL if not c.quick], ids=lambda case: case.name)
def test_a_file_is_read_as_it_is_printed(case: Case) -> None:
    _fits(case)


def test_nine_of_ten_files_ask_little_or_say_why_they_are_not_read() -> None:
    easy = [case for case in ALL if case.refused or (case.questions <= FEW and not case.not_yet)]
    assert len(ALL) == 64
    assert len(easy) >= 0.9 * len(ALL)
