"""As of a day: what was known then, before anything follows from it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import songhua
from commands import songhua as songhua_verb
from small import FILES, HEADING, write
from songhua import Session, schema
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.render.files import contents
from songhua.session import firm, new
from tracked import MORE, PLAN, figure

SOURCES = FILES["sources.toml"] + "".join(
    f'\n[{id}]\ntitle = "T"\npublisher = "P"\npublished = "{day}"\ngrade = "press"\n'
    for id, day in (("of-2021", "2021-01-31"), ("of-2022", "2022-06-30"), ("of-2025", "2025-03-01"))
)
ENTITIES = '[mill]\nname = { en = "Mill", zh = "工厂" }\ntype = "project"\n'


def table(name: str, *rows: str) -> str:
    """A table from its rows; a row is cells by column: `id=road source=of-2021`."""
    names = schema.table(name).names
    held = [dict(cell.split("=", 1) for cell in row.split("|")) for row in rows]
    lines = [",".join({"recorded": "2026-01-02", **row}.get(n, "") for n in names) for row in held]
    return "\n".join([",".join(names), *lines]) + "\n"


def case(parent: Path, *figures: str, **files: str) -> Path:
    """A folder with a plan of January 2021, these figures and files."""
    given = {
        "sources_toml": SOURCES, "entities_toml": ENTITIES,
        "indicators_toml": FILES["indicators.toml"] + MORE,
        "plan__plan_toml": PLAN.replace('"bulletin-2020"', '"of-2021"'),
        "observations__economy_csv": "\n".join([HEADING, *figures]) + "\n",
    }  # fmt: skip
    return write(parent / "case", **{**given, **files})


def seen(path: Path, day: str) -> Session:
    return songhua.open(path, as_of=day)


def test_every_table_says_since_when_its_rows_were_known() -> None:
    for name in schema.names():
        one = schema.table(name)
        assert set(one.known) <= set(one.names), name
        assert bool(one.known) + bool(one.known_with) + bool(one.timeless) >= 1, name
        assert one.timeless in ("", "words", "assumed"), name
        assert not (one.known_with and (one.known or one.timeless)), name
        assert not one.known_with or schema.table(one.known_with).known, name


def test_a_correction_takes_nothing_from_the_days_before_it(tmp_path: Path) -> None:
    old = figure("gdp", "2019", "10.0", "bn EUR", recorded="2026-01-02")
    new = figure("gdp", "2019", "10.2", "bn EUR", recorded="2026-02-02", published="2024-05-01")
    path = case(tmp_path, old, new)
    for day, value in (("2021-06-30", 10.0), ("2024-04-30", 10.0), ("2024-05-01", 10.2)):
        found = seen(path, day).region.figure("gdp", "2019")
        assert found is not None
        assert found["number"] == value
    assert songhua.open(path).region.figures.observations.frame["superseded"].tolist() == [
        True,
        False,
    ]
    assert seen(path, "2024-04-30").region.figures.observations.frame["superseded"].tolist() == [
        False
    ]


def test_what_comes_later_renames_nothing(tmp_path: Path) -> None:
    """A row that is recorded on the same day, with a smaller number, but published later."""
    old = figure("gdp", "2019", "10.0", "bn EUR", recorded="2026-01-02")
    new = figure("gdp", "2019", "9.0", "bn EUR", recorded="2026-01-01", published="2024-05-01")
    alone = seen(case(tmp_path / "a", old), "2022-01-01").region.figures.observations.frame["id"]
    both = seen(case(tmp_path / "b", old, new), "2022-01-01").region.figures.observations.frame[
        "id"
    ]
    assert alone.tolist() == both.tolist()


def planned(parent: Path, **files: str) -> Path:
    """A plan with targets, tasks and milestones of 2021, 2022 and 2025."""
    goal = "|".join(("indicator=firms", "text=reach 1000", "period=plan:2021..2025"))
    tables = {
        "plan__targets_csv": table(
            "plan_targets", f"id=first|{goal}|source=of-2021", f"id=last|{goal}|source=of-2025"
        ),
        "plan__measures_csv": table(
            "plan_measures",
            "id=road|task_en=R|task_zh=路|due=2022|status=planned|source=of-2021",
            "id=rail|task_en=R|task_zh=轨|due=2025|status=planned|source=of-2025",
        ),
        "plan__projects_csv": table(
            "plan_projects",
            "project=mill|kind=milestone|item=start|planned=2022|source=of-2021",
            "project=mill|kind=milestone|item=end|planned=2025|source=of-2025",
        ),
    }
    figures = [figure("firms", year, "500", "count", source="of-2022") for year in ("2020", "2021")]
    return case(parent, *figures, **{**tables, **files})


def told(session: Session, **asked: str) -> dict[str, list[str]]:
    tables = session.run("track", **asked).tables
    keys = {"targets": "target", "measures": "measure", "milestones": "item"}
    return {name: tables[name][key].tolist() for name, key in keys.items()}


def test_what_was_planned_later_is_in_no_earlier_report(tmp_path: Path) -> None:
    path = planned(tmp_path)
    first = {"targets": ["first"], "measures": ["road"], "milestones": ["start"]}
    whole = {"targets": ["first", "last"], "measures": ["road", "rail"],
             "milestones": ["start", "end"]}  # fmt: skip
    assert told(songhua.open(path)) == whole
    assert told(songhua.open(path), until="2022") == first
    assert told(seen(path, "2025-02-28")) == first
    assert told(seen(path, "2025-03-01")) == whole
    done = contents(songhua.open(path), "annual", "2022")
    assert done.plan is not None
    assert [one.id for one in done.plan.targets] == ["first"]


def test_before_the_plan_there_is_none(tmp_path: Path) -> None:
    path = planned(tmp_path)
    before = seen(path, "2021-01-30")
    assert before.plan is None
    assert before.lacks("track") == "plan/targets.csv"
    undated = PLAN.replace("bulletin-2020", "paper")
    path = planned(tmp_path / "undated", plan__plan_toml=undated)
    assert seen(path, "2026-01-01").plan is None


def test_a_row_without_a_date_is_left_out_and_counted(tmp_path: Path) -> None:
    row = "id=road|task_en=R|task_zh=路|due=2022|status=planned|source=paper"
    path = planned(tmp_path, plan__measures_csv=table("plan_measures", row))
    assert told(songhua.open(path), until="2022")["measures"] == ["road"]
    view = seen(path, "2023-01-01")
    assert told(view)["measures"] == []
    findings = {one.code: one.params for one in view.run("track").findings}
    assert findings["plan_rows_undated"] == {"n": 1}


def test_an_earlier_target_of_a_later_source_is_of_its_own_year(tmp_path: Path) -> None:
    goal = "id=of-2021|indicator=firms|text=reach 500|period=2021|source=of-2022"
    path = planned(tmp_path, plan__targets_csv=table("plan_targets", goal))
    assert told(songhua.open(path), until="2021")["targets"] == ["of-2021"]
    assert told(seen(path, "2021-12-31"))["targets"] == []


def test_a_revision_counts_since_its_source_was_published(tmp_path: Path) -> None:
    rows = [
        "table=targets|entry=first|column=text|value=reach 800|source=of-2025|recorded=2026-01-02",
        "table=targets|entry=first|column=text|value=reach 900|source=of-2022|recorded=2026-01-05",
        "table=measures|entry=road|column=due|value=2023|source=of-2022|recorded=2026-01-05",
    ]
    path = planned(tmp_path, plan__changes_csv=table("plan_revisions", *rows))
    for day, goal, due in (
        ("2022-06-29", 1000, "2022"), ("2022-06-30", 900, "2023"), ("2025-03-01", 800, "2023"),
    ):  # fmt: skip
        tables = seen(path, day).run("track").tables
        assert tables["targets"].set_index("target").at["first", "asked_low"] == goal
        assert tables["measures"].set_index("measure").at["road", "due"] == due
    tables = songhua.open(path).run("track", until="2021").tables
    assert tables["targets"]["asked_low"].tolist() == [1000]
    assert songhua.open(path).run("track").tables["targets"]["asked_low"].tolist()[0] == 800


def registered(parent: Path, head: str = "on = 2024-12-31\n") -> Path:
    """A firm whose certificate lapsed in May 2022 and was given again in 2023."""
    return case(
        parent,
        register__register_toml=f'[register]\n{head}statuses = ["cn/sci-tech-sme"]\n',
        register__enterprises_csv="firm,staff\na,12\n",
        register__certificates_csv="firm,status,since,until\n"
        "a,cn/sci-tech-sme,2021-06-01,2022-05-31\na,cn/sci-tech-sme,2023-06-01,2026-05-31\n",
    )


def test_a_later_certificate_does_not_hide_that_one_lapses(tmp_path: Path) -> None:
    path = registered(tmp_path)
    asked = {"small_cells": True, "on": "2022-03-31"}
    lapsing = songhua.open(path).run("certify", **asked).tables["expiring_certificates"]
    assert lapsing[["firm", "until", "days"]].values.tolist() == [["a", "2022-05-31", 61]]
    view = songhua.open(path, as_of="2025-01-31").run("certify", small_cells=True)
    assert view.tables["expiring_certificates"].empty
    assert view.tables["verdicts"]["holds"].tolist() == [True]


def test_facts_of_a_later_day_are_not_known(tmp_path: Path) -> None:
    path = registered(tmp_path / "dated")
    assert seen(path, "2024-12-30").register is None
    assert seen(path, "2024-12-31").register is not None
    assert seen(registered(tmp_path / "undated", ""), "2026-01-01").register is None


def test_a_source_that_came_later_is_not_listed(tmp_path: Path) -> None:
    path = planned(tmp_path)
    assert "of-2025" in songhua.open(path).region.sources
    assert "of-2025" not in seen(path, "2025-02-28").region.sources
    early = figure("gdp", "2019", "10.0", "bn EUR", source="of-2025", published="2021-01-01")
    kept = seen(case(tmp_path / "own", early), "2022-01-01").region
    assert "of-2025" in kept.sources
    assert len(kept.figures.observations) == 1


def test_a_claim_may_name_a_source_that_came_later(tmp_path: Path) -> None:
    number = 'numbers.b = { indicator = "gdp", period = "2019", source = "of-2025" }'
    claim = (
        '[c]\nsource = "of-2021"\nsays = { en = "So.", zh = "是。" }\nrelation = "a == b"\n'
        f'numbers.a = {{ value = "10.0", unit = "bn EUR" }}\n{number}\n'
    )
    row = figure("gdp", "2019", "10.0", "bn EUR", source="of-2025")
    path = case(tmp_path, row, claims_toml=claim)
    verdicts = [seen(path, day).run("claims").tables["claims"]["verdict"].tolist()
                for day in ("2022-01-01", "2025-03-01")]  # fmt: skip
    assert verdicts == [["not_checkable"], ["consistent"]]


def test_what_is_changed_in_memory_is_seen_as_of_the_day_too(tmp_path: Path) -> None:
    view = seen(planned(tmp_path), "2023-01-01")
    changed = view.change(targets={"last": "reach 2000"})
    assert told(changed)["targets"] == ["first"]
    again = changed.change(targets={"first": "reach 1500"})
    assert again.run("track").tables["targets"]["asked_low"].tolist() == [1500]
    row = {
        "indicator": "firms",
        "region": "rivertown",
        "period": "2022",
        "value": "600",
        "unit": "count",
        "kind": "actual",
        "source": "of-2025",
        "recorded": "2026-01-02",
    }
    assert view.change(figures=[row]).region.figure("firms", "2022") is None
    assert again.plan is not None
    assert again.as_of == date(2023, 1, 1)


@pytest.mark.parametrize("row", ["", "source=of-2025"])
def test_an_assumption_is_of_today_unless_it_has_a_source(tmp_path: Path, row: str) -> None:
    cells = "|".join(filter(None, ("name=pay|value=50|unit=k EUR", row)))
    path = planned(tmp_path, plan__assumptions_csv=table("plan_assumptions", cells))
    plan = seen(path, "2022-01-01").plan
    assert plan is not None
    assert len(plan.assumptions) == (0 if row else 1)


def skipped(session: Session) -> dict[str, str]:
    """The sentences in both languages by the study that was skipped."""
    run = session.run_all()
    views = [View.of(run, lang) for lang in ("en", "zh")]
    return {
        str(found.params["study"]): " ".join(view.sentence(found) for view in views)
        for found in run.skipped
    }


def test_a_study_that_was_skipped_says_what_has_no_day_of_publication(tmp_path: Path) -> None:
    claim = '[one]\nsource = "{}"\nsays = {{ en = "S", zh = "文" }}\nuncheckable = {{ en = "W", zh = "因" }}\n'
    told = skipped(
        seen(case(tmp_path / "undated", claims_toml=claim.format("paper")), "2023-01-01")
    )
    assert "the day of publication of their sources is unknown: paper" in told["claims"]
    assert "published" in told["claims"]
    assert "发布日期不明而未计入：paper" in told["claims"]
    told = skipped(
        seen(case(tmp_path / "later", claims_toml=claim.format("of-2025")), "2023-01-01")
    )
    none = skipped(seen(case(tmp_path / "none"), "2023-01-01"))
    assert told["claims"] == none["claims"]
    assert "lacks claims.toml" in told["claims"]
    assert "paper" not in told["claims"]
    assert "as of" not in skipped(songhua.open(tmp_path / "none" / "case"))["claims"]


def test_a_register_without_a_day_is_named_so(tmp_path: Path) -> None:
    told = skipped(seen(registered(tmp_path / "undated", ""), "2026-01-01"))["certify"]
    assert "does not say of which day its facts are" in told
    assert "register.toml" in told
    later = skipped(seen(registered(tmp_path / "later"), "2022-01-01"))["certify"]
    assert "of which day" not in later


def test_a_study_that_is_asked_for_says_so_too(tmp_path: Path) -> None:
    """Harbin's table has a day; without it, simulate has no table as of any day."""
    path = new(tmp_path / "harbin", "harbin")
    tables = {table.source for table in songhua.open(path).region.tables.values()}
    told = (path / "sources.toml").read_text("utf-8")
    for source in tables:
        head, _, rest = told.partition(f"[{source}]")
        told = head + f"[{source}]" + re.sub("(?m)^published = .*\n", "", rest, count=1)
    (path / "sources.toml").write_text(told, "utf-8")
    for call in (lambda view: view.run("simulate"), lambda view: skipped(view)["simulate"]):
        view = seen(path, "2026-01-01")
        assert view.region.tables == {}
        try:
            said = call(view)
        except SonghuaError as error:
            said = error.faults[-1].words("en") + error.faults[-1].words("zh")
        assert re.search("days? of publication .*known", said)
        assert all(source in said for source in tables)
        assert "tables.toml" in said


