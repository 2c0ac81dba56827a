"""Tables in the manner of the national statistics office's downloads and of yearbooks."""

from __future__ import annotations

from office_books.making import Formatted, Made, Rows, saved, separated, workbook, xls

FORMATS = ("0.0,", "0.0%", "0.00", "#,##0")


def provinces_ten_years() -> Made:
    """.xls download: three lines above, notes below, the newest year still blank."""
    years = [f"{year}年" for year in range(2024, 2014, -1)]
    note = "注：1.本表按当年价格计算。2004年及以前执行《国民经济行业分类》（GB/T4754-1994）。"
    rows = [
        ["数据库：分省年度数据"],
        ["指标：地区生产总值(亿元)"],
        ["时间：最近10年"],
        ["地区", *years],
        ["北京市", "", 612.4, 588.03, 570.0, 521.7, 505.33, 481.9, 450.06, 422.1, 401.8],
        ["内蒙古自治区", "", 203.9, 198.4, 187.16, 171.2, 168.8, 160.5, 152.75, 149.0, 140.3],
        ["辽宁省", "", 298.75, 287.6, 271.4, 250.1, 249.9, 241.08, 230.7, 222.3, 219.4],
        ["黑龙江省", "", 158.9, 155.02, 148.6, 136.99, 134.1, 128.5, "", 119.7, 118.2],
        [note],
        ["　　　2.2015年为试编数。"],
        ["数据来源：国家统计局"],
    ]
    return "provinces_ten_years.xls", xls({"分省年度数据": rows})


def quarters_current_cumulative() -> Made:
    """.xls download: indicators down, quarters across; each indicator twice; no place."""
    quarters = ["2022年第二季度", "2022年第一季度", "2021年第四季度", "2021年第三季度"]
    rows = [
        ["数据库：季度数据"],
        ["时间：最近6季度"],
        ["指标", *quarters],
        ["国内生产总值当季值(亿元)", "", 2701.8, 3240.1, 2899.7],
        ["国内生产总值累计值(亿元)", "", 2701.8, 11436.7, 8196.6],
        ["第二产业增加值当季值(亿元)", "", 1061.9, 1288, 1130.2],
        ["第二产业增加值累计值(亿元)", "", 1061.9, 4504.9, 3216.9],
        ["国内生产总值指数(上年同期=100)当季值", "", 104.8, 104, 104.9],
        ["国内生产总值指数(上年同期=100)累计值", "", 104.8, 108.1, 109.8],
        ["注：1.国内生产总值绝对值按现价计算，增长速度按不变价格计算。"],
        ["　　　2.行业分类采用《国民经济行业分类（GB/T 4754－2017）》。"],
        ["数据来源：国家统计局"],
    ]
    return "quarters_current_cumulative.xls", xls({"季度数据": rows})


def national_accounts_years() -> Made:
    """GB 18030 text: a nation's table that names no nation."""
    rows = [
        ["数据库：年度数据", "", "", ""],
        ["时间：最近3年", "", "", ""],
        ["指标", "2023年", "2022年", "2021年"],
        ["国民总收入(亿元)", "9512.3", "9010", "8744.06"],
        ["国内生产总值(亿元)", "9600.7", "9105.2", "8830"],
        ["工业增加值(亿元)", "2990.1", "2954.8", "2871.6"],
        ["人均国内生产总值(元)", "67916", "64410", "62506"],
        ["年末总人口(万人)", "1413.3", "1413.7", ""],
        ["注：1.国民总收入与国内生产总值的差额为来自国外的初次收入净额。", "", "", ""],
        ["数据来源：国家统计局", "", "", ""],
    ]
    return "national_accounts_years.csv", separated(rows, "gb18030")


def sectors_two_vintages() -> Made:
    """One series on two sheets, before and after its revision."""
    heading = ["地区", 2015, 2016, 2017, 2018]
    revised = [
        ["2-3  分地区第二产业增加值（修订后）"],
        ["", "", "", "", "单位：亿元"],
        heading,
        ["天津市", 55.1, 58.2, 60.7, 63.4],
        ["吉林省", 48.6, 49.9, 51.3, 54],
        ["数据来源：第四次全国经济普查修订"],
    ]
    before = [
        ["2-3  分地区第二产业增加值"],
        ["", "", "", "", "单位：亿元"],
        heading,
        ["天津市", 76.9, 80.1, 82.4, ""],
        ["吉林省", 70.3, 71.9, 73.5, ""],
        ["数据来源：修订前历史资料"],
    ]
    made = workbook({"修订后": revised, "修订前": before})
    return "sectors_two_vintages.xlsx", saved(made)


