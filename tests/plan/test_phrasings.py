"""Targets as reports to people's congresses and five-year plans phrase them, read to values.

The phrasings are the usual ones of such reports; the numbers are examples.
"""

from __future__ import annotations

import pytest

from songhua.errors import SonghuaError
from songhua.grammar.names import GAP, Names
from songhua.messages import script_of
from songhua.plan import parse_target
from songhua.plan.target_writer import written

# text: subject, quantity, sense, bound, numbers, unit, and what else the words say
READ: dict[str, tuple[str, str, str, str, str, str, str]] = {
    "地区生产总值增长6%左右": ("地区生产总值", "growth", "rise", "about", "6", "%", ""),
    "地区生产总值增长5.5%—6%": ("地区生产总值", "growth", "rise", "range", "5.5 6", "%", ""),
    "增长5%至6%": ("", "growth", "rise", "range", "5 6", "%", ""),
    "规模以上工业增加值增长6%以上": ("规模以上工业增加值", "growth", "rise", "at_least", "6", "%", ""),
    "增速不低于6%": ("", "growth", "rise", "at_least", "6", "%", ""),
    "实现6%左右的增长": ("", "growth", "rise", "about", "6", "%", ""),
    "保持6%左右的增速": ("", "growth", "rise", "about", "6", "%", "keep"),
    "增长8%以上，力争10%": ("", "growth", "rise", "at_least", "8", "%", "strive 10"),
    "一般公共预算收入增长5%左右，力争更好": (
        "一般公共预算收入", "growth", "rise", "about", "5", "%", "strive",
    ),
    "居民消费价格涨幅控制在3%左右": ("居民消费价格", "growth", "rise", "about", "3", "%", "ceiling"),
    "价格涨幅不超过3%": ("价格", "growth", "rise", "at_most", "3", "%", ""),
    "城镇调查失业率5.5%以内": ("城镇调查失业率", "level", "", "at_most", "5.5", "%", ""),
    "城镇登记失业率低于4.5%": ("城镇登记失业率", "level", "", "less_than", "4.5", "%", ""),
    "城镇新增就业10万人以上": ("城镇 … 就业", "addition", "", "at_least", "10", "10k persons", ""),
    "五年累计新增城镇就业50万人以上": (
        "城镇 … 就业", "addition", "", "at_least", "50", "10k persons", "in_all",
    ),
    "居民人均可支配收入与经济增长基本同步": (
        "居民人均可支配收入", "relation", "", "", "", "", "in_step economy",
    ),
    "进出口总额与上年基本持平": ("进出口总额", "course", "", "", "", "", "hold"),
    "国际收支保持基本平衡": ("国际收支", "course", "", "", "", "", "hold"),
    "城镇化率稳步提升": ("城镇化率", "course", "", "", "", "", "rise"),
    "主要污染物排放量继续下降": ("主要污染物排放量", "course", "", "", "", "", "fall"),
    "经济增速高于全省平均水平": ("经济", "relation", "rise", "", "", "", "exceed province"),
    "单位地区生产总值能耗降低3%左右": (
        "单位地区生产总值能耗", "growth", "fall", "about", "3", "%", "",
    ),
    "万元地区生产总值能耗降低完成省下达任务": (
        "万元地区生产总值能耗", "course", "fall", "", "", "", "assigned",
    ),
    "节能减排完成省下达指标": ("节能减排", "course", "", "", "", "", "assigned"),
    "到2025年单位GDP能耗比2020年下降13.5%": (
        "单位GDP能耗", "growth", "fall", "", "13.5", "%", "2020 2025",
    ),
    "累计下降14.5%": ("", "growth", "fall", "", "14.5", "%", "in_all"),
    "“十四五”期间地区生产总值年均增长6%以上": (
        "地区生产总值", "growth", "rise", "at_least", "6", "%", "a_year",
    ),
    "两年平均增长5%": ("", "growth", "rise", "", "5", "%", "a_year"),
    "地区生产总值达到1.2万亿元": ("地区生产总值", "level", "", "", "1.2", "tn CNY", ""),
    "营业收入突破3000亿元大关": ("营业收入", "level", "", "more_than", "3000", "100m CNY", ""),
    "粮食总产量460亿斤以上": ("粮食总产量", "level", "", "at_least", "460", "100m catties", ""),
    "粮食产量保持在230亿斤以上": ("粮食产量", "level", "", "at_least", "230", "100m catties", "keep"),
    "新建高标准农田100万亩": ("高标准农田", "addition", "", "", "100", "10k mu", ""),
    "高新技术企业数量翻一番": ("高新技术企业数量", "multiple", "rise", "", "2", "x", ""),
    "在2020年基础上翻一番": ("", "multiple", "rise", "", "2", "x", "2020"),
    "常住人口城镇化率提高1个百分点": ("常住人口城镇化率", "change", "rise", "", "1", "pp", ""),
    "常住人口城镇化率提高到75%": ("常住人口城镇化率", "level", "rise", "", "75", "%", ""),
    "研发经费投入强度提高0.2个百分点以上": (
        "研发经费投入强度", "change", "rise", "at_least", "0.2", "pp", "",
    ),
    "城乡居民收入比缩小到1.8以内": ("城乡居民收入比", "level", "fall", "at_most", "1.8", "", ""),
    "城镇化率由60%提高到65%以上": ("城镇化率", "level", "rise", "at_least", "65", "%", "from 60"),
    "托位数从3.28个增加到4.5个": ("托位数", "level", "rise", "", "4.5", "count", "from 3.28"),
    "raise the share from 25 % to 30 %": ("share", "level", "rise", "", "30", "%", "from 25"),
    "PM2.5浓度降至35微克/立方米": ("PM2.5浓度", "level", "fall", "", "35", "ug per m3", ""),
    "高于全省平均水平1个百分点": ("", "relation", "", "", "1", "pp", "exceed province"),
    "快于全省平均增速2个百分点以上": ("", "relation", "rise", "at_least", "2", "pp", "exceed province"),
    "高于GDP增速1个百分点": ("", "relation", "", "", "1", "pp", "exceed economy"),
    "0.5 points above the national average": (
        "", "relation", "", "", "0.5", "pp", "exceed nation",
    ),
    "GDP growth of around 5 percent": ("GDP", "growth", "rise", "about", "5", "%", ""),
    "a drop of around 3 percent in energy consumption per unit of GDP": (
        "energy consumption per unit of GDP", "growth", "fall", "about", "3", "%", "",
    ),
    "personal income growth that is basically in step with economic growth": (
        "personal income", "relation", "", "", "", "", "in_step economy",
    ),
    "create over 12 million new urban jobs": (
        "urban jobs", "addition", "", "more_than", "12", "m count", "",
    ),
    "grain output of over 650 million metric tons": (
        "grain output", "level", "", "more_than", "650", "m t", "",
    ),
    "exceed 1 trillion yuan": ("", "level", "", "more_than", "1", "tn CNY", ""),
    "surveyed urban unemployment rate of no higher than 5.5 percent": (
        "surveyed urban unemployment rate", "level", "", "at_most", "5.5", "%", "",
    ),
    "R&D spending to rise by more than 7 percent per year": (
        "R&D spending", "growth", "rise", "more_than", "7", "%", "a_year",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_a_usual_phrasing_is_read_and_written_back(text: str) -> None:
    target = parse_target(text, Names((READ[text][0],)))
    numbers = " ".join(part for part in (target.low, target.high) if part)
    more = (target.effort, target.stretch, target.pace, target.course, target.held, target.base,
            target.by if target.by.isdigit() else "", target.start and f"from {target.start}",
            " ".join(filter(None, (target.relation, target.peer))))  # fmt: skip
    found = (target.subject, target.quantity, target.sense, target.bound, numbers, target.unit)
    name = READ[text][0].replace(GAP, "" if script_of(text) else " ")
    assert found == (name, *READ[text][1:-1])
    assert " ".join(part for part in more if part) == READ[text][-1]
    for lang in ("zh", "en"):
        again = parse_target(written(target, lang), Names((target.subject,), (target.peer,)))
        assert again == target


@pytest.mark.parametrize(
    "text",
    [
        "高于全省平均水平1%", "由25个提高到30%", "增长10%，达到500亿元",
        "产值达到千亿级", "城镇居民收入增长6%以上，农村居民收入增长7%以上",
        "外贸进出口总额稳中提质",
    ],
)  # fmt: skip
def test_two_targets_in_one_and_words_without_a_number_are_refused(text: str) -> None:
    with pytest.raises(SonghuaError) as told:
        parse_target(text)
    assert told.value.faults[0].code.startswith("target_")
