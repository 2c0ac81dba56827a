"""Help and wrong calls in the user's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import commands
from songhua import messages
from songhua.cli import songhua

#: The words of help of each language that has them.
WORDS = {lang: words for lang in messages.LANGUAGES if (words := messages.help_words(lang))}


def every(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Each verb with how it is called."""
    yield path, group
    for name, one in group.commands.items():
        where = f"{path} {name}".strip()
        if isinstance(one, click.Group):
            yield from every(one, where)
        else:
            yield where, one


VERBS = dict(every(songhua))


@pytest.mark.parametrize("lang", WORDS)
def test_each_verb_and_parameter_has_words(lang: str) -> None:
    words = WORDS[lang]
    assert set(words["verbs"]) == set(VERBS)
    params = {
        param.metavar if isinstance(param, click.Argument) else max(param.opts, key=len)
        for verb in VERBS.values()
        for param in verb.params
    }
    assert set(words["parameters"]) >= params - {None}


@pytest.mark.parametrize("path", VERBS)
def test_help_says_everything_in_chinese(path: str) -> None:
    done = commands.songhua(*path.split(), "--help", SONGHUA_LANG="zh")
    assert done.code == 0
    said = "".join(line.strip() for line in done.out.splitlines())
    for text in (WORDS["zh"]["verbs"][path], WORDS["zh"]["parameters"]["--help"]):
        assert text.replace(" ", "") in said.replace(" ", "")
    assert "Usage" not in done.out
    assert "Options" not in done.out
    assert all(messages.width(line) <= 80 for line in done.out.splitlines())


def test_the_language_may_stand_before_the_verb_or_after_it() -> None:
    for call in (["--lang", "zh", "track", "-h"], ["track", "--lang=zh", "-h"], ["track", "-h", "--lang", "zh"]):  # fmt: skip
        assert "用法：songhua track" in commands.songhua(*call).out
    done = commands.songhua("--lang", "zh", "check", "no such folder")
    assert done.code == 2
    assert "错误" in done.err
    assert "用法" in commands.songhua("--lang", "zh", "--help", SONGHUA_LANG="en").out
    assert "Usage" in commands.songhua("--lang", "en", "--help", SONGHUA_LANG="zh").out


WRONG = {
    "nonsense": ("has no command nonsense", "没有命令 nonsense"),
    "check": ("DIR is missing", "缺少 DIR"),
    "check x --nonsense": ("has no option --nonsense", "没有选项 --nonsense"),
    "check x --lang": ("after --lang its value is missing", "--lang 之后缺少取值"),
    "check x --json=1": ("--json takes no value", "--json 不带取值"),
    "track x --blocks=1": ("--blocks takes no value", "--blocks 不带取值"),
    "track x --until 2021 --until 2022": ("--until stands more than once", "--until 出现不止一次"),
    "check x y": ("too many words", "多余的内容"),
    "simulate x --draws few": ("--draws is not a whole number", "--draws 应为不小于 1 的整数"),
    "report x --kind some": ("the value of --kind is not allowed", "--kind 的取值不在可选范围内"),
}


def test_a_picture_is_no_import() -> None:
    done = commands.songhua("import", "x", "y", "--picture", "m.html", "--ask", "--dry-run")
    assert done.code == 2
    assert "--picture imports nothing; --ask, --dry-run" in done.err


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    """Also where a folder stands in the place of the file: the order was another."""
    table = tmp_path / "t.csv"
    table.write_text("year,gdp\n2020,5\n")
    for call in (("import", table, tmp_path), ("run", table), ("serve", table)):
        done = commands.songhua(*map(str, call))
        assert done.code == 2
        assert f"{table} is a file; a region is a folder." in done.err


@pytest.mark.parametrize("call", WRONG)
def test_a_wrong_call_is_told_once_with_its_remedy(call: str) -> None:
    for lang, text in zip(("en", "zh"), WRONG[call], strict=True):
        done = commands.songhua(*call.split(), SONGHUA_LANG=lang)
        assert done.code == 2
        assert done.out == ""
        assert done.err.count(text) == 1
        assert "songhua" in done.err


def test_a_language_without_such_words_has_the_english_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(messages, "help_words", lambda lang: {})
    assert "Usage: songhua track" in commands.songhua("track", "--help", SONGHUA_LANG="zh").out
