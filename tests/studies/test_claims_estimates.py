"""Claims beside accounts: estimates stand in and say so, never beside a goal; sets are named."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import songhua
from songhua.labels import parse_period
from songhua.region import Region
from songhua.results import Estimate, Result, table
from songhua.studies.accounts.rows import Industry, LedgerRow, Member
from songhua.studies.claims.study import claims

YEAR, NAN = parse_period("2020"), math.nan
INDICATORS = {
    "gdp": {"unit": "m EUR", "form": "level", "measure": "value_added", "basis": "current"},
    "gdp_share": {"unit": "%", "form": "share", "measure": "value_added", "of": "gdp"},
    "other": {"unit": "m EUR", "form": "level", "measure": "value_added", "basis": "current"},
}


def industry(name: str, printed: float = NAN) -> Industry:
    """From 40 to 60 of a whole of 200; 10 to 90 by print alone."""
    size, share, quotient = map(Estimate.drawn, (40, 20, 0.8), (50, 25, 1), (60, 30, 1.2))
    return Industry(
        "", name, "value_added", YEAR, "m EUR", printed, 10, 90, 20, 80, size, share, quotient,
        55, 50, (),
    )  # fmt: skip


def result(*members: Member) -> Result:
    """Accounts of one industry."""
    whole = LedgerRow("gdp", "all", "", YEAR, 200, "m EUR", "level", "", False, 3, ("whole",))
    rows = {"industries": [industry("food")], "contradictions": list(members), "ledger": [whole]}
    return Result("accounts", {name: table("accounts", name, made) for name, made in rows.items()})


def verdict(
    relation: str, indicator: str = "gdp", evidence: bool = True, **number: str
) -> tuple[str, str]:
    """The verdict and reason on a claim about food."""
    labels = {"indicator": indicator, "period": "2020", "industry": "food"}
    entry = {"source": "s", "relation": relation, "numbers": {"x": {**labels, **number}}}
    return judged(entry, {"accounts": result()} if evidence else {})


def region_with(entry: dict[str, object]) -> Region:
    """A region with one claim and no figure."""
    return Region.of(
        "here", claims={"c": entry}, indicators=INDICATORS, sources={"s": {"grade": "official"}},
        industries={"food": {"parent": "all"}, "steel": {"parent": "all"}}, currency="EUR",
    )  # fmt: skip


def judged(entry: dict[str, object], evidence: dict[str, Result]) -> tuple[str, str]:
    region = region_with(entry)
    row = claims(region, evidence=evidence).tables["claims"].iloc[0]
    return str(row["verdict"]), str(row["reason"])


@pytest.mark.parametrize(
    ("relation", "indicator", "found"),
    [
        ("x > 30000000", "gdp", "likely_true"),
        ("x > 50000000", "gdp", "undecided"),
        ("x == 50000000", "gdp", "undecided"),
        ("x > 70000000", "gdp", "likely_false"),
        ("x == 70000000", "gdp", "likely_false"),
        ("x > 95000000", "gdp", "inconsistent"),
        ("x > 0.15", "gdp_share", "likely_true"),
        ("x < 0.25", "gdp_share", "undecided"),
    ],
)
def test_an_estimate_stands_in_and_says_so(relation: str, indicator: str, found: str) -> None:
    reason = "beyond_accounts" if found == "inconsistent" else "estimated"
    assert verdict(relation, indicator) == (found, reason)
    assert verdict(relation, indicator, evidence=False) == ("not_checkable", "nothing_found")


@pytest.mark.parametrize(
    ("indicator", "labels"),
    [
        ("other", {}), ("gdp", {"kind": "target"}), ("gdp", {"vintage": "first"}),
        ("gdp", {"period": "2021"}), ("gdp", {"industry": "steel"}), ("gdp", {"scope": "large"}),
    ],
)  # fmt: skip
def test_nothing_stands_in_for_what_the_accounts_do_not_hold(
    indicator: str, labels: dict[str, str]
) -> None:
    assert verdict("x > 30000000", indicator, **labels) == ("not_checkable", "nothing_found")


def test_no_estimate_stands_beside_a_goal() -> None:
    food = {"indicator": "gdp", "period": "2020", "industry": "food"}
    goal = {"value": "70", "unit": "m EUR", "kind": "target"}
    entry = {"source": "s", "relation": "x >= goal", "numbers": {"x": food, "goal": goal}}
    accounts = {"accounts": result()}
    assert judged(entry, accounts) == ("not_checkable", "nothing_found")
    printed = {**goal, "kind": "actual"}
    entry["numbers"] = {"x": food, "goal": printed}
    assert judged(entry, accounts) == ("likely_false", "estimated")


def test_an_unknown_number_gets_its_interval() -> None:
    food = {"indicator": "gdp", "period": "2020", "industry": "food"}
    entry = {
        "source": "s", "relation": "part == x / 200000000",
        "numbers": {"x": food, "part": {"unit": "%"}},
    }  # fmt: skip
    found = claims(region_with(entry), evidence={"accounts": result()})
    row = found.tables["claims"].iloc[0]
    assert (row["verdict"], row["reason"], row["estimate"]) == (
        "not_checkable", "estimated", "interval"
    )  # fmt: skip
    assert (row["implied_low"], row["implied_high"]) == (20, 30)
    [number] = found.tables["claim_numbers"].query("name == 'x'").itertuples()
    assert (number.low, number.high, number.estimate) == (40, 60, "interval")


@pytest.mark.parametrize(("stage", "found"), [("print", "inconsistent"), ("growth", "inconsistent"), ("both", "consistent_if"),
                                               ("assumed", "consistent_if")])  # fmt: skip
def test_a_figure_of_a_contradiction_names_its_set(stage: str, found: str) -> None:
    region = songhua.open(songhua.example("washington")).region
    plain = claims(region).tables["claims"].set_index("claim")
    held = plain[(plain["verdict"] == "consistent") & (plain["observations"] != "")]
    name, id = held.index[0], str(held["observations"].iloc[0]).split()[0]
    member = Member(
        2,
        "print" if stage == "both" else stage,
        "gdp",
        "all",
        "",
        YEAR,
        1.0,
        "m USD",
        0.1,
        "m USD",
        (id,),
    )
    other = replace(member, observations=("elsewhere",))
    members = (member, other) if stage == "both" else (member,)
    beside = claims(region, evidence={"accounts": result(*members)})
    row = beside.tables["claims"].set_index("claim").loc[name]
    assert (row["verdict"], row["reason"], row["set"]) == (found, "in_contradiction", 2)
    sentences = [one for one in beside.findings if one.code == "claim_in_contradiction"]
    assert len(sentences) == (found == "inconsistent") * len(
        [one for one in beside.tables["claims"]["reason"] if one == "in_contradiction"]
    )
    for lang in ("en", "zh"):
        assert all("2" in one.words(lang) for one in sentences)
