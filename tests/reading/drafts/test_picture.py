"""A sheet as a page: the reading of each cell, the doubts, and nothing is imported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands import songhua
from dom import parse

TABLE = """生产总值
单位：m EUR
行业,2019年,2020年
生产总值,100,105
食品,40,41
园区,1,2
"""


def _plain(text: str) -> str:
    return re.sub(r"[\s\u2060]+", "", text)


def page_of(tmp_path: Path, folder: Path, text: str, *more: str) -> tuple[int, str, Path]:
    file, page = tmp_path / "table.csv", tmp_path / "table.html"
    file.write_text(text, "utf-8")
    done = songhua("import", folder, file, "--source", "paper", "--picture", page, *more)
    return done.code, done.out + done.err, page


@pytest.mark.parametrize(("lang", "figure"), [
    ("en", "41 Gross product, Food, 2020, million euros"),
    ("zh", "41 生产总值、食品、2020年、百万欧元"),
])  # fmt: skip
def test_each_cell_says_what_it_was_taken_for(
    rivertown: Path, tmp_path: Path, lang: str, figure: str
) -> None:
    before = sorted(rivertown.rglob("*"))
    code, shown, page = page_of(tmp_path, rivertown, TABLE, "--lang", lang)
    assert (code, sorted(rivertown.rglob("*"))) == (0, before), shown
    tree = parse(page.read_text("utf-8"))
    rows = [[_plain(cell.text) for cell in row.all("td")] for row in tree.all("tr")]
    told = [row for row in rows if row]
    assert [row[0] for row in told] == [
        "生产总值",
        "单位：mEUR",
        "行业",
        "生产总值",
        "食品",
        "×园区",
    ]
    assert told[4][2] == _plain(figure)
    assert told[5][:2] == ["×园区", "×1"]
    assert "<script" not in page.read_text("utf-8") or "src=" not in page.read_text("utf-8")


def test_what_is_doubtful_stands_first(rivertown: Path, tmp_path: Path) -> None:
    code, _, page = page_of(
        tmp_path, rivertown, TABLE.replace("生产总值\n单位", "东区生产总值\n单位")
    )
    assert code == 0
    text = page.read_text("utf-8")
    assert text.index("东区” is not understood") < text.index("<td")


def test_a_picture_is_no_import(rivertown: Path, tmp_path: Path) -> None:
    code, said, page = page_of(tmp_path, rivertown, TABLE, "--map", "x.toml")
    assert (code, page.exists()) == (2, False)
    assert "--picture imports nothing, so that it cannot stand beside --map" in said


@pytest.mark.parametrize("option", ["--picture", "--draft"])
def test_what_is_in_the_way_is_kept_and_the_remedy_can_be_followed(
    option: str, rivertown: Path, tmp_path: Path
) -> None:
    file, target = tmp_path / "wide.csv", tmp_path / "target"
    file.write_text("industry,2020,2021\nfood,1.5,1.6\ntools,2.5,2.6\n", "utf-8")
    for stands in (lambda: target.write_text("mine", "utf-8"), lambda: target.symlink_to("gone")):
        stands()
        done = songhua(
            "import", rivertown, file, "--source", "paper", option, target, "--lang", "en"
        )
        assert done.code == 2
        assert "a file is here already; it is kept" in done.err
        assert "--replace" not in done.err  # import has no such option
        assert target.is_symlink() or target.read_text("utf-8") == "mine"
        target.unlink()
