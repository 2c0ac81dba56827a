"""Claims: a verdict for each sort of sentence, and the texts beside it."""

import itertools
import math
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import songhua
from songhua import messages, results
from songhua.errors import SonghuaError
from songhua.labels import parse_period, parse_when
from songhua.maths.bounds import Interval
from songhua.maths.relations import names_of, parse_relation
from songhua.maths.wording import Widths
from songhua.region import Region
from songhua.region.figures import FigureTable
from songhua.studies.claims.claim_numbers import ClaimNumber
from songhua.studies.claims.study import claims
from songhua.studies.claims.verdicts import missed

SAYS = {"en": "A sentence.", "zh": "一句话。"}
FREED = {"en": "The shares only stand in for weights.", "zh": "份额只是权数的替代。"}


def observation(indicator, period, value, unit, **rest):
    """A row of the observations' table."""
    row = {
        "indicator": indicator, "region": "town", "industry": "all", "entity": "", "period": period,
        "value": value, "unit": unit, "qualifier": "", "kind": "actual", "vintage": "", "scope": "",
        "source": "bureau", "published": "2021-03", "file": "rows.csv", "superseded": False,
    } | rest  # fmt: skip
    days = parse_period(row["period"])
    known = parse_when(row["published"]).end
    return row | {"start": days.start, "end": days.end, "known": pd.Timestamp(known)}


ROWS = [
    observation("firms", "2020", "1180", "count"),
    observation("firms", "2021", "1751", "count"),
    observation("gdp", "2020", "518.38", "bn CNY"),
    observation("gdp", "2021", "535.17", "bn CNY"),
    observation("sector", "2020", "615.8", "100m CNY", industry="primary"),
    observation("sector", "2020", "1144.5", "100m CNY", industry="secondary"),
    observation("sector", "2020", "3423.5", "100m CNY", industry="tertiary"),
    observation("share", "2019", "11.1", "%", industry="primary"),
    observation("share", "2019", "22.0", "%", industry="secondary"),
    observation("share", "2019", "66.9", "%", industry="tertiary"),
    observation("growth", "2020", "2.1", "%", industry="primary"),
    observation("growth", "2020", "2.3", "%", industry="secondary"),
    observation("growth", "2020", "-0.4", "%", industry="tertiary"),
    observation("growth", "2020", "0.6", "%"),
    observation("people", "2021", "988.5", "10k persons"),
    observation("growth", "2021", "6", "%", kind="target", qualifier="more_than"),
    observation("growth", "2021", "5.5", "%"),
    observation("output", "2012", "455.01", "bn CNY", source="paper", published="2013"),
    observation("output", "2012", "318.66", "bn CNY", source="bureau"),
    observation("output", "2012", "318.7", "bn CNY", source="paper"),
]


def look(indicator, period, **rest):
    return {"indicator": indicator, "period": period, **rest}


def say(value, unit, qualifier=""):
    return {"value": value, "unit": unit, "qualifier": qualifier}


def claim(relation, numbers, **rest):
    return {"source": "paper", "says": SAYS, "relation": relation, "numbers": numbers, **rest}


def region_with(claims_by_id, rows=ROWS):
    frame = pd.DataFrame(
        [row | {"row": n, "id": f"rows.csv:{n}"} for n, row in enumerate(rows, start=2)]
    )
    frame["number"] = frame["value"].astype(float)
    indicators = {name: {"unit": "bn CNY"} for name in frame["indicator"]}
    sources = {"bureau": {"grade": "official"}, "paper": {"grade": "press"}}
    return Region(
        code="town", name=messages.Words({"en": "Town", "zh": "镇"}), currency="CNY", base_year=2020, places={},
        sources=sources, indicators=indicators, industries={}, entities={}, claims=claims_by_id,
        figures=FigureTable.of(frame), left_out=pd.DataFrame(),
    )  # fmt: skip


def judge(relation, numbers, **rest):
    """The result of one claim, its row, and the codes of its findings."""
    result = claims(region_with({"c": claim(relation, numbers, **rest)}))
    row = result.tables["claims"].iloc[0]
    return result, row, [finding.code for finding in result.findings]


