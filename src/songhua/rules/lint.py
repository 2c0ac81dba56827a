"""The linter of rulebooks: every clause explained, ruled and tried, every number with its source.

No number can stand in a rule: the language has no numerals, and a rule with one cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import FileMissing
from songhua.messages import LANGUAGES
from songhua.rules import expressions
from songhua.rules.cases import Case, cases, run_case
from songhua.rules.expressions import Node
from songhua.rules.fault_kinds import (
    CaseDiffers,
    LintFixed,
    LintJudged,
    LintNoReference,
    LintNotRuled,
    LintNotTold,
    LintUnchecked,
    LintUntried,
    LintUnused,
    NameMissing,
    ParameterNotYet,
)
from songhua.rules.rulebook import Rulebook
from songhua.rules.rulebook_files import RULES, SOURCE, place_of

TRIED = ("met", "not_met", "unknown")
_QUOTED_NAME = re.compile(r"`([a-z][a-z0-9_]*)`")


def lint(book: Rulebook) -> list[Fault]:
    """Everything that a rulebook lacks, with its place.

    >>> from songhua.store.rulebooks import load
    >>> lint(load("cn/size-class"))
    []
    """
    try:
        tried = cases(book)
    except SonghuaError as error:
        return list(error.faults)
    return [
        *_source(book),
        *_words(book),
        *_fixed(book),
        *_judged(book),
        *_dates(book),
        *_unused(book),
        *_untried(book, tried),
        *_failing(book, tried),
    ]


def _place(book: Rulebook, column: str, file: str = RULES) -> tuple[str, None, str]:
    """The place of a clause or parameter, as faults name it."""
    return place_of(book.id, file), None, column


def _source(book: Rulebook) -> Iterable[Fault]:
    """Every clause and every line that is not modelled stands in `source.md`, and the reverse."""
    if SOURCE not in book.files:
        yield FileMissing(file=place_of(book.id, SOURCE))
        return
    explained = set(_QUOTED_NAME.findall(book.files[SOURCE]))
    ruled = (book.clauses.keys() - book.used) | book.not_modelled.keys()
    for id in sorted(ruled - explained):
        yield LintNotTold(*_place(book, id, SOURCE), name=id)
    for id in sorted(explained - ruled):
        yield LintNotRuled(*_place(book, id, SOURCE), name=id)


def _words(book: Rulebook) -> Iterable[Fault]:
    items = [*book.clauses.values(), *(v for v in book.values.values() if v.role)]
    for item in [*items, *book.parameters.values(), *book.facts.values()]:
        if not item.words.complete:
            yield NameMissing(*_place(book, item.id), lang=LANGUAGES)
    for clause in book.clauses.values():
        if not clause.ref:
            yield LintNoReference(*_place(book, clause.id))
    for parameter in book.parameters.values():
        if not parameter.clause:
            yield LintNoReference(*_place(book, parameter.id, "parameters"))


def _fixed(book: Rulebook) -> Iterable[Fault]:
    """A condition on parameters alone is fixed, whatever the firm."""
    for clause in book.clauses.values():
        for node in _leaves(clause.rule):
            if not any(name == "on" or book.asks(name) for name in expressions.names(node)):
                yield LintFixed(*_place(book, clause.id))


def _leaves(node: Node) -> Iterable[Node]:
    if isinstance(node, (expressions.All, expressions.Any, expressions.AtLeast, expressions.Not)):
        for child in expressions.children(node):
            yield from _leaves(child)
    else:
        yield node


def _judged(book: Rulebook) -> Iterable[Fault]:
    """A clause that a person judges rests on flags alone: a person's answers."""
    for clause in book.clauses.values():
        if clause.judged and any(book.facts[id].type != "flag" for id in book.asks(clause.id)):
            yield LintJudged(*_place(book, clause.id))


def _dates(book: Rulebook) -> Iterable[Fault]:
    """Every parameter has a value from the first day on, and the day it was checked."""
    start = min((version.start for version in book.versions if version.complete), default=None)
    for parameter in book.parameters.values():
        where = _place(book, parameter.id, "parameters")
        if start is not None and parameter.on(start) is None:
            yield ParameterNotYet(*where, day=str(start))
        if any(dated.checked is None for dated in parameter.values):
            yield LintUnchecked(*where)


def _unused(book: Rulebook) -> Iterable[Fault]:
    """Names in no rule; a value that is shown, the score and the verdict need no other use."""
    used_names = {name for tree in book.trees.values() for name in expressions.names(tree)}
    used_names |= {book.decides, book.score, *book.categories, *book.most.values()}
    used_names |= {id for id, value in book.values.items() if value.role}
    used_names |= {book.linked.partner, book.linked.linked} if book.linked else set()
    for id in [*book.parameters, *book.values, *book.facts]:
        if id not in used_names:
            yield LintUnused(*_place(book, id), name=id)


def _untried(book: Rulebook, tried: list[Case]) -> Iterable[Fault]:
    """Every clause is expected to be met, not met and unknown in some case."""
    expectations: dict[str, set[str]] = {id: set() for id in book.clauses}
    for case in tried:
        expected = case.expect.get("clauses", {})
        for id, outcome in expected.items() if isinstance(expected, Mapping) else ():
            expectations.setdefault(id, set()).add(outcome)
    for id, outcomes in expectations.items():
        if id in book.used:
            continue
        if lacks := [outcome for outcome in TRIED if outcome not in outcomes]:
            yield LintUntried(*_place(book, id, "cases"), outcomes=tuple(lacks))


def _failing(book: Rulebook, tried: list[Case]) -> Iterable[Fault]:
    for case in tried:
        for difference in run_case(book, case).differences:
            yield CaseDiffers(
                file=case.place,
                column=case.name,
                what=difference.what,
                wanted=difference.expected,
                found=difference.found,
            )
