"""Phrases once refused or misread: relations to areas, parts in words, ranks, levels of a year."""

from __future__ import annotations

import pytest

import phrases
from songhua.checks.targets import targets_fit, targets_timed
from songhua.errors import SonghuaError
from songhua.grammar.lexicon import folded
from songhua.grammar.names import Names
from songhua.grammar.numerals import numeral_at, whole_number
from songhua.grammar.times import times_at
from songhua.grammar.units import unit_at
from songhua.plan import PlanTarget, Target, format_target, parse_target
from songhua.plan.target_names import TargetNames
from songhua.region.indicators import Indicator
from songhua.studies.track.resolved_targets import resolve

READ = {
    "grow faster than the national economy": ("relation rise r:exceed p:nation", ""),
    "GDP growth faster than the national economy": ("relation rise r:exceed p:nation", "GDP"),
    "GDP增速快于全国经济增速": ("relation rise r:exceed p:nation", "GDP"),
    "增速快于浙江省": ("relation rise r:exceed p:浙江省", ""),
    "grow faster than Zhejiang": ("relation rise r:exceed p:Zhejiang", ""),
    "at least two thirds of households": ("level at_least 2/3 u:x", "households"),
    "超过三分之二的家庭": ("level more_than 2/3 u:x", "家庭"),
    "八成以上的居民": ("level at_least 80 u:%", "居民"),
    "占比过半": ("level more_than 1/2 u:x", "占比"),
    "达到GDP的25%": ("level 25 u:%", "GDP占比"),
    "不超过GDP的3%": ("level at_most 3 u:%", "GDP占比"),
    "twice the 2020 level": ("multiple 2 u:x from:2020", ""),
    "half the 2020 level": ("multiple 1/2 u:x from:2020", ""),
    "raise output from 4 bn EUR to 6 bn EUR": ("level rise 6 u:bn_EUR start:4", "output"),
    "five times as many firms as in 2020": ("multiple 5 u:x from:2020", "firms"),
    "manufacturing 300 bn yuan of value added": (
        "level 300 u:bn_CNY",
        "manufacturing … of value added",
    ),
    "sealing 500 km of rural roads": ("addition 500 u:km", "sealing … of rural roads"),
    "improve access for about 88 % of households": (
        "level rise about 88 u:%",
        "access … of households",
    ),
    "进入全国前十": ("rank at_most 10 p:nation", ""),
    "居全省第28位以内": ("rank at_most 28 p:province", ""),
    "rank among the top 3 provinces": ("rank at_most 3 p:provinces", ""),
    "建成5个园区": ("addition 5 u:count", "园区"),
    "不低于2020年水平": ("course c:no_fall from:2020", ""),
    "恢复到2019年水平": ("multiple 1 u:x from:2019", ""),
    "高标准农田面积（亿亩） 〔2.75〕": ("addition 2.75 u:100m_mu in_all", "高标准农田面积"),
    "reduce poverty to 10 % from the current 15 %": ("level fall 10 u:% start:15", "poverty"),
    "raise income above the national average": ("relation r:exceed p:nation", "income"),
    "九年义务教育巩固率达到99.9%": ("level 99.9 u:%", "九年义务教育巩固率"),
    "由八成五提高到九成二": ("level rise 92 u:% start:85", ""),
        "between 20 and 35 % of the country's GDP": ("level 20..35 range u:%", "GDP"),
    "cap summer demand at 1,150 MW": ("level ceiling 1,150 u:k_kW", "summer demand"),
    "跃升至全省第8位": ("rank 8 p:province", ""),
    "climb above 72.5 %": ("level rise more_than 72.5 u:%", ""),
    "reduce the rate by under 5 %": ("growth fall less_than 5 u:%", "rate"),
    "压减钢铁产能3186万吨": ("change fall 3186 u:10k_t", "钢铁产能"),
    "全省压减煤炭消费量2706万吨": ("change fall 2706 u:10k_t", "煤炭消费量"),
    "孕产妇死亡率12/10万（目前20.1/10万）": (
        "level 12 u:count_per_100000_persons start:20.1", "孕产妇死亡率",
    ),
    "5000万-5500万吨": ("level 5000..5500 range u:10k_t", ""),
    "从2020年的640万户增至2025年的6000万户": (
        "level rise 6000 u:10k_households from:2020 by:2025 start:640", "",
    ),
    "由2020年的90%提高到2025年的95%": ("level rise 95 u:% from:2020 by:2025 start:90", ""),
    "keep unemployment always below 5 %": ("level less_than 5 u:% keep each_year", "unemployment"),
        "between 600 000 and 1 000 000 jobs": ("level 600,000..1,000,000 range u:persons", ""),
    "$4.0 Billion": ("level 4.0 u:bn_$", ""),
    "income of $20,000 per capita": ("level 20,000 u:$_per_persons", "income"),
    "100,000 more jobs by 2024": ("change rise 100,000 u:persons by:2024", "jobs"),
    "cut building intensity (GBI) by 25%": ("growth fall 25 u:%", "building intensity (GBI)"),
    "raise the premium index (GPI) to 25 %": ("level rise 25 u:%", "premium index (GPI)"),
    "grow income (USD) by 2.5-3 %": ("growth range rise 2.5..3 u:%", "income (USD)"),
    "Income (USD) 2500": ("level 2500 u:USD", "Income"),
    "income (USD): 25 m": ("level 25 u:m_USD", "income"),
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_it_is_read_into_fields(text: str) -> None:
    expected, subject = READ[text]
    target = parse_target(text, Names((subject,), ("全省", "the country")))
    phrase = phrases.Phrase(text, "", "", "", "", "", expected, "")
    assert phrases.fields_of(target) == phrase.fields
    assert target.subject == subject.replace(" … ", " ")
    for lang in ("en", "zh"):
        names = Names((subject,), (target.peer,))
        assert parse_target(format_target(target, lang), names) == target


def spelt(n: int) -> str:
    """A whole number below ten thousand as Chinese writes it: 1050 is 一千零五十."""
    said = ""
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // place % 10
        if digit:
            said += "零一二三四五六七八九"[digit] + word
        elif said and not said.endswith("零"):
            said += "零"
    return said.rstrip("零") or "零"


def test_every_whole_number_in_characters_is_read() -> None:
    for n in range(10_000):
        text = spelt(n)
        read = numeral_at(f"{text}家", 0)
        assert read is not None
        assert read.digits == str(n)
        if n % 97 == 0:
            assert parse_target(f"达到百分之{text}点零五").low == f"{n}.05"
        if len(text) > 2 and text[-3] in "千百" and text[-2] != "零" and text[-1] in "十百":
            assert whole_number(text[:-1]) == n  # 一百五 for 一百五十


def test_a_year_in_characters_is_read_digit_by_digit() -> None:
    for text in ("到二〇二五年达到6%", "到二零二五年达到6%"):
        assert parse_target(text).by == "2025"
    assert folded("一二三四五年") == "一二三四五年"  # no year has five digits


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("emissions by 5 %", "target_sense"),
        ("humble emissions by 5 %", "target_unread"),
        ("〔14〕%", "target_sense"),
        ("建成三五个园区", "target_unread"),
        ("slightly above 5 %", "target_unread"),
        ("略高于5%", "target_unread"),
        ("share of income excluding oil of 5 %", "target_unread"),
        ("safeguard 500 jobs", "target_unread"),
        ("关停500家", "target_unread"),
        ("到2025年建成5个园区", "target_built"),
        ("建设达到50家", "target_built"),
        ("achieve 60 % of the annual target", "target_unplaced"),
        ("完成60%的年度任务", "target_unplaced"),
        ("实现园区", "target_numbers"),
        ("平均98个百分点到全国平均值翻三番", "target_unread"),
        ("increase by 10 annually", "target_unit"),
        ("increase above 5 %", "target_unjoined"),
        ("下降5%（目前8%）", "target_conflict"),
        ("3年期贷款增长5%", "target_unread"),
        ("income from 5 million", "target_unread"),
        ("from 8 million to 30 billion jobs", "target_sense"),
        ("至少完成省下达任务", "target_numbers"),
    ],
)
def test_a_word_without_a_role_is_refused(text: str, code: str) -> None:
    with pytest.raises(SonghuaError) as told:
        parse_target(text, Names(("emissions", "园区", "income", "jobs")))
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
        ("名义增长7%", {"unit": "%", "form": "growth", "basis": "current"}, ""),
        (
            "名义增长7%",
            {"unit": "%", "form": "growth", "basis": "constant"},
            "target_prices_misfit",
        ),
        ("实际增长7%", {"unit": "%", "form": "growth", "basis": "current"}, "target_prices_misfit"),
        ("reach $5 bn", {"unit": "m AUD", "form": "level"}, ""),
        ("reach $5 bn", {"unit": "m EUR", "form": "level"}, "target_currency"),
        ("raise planting to 500 ha a year", {"unit": "ha", "form": "level", "time": "flow"}, ""),
        (
            "raise planting to 500 ha a year",
            {"unit": "ha", "form": "level", "time": "stock"},
            "target_unit_misfit",
        ),
        ("reduce poverty by half", {"unit": "%", "form": "ratio"}, ""),
    ],
)
def test_a_target_fits_its_indicator_or_is_told(
    text: str, indicator: dict[str, object], code: str
) -> None:
    cells = {"id": "t", "indicator": "one", "period": "2024", "text": text}
    named = {"one": {"name": {"zh": "失业率", "en": "planting"}, "also": ["poverty"]}}
    row = PlanTarget.read(cells, 2, TargetNames(named))
    faults = list(targets_fit([row], {"one": Indicator.read("one", indicator)}))
    assert [fault.code for fault in faults] == ([code] if code else [])
    assert all(fault.words(lang) for fault in faults for lang in ("en", "zh"))


