"""Sheets whose marks carry meaning: signs, scripts, strokes, fills, comments, footnotes, remarks."""

from __future__ import annotations

from datetime import date

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from office_books.making import Formatted, Made, saved, workbook

RAISED = InlineFont(vertAlign="superscript")
SHADE = PatternFill("solid", fgColor="FFFF99")


def noted(text: str, mark: str) -> CellRichText:
    """A text with a raised note's mark behind it."""
    return CellRichText(text, TextBlock(RAISED, mark))


def county_flags() -> Made:
    """Signs of a statistical office among the figures, explained below."""
    rows = [
        ["Table 7. Employment and pay by county, manufacturing, 2020 and 2021"],
        ["", "Employment (persons)", "", "Average weekly pay (dollars)", ""],
        ["County", 2020, 2021, 2020, 2021],
        ["Ashford", 1204, "1310 p", 811, "846 p"],
        ["Birchwood", "(D)", "(D)", "(D)", "(NA)"],
        ["Cedar Falls", "12 p", "r13", 640, "5.2 u"],
        ["Dunmore", "~", 77, "..", 702],
        ["Elmsted", "***", 204, "***", "r688"],
        ["(D) Not shown to avoid disclosure. (NA) Not available. *** Suppressed. ~ Absent."],
        [".. Not applicable. p Provisional. r Revised. u Unreliable: few persons sampled."],
    ]
    made = workbook({"Table 7": rows})
    made["Table 7"].merge_cells("B2:C2")
    made["Table 7"].merge_cells("D2:E2")
    return "county_flags.xlsx", saved(made)


def counties_marked() -> Made:
    """Raised marks, a struck figure, years from dates, a comment, a hidden column and sheet, a fill."""
    ends = [Formatted(date(year, 12, 31), "yyyy") for year in (2020, 2021, 2022)]
    rows = [
        ["表3　各县工业总产值"],
        ["", "", "", "", "单位：万元"],
        ["地区", *ends, "校核"],
        ["青石县", 98.6, 104.1, noted("110.2", "1"), 312.9],
        [noted("白桦县", "2"), 77.3, 81.9, 83.5, 242.7],
        ["云杉县", 45, 46.2, 51.8, 143],
        ["松塔县", 12.7, 13.4, 13.9, 40],
        ["底纹单元格为估计数"],
        ["1 不含新迁入企业。"],
        ["2 2021年起行政区划调整。"],
    ]
    draft = [["地区", 2022], ["青石县", 98], ["白桦县", 71]]
    made = workbook({"表3": rows, "底稿": draft})
    made["底稿"].sheet_state = "hidden"
    sheet = made["表3"]
    sheet["C6"].font = Font(strike=True)
    sheet["D7"].fill = SHADE
    sheet["A8"].fill = SHADE
    sheet["B5"].comment = Comment("按新口径调整", "录入")
    sheet.column_dimensions["E"].hidden = True
    return "counties_marked.xlsx", saved(made)


def towns_late_signs() -> Made:
    """Thirty ordinary rows, then a triangle for minus, a number with 万, an error."""
    rows: list[list[object]] = [
        ["附表　各镇人口（2020年）"],
        ["镇", "常住人口（人）", "比上年增长（%）"],
    ]
    rows += [[f"第{n}镇", 2000 + 37 * n, round(0.5 + n / 10, 1)] for n in range(1, 31)]
    rows += [
        ["第31镇", 2480, "▲3.0"],
        ["第32镇", "1.2万", 0.4],
        ["第33镇", "#N/A", "▲0.6"],
        ["注：▲表示下降。"],
    ]
    return "towns_late_signs.xlsx", saved(workbook({"附表": rows}))


def counties_other_unit() -> Made:
    """A footnote gives one row another unit, a remark gives one row another year."""
    rows = [
        ["表9　各县财政和金融（2023年）"],
        ["", "", "", "单位：亿元"],
        ["地区", "一般公共预算收入", "年末存款余额", "备注"],
        ["甲县", 31250, 402100],
        ["乙县", 4.12, 55.6],
        ["丙县", 2.98, 40.3, "2022年数"],
        ["丁县", 3.5, 47.9, "存款单位为百万元"],
        ["注：甲县单位为万元。"],
    ]
    return "counties_other_unit.xlsx", saved(workbook({"表9": rows}))
