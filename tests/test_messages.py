"""Every word is there in every language, with the same parameters."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

import package_source
import songhua
from songhua import messages, results, schema
from songhua.errors import Fault, Nature
from songhua.labels.fault_kinds import DateUnreadable
from songhua.reading.change_fault_kinds import CorrectSameDay
from songhua.reading.file_fault_kinds import FolderChanging
from songhua.studies import registry
from songhua.studies.brief.sentence import speaks
from songhua.studies.diagnose.study import PARTS

SOURCE = Path(str(files("songhua")))
OWN = {"units", "scales", "unit_words"}  # each language scales and names units in its own way
SECTIONS = sorted(set(messages.catalogue("en")) - OWN)


def _flat(data: dict[str, Any], at: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in data.items():
        found |= (
            _flat(value, f"{at}.{key}") if isinstance(value, dict) else {f"{at}.{key}": str(value)}
        )
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_both_languages_have_the_same_codes(section: str) -> None:
    english, chinese = (_flat(messages.catalogue(lang)[section]) for lang in ("en", "zh"))
    assert english.keys() == chinese.keys()


def test_both_languages_name_the_same_parameters() -> None:
    english, chinese = (_flat(messages.catalogue(lang)["faults"]) for lang in ("en", "zh"))
    odd = {
        code.rsplit(".", 1)[0]
        for code in english
        if not messages.parameters(chinese[code])
        <= messages.parameters(english[code]) | {"near", "text"}
    }
    assert odd == set()


def _calls(names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """The calls of these functions with a plain text first, over the whole source."""
    for tree in package_source.trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = (
                    node.func.id
                    if isinstance(node.func, ast.Name)
                    else getattr(node.func, "attr", "")
                )
                first = node.args[0] if node.args else None
                if (
                    name in names
                    and isinstance(first, ast.Constant)
                    and isinstance(first.value, str)
                ):
                    yield first.value, node


def _fault_kinds() -> set[type[Fault]]:
    """All kinds of faults, of whatever module; what others extend is none."""
    for module in pkgutil.walk_packages(songhua.__path__, "songhua."):
        if module.name.endswith("fault_kinds"):
            import_module(module.name)
    return set(_kinds_below(Fault))


def _kinds_below(base: type[Fault]) -> Iterator[type[Fault]]:
    for kind in base.__subclasses__():
        if kind.__module__.startswith("songhua."):
            yield from _kinds_below(kind) if kind.__subclasses__() else [kind]


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_fault_has_words_that_its_fields_fill(lang: str) -> None:
    catalogue, kinds = messages.catalogue(lang)["faults"], _fault_kinds()
    assert {kind.code for kind in kinds} == set(catalogue)
    for kind in kinds:
        words = " ".join(catalogue[kind.code].values())
        assert messages.parameters(words) <= {one.name for one in fields(kind)}, kind.code
        assert kind.nature in get_args(Nature)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_finding_has_words_that_its_fields_fill(lang: str) -> None:
    catalogue, kinds = messages.catalogue(lang)["findings"], results.kinds()
    assert set(kinds) == set(catalogue)
    for code, kind in kinds.items():
        assert messages.parameters(catalogue[code]) <= {one.name for one in fields(kind)} | {
            "says"
        }, code


def test_every_word_asked_for_is_there() -> None:
    known = {key for name in [*SECTIONS, "unit_words"] for key in messages.catalogue("en")[name]}
    asked = {code for code, _ in _calls({"word", "say"})}
    assert asked - known == set()
    assert len(asked) > 40


def test_no_fault_is_left_without_a_use() -> None:
    texts = package_source.texts().items()
    uses = "\n".join(text for file, text in texts if not file.endswith("fault_kinds.py"))
    names = set(re.findall(r"\w+", uses))
    names |= {f"Ask{kind.title().replace('_', '')}" for kind in re.findall(r'"(\w+)"', uses)}
    assert {kind.__name__ for kind in _fault_kinds()} - names == set()


def test_every_word_of_a_closed_list_has_its_words() -> None:
    for lang in messages.LANGUAGES:
        choices = messages.catalogue(lang)["choices"]
        lacking = [
            f"{name}.{value}"
            for name, values in schema.vocabularies().items()
            for value in values
            if value not in choices.get(name, {})
        ]
        assert lacking == []


def test_every_study_of_a_whole_run_is_named_and_one_with_sentences_says_its_use() -> None:
    names = {name for name, study in registry.studies().items() if study.in_whole_run}
    speaking = {name for name in names - {"brief"} if speaks(name)}
    for lang in messages.LANGUAGES:
        choices = messages.catalogue(lang)["choices"]
        assert names <= set(choices["study"])
        assert speaking == set(choices["study_brings"]) == set(choices["study_adds"])


def test_every_table_and_column_has_its_words() -> None:
    tables = [schema.table(name) for name in schema.names()]
    tables += [table for study in registry.studies() for table in results.tables(study).values()]
    for lang in messages.LANGUAGES:
        for table in tables:
            assert table.title(lang) != table.path
            for column in table.columns:
                assert column.blank in ("", *messages.catalogue(lang)["report"]), column
                assert messages.column(table.path, column.name, "heading", lang), column
                assert column.words(lang) != column.name or column.name == "n", column


def test_a_column_names_columns_that_there_are() -> None:
    for study in registry.studies():
        for table in results.tables(study).values():
            for column in table.columns:
                named = (column.unit_in, column.within, column.low, column.high, column.end_of,
                         column.estimate_in, *column.like, column.qualifier)  # fmt: skip
                assert {name for name in named if name} <= set(table.names), column
                assert column.type != "choice" or column.vocabulary, column
                assert column.estimate_kind in ("", *schema.vocabularies()["estimate"])


def test_a_sentence_has_the_same_parameters_in_both_languages() -> None:
    for section in ("faults", "findings", "words"):
        english, chinese = (_flat(messages.catalogue(lang)[section]) for lang in ("en", "zh"))
        for code in english.keys() & chinese.keys():
            apart = messages.parameters(english[code]) ^ messages.parameters(chinese[code])
            assert all(name.endswith(("_en", "_zh")) for name in apart), (code, apart)


def test_every_code_made_of_pieces_has_words() -> None:
    known = {"Fault": "faults", "Finding": "findings", "word": "words"}
    patterns = 0
    for file, tree in package_source.trees().items():
        for node in ast.walk(tree):
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


def _labels(call: ast.Call) -> Iterator[str]:
    """The progress line of a call: `progress(1, 9, "label")`, `work(progress, "label")`."""
    told = getattr(call.func, "id", "") == "progress"
    for before, arg in pairwise([call.func, *call.args]):
        told = told or getattr(before, "id", "") == "progress"
        if told and isinstance(arg, ast.Constant) and isinstance(arg.value, str) and arg.value:
            yield arg.value


def test_every_step_of_long_work_has_words() -> None:
    labels = set(PARTS)
    for tree in package_source.trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                labels |= set(_labels(node))
    assert {"tables", "choose", "sample"} < labels
    assert {f"step_{label}" for label in labels} <= set(messages.catalogue("en")["words"])


def test_a_parameter_that_is_missing_is_shown_by_its_name() -> None:
    assert messages.fill("{a} and {b}", {"a": 1}, "en") == "1 and {b}"
    assert messages.fill("{{x}} {0}", {}, "en") == "{x} {0}"
    assert messages.choice("grade", "none", "en") == "none"


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_fault_without_a_nearest_name_names_none(lang: str) -> None:
    seen = 0
    for code, entry in messages.catalogue(lang)["faults"].items():
        if "near" not in messages.parameters(entry["what"] + entry["remedy"]) or code.endswith(
            "_near"
        ):
            assert "not_near" not in entry, code
            continue
        seen += 1
        params = dict.fromkeys(messages.parameters(entry["remedy"]), "x") | {"near": ""}
        what, remedy = messages.fault(code, lang, {**params, "name": "x", "part": "x"})
        assert remedy == messages.fill(entry["not_near"], {**params, "name": "x"}, lang)
        assert not re.search("''|“”|: \\.|：。", what + remedy), code
        assert messages.fault(code, lang, {**params, "name": "x", "part": "x", "near": "y"}) != (
            what, remedy,
        )  # fmt: skip
    assert seen >= 7


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_what_is_near_is_there_where_its_fault_says_so(lang: str) -> None:
    """A code that ends with `_near` is used only where there is a nearest name."""
    made = {kind.code for kind in _fault_kinds() if "near" in {one.name for one in fields(kind)}}
    catalogue = messages.catalogue(lang)["faults"]
    named = {
        code for code, entry in catalogue.items() if "near" in messages.parameters(entry["remedy"])
    }
    assert {code for code in made & named if not code.endswith("_near")} <= {
        code for code in named if "not_near" in catalogue[code]
    }  # fmt: skip


def test_what_is_printed_holds_no_command_for_a_terminal() -> None:
    """A name from outside is printed with its content, on one line."""
    name = "observations/\x1b[2J\u202evsc\n.csv"
    told = FolderChanging(name, column="a\x9b\u2028", path="\u202e").words()
    assert told.startswith("observations/\\x1b[2J\\u202evsc\\n.csv, a\\x9b\\u2028: ")
    assert (
        messages.fill("{path}", {"path": "a\x07\udcff 河城 \u200d"}, "en")
        == "a\\x07\\udcff 河城 \u200d"
    )


#: Remedies with options or commands that a browser shows too: there is no way to do it there.
ON_THE_TERMINAL = frozenset({
    "answers_missing", "apart_memory", "apart_time", "call_lacks", "call_option_bare",
    "call_option_unknown", "call_too_long", "case_of_songhua", "country_wanted",
    "ask_source", "currency_wanted", "file_missing", "firm_wanted", "folder_is_file", "folder_missing",
    "former_column", "former_key", "former_name", "history_blob", "learnt_changed",
    "learnt_unreadable", "like_none", "like_unknown", "new_apart", "output_kept", "picture_alone",
    "port_taken", "questions_unanswered",
    "recipe_version", "result_choice", "result_columns", "schema_column",
    "sent_too_large", "table_missing", "template_for_docx", "upgrade_unreadable",
    "workers_read_only",
})  # fmt: skip


def test_a_remedy_in_the_browser_names_no_option() -> None:
    """Messages with an option or a command differ in a browser, or are listed as exceptions."""
    command = re.compile(r"--[a-z]|songhua ")
    for lang in messages.LANGUAGES:
        told = messages.catalogue(lang)["faults"]
        named = {code for code, one in told.items() if command.search(one["remedy"])}
        assert named - ON_THE_TERMINAL - {c for c, one in told.items() if "browser" in one} == set()
        for code, one in told.items():
            said = one.get("browser", "")
            assert not command.search(said) or code == "plan_table_no_plan", code
            assert messages.parameters(said) <= messages.parameters(one["what"] + one["remedy"]), (
                code
            )
        assert {c for c, one in told.items() if "browser" not in one} >= ON_THE_TERMINAL


def test_a_fault_says_in_the_browser_what_to_do_there() -> None:
    fault = CorrectSameDay(day="2026-01-02")
    assert "--recorded" in fault.words("en")
    assert "--recorded" not in fault.words("en", browser=True)
    assert fault.as_dict("zh", browser=True)["remedy"] == "请在“录入日期”一栏填写更晚的日期。"
    assert DateUnreadable(text="x").words("en", browser=True) == DateUnreadable(text="x").words()


def test_a_reason_for_leaving_a_cell_of_a_table_out_has_words() -> None:
    sources = [file.read_text("utf-8") for file in (SOURCE / "reading/crosstabs").glob("*.py")]
    reasons = set(re.findall(r'\b(?:leave|Skipped)\(\s*"(\w+)"', "".join(sources)))
    assert len(reasons) > 5
    for lang in messages.LANGUAGES:
        assert {f"skipped_{reason}" for reason in reasons} <= set(messages.catalogue(lang)["words"])
