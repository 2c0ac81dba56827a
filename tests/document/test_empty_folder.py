"""A folder in which nothing stands yet: a run says what to add first, and shows no empty page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import songhua
from commands import songhua as verb
from songhua.document.blocks import Section
from songhua.document.report import book
from songhua.format.view import View

WANTED = {
    "en": ("What to add first", "observations/*.csv first", "A bureau's table is taken in"),
    "zh": ("先补充什么", "请先补充observations/*.csv", "统计部门的表格可直接导入"),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return songhua.new(tmp_path_factory.mktemp("empty") / "town")


@pytest.mark.parametrize("lang", WANTED)
def test_a_run_says_what_to_add_first_and_what_that_brings(
    empty: Path, tmp_path: Path, lang: str
) -> None:
    done = verb("run", empty, "--out", tmp_path, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    said = re.sub(r"\s+", "", done.out)
    for text in WANTED[lang]:
        assert re.sub(r"\s+", "", text) in said
    assert said.count("observations/*.csv") == 1


@pytest.mark.parametrize("lang", WANTED)
def test_its_report_has_no_section_without_content(empty: Path, lang: str) -> None:
    pages = book(View.of(songhua.open(empty).run_all(), lang))
    assert set(pages) == {"report", "figures"}
    ids = [one.id for one in pages["report"].blocks if isinstance(one, Section)]
    assert ids[0] == "brief"
    assert not {"glance", "claims", "plan_text", "growth", "track"} & {*ids}
