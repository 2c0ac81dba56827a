"""Verdicts on a table of firms, as one Ibis expression: DuckDB, PostgreSQL or any other engine.

The expression reads a column a fact, under the fact's name and in its unit. A column that is
not there, a null and a number below nought where none can be are missing: unknown, never false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import ibis

from songhua.errors import SonghuaError
from songhua.rules import text
from songhua.rules.algebra import ENDLESS, MET, NOT_MET, OUTCOMES, UNKNOWN, Num, holds
from songhua.rules.book import Rulebook
from songhua.rules.columns import Columns, as_column, constant
from songhua.rules.deciding_clause import deciding
from songhua.rules.facts import Fact, days
from songhua.rules.hoist import hoisted
from songhua.rules.interpret import Reading
from songhua.rules.parameters import EPOCH, Value, in_own
from songhua.rules.verdict import as_book, as_day, refusal

Table: TypeAlias = Any  # an Ibis table: its own types do not tell numbers from texts
EVERY_ROW = 2**62  # a limit that limits nothing: planners keep what is below apart


def judge(
    firms: Table,
    rulebook: Rulebook | str | Path,
    on: date | str,
    clauses: bool = False,
    fence: bool = False,
) -> Table:
    """The verdict on every row of a table, beside the row's own columns.

    Args:
        firms: a row a firm, a column a fact (`NAME_low` and `NAME_high` for a mark that is a
            range). Figures of tied firms are to be counted in before, with `consolidate`.
        rulebook: a rulebook, its name or folder.
        on: the day.
        clauses: whether to give every clause's outcome too, as `clause_ID`.
        fence: keep the engine from writing the steps into one another again. PostgreSQL needs
            it: its planner would otherwise build a text without bounds. DuckDB does not.

    Returns:
        The table with `outcome`, `deciding`; `score_low`, `score_high` and `score_known` where
        the law counts points; `grade` where it grades (blank while open); `NAME_low`,
        `NAME_high`, `NAME_known` for the numbers that the rulebook shows.

    Raises:
        SonghuaError: `rulebook_incomplete`, for a day whose version is recorded in part.

    >>> firms = ibis.table({"id": "string", "staff": "float64"}, name="firms")
    >>> judge(firms, "cn/sci-tech-sme", "2024-06-30").columns[:6]
    ('id', 'staff', 'outcome', 'deciding', 'score_low', 'score_high')
    """
    book, day = as_book(rulebook), as_day(on)
    span = book.span(day)
    if span is None or not span.complete:
        if fault := refusal(book, day):
            raise SonghuaError(fault)
        return firms.mutate(outcome=ibis.literal("not_in_force"))
    parameters = book.on(day)
    facts = {id: _fact(firms, fact, book, parameters) for id, fact in book.facts.items()}
    facts["on"] = Num.of(days(day))
    book = hoisted(book)
    stages = _Stages(firms, Reading(Columns(), book, facts, parameters), fence)
    for names in _depths(book):
        stages.depth(names)
    reading = stages.reading
    stages.settle({**stages.facts, **reading.done}, {"": deciding(book, reading)})
    place = stages.table["__value"] if "__value" in stages.table.columns else 0
    found: dict[str, Any] = {
        "outcome": _words(reading.name(book.decides), OUTCOMES),
        "deciding": _words(place, tuple(book.clauses)),
    }
    shown = {"score": book.score} if book.score else {}
    shown |= {id: id for id, value in book.values.items() if value.role}
    for name, id in shown.items():
        number = reading.name(id)
        for end in ("low", "high"):
            value = getattr(number, end)
            found[f"{name}_{end}"] = as_column(float(value)) if constant(value) else value
        found[f"{name}_known"] = Columns().either(number.known, number.low == number.high)
    if book.grades:
        found["grade"] = _grade(book, reading)
    if clauses:
        found |= {f"clause_{id}": _words(reading.name(id), OUTCOMES) for id in book.clauses}
    mine = {name: as_column(value) for name, value in found.items()}
    return stages.table.mutate(**mine).select(*firms.columns, *mine)


class _Stages:
    """A table that grows by the columns of one depth of the rule after another.

    Each stage is a view of the one before, so that Ibis writes a column out once and not
    wherever it is used. What is constant stays a plain value.
    """

    def __init__(self, table: Table, reading: Reading, fence: bool) -> None:
        self.table, self.reading, self.fence = table, reading, fence
        self.facts, self.reading.facts = self.reading.facts, {}
        self.settle(self.facts, dict(self.facts))

    def depth(self, names: list[str]) -> None:
        """Work out some names of values and clauses."""
        found = {id: self.reading.name(id) for id in names}
        self.settle({**self.facts, **self.reading.done}, found)

    def settle(self, held: Mapping[str, Any], found: Mapping[str, Any]) -> None:
        """Put what was found into columns, and refer everything held to the new table."""
        columns = {
            f"_{id}_{end}": part
            for id, value in found.items()
            for end, part in _parts(value).items()
            if not constant(part)
        }
        if columns:
            grown = self.table.mutate(**columns)
            self.table = (grown.limit(EVERY_ROW) if self.fence else grown).view()
        mine = {id: self._bound(id, value) for id, value in held.items()}
        self.reading.done = {id: mine[id] for id in self.reading.done}
        self.facts = {id: mine[id] for id in self.facts}
        self.reading.facts = self.facts

    def _bound(self, id: str, value: Any) -> Any:
        mine = {
            end: part if constant(part) else self.table[f"_{id}_{end}"]
            for end, part in _parts(value).items()
        }
        if not isinstance(value, Num):
            return mine["value"]
        high = mine["low"] if value.low is value.high else mine["high"]
        return replace(value, low=mine["low"], high=high, known=mine["known"])


def _parts(value: Any) -> dict[str, Any]:
    if not isinstance(value, Num):
        return {"value": value}
    ends = {"low": value.low, "known": value.known}
    return ends if value.low is value.high else {**ends, "high": value.high}


def _depths(book: Rulebook) -> list[list[str]]:
    """The names of values and clauses, those first that rest on facts and parameters alone."""
    depth: dict[str, int] = {}

    def of(id: str) -> int:
        if id not in book.trees:
            return 0
        if id not in depth:
            depth[id] = 1 + max((of(name) for name in text.names(book.trees[id])), default=0)
        return depth[id]

    for id in book.trees:
        of(id)
    return [[id for id, d in depth.items() if d == level] for level in sorted(set(depth.values()))]


def _fact(firms: Table, fact: Fact, book: Rulebook, parameters: Mapping[str, Value]) -> Any:
    """A fact's column as a number, a grade or a choice; what it could be where it is missing."""
    most = parameters[fact.most].span[1] if fact.most else ENDLESS
    unknown = fact.unknown(most)
    if fact.id not in firms.columns:
        ends = [f"{fact.id}_low", f"{fact.id}_high"]
        if fact.form != "number" or not set(ends) <= set(firms.columns):
            return unknown
        low, high = (firms[end].cast("float64") for end in ends)
        return _number(low, high, fact, unknown, book)
    column = firms[fact.id]
    if fact.type == "flag":
        told = Columns().where(column, MET, NOT_MET)
        return Columns().where(column.isnull(), UNKNOWN, told)
    if fact.type == "choice":
        return ibis.cases((column.isin(fact.choices), column))
    if fact.type == "date":
        column = column.cast("date").delta(
            ibis.date(EPOCH.year, EPOCH.month, EPOCH.day), unit="day"
        )
    column = column.cast("float64")
    return _number(column, column, fact, unknown, book)


