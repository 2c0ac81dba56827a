"""The terminal: lines broken as their language is, signs of verdicts, rows with lines of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

import commands
from songhua import session
from songhua.document.blocks import Paragraph, Points
from songhua.document.studies import of_study
from songhua.document.tables import grid
from songhua.format.text import Break, Mark
from songhua.format.view import View
from songhua.render import fragment
from songhua.render.terminal import lines

LONG = "科技人员指标得分不得为0分，且综合评价所得分值不低于60分；2021—2025年规划期内每千人口托位数达到4.5个。"


@pytest.mark.parametrize("width", [12, 21, 40])
def test_chinese_fills_its_lines_and_no_line_begins_with_a_stop(width: int) -> None:
    for blocks in ([Paragraph(LONG)], [Points([f"✓ {LONG}"])], [grid("", ["甲"], [[LONG]])]):
        shown = [line.strip() for line in lines(blocks, width).splitlines()]
        text = [line for line in shown if line and "─" not in line and line != "甲"]
        assert "".join(text).removeprefix("•").replace("✓", "").replace(" ", "") == LONG
        assert all(cell_len(line) <= width for line in shown)
        assert not [line for line in text if line[0] in "，；。"]
        if width == 40:
            assert min(map(cell_len, text[:-1])) > width / 2


def test_a_word_that_fits_is_kept_whole() -> None:
    text = "Establishments of the manufacturing industries"
    words = " ".join(lines([Paragraph(text)], 20).split())
    assert words == text
    assert lines([Paragraph("x" * 30)], 20).split() == ["x" * 19, "x" * 11]


def test_a_row_with_lines_of_its_own_is_shown_with_them_below() -> None:
    met = (Mark("verdict", "met", "met", "✓"), Break(), "by a person")
    table = grid("", ["a", "b", "c"], [["Art. 1", met, ("one", Break(), "two")]])
    assert lines([table]).splitlines() == [
        " ✓ met · by a person  Art. 1", "      one", "      two",
    ]  # fmt: skip


def test_a_verb_gives_its_screen_as_blocks(rivertown: Path) -> None:
    view = View.of(session.open(rivertown).run("claims"), "zh")
    done = commands.songhua("claims", rivertown, "--blocks", "--lang", "zh")
    assert done.out == fragment(view, of_study(view, "claims"), "json")
    refused = commands.songhua("claims", rivertown / "nowhere", "--blocks")
    assert (refused.code, len(json.loads(refused.out)["faults"])) == (2, 1)
