"""Every finding leads to figures or rows, or says that it rests on something else."""

from __future__ import annotations

import json

import pytest

from songhua import Run
from songhua.results import kinds, read_finding
from songhua.results.evidence import figures_behind, rows_behind, table_of
from songhua.results.finding import ABSENCE, FIGURES, FOLDER, METHOD


def test_every_kind_rests_on_something_that_there_is() -> None:
    for code, kind in kinds().items():
        if kind.rests not in (FIGURES, METHOD, ABSENCE, FOLDER):
            assert table_of(kind) is not None, code


@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_every_finding_leads_to_what_it_rests_on(case: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(case)
    findings = [found for result in run.results.values() for found in result.findings]
    assert len(findings) > 40
    for found in findings:
        if found.rests == FIGURES:
            assert found.observations, found
        elif table_of(type(found)):
            assert len(rows_behind(found, run.results)), found
        plain = json.loads(json.dumps(found.params))
        assert str(read_finding(found.code, plain, found.observations)) == str(found)
        cited = figures_behind(found, run.results)
        assert all(run.region.cites(id) for id in cited), found
