"""Questions about tables, asked one at a time on a terminal or answered from piped input."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from commands import Done, songhua
from published_layouts import chinese
from songhua.cli import dialogue

LANGUAGES = ("en", "zh")
#: The questions are of the place, of a name that the folder lacks, and of the source.
TABLE = "指标,单位,2015年1-{month}月\n地区生产总值,亿元,{value}\n存款余额,亿元,5\n"
ANSWERS = ("1", "1", "1")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return chinese(tmp_path / "cn")


def table(folder: Path, month: int = 8, value: str = "10.0") -> Path:
    file = folder.parent / f"month-{month}.csv"
    file.write_text(TABLE.format(month=month, value=value), "utf-8")
    return file


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, folder: Path):
    """An import that is answered line by line."""

    def asked(file: Path, *answers: str, more: tuple[str, ...] = ("--ask",), lang="en") -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
        return songhua("import", folder, file, *more, "--lang", lang)

    return asked


def written(folder: Path) -> set[str]:
    """The files of a folder but for songhua's own."""
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_open_is_asked_and_the_next_month_asks_less(folder, ask, lang):
    done = ask(table(folder), *ANSWERS, lang=lang)
    assert done.code == 0, done.err
    first, *_ = done.out.splitlines()
    assert {"en": "Indicator: ", "zh": "指标："}[lang] in first
    assert {"en": "New (Indicator, 1): 存款余额", "zh": "新增指标 1 个：存款余额"}[lang] in done.out
    assert len([name for name in written(folder) if name.startswith("imports/")]) == 1
    done = ask(table(folder, 9, "12.0"), more=("--source", "yearbook"), lang=lang)
    assert done.code == 0, done.err
    assert "12.0" in done.out


def test_a_line_break_chooses_nothing(folder, ask):
    done = ask(table(folder), "", "", *ANSWERS)
    assert done.code == 0, done.err
    assert done.out.count("(? the sheet") == 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_is_shown_and_who_leaves_writes_nothing(folder, ask, lang):
    before = written(folder)
    done = ask(table(folder), "?", "q", lang=lang)
    assert done.code == 0
    assert "L 地区生产总值 | L 亿元 | ? 10.0" in done.out
    assert {"en": "Nothing was imported.", "zh": "没有导入"}[lang] in done.out
    assert written(folder) == before


@pytest.mark.parametrize("answers", [("7",), (), ("?",), ("1", "nonsense")])
def test_an_answer_that_is_none_or_missing_writes_nothing(folder, ask, answers):
    before = written(folder)
    done = ask(table(folder), *answers)
    assert done.code == 2
    assert ("none of the answers" in done.err) is (answers in (("1", "nonsense"),))
    assert written(folder) == before


def test_a_wrong_word_does_not_end_the_dialogue(folder, ask, monkeypatch):
    monkeypatch.setattr(dialogue, "person", lambda: True)
    done = ask(table(folder), "1", "nonsense", "1", "yearbook")
    assert done.code == 0, done.err
    assert "none of the answers" in done.err


def test_a_place_is_named_as_the_folder_calls_it(folder, ask):
    done = ask(table(folder), "哈尔滨", *ANSWERS[1:])
    assert done.code == 0, done.err
    assert "Harbin" in done.out


def test_answers_outlast_a_break_and_go_with_the_import(folder, ask):
    done = ask(table(folder), "1", "1", "q")
    assert "2 answers" in done.out
    done = ask(table(folder), "<", "1", "1")
    assert done.code == 0, done.err
    assert "2 answers of an earlier call are taken up again" in done.out
    done = ask(table(folder), more=())
    assert "taken up" not in done.out


def test_answers_are_put_away(folder, ask):
    ask(table(folder), "1", "q")
    done = ask(table(folder), more=("--ask", "--forget"))
    assert done.code == 2
    assert "taken up" not in done.out


def test_without_a_terminal_every_question_is_a_fault(folder, ask):
    done = ask(table(folder), *ANSWERS, more=())
    assert done.code == 2
    assert "Faults: 3." in done.err
    assert '"place" = ""  # heilongjiang (Heilongjiang)' in done.out


def test_a_file_of_answers_settles_all(folder, ask):
    file = folder.parent / "answers.toml"
    file.write_text(
        '[answers]\n"place" = "harbin"\n"entries" = "leave"\n"source" = "yearbook"\n', "utf-8"
    )
    done = ask(table(folder), more=("--answers", str(file)))
    assert done.code == 0, done.err
    assert "1 figure of names that were not added was left out" in done.out
    file.write_text("answers = 1", "utf-8")
    assert ask(table(folder, 9), more=("--answers", str(file))).code == 2


def test_a_dry_run_asks_too_and_writes_nothing(folder, ask):
    before = written(folder)
    done = ask(table(folder), *ANSWERS, more=("--ask", "--dry-run"))
    assert done.code == 0, done.err
    assert written(folder) == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_shows_the_sheet_and_imports_nothing(folder, ask, lang):
    before = written(folder)
    page = folder.parent / "page.html"
    done = ask(table(folder), more=("--picture", str(page)), lang=lang)
    assert done.code == 0, done.err
    text = page.read_text("utf-8")
    assert "? 10.0" in text
    assert {"en": "What is to be answered", "zh": "待回答的问题"}[lang] in text
    assert written(folder) == before