def test_the_indicator_settles_whose_currency_a_sign_is() -> None:
    indicator = {"unit": "m AUD", "form": "level", "time": "flow", "direction": "higher"}
    row = PlanTarget.read({"id": "t", "text": "grow to $5 bn by 2025", "period": "plan:2021..2025"})
    target = resolve(row, indicator, "town", 2020)
    assert (target.unit, target.goal) == ("bn AUD", 5.0)
    assert [reading.reading for reading in target.readings] == ["bare_number", "unit_as_indicator"]


def test_fields_that_do_not_go_together_are_named() -> None:
    with pytest.raises(SonghuaError) as told:
        format_target(Target(quantity="level", low="25", unit="%", course="rise"))  # pyright: ignore[reportArgumentType]
    assert "course = rise" in str(told.value)


def test_a_span_begins_no_word_and_no_number_in_the_middle() -> None:
    for text, at in (("112年增长5%", 1), ("begin 5 years", 3), ("3.12年增长5%", 2)):
        assert times_at(text, at, reached=False) == []
    for text, at in (("12年增长5%", 0), ("连续12年增长5%", 2), ("(in 12 years)", 1)):
        assert [one.says for one in times_at(text, at, reached=False)] == ["12y"]


@pytest.mark.parametrize("mark", [".", ",", ";", ")", ".)", ""])
def test_a_mark_behind_a_unit_is_no_part_of_it(mark: str) -> None:
    assert unit_at(f"reach 5 bn EUR{mark} and more", 8) == ("bn EUR", 14)
    assert unit_at(f"5 10k persons{mark}", 2) == ("10k persons", 13)


