"""Workbooks as a bureau makes them, written in the test."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest
import xlsxwriter

Cells = Mapping[str, object]
Book = Callable[..., bytes]


@pytest.fixture(scope="session")
def book() -> Book:
    """Write a workbook: cells by place, a range such as `A1:E1` for a merged one."""

    def write(cells: Cells, sheet: str = "表2-7", **others: Cells) -> bytes:
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as workbook:
            for name, content in {sheet: cells, **others}.items():
                page = workbook.add_worksheet(name)
                for place, value in content.items():
                    if ":" in place:
                        page.merge_range(place, value)
                    else:
                        page.write(place, value)
        return stream.getvalue()

    return write


@pytest.fixture(scope="session")
def yearbook() -> Cells:
    """A table of a yearbook: title, unit, two rows of merged headings, marks, notes."""
    return {
        "A1:E1": "2-7  地区生产总值",
        "E2": "单位：亿元",
        "A3:A4": "行　业",
        "B3:C3": "2020年",
        "D3:E3": "2021年①",
        "B4": "绝对值",
        "C4": "比上年增长（%）",
        "D4": "绝对值",
        "E4": "比上年增长（%）",
        "A5": "地区生产总值",
        "B5": 5183.8,
        "C5": 0.6,
        "D5": 5351.7,
        "E5": 5.5,
        "A6": "　第一产业",
        "B6": 615.7,
        "C6": "…",
        "D6": 638.2,
        "E6": 6.8,
        "A7": "　其中：工业*",
        "B7": "1,030.20",
        "C7": 1.3,
        "D7": "-",
        "A8": "第三产业",
        "B8": "约3100",
        "C8": 0.7,
        "D8": 3248.0,
        "E8": "５.２",
        "A9:E9": "注：本表绝对值按当年价格计算。",
        "A10": "① 2021年为快报数。",
        "A11": "* 规模以上。",
    }