def _number(low: Any, high: Any, fact: Fact, unknown: Num, book: Rulebook) -> Num:
    scale = in_own(1.0, fact.unit, book.money) if fact.unit else 1.0
    if scale != 1.0:
        low, high = low * scale, high * scale
    known = low.notnull() if low is high else low.notnull() & high.notnull()
    ops = Columns()  # a choice is quicker than a coalesce
    least, most = (
        ops.where(end.isnull(), out, end) for end, out in ((low, unknown.low), (high, unknown.high))
    )
    if unknown.known:
        return Num(least, most, True, unknown.positive)
    return Num(least, most, known, unknown.positive, low is high)


def _words(place: Any, words: tuple[str, ...]) -> Any:
    """A number as the word in that place."""
    if constant(place):
        return words[int(place)]
    *cases, last = enumerate(words)
    return ibis.cases(*((place == at, word) for at, word in cases), else_=last[1])


def _grade(book: Rulebook, reading: Reading) -> Any:
    """The class of a firm: the highest that is reached, blank while a higher one is open."""
    ops: Columns = reading.ops  # pyright: ignore[reportAssignmentType]
    found: Any = ""
    for id in reversed(book.grades):
        grade = reading.name(id)
        found = ops.where(grade == MET, id, ops.where(grade == NOT_MET, found, ""))
    return found


def consolidate(
    firms: Table, links: Table, rulebook: Rulebook | str | Path, on: date | str, key: str
) -> Table:
    """A table of firms with the figures of tied firms counted in, as for one firm.

    Args:
        firms: a row a firm.
        links: a row a tied firm: `key` of the firm it is tied to, `share` (percent), figures.
        rulebook: a rulebook that says how tied firms count.
        on: the day.
        key: the column that names a firm, in both tables.

    Returns:
        The firms with sums in place of their own figures; a sum with a missing part is missing.
    """
    book, day = as_book(rulebook), as_day(on)
    if book.linked is None:
        return firms
    values = book.on(day)
    partner, linked = (values[name].number for name in (book.linked.partner, book.linked.linked))
    assert partner is not None
    assert linked is not None
    part, ops = links["share"] / 100, Columns()
    weight = ops.where(
        holds(ops, ">", part, linked.low), 1.0,
        ops.where(holds(ops, ">=", part, partner.low), part, 0.0),
    )  # fmt: skip
    names = [id for id in book.linked.facts if id in firms.columns and id in links.columns]
    counted = links.mutate(_weight=weight)
    counted = counted.filter(counted["_weight"] > 0)
    sums = counted.group_by(key).aggregate(
        **{f"_{id}_sum": (counted[id] * counted["_weight"]).sum() for id in names},
        **{f"_{id}_gone": counted[id].isnull().any() for id in names},
    )
    joined = firms.left_join(sums, key)
    mine = {
        id: ibis.cases(
            (joined[f"_{id}_gone"].fill_null(False), ibis.null("float64")),
            else_=joined[id] + joined[f"_{id}_sum"].fill_null(0.0),
        )
        for id in names
    }
    return joined.mutate(**mine).select(*firms.columns)