@pytest.mark.parametrize(
    ("text", "period", "fits"),
    [("十年新增300家", "2021..2030", True), ("十年新增300家", "2021..2025", False),
     ("五年新增300家", "2021..2025", True), ("五年新增300家", "2021..2030", False),
     ("2021—2025年新增300家", "2021..2025", True), ("2021—2025年新增300家", "2022..2025", False),
     ("2021—2025年新增300家", "2021..2026", False), ("2026年一季度新增3家", "2026-Q1", True),
     ("2026年一季度新增3家", "2026", False), ("add 300 in 2024/25", "2024/25", True),
     ("add 300 in 2024/25", "2025", False), ("add 300 in FY2026", "2025/26", True),
     ("提高到2020年的95%", "2021..2025", True), ("提高到2025年的95%", "2021..2025", False),
     ("add 300 in FY2026", "2026/27", False), ("add 3 from April 2015 to March 2025", "2016", False)],
)  # fmt: skip
def test_the_years_in_a_targets_words_are_those_of_its_row(
    text: str, period: str, fits: bool
) -> None:
    row = PlanTarget.read({"id": "t", "indicator": "one", "period": period, "text": text})
    assert [one.code for one in targets_timed([row])] == ([] if fits else ["target_time_misfit"])


def test_every_part_in_words_is_its_fraction() -> None:
    words = ("half", "third", "quarter", "fifth", "sixth", "eighth", "tenth")
    parts = [numeral_at(f"one {word} of homes", 0) for word in words]
    assert [part and part.digits for part in parts] == [f"1/{n}" for n in (2, 3, 4, 5, 6, 8, 10)]


def test_a_round_number_stands_alone_before_its_unit() -> None:
    read = {"突破百亿元": "100", "突破千亿元": "1000", "突破万亿元": "10000", "超百亿元": "100"}
    assert {text: parse_target(text).low for text in read} == read
    assert {parse_target(text).unit for text in read} == {"100m CNY"}
