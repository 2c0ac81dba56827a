"""Workbooks as bureaus make them: merged headings, marks, notes, and parts of a year below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reading_tables import figures, read, words_of

Cells = Mapping[str, object]
Book = Callable[..., bytes]


def short(data: bytes, answers: Mapping[str, str], country: str = "cn") -> list[str]:
    """The figures of a workbook: cell, entries, period, value, qualifier, unit and note."""
    book = read("a.xlsx", data, words_of(country), {"entries": "new", **answers})
    assert (book.questions, book.faults) == ([], [])
    names = {f"+{entry.id}": f"+{entry.name}" for entry in book.entries.by_key.values()}
    rows: list[str] = []
    for sheet, at, cell in figures(book):
        labels, number = sheet.figures.labels[at], sheet.figures.numbers[at]
        ids = (labels.indicator, labels.region, labels.industry)
        entries = [names.get(id, id) for id in ids if id]
        value = f"{number.qualifier} {number.value}".strip()
        note = sheet.figures.notes[at]
        rows.append(
            " ".join(
                [cell.split("!")[-1], *entries, labels.period, value, labels.unit, note]
            ).strip()
        )
    return rows


def test_a_yearbook_table_with_merged_headings(book: Book, yearbook: Cells) -> None:
    late, above = "① 2021年为快报数。", "* 规模以上。"
    assert short(book(yearbook), {"place": "my-region", "remarks": "keep"}) == [
        "B5 gdp my-region 2020 5183.8 100m CNY",
        "C5 gdp_growth_real my-region 2020 0.6 %",
        f"D5 gdp my-region 2021 5351.7 100m CNY {late}",
        f"E5 gdp_growth_real my-region 2021 5.5 % {late}",
        "B6 gdp my-region primary 2020 615.7 100m CNY",
        f"D6 gdp my-region primary 2021 638.2 100m CNY {late}",
        f"E6 gdp_growth_real my-region primary 2021 6.8 % {late}",
        f"B7 gdp my-region industry 2020 1030.20 100m CNY {above}",
        f"C7 gdp_growth_real my-region industry 2020 1.3 % {above}",
        "B8 gdp my-region tertiary 2020 about 3100 100m CNY",
        "C8 gdp_growth_real my-region tertiary 2020 0.7 %",
        f"D8 gdp my-region tertiary 2021 3248 100m CNY {late}",
        f"E8 gdp_growth_real my-region tertiary 2021 5.2 % {late}",
    ]


def test_what_is_left_out_is_counted_and_notes_are_kept(book: Book, yearbook: Cells) -> None:
    answers = {"entries": "new", "place": "my-region", "remarks": "keep"}
    reading = read("a.xlsx", book(yearbook), words_of("cn"), answers)
    told = [(row.why, row.text, row.n, row.first) for row in reading.skipped()]
    assert ("mark", "…", 1, "表2-7!C6") in told
    assert ("mark", "-", 1, "表2-7!D7") in told
    assert [remark.text for sheet in reading.sheets for remark in sheet.remarks] == [
        "注：本表绝对值按当年价格计算。", "① 2021年为快报数。", "* 规模以上。",
    ]  # fmt: skip


def test_a_remark_on_all_figures_stands_in_the_note_of_each(book: Book) -> None:
    """It may say that they were revised: what is kept is kept where the figure is."""
    remark = "注：2020年及以前数据根据第七次人口普查结果进行了修订。"
    cells = {
        "A1": "年份",
        "B1": "地区生产总值(亿元)",
        "A2": "2019",
        "B2": 5249,
        "A3": "2020",
        "B3": 5183,
        "A5": remark,
    }
    kept, left = (
        read("a.xlsx", book(cells), words_of("cn"), {"place": "my-region", "remarks": answer})
        for answer in ("keep", "leave")
    )
    assert kept.candidates().table.column("note").to_pylist() == [remark, remark]
    assert remark not in left.candidates().table.column("note").to_pylist()


def test_years_over_quarters_and_a_unit_for_each_row(book: Book) -> None:
    cells = {
        "A1:A2": "指标", "B1:B2": "计量单位", "C1:D1": 2021, "C2": "一季度", "D2": "1-8月",
        "A3": "财政收入", "B3": "万元", "C3": 1200, "D3": 5600,
        "A4": "就业人数", "B4": "万人", "C4": 310.5, "D4": "不足312",
    }  # fmt: skip
    assert short(book(cells), {"place": "my-region"}) == [
        "C3 +财政收入 my-region 2021-Q1 1200 10k CNY",
        "D3 +财政收入 my-region 2021-01..2021-08 5600 10k CNY",
        "C4 +就业人数 my-region 2021-Q1 310.5 10k persons",
        "D4 +就业人数 my-region 2021-01..2021-08 less_than 312 10k persons",
    ]


def test_sections_marks_and_a_region_merged_over_rows(book: Book) -> None:
    cells = {
        "A1": "Exports by region", "A2": "Unit: million USD",
        "A3": "Region", "B3": "Industry", "C3": "2019", "D3": "2020 [1]", "E3": "Remarks",
        "A4": "Core regions", "A5:A6": "River Town", "B5": "Food", "C5": 10.25, "D5": "(1.5)",
        "E5": "see annex", "B6": "Tools", "C6": "more than 20", "D6": "n/a",
        "A7": "[1] Preliminary.", "A8": "Prepared by the office",
    }  # fmt: skip
    answers = {"sections": "order", "blank row industry": "fill", "remarks": "keep"}
    assert short(book(cells, Other={"A1": 1}), answers, "us") == [
        "C5 exports +River Town food 2019 10.25 m USD see annex",
        "D5 exports +River Town food 2020 -1.5 m USD see annex; [1] Preliminary.",
        "C6 exports +River Town +Tools 2019 more_than 20 m USD",
    ]
