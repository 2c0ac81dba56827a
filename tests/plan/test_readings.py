"""What was refused or misread before: relations to areas, parts in words, ranks, levels of a year."""

from __future__ import annotations

import pytest

import phrases
from songhua.checks.targets import targets_fit
from songhua.errors import SonghuaError
from songhua.plan import PlanTarget, Target, format_target, parse_target
from songhua.plan.target_names import names_another

READ = {
    "grow faster than the national economy": ("relation rise r:exceed p:nation", "economy"),
    "GDP growth faster than the national economy": ("relation rise r:exceed p:nation", "GDP"),
    "GDP增速快于全国经济增速": ("relation rise r:exceed p:nation", "GDP"),
    "增速快于浙江省": ("relation rise r:exceed p:浙江省", ""),
    "grow faster than Zhejiang": ("relation rise r:exceed p:Zhejiang", ""),
    "at least two thirds of households": ("level at_least 2/3 u:x", "share of households"),
    "超过三分之二的家庭": ("level more_than 2/3 u:x", "家庭占比"),
    "八成以上的居民": ("level at_least 80 u:%", "居民占比"),
    "占比过半": ("level more_than 1/2 u:x", "占比"),
    "达到GDP的25%": ("level 25 u:%", "占GDP比重"),
    "不超过GDP的3%": ("level at_most 3 u:%", "占GDP比重"),
    "half the 2020 level": ("multiple 1/2 u:x from:2020", ""),
    "five times as many firms as in 2020": ("multiple 5 u:x from:2020", "firms"),
    "进入全国前十": ("rank at_most 10 p:nation", ""),
    "居全省第28位以内": ("rank at_most 28 p:province", ""),
    "rank among the top 3 provinces": ("rank at_most 3 p:provinces", ""),
    "建成5个园区": ("addition 5 u:count", "园区"),
    "不低于2020年水平": ("course c:no_fall from:2020", ""),
    "恢复到2019年水平": ("multiple 1 u:x from:2019", ""),
    "高标准农田面积（亿亩） 〔2.75〕": ("addition 2.75 u:100m_mu in_all", "高标准农田面积"),
    "reduce poverty to 10 % from the current 15 %": ("level fall 10 u:% start:15", "poverty"),
    "raise income above the national average": ("relation r:exceed p:nation", "income"),
    "100,000 more jobs by 2024": ("change rise 100,000 u:persons by:2024", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_it_is_read_into_fields(text: str) -> None:
    expected, subject = READ[text]
    target = parse_target(text)
    one = phrases.Phrase(text, "", "", "", "", "", expected, "")
    assert (phrases.fields_of(target), target.subject) == (one.fields, subject)
    for lang in ("en", "zh"):
        assert parse_target(format_target(target, lang)) == target


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("emissions by 5 %", "target_sense"),
        ("humble emissions by 5 %", "target_sense"),
        ("slightly above 5 %", "target_unread"),
        ("just over 5 %", "target_unread"),
        ("略高于5%", "target_unread"),
        ("明显高于全国平均水平", "target_unread"),
        ("share excluding oil of 5 %", "target_unread"),
        ("safeguard 500 jobs", "target_verb"),
        ("转移就业5万人", "target_verb"),
        ("关停500家", "target_removed"),
        ("到2025年建成5个园区", "target_built"),
        ("培训机构达到50家", "target_built"),
        ("complete 60 % of the annual task", "target_compared"),
        ("achieve 60 % of the annual target", "target_compared"),
        ("完成60%的年度任务", "target_compared"),
        ("income grows faster than the national economy", "target_compared"),
        ("实现地区生产总值", "target_unread"),
        ("平均98个百分点到全国平均值翻三番", "target_numbers"),
        ("increase by 10 annually", "target_unit"),
        ("至少完成省下达任务", "target_numbers"),
    ],
)
def test_a_word_without_a_role_is_refused(text: str, code: str) -> None:
    with pytest.raises(SonghuaError) as told:
        parse_target(text)
    assert [fault.code for fault in told.value.faults] == [code]
    assert all(told.value.faults[0].words(lang) for lang in ("en", "zh"))


@pytest.mark.parametrize(
    ("text", "indicator", "code"),
    [
        ("达到GDP的25%", {"unit": "100m CNY", "form": "level"}, "target_percent_misfit"),
        ("进入全国前十", {"unit": "100m CNY", "form": "level"}, "target_rank_misfit"),
        ("进入全国前十", {"unit": "count", "form": "level", "direction": "lower"}, ""),
        ("失业率下降5%", {"unit": "%", "form": "ratio"}, "target_points_open"),
        ("失业率下降1个百分点", {"unit": "%", "form": "ratio"}, ""),
        ("reduce poverty by half", {"unit": "%", "form": "ratio"}, ""),
    ],
)
def test_a_target_fits_its_indicator_or_is_told(
    text: str, indicator: dict[str, object], code: str
) -> None:
    row = PlanTarget.read({"id": "t", "indicator": "one", "period": "2024", "text": text})
    faults = list(targets_fit([row], {"one": indicator}))
    assert [fault.code for fault in faults] == ([code] if code else [])
    assert all(fault.words(lang) for fault in faults for lang in ("en", "zh"))


def test_fields_that_do_not_go_together_are_named() -> None:
    with pytest.raises(SonghuaError) as told:
        format_target(Target(quantity="level", low="25", unit="%", course="rise"))  # pyright: ignore[reportArgumentType]
    assert "course = rise" in str(told.value)


def test_a_name_that_joins_another_indicator_is_told() -> None:
    own, other = {"zh": "一般公共预算收入"}, {"zh": "固定资产投资"}
    assert names_another("一般公共预算收入、固定资产投资", own, [other])
    assert not names_another("风电、太阳能装机", {"zh": "风电太阳能装机"}, [other])
