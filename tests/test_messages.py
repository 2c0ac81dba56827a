"""The words: every code that the code uses stands in every language, with the same parameters."""

from __future__ import annotations

import ast
import re
import re
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from songhua import messages, schema
from songhua.results import KINDS

HOME = Path(str(files("songhua")))
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
LANGUAGES = messages.LANGUAGES
SECTIONS = ("words", "faults", "findings", "choices", "units")


@cache
def sources() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text("utf-8")) for file in sorted(HOME.rglob("*.py"))}


@cache
def templates() -> str:
    return "\n".join(file.read_text("utf-8") for file in HOME.rglob("*.html"))


def texts(node: ast.AST) -> Iterator[str]:
    """The texts that a code may be: a literal, either side of a choice, the pieces of an f-string."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from texts(body)
            yield from texts(other)
        case ast.JoinedStr(values=values):
            parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"\w+" for p in values]
            yield "~" + "".join(parts)


def first_arguments(*names: str) -> set[str]:
    """What stands first in the calls of these names; a pattern starts with ~."""
    found: set[str] = set()
    for tree in sources().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in names:
                    found.update(texts(node.args[0]))
    return found


@cache
def literals() -> set[str]:
    """Every text in the code, and every pattern that an f-string may fill."""
    found: set[str] = set()
    for tree in sources().values():
        for node in ast.walk(tree):
            found.update(texts(node))
    return found | set(re.findall(r"['\"]([\w.-]+)['\"]", templates()))


def missing(used: set[str], known: set[str]) -> list[str]:
    """Codes that are used and not known; of a pattern, none is known that fits."""
    plain = {code for code in used if not code.startswith("~") and code not in known}
    patterns = {code[1:] for code in used if code.startswith("~")}
    return sorted(plain | {p for p in patterns if not any(re.fullmatch(p, k) for k in known)})


def telling(pattern: str) -> bool:
    """Whether a pattern holds enough letters of its own to point at a code."""
    return len(re.sub(r"\\w\+|\W", "", pattern)) >= 4


def unused(known: set[str]) -> list[str]:
    plain = {text for text in literals() if not text.startswith("~")}
    patterns = [text[1:] for text in literals() if text.startswith("~") and telling(text)]
    return sorted(
        code
        for code in known
        if code not in plain and not any(re.fullmatch(p, code) for p in patterns)
    )


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def section(name: str, lang: str) -> dict[str, Any]:
    return messages.catalogue(lang).get(name, {})


def leaves(data: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_has_words(lang: str) -> None:
    known = section("faults", lang)
    used = first_arguments("Fault", "add_fault") | {
        text for text in first_arguments("add") if CODE.fullmatch(text)
    }
    assert len(used) > 50
    assert missing({code for code in used if code != "~\\w+"}, set(known)) == []
    assert all({*entry} == {"what", "remedy"} for entry in known.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_has_words(lang: str) -> None:
    used = first_arguments("Finding")
    assert len(used) > 10
    assert missing({code for code in used if code != "~\\w+"}, set(section("findings", lang))) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_interface_is_there(lang: str) -> None:
    used = {
        text for text in first_arguments("word") if text.startswith("~") or CODE.fullmatch(text)
    }
    used |= set(re.findall(r"word\('(\w+)'", templates())) | set(
        re.findall(r'word\("(\w+)"', templates())
    )
    known = set(section("words", lang))
    assert missing({code for code in used if code != "~\\w+"}, known) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_of_a_closed_list_has_a_word(lang: str) -> None:
    choices = section("choices", lang)
    lists = {"grade": "sources", "kind": "observations", "qualifier": "observations"}
    lists |= {"role": "plan_industries", "basis": "plan_industries", "state": "plan_seed_map"}
    for of, table in lists.items():
        column = schema.table(table).column(of)
        assert {value for value in column.choices if value} <= set(choices[of]), of
    assert set(KINDS) <= set(choices["estimate"])
    assert set(KINDS) <= set(choices["covers"])


def test_both_languages_have_the_same_words() -> None:
    for name in SECTIONS[:4]:
        keys = [{key for key, _ in leaves(section(name, lang))} for lang in LANGUAGES]
        assert keys[0] ^ keys[1] == set(), name


def test_both_languages_have_the_same_parameters() -> None:
    for name in ("words", "faults", "findings"):
        one, other = (dict(leaves(section(name, lang))) for lang in LANGUAGES)
        for key in one.keys() & other.keys():
            apart = {f"{key}: {p}" for p in placeholders(one[key]) ^ placeholders(other[key])}
            spoken = {p for p in apart if p.endswith(("_en", "_zh"))}
            assert apart == spoken, key


@pytest.mark.parametrize("name", ["faults", "findings", "words"])
def test_no_word_is_there_for_nothing(name: str) -> None:
    assert unused(set(section(name, "en"))) == []


def test_words_are_told_with_their_parameters() -> None:
    assert messages.fill("{a} and {b}", {"a": 1}) == "1 and {b}"
    assert messages.fill("{{x}}", {}) == "{x}"
    assert messages.word("no_such_word", "en") == "no_such_word"
    assert messages.choice("grade", "none", "en") == "none"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_is_sound(lang: str) -> None:
    text = (HOME / "messages" / f"{lang}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    assert set(SECTIONS) <= set(data)
    for key, value in leaves(data):
        assert value, key
        assert "  " not in str(value), key


def test_chinese_is_chinese() -> None:
    for key, value in leaves(section("faults", "zh")):
        assert re.search(r"[\u4e00-\u9fff]", value), key
    for key, value in leaves(section("findings", "zh")):
        assert re.search(r"[\u4e00-\u9fff]", value), key


def test_a_sentence_has_the_same_parameters_in_both_languages() -> None:
    for section in ("faults", "findings", "words"):
        english, chinese = (_flat(messages.catalogue(lang)[section]) for lang in ("en", "zh"))
        for code in english.keys() & chinese.keys():
            apart = _params(english[code]) ^ _params(chinese[code])
            assert all(name.endswith(("_en", "_zh")) for name in apart), (code, apart)


def test_every_code_made_of_pieces_has_words() -> None:
    known = {"Fault": "faults", "Finding": "findings", "word": "words"}
    patterns = 0
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            made = node.args[0]
            if name not in known or not isinstance(made, ast.JoinedStr):
                continue
            parts = [
                re.escape(p.value) if isinstance(p, ast.Constant) else r"\w+" for p in made.values
            ]
            codes = messages.catalogue("en")[known[name]]
            assert any(re.fullmatch("".join(parts), code) for code in codes), (file, parts)
            patterns += 1
    assert patterns > 3


def test_a_parameter_that_is_missing_is_shown_by_its_name() -> None:
    assert messages.fill("{a} and {b}", {"a": 1}) == "1 and {b}"
    assert messages.fill("{{x}} {0}", {}) == "{x} {0}"
    assert messages.choice("grade", "none", "en") == "none"


def test_a_sentence_has_the_same_parameters_in_both_languages() -> None:
    for section in ("faults", "findings", "words"):
        english, chinese = (_flat(messages.catalogue(lang)[section]) for lang in ("en", "zh"))
        for code in english.keys() & chinese.keys():
            apart = _params(english[code]) ^ _params(chinese[code])
            assert all(name.endswith(("_en", "_zh")) for name in apart), (code, apart)


def test_every_code_made_of_pieces_has_words() -> None:
    known = {"Fault": "faults", "Finding": "findings", "word": "words"}
    patterns = 0
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            made = node.args[0]
            if name not in known or not isinstance(made, ast.JoinedStr):
                continue
            parts = [
                re.escape(p.value) if isinstance(p, ast.Constant) else r"\w+" for p in made.values
            ]
            codes = messages.catalogue("en")[known[name]]
            assert any(re.fullmatch("".join(parts), code) for code in codes), (file, parts)
            patterns += 1
    assert patterns > 3


def test_a_parameter_that_is_missing_is_shown_by_its_name() -> None:
    assert messages.fill("{a} and {b}", {"a": 1}) == "1 and {b}"
    assert messages.fill("{{x}} {0}", {}) == "{x} {0}"
    assert messages.choice("grade", "none", "en") == "none"
