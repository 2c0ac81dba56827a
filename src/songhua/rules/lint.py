"""Whether a rulebook is whole: every clause told, ruled and tried, no number outside parameters.

That no number stands in a rule needs no look: the language has no numerals, and a rule with one
cannot be read. What is looked at here is the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from songhua.errors import Fault, SonghuaError
from songhua.rules import text
from songhua.rules.book import Rulebook
from songhua.rules.cases import Case, cases, run

TRIED = ("met", "not_met", "unknown")
_TOLD = re.compile(r"`([a-z][a-z0-9_]*)`")


def lint(book: Rulebook) -> list[Fault]:
    """Everything that a rulebook lacks, with its place.

    >>> from songhua.rules.load import load
    >>> lint(load("cn/sci-tech-sme"))
    []
    """
    try:
        tried = cases(book)
    except SonghuaError as error:
        return list(error.faults)
    return [
        *_source(book), *_words(book), *_fixed(book), *_judged(book), *_dates(book),
        *_unused(book), *_untried(book, tried), *_failing(book),
    ]  # fmt: skip


def _fault(
    book: Rulebook, code: str, column: str, file: str = "rules.toml", **params: object
) -> Fault:
    return Fault(code, file=f"{book.id}/{file}", column=column, params=params)


def _source(book: Rulebook) -> Iterable[Fault]:
    """Every clause and every line that is not modelled stands in `source.md`, and the reverse."""
    entry = book.folder / "source.md"
    if not entry.is_file():
        yield Fault("file_missing", file=f"{book.id}/source.md")
        return
    told = set(_TOLD.findall(entry.read_text("utf-8")))
    known = book.clauses.keys() | book.not_modelled.keys()
    for id in sorted(known - told):
        yield _fault(book, "lint_not_told", id, "source.md", name=id)
    for id in sorted(told - known):
        yield _fault(book, "lint_not_ruled", id, "source.md", name=id)


def _words(book: Rulebook) -> Iterable[Fault]:
    items = [*book.clauses.values(), *(v for v in book.values.values() if v.role)]
    for item in [*items, *book.parameters.values(), *book.facts.values()]:
        if not (item.en and item.zh):
            yield _fault(book, "name_missing", item.id, lang="en, zh")
    for clause in book.clauses.values():
        if not clause.ref:
            yield _fault(book, "lint_no_reference", clause.id)
    for parameter in book.parameters.values():
        if not parameter.clause:
            yield _fault(book, "lint_no_reference", parameter.id, "parameters")


def _fixed(book: Rulebook) -> Iterable[Fault]:
    """A condition on parameters alone is fixed, whatever the firm."""
    for clause in book.clauses.values():
        for node in _leaves(clause.rule):
            rests = [n for n in text.names(node) if n == "on" or book.asks(n)]
            if not rests:
                yield _fault(book, "lint_fixed", clause.id)


def _leaves(node: text.Node) -> Iterable[text.Node]:
    if isinstance(node, (text.All, text.Any, text.AtLeast, text.Not)):
        for child in text.children(node):
            yield from _leaves(child)
    else:
        yield node


def _judged(book: Rulebook) -> Iterable[Fault]:
    """What a person judges rests on flags alone: a person's answers."""
    for clause in book.clauses.values():
        if clause.judged and any(book.facts[id].type != "flag" for id in book.asks(clause.id)):
            yield _fault(book, "lint_judged", clause.id)


def _dates(book: Rulebook) -> Iterable[Fault]:
    """Every parameter has a value from the first day on, and the day it was checked."""
    start = min(span.start for span in book.spans if span.complete)
    for parameter in book.parameters.values():
        if parameter.on(start) is None:
            yield _fault(book, "parameter_not_yet", parameter.id, "parameters", day=str(start))
        if any(dated.checked is None for dated in parameter.values):
            yield _fault(book, "lint_unchecked", parameter.id, "parameters")


def _unused(book: Rulebook) -> Iterable[Fault]:
    """What no rule names; a value that is shown, the score and the verdict need no other use."""
    trees = book.trees.values()
    used = {name for tree in trees for name in text.names(tree)}
    used |= {book.decides, book.score, *book.grades, *book.most.values()}
    used |= {id for id, value in book.values.items() if value.role}
    used |= {book.linked.partner, book.linked.linked} if book.linked else set()
    for id in [*book.parameters, *book.values, *book.facts]:
        if id not in used:
            yield _fault(book, "lint_unused", id, name=id)


def _untried(book: Rulebook, tried: list[Case]) -> Iterable[Fault]:
    """Every clause is expected to be met, not met and unknown in some case."""
    seen: dict[str, set[str]] = {id: set() for id in book.clauses}
    for case in tried:
        for id, outcome in case.expect.get("clauses", {}).items():
            seen.setdefault(id, set()).add(outcome)
    for id, outcomes in seen.items():
        if lacks := [outcome for outcome in TRIED if outcome not in outcomes]:
            yield _fault(book, "lint_untried", id, "cases", outcomes=", ".join(lacks))


def _failing(book: Rulebook) -> Iterable[Fault]:
    for outcome in run(book):
        for what, wanted, found in outcome.differs:
            yield Fault(
                "case_differs",
                file=outcome.case.place,
                column=outcome.case.name,
                params={"what": what, "wanted": wanted, "found": found},
            )
