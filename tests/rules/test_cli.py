"""The verbs: lists, pages and pipelines in both languages; faults with a remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from firm_facts import FACTS
from songhua import session
from songhua.cli.certify import certify
from songhua.cli.rules import rules
from songhua.examples import register as invented
from songhua.format.lines import plain_spaces

FIRM = f"""
{FACTS}national_award = false
rd_institution = false
led_standard = false
"""


def _run(verb: object, *words: str) -> Result:
    return CliRunner().invoke(verb, list(words))  # pyright: ignore[reportArgumentType]


@pytest.fixture
def firm(tmp_path: Path) -> str:
    (tmp_path / "firm.toml").write_text(FIRM, "utf-8")
    return str(tmp_path / "firm.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "case" / "register"
    home.mkdir(parents=True)
    for name, data in invented.files().items():
        (home.parent / name).write_bytes(data)
    return home.parent


def test_rulebooks_are_listed_shown_tried_and_linted() -> None:
    assert "cn/sci-tech-sme" in _run(rules, "list", "--lang", "en").output
    shown = json.loads(_run(rules, "show", "cn/size-class", "--json").output)
    assert {"name": "staff", "unit": "persons"}.items() <= {
        k: v for f in shown["facts"] if f["name"] == "staff" for k, v in f.items()
    }.items()
    done = _run(rules, "test", "cn/size-class", "--lang", "en")
    assert (done.exit_code, "0 differ" in done.output) == (0, True)
    assert _run(rules, "lint", "cn/size-class").exit_code == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("not met", "Score: 32", "Least-cost route", "annual accounts")),
        ("zh", ("不符合", "得分：32", "成本最低的达标路径", "第六条（五）")),
    ],
)
def test_a_firms_page_in_both_languages(firm: str, lang: str, words: tuple[str, ...]) -> None:
    done = _run(certify, firm, "--status", "cn/sci-tech-sme", "--on", "2024-06-30", "--lang", lang)
    assert done.exit_code == 0, done.output
    for word in words:
        assert word in done.output
    assert "{" not in done.output


def test_a_version_that_is_refused_says_why(firm: str) -> None:
    done = _run(certify, firm, "--status", "cn/little-giant", "--on", "2026-04-01", "--lang", "en")
    assert "only in part" in done.output


def test_a_registers_pipeline_and_one_of_its_firms(folder: Path) -> None:
    words = ("--status", "cn/sci-tech-sme", "--on", "2024-06-30", "--lang", "en")
    done = _run(certify, str(folder), *words)
    assert "invented" in done.output
    assert "qualified" in done.output
    told = json.loads(_run(certify, str(folder), *words, "--json").output)["tables"]
    assert (told["verdicts"], told["expiring_certificates"]) == ([], [])
    assert all(row["invented"] for row in told["pipeline"] + told["counts"])
    told = json.loads(_run(certify, str(folder), *words, "--json", "--small-cells").output)
    assert len(told["tables"]["verdicts"]) == 3000
    page = _run(certify, str(folder), *words, "--firm", "X00003")
    assert "Sci-tech SME" in page.output


def test_a_firms_page_is_written_as_html(folder: Path, firm: str, tmp_path: Path) -> None:
    words = ("--status", "cn/sci-tech-sme", "--on", "2024-06-30")
    for lang, made in (("en", 'lang="en"'), ("zh", 'lang="zh-Hans"')):
        file = tmp_path / "pages" / f"{lang}.html"
        done = _run(certify, firm, *words, "--html", str(file), "--lang", lang)
        assert done.exit_code == 0, done.output
        assert str(file) in done.output
        assert made in file.read_text("utf-8")
    page = tmp_path / "firm.html"
    told = _run(certify, str(folder), *words, "--firm", "X00003", "--html", str(page), "--json")
    assert json.loads(told.stdout)["cn/sci-tech-sme"]["verdict"]["on"] == "2024-06-30"
    assert "(invented)" in page.read_text("utf-8") or "（虚构）" in page.read_text("utf-8")
    assert "one firm" in _run(certify, str(folder), "--html", str(page), "--lang", "en").output


def test_a_region_without_a_register_shows_what_is_published() -> None:
    home = str(session.example("harbin"))
    done = _run(certify, home, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "no register" in done.output
    count = session.open(home).region.figure("high_tech_enterprises", "2020")
    assert count is not None
    assert f"{count['number']:,.0f}" in done.output
    assert list(json.loads(_run(certify, home, "--json").output)["tables"]) == ["published"]
    assert "no register" in _run(certify, home, "--firm", "a", "--lang", "en").output


def test_what_is_not_there_is_a_fault_with_a_remedy(folder: Path, tmp_path: Path) -> None:
    assert "no register" in _run(certify, str(tmp_path), "--lang", "en").output
    assert "no firm" in _run(certify, str(folder), "--firm", "nobody", "--lang", "en").output
    assert (
        "no rulebook" in _run(certify, str(folder), "--status", "cn/no-such", "--lang", "en").output
    )


def test_a_cell_that_cannot_be_read_is_told_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_text("firm,staff,resident\na,12,yes\nb,many,maybe\nc,-3,no\n", "utf-8")
    done = _run(certify, str(file), "--status", "cn/sci-tech-sme", "--lang", "en")
    assert done.exit_code == 2
    assert "row 3, staff" in done.output
    assert "row 3, resident" in done.output
    assert "row 4, staff" in done.output


@pytest.mark.parametrize(
    ("lang", "since", "needs"),
    [
        ("en", "no text held since 2026-04-01", "What the class needs: Sales"),
        ("zh", "自 2026-04-01 起未收录文本", "确定类型尚需：上一会计年度销售"),
    ],
)
def test_what_is_not_held_and_what_a_class_needs_are_told(
    tmp_path: Path, lang: str, since: str, needs: str
) -> None:
    (tmp_path / "firm.toml").write_text('industry = "industry"\nstaff = 999\n', "utf-8")
    path, page = str(tmp_path / "firm.toml"), tmp_path / "firm.html"
    for status, day, said in (
        ("cn/little-giant", "2026-06-30", since),
        ("cn/size-class", "2024-06-30", needs),
    ):
        words = (path, "--status", status, "--on", day, "--lang", lang)
        assert said in _run(certify, *words).output
        _run(certify, *words, "--html", str(page))
        assert said in plain_spaces(page.read_text("utf-8"))


def test_a_verdict_in_chinese_names_no_id(firm: str) -> None:
    told = _run(certify, firm, "--status", "cn/sci-tech-sme", "--on", "2022-06-30", "--lang", "zh")
    assert "national_award" not in told.output
    assert "staff_cap" not in told.output
    assert "职工总数" in told.output
