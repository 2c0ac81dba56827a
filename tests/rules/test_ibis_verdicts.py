"""The verdict on a table is the verdict on each of its firms, on every engine."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from examples import examples
from rules import firms as made
from songhua.errors import SonghuaError
from songhua.rules import Rulebook, evaluate
from songhua.store.rulebooks import load, names

ibis = pytest.importorskip("ibis")
duckdb = pytest.importorskip("duckdb")

DAYS = {"cn/harbin-young-eagle": date(2019, 6, 30), "cn/rd-super-deduction": date(2021, 6, 30)}
TYPES = {"flag": pa.bool_(), "choice": pa.string(), "date": pa.date32(), "whole": pa.int64()}

# Rulebooks whose statements take an engine seconds to plan, and the few that are tried on a server.
LARGE = {"cn/high-tech-enterprise", "cn/innovative-sme", "cn/sci-tech-sme", "cn/specialised-sme"}
ON_A_SERVER = {"cn/little-giant", "uk/rd-intensive-sme"}


def _deep(some: set[str]) -> list[Any]:
    """All rulebooks, some of them in the deep tier."""
    return [pytest.param(n, marks=pytest.mark.deep) if n in some else n for n in names()]


def _day(name: str) -> date:
    return DAYS.get(name, date(2024, 6, 30))


def _arrow(book: Rulebook, rows: list[Mapping[str, Any]]) -> pa.Table:
    columns = {"firm": pa.array(range(len(rows)))}
    for id, fact in book.facts.items():
        values = [row.get(id) for row in rows]
        columns[id] = pa.array(values, TYPES.get(fact.type, pa.float64()))
    return pa.table(columns)


@cache
def _sql(name: str, day: date, dialect: str) -> str:
    from songhua.rules.ibis_verdicts import judge

    table = ibis.table(ibis.Schema.from_pyarrow(_arrow(load(name), []).schema), name="firms")
    return str(
        ibis.to_sql(
            judge(table, load(name), day, clauses=True, fence=dialect == "postgres"),
            dialect=dialect,
        )
    )


def _judged(book: Rulebook, rows: list[Mapping[str, Any]], day: date) -> list[dict[str, Any]]:
    sql = _sql(book.id, day, "duckdb")
    with duckdb.connect() as connection:
        connection.register("firms", _arrow(book, rows))
        found = connection.sql(sql).to_arrow_table().to_pylist()
    return sorted(found, key=lambda row: row["firm"])


def _same(book: Rulebook, row: Mapping[str, Any], facts: Mapping[str, Any], day: date) -> None:
    verdict = evaluate(book, facts, day)
    assert row["outcome"] == verdict.outcome
    assert row["deciding"] == verdict.deciding
    for id, clause in verdict.clauses.items():
        assert row[f"clause_{id}"] == clause.outcome, id
    spans = dict(verdict.values) | ({"score": verdict.score} if verdict.score else {})
    for id, (low, high) in spans.items():
        assert row[f"{id}_low"] == pytest.approx(low, rel=1e-12), id
        assert row[f"{id}_high"] == pytest.approx(high, rel=1e-12), id
        assert row[f"{id}_known"] or low < high
    if book.categories:
        assert row["category"] == verdict.category


@pytest.mark.parametrize("name", names())
@examples(0.1, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_both_evaluators_agree_on_every_firm(name: str, data: st.DataObject) -> None:
    book, day = load(name), _day(name)
    rows = data.draw(st.lists(made.firms(book, day), min_size=1, max_size=15))
    for row, facts in zip(_judged(book, rows, day), rows, strict=True):
        _same(book, row, facts, day)


@pytest.mark.parametrize("name", _deep(LARGE))
def test_both_evaluators_agree_on_every_case(name: str) -> None:
    from songhua.rules.cases import cases

    book = load(name)
    by_day: dict[date, list[Mapping[str, Any]]] = {}
    for case in cases(book):
        plain = not any(isinstance(v, (dict, list)) for v in case.facts.values())
        if plain and book.in_force(case.on):
            by_day.setdefault(case.on, []).append(_typed(book, case.facts))
    assert by_day
    for day, rows in by_day.items():
        for row, facts in zip(_judged(book, rows, day), rows, strict=True):
            _same(book, row, facts, day)


def _typed(book: Rulebook, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        id: date.fromisoformat(v) if isinstance(v, str) and book.facts[id].type == "date" else v
        for id, v in facts.items()
        if id in book.facts
    }


def test_a_mark_may_be_a_range_of_two_columns() -> None:
    from songhua.rules.ibis_verdicts import judge

    book = load("cn/high-tech-enterprise")
    ends = {"mark_talent_low": "float64", "mark_talent_high": "float64"}
    table = ibis.table({"firm": "int64", **ends}, name="firms")
    sql = str(ibis.to_sql(judge(table, book, "2024-06-30"), dialect="duckdb"))
    with duckdb.connect() as connection:
        rows = pa.table({"firm": [1], "mark_talent_low": [1.0], "mark_talent_high": [2.0]})
        connection.register("firms", rows)
        found = connection.sql(sql).to_arrow_table().to_pylist()[0]
    verdict = evaluate(book, {"mark_talent": {"low": 1, "high": 2}}, "2024-06-30")
    assert (found["score_low"], found["score_high"]) == verdict.score


def test_tied_firms_are_counted_in_as_for_one_firm() -> None:
    from songhua.rules.ibis_verdicts import consolidate, judge

    book, day = load("eu/sme"), date(2024, 6, 30)
    own = {
        "staff": 200.0,
        "turnover": 40.0,
        "balance": 60.0,
        "new_enterprise": True,
        "was_sme": False,
    }
    tied = [
        {"share": 50.1, "staff": 60.0, "turnover": 1.0, "balance": 1.0},
        {"share": 30.0, "staff": 100.0, "turnover": None, "balance": 1.0},
        {"share": 10.0, "staff": 900.0, "turnover": None, "balance": 90.0},
    ]
    firms = pa.table({"firm": [1, 2, 3, 4], **{k: [v] * 4 for k, v in own.items()}})
    owners = [(1, tied[0]), (2, tied[1]), (3, tied[2])]
    links = pa.table(
        {"firm": [f for f, _ in owners], **{k: [t[k] for _, t in owners] for k in tied[0]}}
    )
    tables = [
        ibis.table(ibis.Schema.from_pyarrow(t.schema), name=n)
        for t, n in ((firms, "f"), (links, "l"))
    ]
    sql = str(
        ibis.to_sql(judge(consolidate(*tables, book, day, "firm"), book, day), dialect="duckdb")
    )
    with duckdb.connect() as connection:
        connection.register("f", firms)
        connection.register("l", links)
        found = {r["firm"]: r for r in connection.sql(sql).to_arrow_table().to_pylist()}
    for firm in (1, 2, 3, 4):
        facts = {**own, "links": [t for f, t in owners if f == firm]}
        assert found[firm]["outcome"] == evaluate(book, facts, day).outcome, firm
    assert [found[f]["outcome"] for f in (1, 2, 3, 4)] == ["not_met", "unknown", "met", "met"]


def test_a_day_of_an_incomplete_version_is_refused() -> None:
    from songhua.rules.ibis_verdicts import judge

    firms = ibis.table({"staff": "float64"}, name="firms")
    with pytest.raises(SonghuaError, match="only in part"):
        judge(firms, load("cn/little-giant"), "2026-06-30")
    assert "not_in_force" in str(ibis.to_sql(judge(firms, load("cn/little-giant"), "2020-01-01")))


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A connection to a PostgreSQL server of this test's own."""
    psycopg = pytest.importorskip("psycopg")
    home = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not home or shutil.which("su") is None:
        pytest.skip("no PostgreSQL server here")
    folder = tmp_path_factory.mktemp("postgres")
    os.chmod(folder, 0o777)
    for above in folder.parents:
        if str(above).startswith("/tmp/pytest"):
            os.chmod(above, 0o755)
    data = folder / "data"

    def run(command: str) -> subprocess.CompletedProcess[str]:
        words = ["su", "postgres", "-c", command] if os.geteuid() == 0 else ["sh", "-c", command]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    started = run(
        f"{home[-1]}/initdb -D {data} -U songhua -A trust && "
        f"{home[-1]}/pg_ctl -D {data} -w -l {folder}/log "
        f"-o \"-k {folder} -c listen_addresses=''\" start"
    )
    if started.returncode:
        pytest.skip(f"no PostgreSQL server can be started: {started.stderr[-200:]}")
    try:
        with psycopg.connect(host=str(folder), user="songhua", dbname="postgres") as connection:
            yield connection
    finally:
        run(f"{home[-1]}/pg_ctl -D {data} -m immediate stop")


