"""Fields that no predicate reads: those which, made false, nothing notices.

`python -m sentence_audit.unread` in tests/ writes `unread.csv` anew; the list may only shrink. A row
without a field is a kind that makes no claim that any predicate reads.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sentence_audit import claims, drawn, general, runner
from sentence_audit.claims import Sentence
from sentence_audit.falsified import falsified
from songhua import session
from songhua.results.finding import kinds

FILE = Path(__file__).with_name("unread.csv")
CASES = ("harbin", "washington")
Fields = set[tuple[str, str]]


def noticed(sentences: Iterable[Sentence]) -> tuple[Fields, Fields]:
    """The fields that were made false with and without a predicate that noticed each time."""
    tried, missed = Fields(), Fields()
    for sentence in sentences:
        if runner.denials(sentence):
            continue
        for field, false in falsified(sentence):
            tried.add((sentence.code, field))
            if not runner.denials(false):
                missed.add((sentence.code, field))
    return tried - missed, missed


def without_claim() -> Fields:
    """The kinds of which no predicate reads a thing."""
    read = {code for claimed in claims.CLAIMS for code in claimed.codes}
    return {(code, "") for code in kinds() if code not in read and not general.reads(code)}


def listed(*of: str) -> Fields:
    """The fields and kinds that the list has, of `cases`, of `drawn` folders, of `kinds`, or all."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            (row["code"], row["field"]) for row in csv.DictReader(file) if not of or row["of"] in of
        }


def write(**fields: Fields) -> None:
    """The list anew, each field where it was first missed."""
    of = {field: name for name, some in reversed(fields.items()) for field in some}
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("code", "field", "of"), *((*field, of[field]) for field in sorted(of))])


def of_cases() -> Iterator[Sentence]:
    """All sentences of the built-in cases."""
    for case in CASES:
        yield from runner.sentences(runner.run_of(session.example(case)))


def of_drawn(home: Path) -> Iterator[Sentence]:
    """The first sentence of each kind in each group of drawn folders."""
    for first in drawn.GROUPS:
        group: dict[str, Sentence] = {}
        for path in drawn.folders(home, drawn.EACH, first):
            new = runner.sentences(runner.run_of(path))
            group |= {one.code: one for one in new if one.code not in group}
        yield from group.values()


if __name__ == "__main__":
    with TemporaryDirectory() as _home:
        write(
            cases=noticed(of_cases())[1],
            drawn=noticed(of_drawn(Path(_home)))[1],
            kinds=without_claim(),
        )
