"""The registry: predicates import no code that writes sentences, and claims are of kinds there are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sentence_audit import claims, general, runner
from sentence_audit.comparison import templates
from sentence_audit.tiles import TILES
from songhua.results.finding import kinds

HERE = Path(__file__).parent
#: Packages that choose, write or show sentences.
WRITERS = ("studies", "document", "format", "render", "messages", "session", "cli", "web")
#: Code of a study that reads a file of its rules and nothing more.
READERS = {"songhua.studies.choose.definition.rules"}
MODULES = (*runner.PREDICATES, "claims", "general", "rows")
#: Words that claim a cause, and the kinds whose cause is one of method: why a step was not taken.
CAUSES = {
    "en": r"\b(because|due to|(?<!without a )(?<!names no )caused?|thanks to|led to|owing to|as a result)\b",
    "zh": "因为|由于|导致|造成|促使|得益于|归因|源于|所致|因[^为此素，。]{1,12}而",
}
OF_METHOD = {"choose_borrowed_order", "claims_estimated", "study_skipped_undated"}


def imported(file: Path) -> Iterator[str]:
    """The modules that a file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("name", MODULES)
def test_predicates_import_no_code_that_writes_sentences(name: str) -> None:
    used = set(imported(HERE / f"{name}.py"))
    writers = {f"songhua.{package}" for package in WRITERS}
    odd = {module for module in used if ".".join(module.split(".")[:2]) in writers}
    assert odd <= READERS


def test_claims_are_of_kinds_that_there_are_and_say_something() -> None:
    codes = {*kinds(), *TILES}
    for claimed in claims.CLAIMS:
        assert claimed.words
        assert set(claimed.codes) <= codes
        assert claimed.denials.__doc__
    assert {code for code, _ in general.DERIVED} <= codes
    assert {*general.ALSO_OF, *general.ODDS, *general.COMPUTED, *general.UNLIKE} <= codes


def test_no_sentence_claims_a_cause() -> None:
    found = {
        code
        for lang, sentences in templates().items()
        for code, text in sentences.items()
        if re.search(CAUSES[lang], text)
    }
    assert found == OF_METHOD
