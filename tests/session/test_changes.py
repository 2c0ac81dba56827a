"""A session is changed in memory, and what is changed is refused as the folder would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import songhua
from close import assert_close
from small import write
from songhua import Session, SonghuaError
from songhua.maths.accounts import Sample, sample
from songhua.plan.assumptions import Assumptions
from songhua.results.kept import Cache
from songhua.session import cache
from songhua.session.changes import _merged
from songhua.studies.accounts import account_draws

FIGURE = {
    "indicator": "gdp", "region": "rivertown", "period": "2021", "value": 11.2, "unit": "bn EUR",
    "kind": "actual", "source": "bulletin-2020", "recorded": "2026-01-03",
}  # fmt: skip


@pytest.fixture(scope="module")
def harbin() -> Session:
    """The first built-in case; a change gives another session."""
    return songhua.open(songhua.example("harbin"))


def _faults(session: Session, **asked: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(SonghuaError) as caught:
        session.change(**asked)
    for fault in caught.value.faults:
        assert fault.words("en")
        assert fault.words("zh")
    return [(fault.code, fault.file, fault.column) for fault in caught.value.faults]


def _assumed(session: Session, name: str, scope: str = "") -> Mapping[str, Any]:
    assert session.plan is not None
    row = Assumptions.of(session.plan.assumption_rows).find(name, scope)
    assert row is not None
    return asdict(row)


def test_a_pay_below_zero_is_refused(harbin: Session) -> None:
    """In the first version it gave jobs below zero, without a word."""
    [(_, place, column)] = _faults(harbin, assumptions={"pay": -5})
    assert (place, column.split(" · ")[0]) == ("assumptions", "pay")


@pytest.mark.parametrize(
    ("asked", "place", "column"),
    [
        ({"assumptions": {"pey": 5}}, "assumptions", "pey"),
        ({"assumptions": {("ramp", "mill"): 3}}, "assumptions", "ramp · mill"),
        ({"assumptions": {"pay": {"low": 200}}}, "assumptions", "pay"),
        ({"assumptions": {"pay": "much"}}, "assumptions", "pay"),
        ({"assumptions": {"replace": {"value": 10, "low": 5, "high": 20}}}, "assumptions", "repl"),
        ({"projects": {"mill": {"start": 2027}}}, "projects", "mill · start"),
        ({"projects": {"robot-island": {"start": "soon"}}}, "projects", "robot-island · start"),
        ({"projects": {"robot-island": {"begin": 2027}}}, "projects", "robot-island · begin"),
        ({"projects": {"robot-island": {"output": "-3"}}}, "projects", "robot-island · output"),
        ({"targets": {"gdp-plan": "blah"}}, "targets", "gdp-plan"),
        ({"targets": {"gdp-plam": "年均增长6%"}}, "targets", "gdp-plam"),
        ({"scenario": "early"}, "scenario", ""),
    ],
)
def test_a_fault_names_what_was_changed(
    harbin: Session, asked: dict[str, Any], place: str, column: str
) -> None:
    found = _faults(harbin, **asked)
    assert found
    assert all(file == place and where.startswith(column) for _, file, where in found)


def test_a_text_that_no_file_can_hold_is_a_fault(harbin: Session) -> None:
    assert harbin.plan is not None
    [fault] = _faults(harbin, targets={harbin.plan.targets[0].id: "reach \udcff5%"})
    assert fault[0] == "not_utf8"


def test_all_faults_are_told_at_once(harbin: Session) -> None:
    found = _faults(
        harbin, scenario="early", targets={"gdp-plan": "blah"},
        projects={"robot-island": {"begin": 1}}, figures=[{"indicator": "gdp"}],
    )  # fmt: skip
    assert {file for _, file, _ in found} == {"scenario", "targets", "projects", "figures"}


def test_a_number_is_fixed_and_a_range_keeps_the_distribution(harbin: Session) -> None:
    fixed = _assumed(harbin.change(assumptions={"pay": 80}), "pay")
    assert (fixed["value"], fixed["low"], fixed["distribution"]) == ("80", "", "fixed")
    assert fixed["unit"] == "k CNY"
    ends = {"value": 3, "low": 2, "high": 4}
    changed = harbin.change(assumptions={("ramp", "robot-island"): ends})
    own, every = (_assumed(changed, "ramp", scope) for scope in ("robot-island", ""))
    assert (own["low"], own["high"], own["distribution"]) == ("2", "4", "triangular")
    assert every["low"] == "1"


def test_changes_compose_and_the_first_session_stays_as_it_was(harbin: Session) -> None:
    before = harbin.plan
    one = harbin.change(assumptions={"pay": 80})
    two = one.change(projects={"robot-island": {"start": 2029}}, targets={"gdp-plan": "年均增长6%"})
    assert two.plan is not None
    assert _assumed(two, "pay")["value"] == "80"
    rows = two.plan.operation
    start = rows[(rows["project"] == "robot-island") & (rows["field"] == "start")]
    assert start["value"].tolist() == ["2029"]
    assert two.plan.target_by_id["gdp-plan"].text == "年均增长6%"
    assert harbin.plan is before
    assert _assumed(harbin, "pay")["value"] == "71"
    assert len(two.changes) == 2


def test_two_scenarios_at_once_are_refused() -> None:
    washington = songhua.open(songhua.example("washington"))
    assert washington.plan is not None
    name = next(iter(washington.plan.scenarios))
    late = washington.change(scenario=name)
    assert late.plan is not None
    assert late.plan.scenario == name
    one, other = (
        session.run("simulate", draws=40, scenario=asked).tables["totals"]
        for session, asked in ((late, ""), (washington, name))
    )
    assert_close(one["value"].to_numpy(), other["value"].to_numpy())


def test_a_figure_is_read_as_its_file_would_be(tmp_path: Path) -> None:
    session = songhua.open(write(tmp_path))
    changed = session.change(figures=[FIGURE])
    row = changed.region.figure("gdp", "2021")
    assert row is not None
    assert (float(row["number"]), str(row["unit"])) == (11.2, "bn EUR")
    assert session.region.figure("gdp", "2021") is None
    line = "gdp,rivertown,,,2021,11.2,bn EUR,,actual,,,bulletin-2020,,2026-01-03,\n"
    file = tmp_path / "observations" / "economy.csv"
    file.write_text(file.read_text("utf-8") + line, "utf-8")
    there = songhua.open(tmp_path).region
    columns = there.figures.observations.frame.columns.drop(["file", "row"])
    for name in columns:
        mine, theirs = (
            region.figures.observations.frame[name] for region in (changed.region, there)
        )
        assert mine.astype(str).tolist() == theirs.astype(str).tolist(), name


def test_a_figure_of_the_same_source_recorded_later_holds(tmp_path: Path) -> None:
    session = songhua.open(write(tmp_path))
    changed = session.change(figures=[{**FIGURE, "period": "2020", "value": "10.7"}])
    row = changed.region.figure("gdp", "2020")
    assert row is not None
    assert float(row["number"]) == 10.7


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"value": "x"}, "value"), ({"unit": "persons"}, "unit"), ({"source": "nobody"}, "source"),
        ({"indicator": "gdq"}, "indicator"), ({"period": "soon"}, "period"), ({"colour": "red"}, ""),
        ({"recorded": ""}, "recorded"), ({"recorded": "2020-01-01"}, ""),
    ],
)  # fmt: skip
def test_a_figure_is_refused_as_its_file_would_be(
    tmp_path: Path, wrong: dict[str, str], column: str
) -> None:
    found = _faults(songhua.open(write(tmp_path)), figures=[{**FIGURE, **wrong}])
    assert all(file == "figures" for _, file, _ in found)
    assert not column or column in {name for _, _, name in found}


def test_the_same_figure_twice_is_refused(tmp_path: Path) -> None:
    found = _faults(songhua.open(write(tmp_path)), figures=[FIGURE, FIGURE])
    assert {code for code, _, _ in found} == {"row_repeats"}


def test_what_is_published_later_stays_out_of_sight(tmp_path: Path) -> None:
    session = songhua.open(write(tmp_path), as_of="2021-06-30")
    late = session.change(figures=[{**FIGURE, "published": "2022-03-01"}])
    assert late.region.figure("gdp", "2021") is None
    early = session.change(figures=[{**FIGURE, "published": "2021-03-01"}])
    assert early.region.figure("gdp", "2021") is not None


def test_no_file_of_the_folder_is_written(tmp_path: Path) -> None:
    folder = write(tmp_path / "town")
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    songhua.open(folder).change(figures=[FIGURE]).run("diagnose")
    after = [file for file in folder.rglob("*") if file.is_file()]
    assert {f: f.read_bytes() for f in after} == before


def test_a_folder_without_a_plan_has_none_to_change(tmp_path: Path) -> None:
    session = songhua.open(write(tmp_path))
    for asked in ({"assumptions": {"pay": 1}}, {"scenario": "late"}, {"targets": {"a": "6%"}}):
        assert [code for code, _, _ in _faults(session, **asked)] == ["change_no_plan"]


class Compared(str):
    """A text that counts how often it is compared with another."""

    __slots__ = ()
    times = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Compared.times += 1
        return str.__eq__(self, other)


def test_rows_are_put_in_their_places_without_a_search_for_each() -> None:
    """Half of the changed rows stand in the table, from its end on; half are new."""

    def compared(n: int) -> int:
        names = [f"p{at}" for at in range(n)]
        frame = pd.DataFrame({"project": [*map(Compared, names)], "field": "start", "value": "1"})
        frame = frame.astype(object).assign(row=range(2, n + 2))
        read = pd.DataFrame({"project": [*map(Compared, [*reversed(names), *map("new {}".format, names)])],
                             "field": "start", "value": "2"}, dtype=object)  # fmt: skip
        Compared.times = 0
        merged, places = _merged(frame, read, ("project", "field"))
        spent = Compared.times
        assert merged["value"].tolist() == ["2"] * (2 * n)
        assert places == [*range(n + 1, 1, -1), *range(n + 2, 2 * n + 2)]
        assert merged["row"].tolist() == list(range(2, 2 * n + 2))
        return spent

    few, many = compared(100), compared(400)
    assert 0 < many <= 4.5 * few


@pytest.mark.deep
def test_accounts_are_drawn_again_only_where_what_they_rest_on_is_another(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    users_place: Path,
) -> None:
    drawn: list[int] = []

    def counted(*given: Any) -> Sample:
        drawn.append(1)
        return sample(*given)

    monkeypatch.setattr(account_draws, "sample", counted)
    monkeypatch.setattr(account_draws, "_SAMPLES", Cache(8))
    monkeypatch.setattr(cache, "_RESULTS", Cache(8))
    case = songhua.new(tmp_path / "case", "washington")
    sources = (case / "sources.toml").read_text("utf-8")
    dated = sources.replace("[bea-io-2017]\n", '[bea-io-2017]\npublished = "2019"\n')
    (case / "sources.toml").write_text(dated, "utf-8")
    opened = songhua.open(case)
    first = opened.run("accounts")
    same = [
        opened.run("accounts"), opened.change(assumptions={"spent": 50}).run("accounts"),
        opened.change(targets={"exports-2020": "Increase by 9% from its 2015 level"}).run("accounts"),
        *(songhua.open(case, as_of=day).run("accounts") for day in ("2025-12-31", "2999-12-31")),
    ]  # fmt: skip
    for one in same:
        pd.testing.assert_frame_equal(one.tables["cells"], first.tables["cells"])
    assert len(drawn) == 1
    food = first.tables["ledger"].query("industry == 'food' and reading == 'level'").iloc[0]
    figure = {
        "indicator": food["indicator"], "region": "washington", "industry": "food",
        "period": "2016", "value": 6.1, "unit": food["unit"], "kind": "actual",
        "source": "bea-2022", "recorded": "2999-01-01",
    }  # fmt: skip
    other = opened.change(figures=[figure]).run("accounts")
    assert len(drawn) == 2
    assert not other.tables["cells"].equals(first.tables["cells"])