def test_an_unknown_count_is_bounded():
    unknown = {"unit": "count", "name": {"en": "Firms in 2019", "zh": "2019年企业数"}}
    numbers = {"firms": look("firms", "2020"), "growth": say("45", "%"), "before": unknown}
    result, row, codes = judge("firms / (1 + growth) == before", numbers)
    assert (row["verdict"], row["reason"]) == ("not_checkable", "unknown")
    assert (row["implied_low"], row["implied_high"], row["unit"]) == (811, 816, "count")
    assert row["left_low"] == pytest.approx(1180 / 1.455)
    assert math.isnan(row["right_low"])
    assert codes == []
    table = result.tables["claim_numbers"].set_index("name")
    assert table.loc["firms", "observation"] == "rows.csv:2"
    assert (table.loc["growth", "low"], table.loc["growth", "high"]) == (44.5, 45.5)
    assert table.loc["growth", "source"] == "paper"
    assert math.isnan(table.loc["before", "low"])


def test_a_count_that_no_whole_number_fits():
    numbers = {"n": say("3", "count"), "g": say("30.00", "%"), "b": {"unit": "count"}}
    result, row, codes = judge("n / (1 + g) == b", numbers)
    assert (row["verdict"], row["reason"]) == ("inconsistent", "no_whole_number")
    assert codes == ["claims_inconsistent", "claim_no_whole_number"]
    assert result.findings[1].params["implied"].startswith("2.307")


def test_a_slip_is_inconsistent_and_shown_in_percent():
    numbers = {"now": look("firms", "2021"), "before": look("firms", "2020"), "g": say("260", "%")}
    result, row, codes = judge("now / before - 1 == g", numbers)
    assert (row["verdict"], row["reason"], row["unit"]) == ("inconsistent", "no_overlap", "%")
    assert row["left_low"] == pytest.approx(48.39, abs=0.005)
    assert (row["right_low"], row["right_high"]) == (259.5, 260.5)
    assert codes == ["claims_inconsistent", "claim_inconsistent"]
    assert result.findings[0].params == {"n": 1, "total": 1, "claims": ["c"]}
    assert result.findings[1].observations == ("rows.csv:3", "rows.csv:2")
    assert result.findings[1].params["right"] == "259.5..260.5"


def test_units_are_brought_together():
    parts = {
        name: look("sector", "2020", industry=name) for name in ("primary", "secondary", "tertiary")
    }
    numbers = parts | {"gdp": look("gdp", "2020")}
    _, row, codes = judge("primary + secondary + tertiary == gdp", numbers)
    assert (row["verdict"], row["unit"], codes) == ("consistent", "bn CNY", [])
    assert (row["left_low"], row["left_high"]) == (pytest.approx(518.365), pytest.approx(518.395))
    assert row["observations"] == "rows.csv:6 rows.csv:7 rows.csv:8 rows.csv:4"


CONTRIBUTIONS = {
    f"{letter}{n}": look(indicator, period, industry=industry)
    for n, industry in enumerate(("primary", "secondary", "tertiary"))
    for letter, indicator, period in (("s", "share", "2019"), ("g", "growth", "2020"))
} | {"total": look("growth", "2020")}
CONTRIBUTION_SUM = "s0 * g0 + s1 * g1 + s2 * g2 == total"


def test_consistent_only_under_a_premise():
    assert judge(CONTRIBUTION_SUM, CONTRIBUTIONS)[1]["verdict"] == "inconsistent"
    _, row, codes = judge(CONTRIBUTION_SUM, CONTRIBUTIONS, premise=FREED, frees=["s0", "s1", "s2"])
    assert (row["verdict"], row["reason"]) == ("consistent_if", "premise")
    assert (row["implied_low"], row["implied_high"]) == (pytest.approx(0.55), pytest.approx(0.65))
    assert row["left_high"] < 0.55
    assert codes == ["claims_consistent_if"]


