"""Verdicts on a table of firms, as one Ibis expression: DuckDB, PostgreSQL or any other engine.

The expression reads a column a fact, under the fact's name and in its unit. A column that is
not there, a null and a number below nought where none can be are missing: unknown, never false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

import ibis

from songhua.errors import SonghuaError
from songhua.labels import parse_date
from songhua.rules import expressions
from songhua.rules.deciding_clause import deciding_clause
from songhua.rules.facts import Fact
from songhua.rules.ibis_backend import Columns, as_column, constant
from songhua.rules.intermediate_values import with_intermediate_values
from songhua.rules.interpreter import Interpreter
from songhua.rules.intervals import UNBOUNDED, Interval, Operand, holds
from songhua.rules.parameters import Value
from songhua.rules.rulebook import Rulebook
from songhua.rules.rulebook_units import EPOCH, day_number, in_own_unit
from songhua.rules.truth_values import MET, NOT_MET, OUTCOMES, UNKNOWN
from songhua.rules.verdict import NOT_IN_FORCE, refusal

Table: TypeAlias = Any  # an Ibis table: its own types do not tell numbers from texts
Column: TypeAlias = Any  # an Ibis column, or a plain value that is the same in every row
EVERY_ROW = 2**62  # a limit that limits nothing: planners keep what is below apart
DECIDING = "__value"


def judge(
    firms: Table, book: Rulebook, on: date | str, clauses: bool = False, fence: bool = False
) -> Table:
    """The verdict on every row of a table, beside the row's own columns.

    Args:
        firms: a row a firm, a column a fact (`NAME_low` and `NAME_high` for a mark that is a
            range). Figures of tied firms are to be counted in before, with `consolidate`.
        book: the rulebook of the status.
        on: the day.
        clauses: whether to give every clause's outcome too, as `clause_ID`.
        fence: keep the engine from writing the steps into one another again. PostgreSQL needs
            it: its planner would otherwise build a text without bounds. DuckDB does not.

    Returns:
        The table with `outcome`, `deciding`; `score_low`, `score_high` and `score_known` where
        the law counts points; `category` where it divides firms into classes (blank while open);
        `NAME_low`, `NAME_high`, `NAME_known` for the numbers that the rulebook shows.

    Raises:
        SonghuaError: `rulebook_incomplete`, for a day whose version is recorded in part.

    >>> from songhua.store.rulebooks import load
    >>> firms = ibis.table({"id": "string", "staff": "float64"}, name="firms")
    >>> judge(firms, load("cn/sci-tech-sme"), "2024-06-30").columns[:6]
    ('id', 'staff', 'outcome', 'deciding', 'score_low', 'score_high')
    """
    day = parse_date(on)
    if not book.in_force(day):
        if fault := refusal(book, day):
            raise SonghuaError(fault)
        return firms.mutate(outcome=ibis.literal(NOT_IN_FORCE))
    parameters = book.on(day)
    facts = {id: _fact(firms, fact, book, parameters) for id, fact in book.facts.items()}
    facts["on"] = Interval.of(day_number(day))
    book = with_intermediate_values(book)
    stages = _Stages(firms, Interpreter(Columns(), book, facts, parameters), fence)
    for names in _depths(book):
        stages.add(names)
    interpreter = stages.interpreter
    stages.settle({**stages.facts, **interpreter.known}, {"": deciding_clause(interpreter)})
    place = stages.table[DECIDING] if DECIDING in stages.table.columns else 0
    columns = {"outcome": _names(interpreter.truth(book.decides), OUTCOMES)}
    columns["deciding"] = _names(place, tuple(book.clauses))
    columns |= _numbers(interpreter)
    if book.categories:
        columns["category"] = _category(interpreter)
    if clauses:
        columns |= {f"clause_{id}": _names(interpreter.name(id), OUTCOMES) for id in book.clauses}
    mine = {name: as_column(value) for name, value in columns.items()}
    return stages.table.mutate(**mine).select(*firms.columns, *mine)


class _Stages:
    """A table that grows by the columns of one depth of the rule after another.

    Each stage is a view of the one before, so that Ibis writes a column out once and not wherever
    it is used. A constant stays a plain value.
    """

    def __init__(self, table: Table, interpreter: Interpreter, fence: bool) -> None:
        self.table, self.interpreter, self.fence = table, interpreter, fence
        self.facts, self.interpreter.facts = self.interpreter.facts, {}
        self.settle(self.facts, dict(self.facts))

    def add(self, names: list[str]) -> None:
        """Work out some names of values and clauses."""
        values = {id: self.interpreter.name(id) for id in names}
        self.settle({**self.facts, **self.interpreter.known}, values)

    def settle(self, operands: Mapping[str, Operand], worked_out: Mapping[str, Operand]) -> None:
        """Put the computed values into columns, and refer all values to the new table."""
        columns = {
            f"_{id}_{end}": part
            for id, value in worked_out.items()
            for end, part in _parts(value).items()
            if not constant(part)
        }
        if columns:
            grown = self.table.mutate(**columns)
            self.table = (grown.limit(EVERY_ROW) if self.fence else grown).view()
        mine = {id: self._bound(id, value) for id, value in operands.items()}
        self.interpreter.known = {id: mine[id] for id in self.interpreter.known}
        self.facts = {id: mine[id] for id in self.facts}
        self.interpreter.facts = self.facts

    def _bound(self, id: str, value: Operand) -> Operand:
        mine = {
            end: part if constant(part) else self.table[f"_{id}_{end}"]
            for end, part in _parts(value).items()
        }
        if not isinstance(value, Interval):
            return mine["value"]
        high = mine["low"] if value.is_point else mine["high"]
        return replace(value, low=mine["low"], high=high, known=mine["known"])


def _parts(value: Operand) -> dict[str, Column]:
    if not isinstance(value, Interval):
        return {"value": value}
    ends = {"low": value.low, "known": value.known}
    return ends if value.is_point else {**ends, "high": value.high}


def _depths(book: Rulebook) -> list[list[str]]:
    """The names of values and clauses, those first that rest on facts and parameters alone."""
    depth: dict[str, int] = {}

    def of(id: str) -> int:
        if id not in book.trees:
            return 0
        if id not in depth:
            below = (of(name) for name in expressions.names(book.trees[id]))
            depth[id] = 1 + max(below, default=0)
        return depth[id]

    for id in book.trees:
        of(id)
    return [[id for id, d in depth.items() if d == level] for level in sorted(set(depth.values()))]


def _fact(firms: Table, fact: Fact, book: Rulebook, parameters: Mapping[str, Value]) -> Operand:
    """A fact's column as a number, a truth or a choice; what it could be where it is missing."""
    most = parameters[fact.most].span[1] if fact.most else UNBOUNDED
    unknown = fact.unknown(most)
    if fact.id not in firms.columns:
        ends = [f"{fact.id}_low", f"{fact.id}_high"]
        if fact.form != "number" or not set(ends) <= set(firms.columns):
            return unknown
        low, high = (firms[end].cast("float64") for end in ends)
        return _number(low, high, fact, unknown, book)
    column = firms[fact.id]
    if fact.type == "flag":
        settled = Columns().where(column, MET, NOT_MET)
        return Columns().where(column.isnull(), UNKNOWN, settled)
    if fact.type == "choice":
        return ibis.cases((column.isin(fact.choices), column))
    if fact.type == "date":
        epoch = ibis.date(EPOCH.year, EPOCH.month, EPOCH.day)
        column = column.cast("date").delta(epoch, unit="day")
    column = column.cast("float64")
    return _number(column, column, fact, unknown, book)