def investment_growth_sections() -> Made:
    """A line says per cent, the headings say money."""
    rows = [
        ["10-18  分地区各行业固定资产投资比上年增长情况(2023年)"],
        [],
        ["单位：%"],
        ["id", "年份", "地区", "合计/亿元", "农林牧渔业/亿元", "采矿业/亿元", "制造业/亿元"],
        [1, 2023, "河北省", 2.7, -8.4, -5.1, 9.6],
        [2, 2023, "辽宁省", 1.8, 11.2, 15.9, 3.3],
        [3, 2023, "黑龙江省", -6.6, -19.7, 0.9, -12.5],
    ]
    return "investment_growth_sections.xlsx", saved(workbook({"2023": rows}))


def districts_joint_value() -> Made:
    """One value for two districts together, its cell merged over both rows."""
    rows = [
        ["北桦市规模以上工业企业主要指标（2022年）"],
        ["地区", "企业单位数（个）", "营业收入（亿元）"],
        ["城东区", 41, 88.6],
        ["城西区", 35],
        ["青石县", 12, 19.3],
        ["白桦县", 9, 7.25],
        ["注：城东区、城西区营业收入合并统计。"],
    ]
    made = workbook({"工业": rows})
    made["工业"].merge_cells("A1:C1")
    made["工业"].merge_cells("C3:C4")
    return "districts_joint_value.xlsx", saved(made)


def gdp_with_census_break() -> Made:
    """A note says that a revision begins inside the series."""
    rows = [
        ["数据库：主要城市年度数据"],
        ["指标：地区生产总值(亿元)"],
        ["时间：2015-2019"],
        ["地区", "2019年", "2018年", "2017年", "2016年", "2015年"],
        ["天津", 68.4, 66.1, 91.3, 88.2, 84.75],
        ["长春", 31.2, 30.4, 38.9, 36, 35.1],
        ["哈尔滨", 27.7, 26.8, 33.3, 32.6, 31.9],
        ["注：2018年起为第四次经济普查修订数。"],
        ["数据来源：国家统计局"],
    ]
    return "gdp_with_census_break.xls", xls({"主要城市年度数据": rows})


def month_main_indicators() -> Made:
    """A bureau's monthly sheet: section lines, month and cumulative, growth beside each."""
    rows = [
        ["2021年12月北桦市主要经济指标"],
        ["指标", "单位", "12月", "比上年同月±%", "1-12月累计", "比上年同期±%"],
        ["一、工业"],
        ["规模以上工业增加值", "亿元", "—", 6.2, "—", 7.9],
        ["　#制造业", "亿元", "—", 5.8, "—", 8.4],
        ["工业用电量", "万千瓦时", 4120, -1.3, 45870, 3.6],
        ["二、财政金融"],
        ["一般公共预算收入", "亿元", 2.91, 11.4, 31.05, 8.2],
        ["金融机构人民币各项存款余额", "亿元", 402.7, 9.5, "—", "—"],
        ["三、物价"],
        ["居民消费价格指数（上年=100）", "", "—", "—", 101.3, "—"],
        ["四、结构"],
        ["三次产业构成（%）", "", "—", "—", 100, "—"],
        ["　第一产业", "", "—", "—", 21.5, "—"],
        ["　第二产业", "", "—", "—", 30.2, "—"],
        ["　第三产业", "", "—", "—", 48.3, "—"],
        ["注：“—”表示无该项数据；增加值增速按可比价格计算。"],
    ]
    made = workbook({"12月": rows})
    made["12月"].merge_cells("A1:F1")
    return "month_main_indicators.xlsx", saved(made)


def month_without_year() -> Made:
    """The same kind of sheet as text; no year stands anywhere."""
    rows = [
        ["各县（市、区）主要经济指标完成情况", "", "", "", ""],
        ["", "固定资产投资（万元）", "", "社会消费品零售总额（万元）", ""],
        ["地区", "1-9月累计", "比上年同期±%", "1-9月累计", "比上年同期±%"],
        ["青石县", "20150", "4.1", "30880", "-0.7"],
        ["白桦县", "9870", "-12", "14025", "2.5"],
        ["云杉市", "45102", "0.0", "71600", "3.3"],
    ]
    return "month_without_year.csv", separated(rows, "utf-8-sig")


def _towns() -> dict[str, Rows]:
    rows = [
        ["表4　2022年各乡镇农业指标"],
        ["乡镇", "农业总产值（千元）", "耕地灌溉率", "粮食产量（吨）", "人均纯收入（元）"],
        ["石桥镇", *_formatted(1234560, 0.582, 310.256, 12804)],
        ["柳林镇", *_formatted(987650, 0.6, 98.404, 9750)],
    ]
    return {"农业": rows}


def _formatted(*numbers: float) -> list[Formatted]:
    return [Formatted(*pair) for pair in zip(numbers, FORMATS, strict=True)]


def towns_shown_in_thousands() -> Made:
    """Number formats: thousands by a comma, per cent, two decimals of many stored."""
    return "towns_shown_in_thousands.xls", xls(_towns())


def towns_shown_in_thousands_again() -> Made:
    """The same cells in the newer form of workbook."""
    return "towns_shown_in_thousands.xlsx", saved(workbook(_towns()))