def test_about_reaches_as_far_as_it_is_said_to():
    numbers = {"now": look("firms", "2021"), "before": look("firms", "2020")}

    def about(value, **rest):
        return judge("now / before == t", numbers | {"t": say(value, "x", "about") | rest})

    result, near, _ = about("1.5")
    assert near["verdict"] == "consistent"
    shown = result.tables["claim_numbers"].set_index("name").loc["t"]
    assert (shown["width"], shown["low"], shown["high"]) == (0.075, 1.425, 1.575)
    far = about("1.7")[1]
    assert (far["verdict"], far["reason"]) == ("inconsistent", "beyond_words")
    assert about("1.7", width="0.3")[1]["verdict"] == "consistent"


@pytest.mark.parametrize(
    ("came", "word", "verdict", "reason"),
    [
        ("3", "nearly", "inconsistent", "beyond_words"),
        ("1900", "nearly", "consistent", ""),
        ("2001", "nearly", "inconsistent", "beyond_words"),
        ("9000", "about", "inconsistent", "beyond_words"),
        ("2100", "about", "consistent", ""),
        ("2100", "more_than", "consistent", ""),
        ("9000", "more_than", "consistent_if", "over_far"),
        ("1900", "more_than", "inconsistent", "beyond_words"),
        ("9000", "at_least", "consistent", ""),
    ],
)
def test_a_word_before_a_number_has_a_width(came, word, verdict, reason):
    numbers = {"came": say(came, "count"), "said": say("2000", "count", word)}
    row = judge("came == said", numbers)[1]
    assert (row["verdict"], row["reason"]) == (verdict, reason)


def test_whoever_reads_about_otherwise_says_so():
    numbers = {"came": say("3000", "count"), "said": say("2000", "count", "about")}
    region = region_with({"c": claim("came == said", numbers)})
    verdicts = [
        claims(region, widths=Widths(share)).tables["claims"].loc[0, "verdict"]
        for share in (Fraction(1, 20), Fraction(1, 2))
    ]
    assert verdicts == ["inconsistent", "consistent"]


def test_about_beside_an_unknown_bounds_it_by_its_width():
    numbers = {"n": say("100", "count", "about"), "g": say("10", "%"), "b": {"unit": "count"}}
    row = judge("n / (1 + g) == b", numbers)[1]
    assert (row["verdict"], row["reason"]) == ("not_checkable", "unknown")
    assert (row["implied_low"], row["implied_high"]) == (86, 95)


@pytest.mark.parametrize("relation", ["outcome >= goal", "goal < outcome", "outcome == goal"])
def test_a_missed_goal_is_no_wrong_sentence(relation):
    numbers = {"goal": look("growth", "2021", kind="target"), "outcome": look("growth", "2021")}
    _, row, codes = judge(relation, numbers)
    assert (row["verdict"], row["reason"], codes) == ("missed", "not_reached", ["claims_missed"])
    printed = {"goal": say("6", "%") | {"kind": "expectation"}, "outcome": look("growth", "2021")}
    result, row, _ = judge(relation, printed)
    assert (row["verdict"], row["reason"]) == ("missed", "not_as_expected")
    shown = result.tables["claim_numbers"].set_index("name")
    assert shown.loc["goal", ["low", "high"]].tolist() == [6, 6]
    assert shown.loc["outcome", ["low", "high"]].tolist() == [5.45, 5.55]


def test_a_goal_that_is_computed_is_print_and_was_rounded():
    """120 from 80.7 in five years is 8.26 % a year, and printed as 8 %."""
    goal, pace = (say(*one) | {"kind": "target"} for one in (("120", "bn CNY"), ("8", "%")))
    base = say("80.7", "bn CNY")
    assert (
        judge("base * (1 + pace) ** 5 == goal", {"base": base, "pace": pace, "goal": goal})[1][
            "verdict"
        ]
        == "consistent"
    )
    numbers = {"base": base, "goal": goal, "pace": say("8", "%")}
    assert judge("(goal / base) ** (1 / 5) - 1 == pace", numbers)[1]["verdict"] == "consistent"


def test_goals_that_contradict_each_other_are_no_outcome():
    goals = {
        name: say(value, "%") | {"kind": "target"} for name, value in (("a", "60"), ("b", "70"))
    }
    assert judge("a + b == 1", goals)[1]["verdict"] == "inconsistent"


