"""Exports of data sellers: a series' name carries its place, indicator and branch."""

from __future__ import annotations

from datetime import date

from office_books.making import Formatted, Made, saved, workbook, xls


def branch_series_serials() -> Made:
    """.xls: dates as bare serial numbers of a year's last day; frequency and unit below the names."""
    rows = [
        [
            "指标名称",
            "黑龙江:营业收入:采矿业",
            "黑龙江:营业收入:采矿业:煤炭开采和洗选业",
            "黑龙江:营业收入:制造业",
            "辽宁:营业收入:制造业",
        ],
        ["频率", "年", "年", "年", "年"],
        ["单位", "万元", "万元", "万元", "亿元"],
        ["来源", "黑龙江省统计局", "黑龙江省统计局", "黑龙江省统计局", "辽宁省统计局"],
        [43465, 812.5, 305.4, 4410, 9.02],
        [43830, 798.3, 311.7, 4532.6, 9.4],
        [44196, "", 298, 4305.1, 8.77],
        ["数据来源：某某资讯"],
    ]
    return "branch_series_serials.xls", xls({"Sheet1": rows})


def quarter_series_by_month() -> Made:
    """Quarters in the row of their last month, the other months blank; a second sheet describes."""
    rows = [
        [
            "指标",
            "GDP_当期",
            "GDP_累计",
            "第二产业增加值_累计",
            "第二产业增加值_当期同比实际增速",
            "第二产业增加值实际增长指数(上年同期＝100)_当期",
        ],
        ["地区", "吉林省", "吉林省", "吉林省", "吉林省", "吉林省"],
        ["频度", "季", "季", "季", "季", "季"],
        ["单位", "亿元", "亿元", "亿元", "%", "-"],
        ["2019-02"],
        ["2019-03", 255.1, 255.1, 98.6, 3.1, 103.1],
        ["2019-04"],
        ["2019-05"],
        ["2019-06", 287.9, 543, 214.5, 2.4, 102.4],
        ["2019-07"],
        ["2019-08"],
        ["2019-09", 301.4, 844.4, 330.2, "", 98.7],
    ]
    series = [
        ["指标名称", "地区名称", "地区编码", "频度", "单位", "开始时间", "结束时间"],
        ["GDP_当期", "吉林省", "220000", "季", "亿元", "2005-03", "2019-09"],
        ["GDP_累计", "吉林省", "220000", "季", "亿元", "2005-03", "2019-09"],
    ]
    return "quarter_series_by_month.xls", xls({"Sheet1": rows, "Sheet2": series})


def month_series_headed_twice() -> Made:
    """.xlsx: number and date columns, names given twice, dates real and newest first."""
    names = ["中国:工业增加值:制造业:累计同比", "中国:固定资产投资:制造业:累计值"]
    rows = [
        ["序号", "日期", *names],
        ["", "指标名称", *names],
        ["", "指标ID", "EMX00001", "EMX00002"],
        ["", "频率", "月", "月"],
        ["", "单位", "%", "亿元"],
        ["", "发布方", "国家统计局", "国家统计局"],
        [1, Formatted(date(2023, 4, 30), "yyyy-mm"), 3.9, 405.2],
        [2, Formatted(date(2023, 3, 31), "yyyy-mm"), 2.9, 290.6],
        [3, Formatted(date(2023, 2, 28), "yyyy-mm"), 2.1, ""],
        [],
        ["数据来源：某某数据"],
    ]
    return "month_series_headed_twice.xlsx", saved(workbook({"指标": rows}))
