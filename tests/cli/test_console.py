"""Differences between consoles: encodings, and a system's settings of its language."""

from __future__ import annotations

import ctypes
import errno
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from commands import process
from songhua import messages
from songhua.cli import console, shared
from songhua.format import marks


def signs() -> set[str]:
    """Every sign of the words and of the marks beside figures."""
    text = json.dumps([messages.catalogue(lang) for lang in messages.LANGUAGES], ensure_ascii=False)
    named = (value for name, value in vars(marks).items() if name.isupper())
    return set(text) | set(json.dumps(list(map(str, named)), ensure_ascii=False))


def unlike(sign: str, encoding: str) -> bool:
    """True where a sign is written as its number."""
    return b"\\" in sign.encode(encoding, console.near(encoding))


@pytest.mark.parametrize("encoding", ["cp936", "gb18030", "cp950"])
def test_every_sign_of_the_words_is_shown_on_a_chinese_console(encoding: str) -> None:
    lacking = {one for one in signs() - {"\\", "鿿"} if unlike(one, encoding)}
    simplified = {one for one in lacking if "一" <= one <= "鿿"}
    assert lacking - simplified == set()
    assert encoding == "cp950" or not simplified


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "cp1252", "ascii"])
def test_every_sign_of_the_english_words_is_like_itself_on_a_western_one(encoding: str) -> None:
    text = json.dumps(messages.catalogue("en"), ensure_ascii=False)
    other = {one for one in set(text) - {"\\"} if unlike(one, encoding)}
    assert {one for one in other if not messages.language("zh").writes(one)} <= set("Ππμ①㈠※¥")


@pytest.mark.parametrize("verb", ["check", "diagnose", "brief"])
def test_a_verb_on_code_page_936(rivertown: Path, verb: str) -> None:
    done = process(verb, rivertown, "--lang", "zh", PYTHONIOENCODING="gbk")
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode("gbk")
    assert "\\u" not in said
    assert "?" not in said


def test_data_is_not_written_with_other_signs(rivertown: Path) -> None:
    plain = process("diagnose", rivertown, "--blocks", "--lang", "zh")
    piped = process("diagnose", rivertown, "--blocks", "--lang", "zh", PYTHONIOENCODING="gbk")
    assert json.loads(piped.stdout.decode("gbk")) == json.loads(plain.stdout)


@pytest.mark.parametrize(("id", "lang"), [(0x0804, "zh"), (0x0409, "en"), (0x0407, "en")])
def test_windows_is_asked_for_its_language(
    monkeypatch: pytest.MonkeyPatch, id: int, lang: str
) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: id)
    for name in ("SONGHUA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert shared.language() == "en"
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        told = shared.language()
    assert told == lang
    monkeypatch.setenv("SONGHUA_LANG", "en")
    assert shared.language() == "en"


def test_windows_calls_a_broken_pipe_an_invalid_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    error = OSError(errno.EINVAL, "Invalid argument")
    assert not console.broken_pipe(error)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        told = console.broken_pipe(error), console.broken_pipe(OSError(22, "Invalid", "a.csv"))
    assert told == (True, False)