def test_a_day_before_the_registers_own_says_that_its_facts_came_later(tmp_path: Path) -> None:
    path = registered(tmp_path)
    for on, told in (("2024-12-30", True), ("2024-12-31", False), ("2025-01-01", False)):
        for small in (True, False):
            found = songhua.open(path).run("certify", on=on, small_cells=small).findings
            later = [one.params for one in found if one.code == "register_facts_later"]
            assert later == ([{"as_of": on, "day": "2024-12-31"}] if told else [])
        page = firm(path, "a", on=on)
        assert (page.day is not None) == told
        text = songhua_verb("certify", path, "--firm", "a", "--on", on).out
        assert ("The register's facts are those of" in text) == told
    said = View.of(songhua.open(path).run("certify", on="2022-01-01"), "en")
    assert any("which is after 1 Jan 2022" in said.sentence(one) for one in said.findings())


@pytest.mark.parametrize(
    ("date", "on", "known"),
    [
        ("2024-03-31", "2024-03-30", False),
        ("2024-03-31", "2024-03-31", True),
        ('"2024-03"', "2024-03-30", False),
        ('"2024"', "2024-12-31", True),
        ("2024-03-31T08:00:00Z", "2024-03-31", True),
    ],
)
def test_a_fact_of_a_later_day_is_missing(tmp_path: Path, date: str, on: str, known: bool) -> None:
    file = tmp_path / "firm.toml"
    file.write_text(f"staff = {{ value = 600, date = {date} }}\nresident = true\n")
    made = firm(file, statuses=["cn/sci-tech-sme"], on=on)
    clauses = songhua_verb("certify", file, "--status", "cn/sci-tech-sme", "--on", on).out
    (plan,) = made.plans.values()
    assert plan.verdict.outcome == ("not_met" if known else "unknown")
    assert [one("en")[:17] for one in made.left_out] == ([] if known else ["Staff of the year"])
    assert ("Left out, for they became known after that day" in clauses) != known


def test_a_day_of_a_fact_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "firm.toml"
    file.write_text('staff = { value = 600, date = "in spring" }\n')
    with pytest.raises(SonghuaError) as caught:
        firm(file, on="2024-03-31")
    (one,) = caught.value.faults
    assert (one.code, one.file, one.column) == ("period_unreadable", "firm.toml", "staff")