@pytest.mark.parametrize(
    ("relation", "fails_a_goal"),
    [("a + came < b", True), ("a < b - came", True), ("came < b", False), ("b > came", False)],
)
def test_goals_on_both_sides_leave_no_side_to_what_came(relation, fails_a_goal):
    """The outcome lies beyond its goal only where the goal has a side of its own."""
    came = ClaimNumber("came", "t", "9", bound=Interval(8.5, 9.5))
    goals = [
        ClaimNumber(name, "t", "7", bound=Interval(6.5, 7.5), aim=True, better="higher")
        for name in "ab"
    ]
    parsed = parse_relation(relation)
    used = [
        one
        for one in (came, *goals)
        if one.name in {*names_of(parsed.left), *names_of(parsed.right)}
    ]
    assert missed(parsed, used) == fails_a_goal


WHOLE = {
    f"{letter}{n}": say(value, "%")
    for n, pair in enumerate((("40", "5.1"), ("60", "6.3")))
    for letter, value in zip("sg", pair, strict=True)
}


@pytest.mark.parametrize(
    ("total", "verdict", "reason"),
    [
        ("5.8", "consistent", ""),
        ("6.2", "consistent_if", "premise"),
        ("0.058", "inconsistent", "outside_parts"),
        ("58", "inconsistent", "outside_parts"),
    ],
)
@pytest.mark.parametrize(
    "relation", ["s0 * g0 + s1 * g1 == t", "(s0 * g0 + s1 * g1) / (s0 + s1) == t"]
)
def test_no_weights_help_where_the_whole_lies_outside_its_parts(relation, total, verdict, reason):
    numbers = WHOLE | {"t": say(total, "%")}
    _, row, codes = judge(relation, numbers, premise=FREED, frees=["s0", "s1"])
    assert (row["verdict"], row["reason"]) == (verdict, reason)
    assert ("claim_outside_parts" in codes) == (reason == "outside_parts")


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(-90, 90)), min_size=2, max_size=5),
    st.integers(-2000, 2000),
)
def test_a_whole_is_accused_only_outside_its_parts(parts, total):
    """Growth in tenths of a per cent; any weights are granted, since the shares are freed."""
    weights = sum(weight for weight, _ in parts)
    numbers = {}
    for n, (weight, rate) in enumerate(parts):
        numbers[f"s{n}"] = say(f"{100 * weight / weights:.1f}", "%")
        numbers[f"g{n}"] = say(f"{rate / 10}", "%")
    mean = " + ".join(f"s{n} * g{n}" for n in range(len(parts)))
    frees = [f"s{n}" for n in range(len(parts))]
    numbers["t"] = say(f"{total / 10}", "%")
    row = judge(f"{mean} == t", numbers, premise=FREED, frees=frees)[1]
    rates = [rate for _, rate in parts]
    if total < min(rates) - 1 or total > max(rates) + 1:
        assert row["verdict"] == "inconsistent"
    elif min(rates) <= total <= max(rates):
        assert row["verdict"] in ("consistent", "consistent_if")


def test_nothing_found_is_not_checkable():
    numbers = {"then": look("firms", "2014"), "now": look("firms", "2020")}
    result, row, codes = judge("now > then", numbers)
    assert (row["verdict"], row["reason"]) == ("not_checkable", "nothing_found")
    assert codes == ["claim_number_missing"]
    assert result.findings[0].params["period"] == "2014"
    assert result.tables["claim_numbers"].set_index("name").loc["then", "value"] == ""


def test_the_best_source_is_used_and_a_conflict_is_told():
    numbers = {"output": look("output", "2012"), "printed": say("318.7", "bn CNY")}
    result, row, codes = judge("output == printed", numbers)
    assert row["verdict"] == "consistent"
    assert codes == ["claim_sources_differ"]
    params = result.findings[0].params
    assert params["used"] == "318.66 bn CNY"
    assert (params["others"], params["sources"]) == (["455.01 bn CNY"], ["paper"])
    older = judge("output == printed", numbers | {"output": look("output", "2012", source="paper")})
    assert older[1]["verdict"] == "consistent"


