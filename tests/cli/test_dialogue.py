"""Doubts of a sheet, asked one at a time on a terminal or answered from piped input."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from commands import Done, songhua
from published_layouts import MONTH, chinese

LANGUAGES = ("en", "zh")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return chinese(tmp_path / "cn")


def month(folder: Path, number: int, value: str = "10.0") -> Path:
    """The sheet of a month; its file has the name of a source."""
    home = folder.parent / f"month-{number}"
    home.mkdir()
    file = home / "yearbook.csv"
    file.write_text(MONTH.format(year=2015, month=number, a=value, b="80.0"), "utf-8")
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
def test_a_doubt_is_asked_and_the_next_month_asks_nothing(folder, ask, lang):
    done = ask(month(folder, 8), "1", lang=lang)
    assert done.code == 0, done.err
    assert "内部资料" in done.out
    kept = [name for name in written(folder) if name.startswith("imports/")]
    assert len(kept) == 1
    done = ask(month(folder, 9, "12.0"), more=(), lang=lang)
    assert done.code == 0, done.err
    assert "12.0" in done.out


def test_a_line_break_takes_the_first_reading(folder, ask):
    assert ask(month(folder, 8), "").code == 0
    assert any(name.startswith("observations/") for name in written(folder))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_is_shown_and_who_leaves_writes_nothing(folder, ask, lang):
    before = written(folder)
    done = ask(month(folder, 8), "?", "q", lang=lang)
    assert done.code == 0
    assert "固定资产投资" in done.out
    assert {"en": "Nothing was imported.", "zh": "没有导入。"}[lang] in done.out
    assert written(folder) == before


@pytest.mark.parametrize("answers", [("7",), (), ("?",)])
def test_an_answer_that_is_none_or_missing_writes_nothing(folder, ask, answers):
    before = written(folder)
    done = ask(month(folder, 8), *answers)
    assert done.code == 2
    assert ("none of the answers" in done.err) is (answers == ("7",))
    assert written(folder) == before


def test_without_a_terminal_nothing_is_asked(folder, ask):
    done = ask(month(folder, 8), "1", more=())
    assert done.code == 2
    assert "--draft map.toml" in done.err


def test_a_dry_run_asks_too_and_writes_nothing(folder, ask):
    before = written(folder)
    done = ask(month(folder, 8), "1", more=("--ask", "--dry-run"))
    assert done.code == 0, done.err
    assert written(folder) == before


def test_the_source_is_asked_where_nothing_tells_it(folder, ask):
    file = month(folder, 8).rename(folder.parent / "table.csv")
    done = ask(file, "1", "1")
    assert done.code == 0, done.err
    assert "source" in done.out
    (rows,) = [name for name in written(folder) if name.startswith("observations/table")]
    assert "yearbook" in (folder / rows).read_text("utf-8")
