"""A rulebook of one's own: it is read, and every fault is told at once with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from songhua.errors import SonghuaError
from songhua.rules import evaluate
from songhua.rules.cases import cases, run
from songhua.rules.facts import parse_fact
from songhua.rules.lint import lint
from songhua.store.rulebooks import load

RULES = """
[rulebook]
name = { en = "Bakery", zh = "面包店" }
law = "Town by-law 1"
decides = "bakery"
in_force = [{ from = 2020-01-01 }]

[facts]
ovens = { type = "whole", en = "Ovens", zh = "烤炉" }
floor = { type = "number", unit = "m2", en = "Floor", zh = "面积" }
rent = { type = "number", unit = "EUR", en = "Rent", zh = "租金" }
gain = { type = "number", unit = "EUR", signed = true, en = "Gain", zh = "收益" }
kind = { type = "choice", choices = ["a", "b"], en = "Kind", zh = "类型" }

[clauses.bakery]
ref = "1"
en = "An oven."
zh = "一台烤炉。"
rule = RULE
"""
LAW = """
[least]
en = "Least ovens"
zh = "最少烤炉"
clause = "1"
values = [{ from = 2020-01-01, value = 1, mark = "C", checked = 2024-01-01 }, { from = 2022-01-01, value = 2, mark = "C", checked = 2024-01-01 }]
"""


def _book(folder: Path, rule: str = '"ovens >= least"', law: str = LAW, rules: str = RULES) -> Path:
    home = folder / "town" / "bakery"
    (home / "parameters").mkdir(parents=True)
    (home / "rules.toml").write_text(rules.replace("RULE", rule), "utf-8")
    (home / "parameters" / "law.toml").write_text(law, "utf-8")
    return home


def test_a_folder_of_ones_own_is_a_rulebook_and_its_numbers_have_dates(tmp_path: Path) -> None:
    book = load(_book(tmp_path))
    assert evaluate(book, {"ovens": 1}, "2021-12-31").outcome == "met"
    assert evaluate(book, {"ovens": 1}, "2022-01-01").outcome == "not_met"
    assert evaluate(book, {"ovens": 1}, "2019-12-31").outcome == "not_in_force"
    assert evaluate(book, {}, "2022-01-01").missing == ("ovens",)


def test_a_small_number_of_a_missing_fact_is_tried_as_often_as_a_large_one(tmp_path: Path) -> None:
    law = LAW + LAW.replace("[least]", '[size]\nunit = "m2"').replace("value = 2", "value = 300000")
    rule = '{ all = ["floor < size", "ovens >= least"] }'
    book = load(_book(tmp_path, rule, law))
    # not met by 0, 0.1, 0.3 and 1 oven, and by 0.3, 1 and 3 million m2
    assert evaluate(book, {}, "2022-01-01").missing == ("ovens", "floor")


def test_nothing_is_divided_by_a_number_that_may_be_below_zero(tmp_path: Path) -> None:
    rule = '"ovens / least >= ovens"'
    load(_book(tmp_path / "a", rule))
    with pytest.raises(SonghuaError) as caught:
        load(_book(tmp_path / "b", rule, LAW.replace("value = 1,", "value = -0.5,")))
    assert {fault.code for fault in caught.value.faults} == {"rule_divisor"}


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ('"ovens >= 2"', "rule_unreadable"), ('"ovens >="', "rule_unreadable"), ("true", "rule_unreadable"),
        ('{ all = [] }', "rule_unreadable"), ('{ all = ["kind in least"] }', "rule_form"),
        ('"oven >= least"', "rule_name_unknown"), ('"ovens"', "rule_form"), ('"not ovens"', "rule_form"),
        ('"floor >= rent"', "rule_units"), ('"rent / gain >= least"', "rule_divisor"),
        ('"bakery"', "rule_circle"), ('"least[kind] >= ovens"', "rule_form"), ("[1]", "rule_unreadable"),
        ('{ first = [{ is = "ovens" }] }', "rule_unreadable"), ('{ at_least = "least", of = ["ovens"] }', "rule_form"),
        ("{ first = 3 }", "rule_unreadable"), ("{ first = [3, 4] }", "rule_unreadable"), ('{ first = "ab" }', "rule_unreadable"),
        ("{ all = [" * 20 + '"ovens >= least"' + "] }" * 20, "nested_deep"), ("{ all = [" * 6 + '"ovens >= least"' + "] }" * 6, None),
        ('{ none = ["ovens >= least"] }', "rule_unreadable"), ('"ovens + rent >= least"', None),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_hold_together_is_told(
    tmp_path: Path, rule: str, code: str | None
) -> None:
    home = _book(tmp_path, rule)
    if code is None:
        assert load(home).id == "town/bakery"
        return
    with pytest.raises(SonghuaError) as caught:
        load(home)
    assert code in {fault.code for fault in caught.value.faults}
    assert all("bakery" in fault.file for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("line", "code", "name"),
    [
        ('facts = ["rent"]\npartner = "leest"\nlinked = "least"', "rule_name_unknown", "leest"),
        ('facts = ["rent"]\npartner = "least"\nlinked = "rent"', "rule_name_unknown", "rent"),
        ('facts = ["rents"]\npartner = "least"\nlinked = "least"', "rule_name_unknown", "rents"),
        ('facts = ["kind"]\npartner = "least"\nlinked = "least"', "rule_form", "kind"),
        ('facts = ["rent"]\npartner = "least"\nlinked = "least"', None, ""),
    ],
)
def test_what_tied_firms_count_by_is_a_number_that_is_there(
    tmp_path: Path, line: str, code: str | None, name: str
) -> None:
    home = _book(tmp_path, rules=f"{RULES}\n[linked]\n{line}\n")
    if code is None:
        assert load(home).linked is not None
        return
    with pytest.raises(SonghuaError) as caught:
        load(home)
    (fault,) = caught.value.faults
    assert (fault.code, fault.column) == (code, "linked")
    assert name in (fault.params.get("name"), fault.params.get("text"))


def test_a_name_of_an_earlier_version_is_told_with_what_it_is_today(tmp_path: Path) -> None:
    home = _book(tmp_path)
    rules = home / "rules.toml"
    old = rules.read_text("utf-8").replace(
        'decides = "bakery"', 'decides = "bakery"\ngrades = ["bakery"]'
    )
    rules.write_text(old, "utf-8")
    with pytest.raises(SonghuaError) as caught:
        load(home)
    (fault,) = caught.value.faults
    assert (fault.code, fault.params["today"]) == ("former_key", "categories")
    rules.write_text(old.replace("grades", str(fault.params["today"])), "utf-8")
    assert load(home).categories == ("bakery",)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("value = 1", "value = true", "parameter_unreadable"), ("value = 1", "value = nan", "number_outside"),
        ('mark = "C"', 'mark = "X"', "parameter_unreadable"), ("2022-01-01", "2020-01-01", "parameter_twice"),
        ("value = 2", "value = { a = 1 }", "parameter_forms"), ('clause = "1"', 'clauses = "1"', "rule_key_unknown"),
        ("from = 2020-01-01", 'from = "now"', "parameter_unreadable"), ("[least]", "[least", "toml_unreadable"),
        ('clause = "1"', 'clause = "1"\nunit = "wizards"', "unit_unknown"),
        ("value = 2", "bands = [{ at_least = 1, score = 2 }, { at_least = 3, score = 1 }, { score = 0 }]", "parameter_unreadable"),
        ("value = 2", "bands = [{ at_least = 1, score = 2 }]", "parameter_unreadable"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_read_is_told(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    with pytest.raises(SonghuaError) as caught:
        load(_book(tmp_path, law=LAW.replace(old, new, 1)))
    assert code in {fault.code for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("scores", "outcome"),
    [
        (([2, 4], [1, 4], 1), "met"),  # neighbours may share an end of their ranges
        (([1, 4], [2, 4], 4), "possible"),
        (([2, 4], 2, [1, 2]), "met"),
        ((1, [1, 2], 2), "not_met"),
        (([1, 4], [2, 3], 2), None),  # but scores run one way
        (([2, 3], [1, 4], 1), None),
        ((2, 1, 2), None),
    ],
)
def test_scores_of_bands_run_one_way(
    tmp_path: Path, scores: tuple[object, ...], outcome: str | None
) -> None:
    first, second, rest = scores
    bands = (
        f"bands = [{{ at_least = 3, score = {first} }}, {{ at_least = 1, score = {second} }}, "
        f"{{ score = {rest} }}]"
    )
    law = LAW + LAW.replace("[least]", "[points]").replace("value = 1", bands, 1).replace(
        "value = 2", bands, 1
    )
    value = '\n[values.worth]\nis = { bands = "points", of = "ovens" }\n'
    home = _book(tmp_path, '"worth >= least"', law, RULES + value)
    if outcome is None:
        with pytest.raises(SonghuaError) as caught:
            load(home)
        assert {fault.code for fault in caught.value.faults} >= {"parameter_unreadable"}
    else:
        assert evaluate(load(home), {"ovens": 3}, "2022-01-01").outcome == outcome


def test_what_should_be_a_list_and_is_none_is_told(tmp_path: Path) -> None:
    rules = RULES.replace('decides = "bakery"', 'decides = "bakery"\ncategories = "bakery"')
    with pytest.raises(SonghuaError) as caught:
        load(_book(tmp_path, rules=rules))
    assert [(one.code, one.params["text"]) for one in caught.value.faults] == [
        ("not_a_list", "bakery")
    ]


def test_a_key_that_is_none_of_tied_firms_is_told(tmp_path: Path) -> None:
    linked = '\n[linked]\nfacts = ["ovens"]\npartner = "least"\nlinked = "least"\n'
    assert load(_book(tmp_path / "a", rules=RULES + linked)).linked is not None
    with pytest.raises(SonghuaError) as caught:
        load(_book(tmp_path / "b", rules=f'{RULES}{linked}partners = "least"\n'))
    assert [(one.code, one.params["name"]) for one in caught.value.faults] == [
        ("rule_key_unknown", "partners")
    ]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    rules = (
        RULES.replace("decides", "decide").replace('"whole"', '"thing"').replace("law =", "laws =")
    )
    with pytest.raises(SonghuaError) as caught:
        load(_book(tmp_path, '"ovens >= 1"', LAW.replace('"C"', '"D"'), rules))
    codes = {fault.code for fault in caught.value.faults}
    assert {
        "rule_key_unknown",
        "choice_unknown",
        "rule_unreadable",
        "parameter_unreadable",
    } <= codes
    for fault in caught.value.faults:
        assert not re.search(r"\{\w+\}", fault.words("en") + fault.words("zh"))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("many", "fact_unreadable"), (-1, "fact_negative"), (1.5, "not_whole"), (True, "fact_unreadable"),
        (float("inf"), "fact_unreadable"), ({"value": 1, "low": 0}, "fact_unreadable"), ({"low": 2, "high": 1}, "fact_unreadable"),
        ({"value": 1, "who": "me"}, "fact_unreadable"), ([1], "fact_unreadable"),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_read_is_a_fault_and_never_a_no(
    tmp_path: Path, value: object, code: str
) -> None:
    with pytest.raises(SonghuaError) as caught:
        evaluate(load(_book(tmp_path)), {"ovens": value}, "2022-01-01")
    assert [fault.code for fault in caught.value.faults] == [code]


def test_units_differ_or_convert(tmp_path: Path) -> None:
    book = load(_book(tmp_path, '"rent >= least"'))
    assert (
        evaluate(book, {"rent": {"value": 0.002, "unit": "k EUR"}}, "2022-01-01").outcome == "met"
    )
    with pytest.raises(SonghuaError, match="measure different things"):
        evaluate(book, {"rent": {"value": 5, "unit": "USD"}}, "2022-01-01")


def test_lint_tells_what_is_missing(tmp_path: Path) -> None:
    codes = {fault.code for fault in lint(load(_book(tmp_path)))}
    assert {"file_missing", "lint_unused", "lint_untried"} <= codes


def test_lint_tells_a_condition_without_facts_and_a_clause_untold(tmp_path: Path) -> None:
    home = _book(tmp_path, '{ all = ["least >= least", "ovens >= least"] }')
    (home / "source.md").write_text("`shop` is told of.", "utf-8")
    codes = {fault.code for fault in lint(load(home))}
    assert {"lint_fixed", "lint_not_told", "lint_not_ruled"} <= codes


def test_a_case_that_differs_is_told(tmp_path: Path) -> None:
    home = _book(tmp_path)
    (home / "cases").mkdir()
    case = '[[case]]\nname = "one"\non = 2022-01-01\nfacts = { ovens = 1 }\nexpect = { outcome = "met" }\n'
    (home / "cases" / "a.toml").write_text(case, "utf-8")
    assert "case_differs" in {fault.code for fault in lint(load(home))}


def test_every_fault_of_a_case_is_told(tmp_path: Path) -> None:
    home = _book(tmp_path)
    (home / "cases").mkdir()
    case = '[[case]]\ngrade = 1\nhue = 2\nwithout = "ovens"\nexpect = { shade = 3 }\n'
    (home / "cases" / "a.toml").write_text(case, "utf-8")
    with pytest.raises(SonghuaError) as caught:
        cases(load(home))
    told = [(one.code, *one.params.values()) for one in caught.value.faults]
    assert {one.column for one in caught.value.faults} == {"1"}  # it has no name, but a place
    assert [one[:2] for one in told] == [
        ("former_key", "grade"), ("rule_key_unknown", "hue"), ("rule_key_unknown", "shade"),
        ("not_a_list", "ovens"), ("case_incomplete",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("score", "same"),
    [("3", True), ("[3, 3]", True), ("3.1", False), ("[2, 3]", False), ("[3, 4]", False),
     ("[3, 3, 3]", False), ("[]", False), ('"3"', False)],
)  # fmt: skip
def test_a_number_that_a_case_expects_is_held_to_both_ends(
    tmp_path: Path, score: str, same: bool
) -> None:
    value = '\n[values.worth]\nrole = "worth"\nis = "ovens + least"\n'
    home = _book(tmp_path, '"worth >= least"', rules=RULES + value)
    (home / "cases").mkdir()
    case = f"[[case]]\non = 2020-01-01\nfacts = {{ ovens = 2 }}\nexpect = {{ values = {{ worth = {score} }} }}\n"
    (home / "cases" / "a.toml").write_text(case, "utf-8")
    [result] = run(load(home))
    assert (result.differences == ()) is same


def test_names_that_are_not_asked_for_are_told(tmp_path: Path) -> None:
    assert evaluate(load(_book(tmp_path)), {"oven": 3}, "2022-01-01").unused == ("oven",)


def test_a_fact_that_is_no_table_is_told() -> None:
    found, faults = parse_fact("staff", 5, "facts.toml")
    assert found is None
    assert [(one.code, one.column, one.params["name"]) for one in faults] == [
        ("rule_key_unknown", "staff", "?")
    ]


def test_a_rulebook_has_the_digest_of_its_texts(tmp_path: Path) -> None:
    one, same, other = (
        load(_book(tmp_path / name, law=law)).digest
        for name, law in (("a", LAW), ("b", LAW), ("c", LAW.replace("value = 2", "value = 3")))
    )
    assert one == same != other
    assert len(one) == 64
