"""Sheets in small as Chinese offices print them, read into the folder of a newcomer."""

from __future__ import annotations

import pytest

from reading_tables import figures, read, words_of
from songhua.messages import LANGUAGES

ANSWERS = {"entries": "new", "place": "黑龙江省", "remarks": "keep"}
#: The sheet, the kinds of questions that it raises, and its figures in short; new names stand
#: behind a sign.
CASES = {
    "ranks": (
        "2023年规模以上工业总产值\n单位：亿元\n地区,总产值,位次,增长%,增速排名\n哈尔滨市,9.5,1,2.5,2\n"
        "大庆市,8,2,-1,3\n",
        set(),
        [
            "output harbin industry-above-size 2023 9.5 100m CNY",
            "output_growth harbin industry-above-size 2023 2.5 %",
            "output daqing industry-above-size 2023 8 100m CNY",
            "output_growth daqing industry-above-size 2023 -1 %",
        ],
    ),
    "beside_one_another": (
        "2020年户籍人口\n单位：万人\n地区,合计,男,,地区,合计,男\n哈尔滨市,9.5,4,,大庆市,8,3\n"
        "佳木斯市,7,3,,,,\n",
        set(),
        [
            "registered_population harbin  2020 9.5 10k persons",
            "+Registered population, 男 harbin  2020 4 10k persons",
            "registered_population jiamusi  2020 7 10k persons",
            "+Registered population, 男 jiamusi  2020 3 10k persons",
            "registered_population daqing  2020 8 10k persons",
            "+Registered population, 男 daqing  2020 3 10k persons",
        ],
    ),
    "bodies": (
        "2023年存款余额\n单位：亿元\n指标,2023年\n中国银行,9.5\n哈尔滨银行,8\n",
        set(),
        [
            "+中国银行 my-region  2023 9.5 100m CNY",
            "+哈尔滨银行 my-region  2023 8 100m CNY",
        ],
    ),
    "parts_of_names": (
        "黑龙江省2023年增加值\n指标,单位,2023年\n工业增加值,亿元,9.5\n装备工业增加值,亿元,8\n",
        set(),
        [
            "gdp my-region industry 2023 9.5 100m CNY",
            "+装备工业增加值 my-region  2023 8 100m CNY",
        ],
    ),
    "ends": (
        "2023年1-8月主要指标\n指标,单位,8月,1-8月,同比增长%\n金融机构人民币存款余额,亿元,,9.5,2\n"
        "小额贷款余额,亿元,,8,\n出口,亿元,1,7,3\n",
        set(),
        [
            "deposits_cny my-region  2023-08 9.5 100m CNY",
            "deposits_cny_growth my-region  2023-08 2 %",
            "+小额贷款余额 my-region  2023-08 8 100m CNY",
            "exports my-region  2023-08 1 100m CNY",
            "exports my-region  2023-01..2023-08 7 100m CNY",
            "exports_growth my-region  2023-01..2023-08 3 %",
        ],
    ),
    "end_before": (
        "黑龙江省2023年6月末存款\n单位：亿元\n指标,本月末余额,上年末余额,比年初增减额,同比增长%\n"
        "甲社,9.5,8,1.5,3\n",
        set(),
        [
            "+甲社, 余额 my-region  2023-06 9.5 100m CNY",
            "+甲社, 余额 my-region  2022 8 100m CNY",
            "+甲社, 比年初增减额 my-region  2023-06 1.5 100m CNY",
            "+甲社, 同比增长 my-region  2023-06 3 %",
        ],
    ),
    "ten_days": (
        "黑龙江省2023年11月中旬价格\n单位：元\n指标,价格\n大豆,9.5\n稻谷,8\n", {"period"}, [],
    ),
    "school_year": (
        "黑龙江省2022-2023学年在校学生数\n单位：人\n指标,学生数\n高中,9\n小学,8\n", {"period"}, [],
    ),
    "series_of_a_vendor": (
        ",子国家,频率,单位,第一个日期,2023-06,2023-07\n"
        "中国：黑龙江：出口：本月,黑龙江,月,亿元,1999-01,9.5,8\n"
        "中国：黑龙江：出口：年初至今,黑龙江,月,亿元,1999-01,20,28\n",
        set(),
        [
            "exports my-region  2023-06 9.5 100m CNY",
            "exports my-region  2023-07 8 100m CNY",
            "exports my-region  2023-H1 20 100m CNY",
            "exports my-region  2023-01..2023-07 28 100m CNY",
        ],
    ),
    "zones": (
        "2023年各开发区地区生产总值\n单位：亿元\n序号,开发区名称,级别,第二产业,\n,,,合计,工业\n"
        "1,东经开区,国家级,9.5,8\n2,西经开区,省级,7,6\n合计,,,16.5,14\n",
        set(),
        [
            "gdp +东经开区 secondary 2023 9.5 100m CNY", "gdp +东经开区 industry 2023 8 100m CNY",
            "gdp +西经开区 secondary 2023 7 100m CNY", "gdp +西经开区 industry 2023 6 100m CNY",
            "gdp my-region secondary 2023 16.5 100m CNY",
            "gdp my-region industry 2023 14 100m CNY",
        ],
    ),
    "growth_behind_two_years": (
        "黑龙江省地区生产总值\n单位：亿元\n行业,2023年,2022年,名义增速%\n制造业,9.5,8,3\n采矿业,7,6,2\n",
        set(),
        [
            "gdp my-region section-c 2023 9.5 100m CNY", "gdp my-region section-c 2022 8 100m CNY",
            "+Gross domestic product, 名义增速 my-region section-c 2023 3 %",
            "gdp my-region section-b 2023 7 100m CNY", "gdp my-region section-b 2022 6 100m CNY",
            "+Gross domestic product, 名义增速 my-region section-b 2023 2 %",
        ],
    ),
    "bilingual": (
        "各县(市)地区生产总值（2022年）\nGross Regional Product by County (City) (2022)\n"
        "单位：亿元\n地  区 Region,第二产业 Secondary Industry,#工业 Industry\n"
        "哈尔滨市 Harbin,9.5,8\n大庆市 Daqing,7,6\n东  县 Dongxian,1,1\n",
        set(),
        [
            "gdp harbin secondary 2022 9.5 100m CNY", "gdp harbin industry 2022 8 100m CNY",
            "gdp daqing secondary 2022 7 100m CNY", "gdp daqing industry 2022 6 100m CNY",
            "gdp +东县 secondary 2022 1 100m CNY", "gdp +东县 industry 2022 1 100m CNY",
        ],
    ),
    "months_with_points": (
        "黑龙江省金融机构收支\n单位：亿元\n项目 Item,2023.01,2023.02\n出口 Exports,9.5,8\n进口 Imports,7,6\n",
        {"time"},
        [
            "exports my-region  2023-01 9.5 100m CNY", "exports my-region  2023-02 8 100m CNY",
            "imports my-region  2023-01 7 100m CNY", "imports my-region  2023-02 6 100m CNY",
        ],
    ),
    "amounts_and_rates": (
        "黑龙江省2023年存款\n单位：亿元、%\n项目,甲余额,乙金额,占比\n东社,9.5,8,3\n西社,7,6,2\n",
        {"unit_words"},
        [
            "+东社, 占比 my-region  2023 3 %",
            "+西社, 占比 my-region  2023 2 %",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_sheet_of_a_chinese_office(name: str) -> None:
    text, kinds, rows = CASES[name]
    book = read("sheet.csv", text.encode(), words_of("cn"), ANSWERS)
    for question in book.questions:
        assert all(question.fault("sheet.csv").words(lang) for lang in LANGUAGES)
    assert {q.kind for q in book.questions} | {fault.code for fault in book.faults} == kinds
    names = {f"+{entry.id}": f"+{entry.name}" for entry in book.entries.by_key.values()}
    short: list[str] = []
    for sheet, at, _ in figures(book):
        labels, number = sheet.figures.labels[at], sheet.figures.numbers[at]
        ids = (labels.indicator, labels.region, labels.industry)
        texts = (*(names.get(id, id) for id in ids), labels.period, number.value, labels.unit)
        short.append(" ".join(texts))
    assert short == rows