@pytest.mark.parametrize("name", _deep({*names()} - ON_A_SERVER))
def test_postgresql_gives_the_same(name: str, postgres: Any) -> None:
    from songhua.rules.cases import cases

    book, day = load(name), _day(name)
    plain = [
        c for c in cases(book) if not any(isinstance(v, (dict, list)) for v in c.facts.values())
    ]
    rows = [_typed(book, case.facts) for case in plain]
    types = {"flag": "boolean", "choice": "text", "date": "date", "whole": "bigint"}
    columns = {id: types.get(fact.type, "double precision") for id, fact in book.facts.items()}
    with postgres.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS firms")
        cursor.execute(
            f"CREATE TABLE firms (firm bigint, {', '.join(f'{k} {v}' for k, v in columns.items())})"
        )
        marks = ", ".join(["%s"] * (len(columns) + 1))
        for at, row in enumerate(rows):
            cursor.execute(
                f"INSERT INTO firms VALUES ({marks})", [at, *(row.get(id) for id in columns)]
            )
        cursor.execute(_sql(name, day, "postgres"))
        heads = [column.name for column in cursor.description]
        found = sorted(
            (dict(zip(heads, row, strict=True)) for row in cursor), key=lambda r: r["firm"]
        )
    assert len(found) == len(rows)
    for row, facts in zip(found, rows, strict=True):
        _same(book, row, facts, day)