def test_a_sentence_that_nothing_can_be_set_against():
    why = {"en": "No other figure.", "zh": "无其他数字。"}
    _, row, _ = judge(None, {}, uncheckable=why)
    assert (row["verdict"], row["reason"]) == ("not_checkable", "uncheckable")
    assert math.isnan(row["left_low"])


def test_sides_that_no_number_stands_alone_on():
    numbers = {"gdp": look("gdp", "2021"), "people": look("people", "2021")}
    row = judge("gdp / people > 50000", numbers)[1]
    assert (row["verdict"], row["unit"]) == ("consistent", "")
    assert row["left_low"] == pytest.approx(535.165e9 / 9.8855e6)
    ratio = judge("gdp / (2 * gdp) == 0.5", {"gdp": look("gdp", "2021")})[1]
    assert (ratio["verdict"], ratio["unit"]) == ("consistent", "x")
    total = judge("gdp + gdp >= 2 * gdp", {"gdp": look("gdp", "2021")})[1]
    assert total["unit"] == "bn CNY"


@pytest.mark.parametrize("relation", ["gdp == wanted", "wanted == gdp"])
def test_an_unknown_settles_the_unit(relation):
    numbers = {"gdp": look("gdp", "2021"), "wanted": {"unit": "100m CNY"}}
    row = judge(relation, numbers)[1]
    assert row["unit"] == "100m CNY"
    assert (row["implied_low"], row["implied_high"]) == (5351.65, 5351.75)


def test_all_faults_of_all_claims_are_told():
    broken = {
        "one": claim("a == b", {"a": say("1", "count")}),
        "two": claim("a ==", {"a": say("1", "count")}),
        "three": claim("a == 1", {"a": say("1", "cubits")}),
        "four": claim("a == 1", {"a": look("happiness", "2020")}),
    }
    with pytest.raises(SonghuaError) as error:
        claims(region_with(broken))
    found = [(fault.file, fault.column, fault.code) for fault in error.value.faults]
    assert found == [
        ("claims.toml", "one", "relation_name_unknown"),
        ("claims.toml", "two", "relation_unreadable"),
        ("claims.toml", "three", "unit_unknown"),
        ("claims.toml", "four.numbers.a", "label_unknown"),
    ]


def test_tables_hold_to_their_schema():
    empty = claims(region_with({}))
    full, _, _ = judge(CONTRIBUTION_SUM, CONTRIBUTIONS)
    for name, table in results.tables("claims").items():
        numbers = [column.name for column in table.columns if column.type == "number"]
        for result in (empty, full):
            assert set(result.tables[name][numbers].dtypes.astype(str)) == {"float64"}
    choices = {c.name: c for c in results.tables("claims")["claims"].columns if c.choices}
    row = full.tables["claims"].iloc[0]
    for name, column in choices.items():
        words = row[name].split() if column.type == "labels" else [row[name]]
        assert set(words) <= set(column.choices)


def test_the_order_of_rows_does_not_matter():
    numbers = {"output": look("output", "2012"), "printed": say("318.7", "bn CNY")}
    base = region_with({"c": claim("output == printed", numbers)})
    verdicts = set()
    for order in itertools.islice(itertools.permutations(range(-3, 0)), 6):
        frame = base.figures.observations.frame
        mixed = pd.concat([frame.iloc[:-3], frame.iloc[list(order)]], ignore_index=True)
        result = claims(replace(base, figures=base.figures.with_rows(mixed)))
        verdicts.add((result.tables["claims"].loc[0, "verdict"], result.findings[0].params["used"]))
    assert verdicts == {("consistent", "318.66 bn CNY")}


def test_of_those_that_cannot_be_checked_none_counts_as_checked() -> None:
    claims = songhua.open(songhua.example()).run("claims")
    verdicts = claims.tables["claims"]["verdict"]
    finding = next(one for one in claims.findings if one.code == "claims_inconsistent")
    assert finding.params["total"] == (verdicts != "not_checkable").sum() < len(verdicts)
