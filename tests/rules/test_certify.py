"""The register's pipeline: verdicts as for single firms, counts from dates, moved for the public."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua import SonghuaError
from songhua.examples import register as invented
from songhua.rules import evaluate
from songhua.rules.parameters import parse_parameter
from songhua.rules.register import facts_of
from songhua.rules.rulebook import Version
from songhua.store.rulebooks import load
from songhua.studies.certify.study import Register, certify

DAY = date(2024, 6, 30)
SECRET = b"of the folder".strip
BOOKS = [load(name) for name in ("cn/sci-tech-sme", "cn/high-tech-enterprise", "cn/size-class")]


def _firms(n: int = 60) -> pd.DataFrame:
    return invented.enterprises(np.random.default_rng(7), n)


def test_a_register_is_judged_as_its_firms_are_one_by_one() -> None:
    firms = _firms()
    found = certify(None, register=Register(firms, secret=SECRET), rulebooks=BOOKS, on=DAY)
    found = found.tables["verdicts"]
    for book in BOOKS:
        mine = found[found["status"] == book.id].to_dict("records")
        for row, facts in zip(mine, firms.to_dict("records"), strict=True):
            verdict = evaluate(book, facts_of(facts, book), DAY)
            assert (row["outcome"], row["deciding"]) == (verdict.outcome, verdict.deciding)
            if verdict.score:
                assert (row["score_low"], row["score_high"]) == verdict.score


def test_near_is_one_condition_away_and_far_is_more() -> None:
    firms = pd.DataFrame({"firm": ["a", "b"], "staff": [501.0, 501.0], "resident": [True, False]})
    found = certify(None, register=Register(firms, secret=SECRET), rulebooks=BOOKS[:1], on=DAY)
    assert list(found.tables["verdicts"]["stage"]) == ["near", "far"]


def _held(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    made = [(firm, "cn/sci-tech-sme", since, until) for firm, since, until in rows]
    return pd.DataFrame(made, columns=["firm", "status", "since", "until"])


def _exactly(
    firms: pd.DataFrame, held: pd.DataFrame, each: bool = True, on: date = DAY
) -> dict[str, pd.DataFrame]:
    given = Register(firms, held)
    found = certify(
        None, register=given, rulebooks=BOOKS[:1], on=on, small_cells=True, firm_tables=each
    )
    return dict(found.tables)


def test_counts_and_growth_come_from_the_dates() -> None:
    firms = pd.DataFrame({"firm": list("abcdefg"), "district": list("xxxyyyy")})
    held = _held(
        [(f, "2022-03-01", "2023-02-28") for f in "abcd"]
        + [(f, "2023-03-01", "2024-12-31") for f in "abcdef"]
    )
    found = _exactly(firms, held)
    years = found["counts"][found["counts"]["by"] == "year"].set_index("group")
    assert list(years["firms"]) == [4, 6, 6]
    assert math.isnan(years["growth"].iloc[0])
    assert list(years["growth"].iloc[1:]) == [50.0, 0.0]
    assert list(found["counts"][found["counts"]["by"] == "district"]["firms"]) == [3, 3]


def test_counts_are_moved_unless_exact_ones_are_asked_for() -> None:
    firms = pd.DataFrame({"firm": list("abcdefghij"), "district": list("xxyyyzzzzz")})
    held = _held([(f, "2024-01-01", "2024-12-31") for f in "abcdefghij"])
    register = Register(firms, held, secret=SECRET)
    moved = certify(None, register=register, rulebooks=BOOKS[:1], on=DAY)
    told = {finding.code: finding for finding in moved.findings}
    assert {"counts_about", "register_judged_about"} <= set(told)
    assert "register_judged" not in told
    for name in ("pipeline", "counts", "expiry_counts"):
        rows = moved.tables[name]
        assert (rows["firms"] % 3 == 0).all()
        assert (rows["high"] - rows["firms"] == 4).all()
    shown = certify(None, register=register, rulebooks=BOOKS[:1], on=DAY, small_cells=True)
    rows = shown.tables["counts"][shown.tables["counts"]["by"] == "district"]
    assert list(rows["firms"]) == list(rows["low"]) == list(rows["high"]) == [2, 3, 5]
    assert not {"counts_about", "register_judged_about"} & {one.code for one in shown.findings}


def test_the_same_firms_are_the_same_number_everywhere_and_with_the_same_secret() -> None:
    firms = pd.DataFrame({"firm": [f"f{k}" for k in range(50)], "district": "x", "industry": "y"})
    held = _held([(f, "2024-01-01", "2024-12-31") for f in firms["firm"]])
    numbers = set()
    for day in (DAY, date(2024, 9, 30)):  # all hold one, and all lapse within half a year
        given = Register(firms.sample(frac=1), held, secret=SECRET)
        tables = certify(None, register=given, rulebooks=BOOKS[:1], on=day).tables
        rows = tables["expiry_counts"]
        numbers |= {*tables["counts"]["firms"], *rows["firms"][rows["month"].astype(str) != ""]}
    assert len(numbers) == 1


def test_growth_follows_from_what_is_shown() -> None:
    firms = pd.DataFrame({"firm": [f"f{k}" for k in range(90)]})
    held = _held([(f, f"{2020 + k % 4}-01-01", "2026-12-31") for k, f in enumerate(firms["firm"])])
    given = Register(firms, held, secret=SECRET)
    rows = certify(None, register=given, rulebooks=BOOKS[:1], on=DAY).tables["counts"]
    shown = rows["firms"].to_numpy()
    assert_close(rows["growth"].to_numpy()[1:], (shown[1:] / shown[:-1] - 1) * 100)
    later = rows.iloc[1:]
    assert (
        (later["growth_low"] < later["growth"]) & (later["growth"] < later["growth_high"])
    ).all()


def test_without_a_secret_nothing_is_published() -> None:
    firms = pd.DataFrame({"firm": ["a"]})
    with pytest.raises(SonghuaError) as caught:
        certify(None, register=Register(firms), rulebooks=BOOKS[:1], on=DAY)
    assert [fault.code for fault in caught.value.faults] == ["register_secret"]


def test_lapses_are_counted_by_month_and_who_would_qualify_again() -> None:
    firms = pd.DataFrame({"firm": list("abcdefg"), "staff": [501.0] * 7})
    held = _held(
        [(f, "2023-07-01", "2024-07-31") for f in "abc"]
        + [(f, "2023-07-01", "2024-09-30") for f in "defg"]
    )
    found = _exactly(firms, held, each=False)
    rows = found["expiry_counts"].set_index("month")
    assert dict(rows["firms"]) == {"2024-07": 3.0, "2024-09": 4.0, "": 0.0}
    assert len(found["expiring_certificates"]) == 0


def test_certificates_of_firms_that_are_not_in_the_register_are_told() -> None:
    firms = pd.DataFrame({"firm": ["a"]})
    held = _held([(f, "2024-01-01", "2024-12-31") for f in "abcd"])
    given = Register(firms, held, secret=SECRET)
    found = certify(None, register=given, rulebooks=BOOKS[:1], on=DAY, small_cells=True)
    told = {f.code: f.params for f in found.findings}
    assert told["certificates_without_firm"] == {"n": 3}
    found = certify(None, register=given, rulebooks=BOOKS[:1], on=DAY)
    told = {f.code: f.params for f in found.findings}
    assert told["certificates_without_firm_some"] == {}


def test_certificates_about_to_lapse_come_with_todays_verdict() -> None:
    firms = pd.DataFrame({"firm": ["a", "b", "c"], "staff": [501.0, 5.0, 5.0]})
    held = _held(
        [
            ("a", "2023-07-01", "2024-07-01"),
            ("b", "2023-07-01", "2025-07-01"),
            ("c", "2022-01-01", "2023-01-01"),
        ]
    )
    found = _exactly(firms, held)["expiring_certificates"]
    assert found[["firm", "days", "outcome"]].to_dict("records") == [
        {"firm": "a", "days": 1, "outcome": "not_met"}
    ]


def test_an_invented_register_says_so_and_is_the_same_from_the_same_seed() -> None:
    first, again = (_firms(50) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert first["name"].str.startswith("Invented").all()
    found = certify(
        None, register=Register(first, invented=True, secret=SECRET), rulebooks=BOOKS, on=DAY
    )
    assert "register_invented" in {finding.code for finding in found.findings}


def test_a_status_that_is_not_in_force_is_told() -> None:
    books = [load("cn/little-giant")]
    found = certify(
        None, register=Register(_firms(5), secret=SECRET), rulebooks=books, on=date(2026, 6, 30)
    )
    assert set(found.tables["verdicts"]["outcome"]) == {"no_text"}
    told = {finding.code: finding for finding in found.findings}["status_no_text"]
    assert "no text held since 2026-04-01" in told.words("en")
    early = certify(
        None, register=Register(_firms(5), secret=SECRET), rulebooks=books, on=date(2022, 6, 30)
    )
    assert set(early.tables["verdicts"]["outcome"]) == {"not_in_force"}
    assert "status_not_in_force" in {finding.code for finding in early.findings}


@pytest.mark.parametrize(
    ("day", "holds", "lapses"),
    [
        ("2023-06-30", False, None),  # the day before the first
        ("2023-07-01", True, None),
        ("2024-01-02", True, None),  # 181 days before the last
        ("2024-01-03", True, 180),
        ("2024-06-30", True, 1),
        ("2024-07-01", True, 0),  # the last day is one of its days
        ("2024-07-02", False, None),
    ],
)
def test_a_certificate_holds_from_its_first_day_to_its_last(
    day: str, holds: bool, lapses: int | None
) -> None:
    held = _held([(f, "2023-07-01", "2024-07-01") for f in "abc"])
    firms = pd.DataFrame({"firm": list("abc"), "district": ["x"] * 3})
    found = _exactly(firms, held, on=date.fromisoformat(day))
    assert found["verdicts"]["holds"].tolist() == [holds] * 3
    assert found["expiring_certificates"]["days"].tolist() == (
        [] if lapses is None else [lapses] * 3
    )
    counted = found["counts"][found["counts"]["by"] == "district"]["firms"].tolist()
    assert counted == ([3] if holds else [])


def test_of_several_certificates_the_one_that_lasts_longest_is_about_to_lapse() -> None:
    firms = pd.DataFrame({"firm": ["a", "b"]})
    held = _held(
        [
            ("a", "2024-03-01", "2025-02-28"), ("a", "2023-03-01", "2024-07-31"),
            ("b", "2022-08-01", "2023-07-31"), ("b", "2023-08-01", "2024-08-31"),
        ]
    )  # fmt: skip
    found = _exactly(firms, held)
    rows = found["expiring_certificates"]
    assert [(r.firm, str(r.until), r.days) for r in rows.itertuples()] == [("b", "2024-08-31", 62)]
    pairs = {(r.firm, r.holds) for r in found["verdicts"].itertuples()}
    assert pairs == {("a", True), ("b", True)}


def test_a_year_counts_at_its_end_and_this_year_on_the_day() -> None:
    firms = pd.DataFrame({"firm": list("abc")})
    held = _held([(f, "2022-12-31", "2024-06-30") for f in "abc"])
    for day, n in ((DAY, 3.0), (date(2024, 7, 1), 0.0)):
        found = _exactly(firms, held, on=day)
        years = found["counts"].set_index("group")
        assert years["firms"].to_dict() == {"2022": 3.0, "2023": 3.0, "2024": n}


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("first", "met"), ("before", "not_in_force"), ("last", "met"), ("after", "not_in_force")],
)
def test_the_law_holds_on_its_first_day_and_on_its_last(day: str, outcome: str) -> None:
    version = Version(date(2020, 1, 1), date(2024, 6, 30))
    on = {
        "first": version.start, "before": date(2019, 12, 31),
        "last": version.end, "after": date(2024, 7, 1),
    }[day]  # fmt: skip
    assert on is not None
    assert version.covers(on) == (outcome == "met")
    assert Version(date(2020, 1, 1), None).covers(date(9999, 12, 31))
    book = replace(BOOKS[0], versions=(version,))
    assert book.in_force(on) == (outcome == "met")


def test_a_parameter_holds_from_its_day_on() -> None:
    entry = {
        "unit": "%", "clause": "1",
        "values": [{"from": date(2016, 1, 1), "value": 5, "mark": "C"},
                   {"from": date(2020, 7, 1), "value": 7, "mark": "C"}],
    }  # fmt: skip
    floor, faults = parse_parameter("floor", entry, "law.toml", {})
    assert floor is not None
    assert not faults
    days = (date(2015, 12, 31), date(2016, 1, 1), date(2020, 6, 30), date(2020, 7, 1))
    found = [floor.on(day) for day in days]
    held = [
        None if one is None or one.value.number is None else one.value.number.low for one in found
    ]
    assert held == [None, 0.05, 0.05, 0.07]