def _number(low: Column, high: Column, fact: Fact, unknown: Interval, book: Rulebook) -> Interval:
    scale = in_own_unit(1.0, fact.unit, book.units) if fact.unit else 1.0
    if scale != 1.0:
        low, high = low * scale, high * scale
    is_known = low.notnull() if low is high else low.notnull() & high.notnull()
    backend = Columns()  # a choice is quicker than a coalesce
    least = backend.where(low.isnull(), unknown.low, low)
    most = backend.where(high.isnull(), unknown.high, high)
    if unknown.known:
        return Interval(least, most, True, unknown.nonnegative)
    return Interval(least, most, is_known, unknown.nonnegative, low is high)


def _names(place: Column, names: tuple[str, ...]) -> Column:
    """A number as the name in that place."""
    if constant(place):
        return names[int(place)]
    *cases, last = enumerate(names)
    return ibis.cases(*((place == at, name) for at, name in cases), else_=last[1])


def _numbers(interpreter: Interpreter) -> dict[str, Column]:
    """The score and the numbers that the rulebook shows: low, high, known."""
    book, columns = interpreter.book, dict[str, Column]()
    quantities = {"score": book.score} if book.score else {}
    quantities |= {id: id for id, value in book.values.items() if value.role}
    for name, id in quantities.items():
        number = interpreter.number(id)
        for end in ("low", "high"):
            value = getattr(number, end)
            columns[f"{name}_{end}"] = as_column(float(value)) if constant(value) else value
        columns[f"{name}_known"] = Columns().or_(number.known, number.low == number.high)
    return columns


def _category(interpreter: Interpreter) -> Column:
    """The class of a firm: the first that is reached, blank while an earlier one is open."""
    backend, category = interpreter.backend, ""
    for id in reversed(interpreter.book.categories):
        truth = interpreter.truth(id)
        category = backend.where(truth == MET, id, backend.where(truth == NOT_MET, category, ""))
    return category


def consolidate(firms: Table, links: Table, book: Rulebook, on: date | str, key: str) -> Table:
    """A table of firms with the figures of tied firms counted in, as for one firm.

    Args:
        firms: a row a firm.
        links: a row a tied firm: `key` of the firm it is tied to, `share` (percent), figures.
        book: a rulebook that says how tied firms count.
        on: the day.
        key: the column that names a firm, in both tables.

    Returns:
        The firms with sums in place of their own figures; a sum with a missing part is missing.

    >>> from songhua.store.rulebooks import load
    >>> firms = ibis.table({"firm": "string", "staff": "float64"}, name="firms")
    >>> links = ibis.table({"firm": "string", "share": "float64", "staff": "float64"}, name="links")
    >>> consolidate(firms, links, load("eu/sme"), "2024-06-30", "firm").columns
    ('firm', 'staff')
    """
    if book.linked is None:
        return firms
    parameters = book.on(parse_date(on))
    shares = (parameters[name].number for name in (book.linked.partner, book.linked.linked))
    partner, linked = (share.low for share in shares if share is not None)
    part, backend = links["share"] / 100, Columns()
    weight = backend.where(
        holds(backend, ">", part, linked),
        1.0,
        backend.where(holds(backend, ">=", part, partner), part, 0.0),
    )
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
