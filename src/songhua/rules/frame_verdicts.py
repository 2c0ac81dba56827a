"""Verdicts on a pandas frame of firms: the same rules on arrays, a column a fact."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from songhua.errors import SonghuaError
from songhua.fault_kinds import ChoiceUnknown, FactUnreadable
from songhua.rules import expressions
from songhua.rules.backends import Arrays
from songhua.rules.deciding_clause import deciding_clause
from songhua.rules.expressions import Node
from songhua.rules.facts import Fact
from songhua.rules.interpreter import Interpreter
from songhua.rules.intervals import UNBOUNDED, Interval, Operand
from songhua.rules.rulebook import Rulebook
from songhua.rules.rulebook_units import EPOCH, day_number, in_own_unit
from songhua.rules.truth_values import MET, NOT_MET, OUTCOMES, UNKNOWN
from songhua.rules.verdict import silent

_NUMBERS = ("floating", "integer", "mixed-integer-float", "decimal")
#: The pandas type of a column, by the type of its fact.
KINDS = {
    "flag": ("boolean",),
    "choice": ("string", "categorical"),
    "number": _NUMBERS,
    "whole": _NUMBERS,
    "score": _NUMBERS,
    "date": ("date", "datetime", "datetime64"),
}


def judge_frame(frame: pd.DataFrame, book: Rulebook, on: date) -> pd.DataFrame:
    """The verdict on every row of a frame, a column a fact, in the frame's order.

    Raises:
        SonghuaError: `fact_unreadable`, `choice_unknown`, for a column that is not of its fact.

    Returns:
        outcome, deciding, score_low, score_high, and `failing`: how many of the conditions that
        must all hold are not met (of alternatives, the whole counts once).

    >>> from songhua.store.rulebooks import load
    >>> firms = pd.DataFrame({"staff": [600.0, None]})
    >>> list(judge_frame(firms, load("cn/sci-tech-sme"), date(2024, 6, 30))["outcome"])
    ['not_met', 'unknown']
    """
    n = len(frame)
    if not book.in_force(on):
        blank = {"outcome": silent(book, on), "deciding": "", "failing": 0}
        ends = {"score_low": np.nan, "score_high": np.nan}
        return pd.DataFrame({**blank, **ends}, index=frame.index)
    parameters = book.on(on)
    facts = {
        id: _column(frame, fact, parameters[fact.most].span[1] if fact.most else UNBOUNDED, book)
        for id, fact in book.facts.items()
    }
    facts["on"] = Interval.of(day_number(on))
    interpreter = Interpreter(Arrays(), book, facts, parameters)

    def column(value: Operand) -> np.ndarray:
        return np.broadcast_to(np.asarray(value), n)

    score = interpreter.number(book.score) if book.score else Interval(np.nan, np.nan, True)
    conditions = [column(interpreter.value(part)) for part in _conditions(book)]
    outcomes, clauses = (np.array(names, dtype=object) for names in (OUTCOMES, list(book.clauses)))
    return pd.DataFrame(
        {
            "outcome": outcomes[column(interpreter.truth(book.decides))],
            "deciding": clauses[column(deciding_clause(interpreter))],
            "failing": sum((condition == NOT_MET).astype(int) for condition in conditions),
            "score_low": column(score.low),
            "score_high": column(score.high),
        },
        index=frame.index,
    )


def _conditions(book: Rulebook) -> tuple[Node, ...]:
    """The conditions that must all hold; the rule itself where it is not of this form."""
    rule = book.clauses[book.decides].rule
    return rule.items if isinstance(rule, expressions.All) else (rule,)


def _column(frame: pd.DataFrame, fact: Fact, most: float, book: Rulebook) -> Operand:
    """A fact of all firms; what it could be where it is missing.

    Raises:
        SonghuaError: `fact_unreadable`, where the column holds what is not of the fact's type;
            `choice_unknown`.
    """
    unknown = fact.unknown(most)
    if fact.id not in frame.columns:
        return unknown
    column = frame[fact.id]
    kind = pd.api.types.infer_dtype(column, skipna=True)
    if kind not in KINDS[fact.type] and kind != "empty":
        raise SonghuaError(FactUnreadable(column=fact.id, text=kind, type=fact.type))
    if fact.type == "flag":
        absent = column.isna().to_numpy()
        return np.where(absent, UNKNOWN, np.where(column.eq(True).to_numpy(), MET, NOT_MET))
    if fact.type == "choice":
        return _choices(column, fact)
    if fact.type == "date":
        numbers = (pd.to_datetime(column) - pd.Timestamp(EPOCH)).dt.days
    else:
        numbers = pd.to_numeric(column)
    array = numbers.to_numpy(dtype=float, na_value=np.nan)
    array = array * (in_own_unit(1.0, fact.unit, book.units) if fact.unit else 1.0)
    absent = np.isnan(array)
    low, high = (np.where(absent, end, array) for end in (unknown.low, unknown.high))
    return Interval(low, high, True if unknown.known else ~absent, unknown.nonnegative)


def _choices(column: pd.Series, fact: Fact) -> np.ndarray:
    """The words of a fact of a closed list; blank where it is missing."""
    for text in column.dropna().unique():
        if text and text not in fact.choices:
            raise SonghuaError(
                ChoiceUnknown(column=fact.id, text=str(text)[:80], choices=tuple(fact.choices))
            )
    return column.astype(object).where(column.notna(), "").to_numpy(dtype=str)
