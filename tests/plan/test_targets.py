"""Targets as plans print them: read, written back to the byte, and nothing guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.grammar.lexer import tokenised
from songhua.grammar.lexicon import TABLES, words
from songhua.grammar.names import Names
from songhua.maths.bounds import Interval
from songhua.plan import format_target, parse_target
from songhua.plan.target_parser import LONGEST
from songhua.plan.target_writer import written
from work import growth

INF = float("inf")
READ = {
    "6%左右": {"quantity": "level", "bound": "about", "low": "6", "unit": "%"},
    "增长6%左右": {"quantity": "growth", "bound": "about", "low": "6", "sense": "rise"},
    "年均增长5.5%—6%": {"quantity": "growth", "bound": "range", "high": "6", "pace": "a_year"},
    "5.5 to 6 % a year": {"quantity": "growth", "bound": "range", "low": "5.5", "pace": "a_year"},
    "between 5.5 and 6 %": {"quantity": "level", "bound": "range", "high": "6"},
    "6%—6.5%左右": {"bound": "range", "soft": True},
    "比2020年下降18%": {"quantity": "growth", "sense": "fall", "base": "2020", "low": "18"},
    "单位GDP能耗五年累计下降13.5%（约束性）": {
        "quantity": "growth", "pace": "in_all", "nature": "binding", "subject": "单位GDP能耗",
    },
    "城镇调查失业率控制在5.5%以内": {"quantity": "level", "bound": "at_most", "held": "ceiling"},
    "居民消费价格涨幅控制在3%左右": {"quantity": "growth", "bound": "about", "held": "ceiling"},
    "到2025年，每千人口拥有3岁以下婴幼儿托位数达到4.5个": {
        "quantity": "level", "low": "4.5", "by": "2025", "bound": "", "unit": "count",
    },
    "力争达到7%": {"effort": "strive", "low": "7"},
    "增长6%以上，力争达到7%": {"bound": "at_least", "low": "6", "stretch": "7"},
    "增长5%左右，在实际工作中力争更好结果": {"bound": "about", "effort": "strive"},
    "地区生产总值比2020年翻一番": {"quantity": "multiple", "low": "2", "base": "2020"},
    "稳步提高": {"quantity": "course", "course": "rise"},
    "基本持平": {"quantity": "course", "course": "hold"},
    "居民收入增长与经济增长基本同步": {"relation": "in_step", "peer": "economy"},
    "常住人口城镇化率提高到65%": {"quantity": "level", "sense": "rise", "low": "65"},
    "研发投入强度年均提高0.1个百分点": {"quantity": "change", "unit": "pp", "pace": "a_year"},
    "规模以上工业增加值增长5%左右": {"subject": "规模以上工业增加值", "sense": "rise"},
    "粮食产量稳定在200亿斤以上": {"quantity": "level", "unit": "100m catties", "held": "keep"},
    "高新技术企业数量突破1800家": {"bound": "more_than", "unit": "count", "low": "1800"},
    "人均预期寿命提高1岁": {"quantity": "change", "unit": "year"},
    "4.5 childcare places per 1,000 people by 2025": {
        "low": "4.5", "unit": "count per 1000 persons", "by": "2025",
    },
    "over 11 million new urban jobs": {"quantity": "addition", "low": "11", "unit": "m count"},
    "Reduce energy intensity by 13.5% from 2020": {"sense": "fall", "base": "2020"},
    "Raise the R&D share to 3.2%": {"quantity": "level", "subject": "R&D share"},
    "at least 2 % a year": {"bound": "at_least", "pace": "a_year", "quantity": "growth"},
    "2021—2025年年均增长6%": {"span": "2021..2025", "pace": "a_year"},
    "unemployment at or below 4 %": {"bound": "at_most", "low": "4"},
    "1,135 places": {"low": "1,135", "unit": "places"},
    "-3%左右": {"low": "-3", "bound": "about", "quantity": "level"},
    "−3.5%": {"low": "-3.5", "unit": "%"},
    "实现正增长": {"course": "positive", "quantity": "course"},
    "全年新增就业8万人": {"by": "year", "quantity": "addition", "subject": "就业"},
    "新增500家以上": {"quantity": "addition", "bound": "at_least", "subject": ""},
    "grow by 1900.5 %": {"low": "1900.5", "by": ""},
    "more than 2000 firms": {"low": "2000", "base": ""},
    "空气质量优良天数310天以上": {"low": "310", "unit": "count"},
    "6左右": {"low": "6", "unit": "", "bound": "about"},
}  # fmt: skip


#: The names of those that hold words of targets.
NAMED = {
    "到2025年，每千人口拥有3岁以下婴幼儿托位数达到4.5个": Names(
        ("每千人口拥有3岁以下婴幼儿托位数",)
    ),
    "over 11 million new urban jobs": Names(("urban jobs",)),
    "4.5 childcare places per 1,000 people by 2025": Names(("childcare places",)),
    "全年新增就业8万人": Names(("就业",)),
}


@pytest.mark.parametrize("text", READ)
def test_a_target_is_read_and_written_back(text: str) -> None:
    target = parse_target(text, NAMED.get(text))
    for name, value in READ[text].items():
        assert getattr(target, name) == value, name


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("text", READ)
def test_plain_words_of_either_language_say_the_same(text: str, lang: str) -> None:
    target = parse_target(text, NAMED.get(text))
    again = parse_target(written(target, lang), Names((target.subject,), (target.peer,)))
    assert again == target


@pytest.mark.parametrize("piece", ["失业率降低, ", "new jobs, ", "5% ", "(12,345) "])
def test_what_was_told_is_not_gone_through_for_each_word(piece: str) -> None:
    """Twice the words are twice the work."""
    half = LONGEST // 4
    text = piece * (LONGEST // len(piece) + 1)
    tokenised(text)  # patterns are made once
    assert growth(lambda n: lambda: tokenised(text[:n]), half, 2 * half) < 2.3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("better than ever", "target_unread"),
        ("噪声控制在55分贝以内", "target_unread"),
        ("原则上不超过5.5%", "target_unread"),
        ("", "target_empty"),
        pytest.param("失业率" * 110_000, "target_long", id="330,000 characters"),
        pytest.param("5" * (LONGEST + 1), "target_long", id="a character too many"),
        ("年均增长10%，到2025年达到1000亿元", "target_numbers"),
        ("growth between 5, 6 %", "target_numbers"),
        ("增长5%、6%、7%", "target_numbers"),
        ("人均收入相当于全国平均水平", "target_numbers"),
        ("增长5%—6%，力争达到7%", "target_numbers"),
        ("6%—5.5%", "target_range"),
        ("不低于6%左右", "target_conflict"),
        ("增长下降6%", "target_conflict"),
        ("下降-3%", "target_conflict"),
        ("1个百分点", "target_unit"),
        ("增长5", "target_unit"),
        ("增长6%以上的基础上更进一步", "target_unread"),
        ("约束性", "target_numbers"),
        ("未达到5.5%", "target_unread"),
        ("growth of 5 % on the month", "target_unplaced"),
        ("7.500 newcomers", "target_numeral"),
        ("降低两倍", "target_sense"),
        ("5 % GDP", "target_unread"),
    ],
)
def test_what_is_not_understood_is_said_and_never_guessed(text: str, code: str) -> None:
    with pytest.raises(SonghuaError) as caught:
        parse_target(text, Names(("人均收入", "newcomers")))
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_name_may_hold_what_elsewhere_is_a_word() -> None:
    for text, subject in {
        "升学率达到95%": "升学率",
        "达标率达到90%": "达标率",
        "应急物资储备达到50万件": "应急物资储备",
        "年轻人就业率达到5%": "年轻人就业率",
        "服务业增加值占比提高到60%左右": "服务业增加值占比",
    }.items():
        assert parse_target(text).subject == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("reduce by 5 % emissions", "emissions"),
        ("下降5%失业率", "失业率"),
        ("reduce emissions by 5 % households", None),  # a part of the one, or of the other
    ],
)
def test_a_name_behind_a_percentage_is_that_of_the_verb_before_it(
    text: str, subject: str | None
) -> None:
    if subject is not None:
        assert parse_target(text).subject == subject
        return
    with pytest.raises(SonghuaError) as caught:
        parse_target(text)
    assert [fault.code for fault in caught.value.faults] == ["target_unread"]


def test_what_is_asked_and_where_it_points() -> None:
    cases = {
        "6%以上": (Interval(6, INF), "higher"),
        "控制在5.5%以内": (Interval(-INF, 5.5), "lower"),
        "下降18%以上": (Interval(-INF, -18), "lower"),
        "下降18%左右": (Interval(-18, -18), "lower"),
        "-3%以内": (Interval(-INF, -3), "lower"),
        "5.5%—6%": (Interval(5.5, 6), ""),
        "基本持平": (Interval(-INF, INF), "around"),
    }
    for text, (asked, direction) in cases.items():
        target = parse_target(text)
        assert (target.goal, target.direction) == (asked, direction), text


def test_readings_that_are_judgements_are_named() -> None:
    assert parse_target("6%以上").judgements == ()
    assert parse_target("6%左右").judgements == ("about_width",)
    assert parse_target("力争增长6%").judgements == ("bare_number", "strive_as_target")
    assert parse_target("稳步提高").judgements == ("course_width",)


def test_a_changed_value_changes_the_text_and_nothing_else() -> None:
    target = parse_target("地区生产总值年均增长5.5%—6%")
    assert format_target(replace(target, low="5", high="5.5")) == "地区生产总值年均增长5%—5.5%"
    turned = format_target(replace(target, bound="at_least", high="", low="6"))
    assert parse_target(turned).bound == "at_least"


def test_no_phrase_has_two_meanings_in_its_class() -> None:
    for kind, meanings in words().items():
        if kind in TABLES:
            continue
        phrases = [phrase for listed in meanings.values() for phrase in listed]
        assert len(phrases) == len(set(phrases)), kind


NUMBERS = st.decimals(min_value=0, max_value=9999, places=1).map(str)


@given(low=NUMBERS, bound=st.sampled_from(["{}以上", "不低于{}", "{}左右", "超过{}", "{}以内", "{}"]),
       verb=st.sampled_from(["", "增长", "年均增长", "累计下降", "力争增长"]))  # fmt: skip
def test_any_number_comes_back_as_it_was_printed(low: str, bound: str, verb: str) -> None:
    text = verb + bound.format(f"{low}%")
    target = parse_target(text)
    assert target.low == low
    assert parse_target(format_target(target, "zh")) == target
    assert parse_target(written(target, "en")) == target


@given(st.text(alphabet="增长下降6.5%左右以上不低于到2025年—至about atlstgrow,，。 ", max_size=20))
def test_any_text_is_read_whole_or_refused(text: str) -> None:
    try:
        target = parse_target(text)
    except SonghuaError as error:
        assert error.faults[0].words("zh")
        return
    for lang in ("zh", "en"):
        assert parse_target(format_target(target, lang)) == target
