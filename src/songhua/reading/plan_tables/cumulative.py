"""Numbers of all years together: a change, growth in %, or the sum of the years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from songhua.maths.bounds import Interval, read_print, rounding_bound
from songhua.reading.change_fault_kinds import PlanTableLevels, PlanTableSum, PlanTableUnit
from songhua.reading.plan_tables.plan_cells import adds, falls, number_in
from songhua.reading.plan_tables.plan_words import words

#: The kinds of faults of a number of which it is open what it counts.
Open = type[PlanTableUnit | PlanTableLevels | PlanTableSum]


@dataclass(frozen=True)
class Levels:
    """The levels of a row as printed: of the year that the plan starts from, and of its target."""

    base: str
    goal: str

    @property
    def change(self) -> Fraction:
        """The difference between the two.

        >>> float(Levels("65.0", "70.1").change)
        5.1
        """
        return read_print(self.goal)[0] - read_print(self.base)[0]

    @property
    def growth(self) -> Fraction | None:
        """The growth from one to the other in %; None from nothing or less.

        >>> float(Levels("100", "150").growth), Levels("0", "5").growth
        (50.0, None)
        """
        base = read_print(self.base)[0]
        return self.change / base * 100 if base > 0 else None

    def kinds(self, number: str) -> tuple[str, ...]:
        """The kinds that a number can be, of any sign: `change` of the levels, or their `growth`.

        It is what the printed levels give, in the number's own decimals. Where they give neither,
        it is what they allow within rounding. No change is no growth: nought is a change.

        >>> Levels("65.0", "70.1").kinds("5.1"), Levels("65.0", "70.1").kinds("7.8")
        (('change',), ('growth',))
        >>> Levels("100", "150").kinds("50"), Levels("65.0", "70.1").kinds("9")
        (('change', 'growth'), ())
        >>> Levels("61", "65").kinds("4.4"), Levels("18.65", "18.65").kinds("0")
        (('change',), ('change',))
        """
        size, half = read_print(number)
        if not size and not self.change:
            return ("change",)
        computed = {"change": self.change, "growth": self.growth}
        matching = tuple(
            kind
            for kind, value in computed.items()
            if value is not None and abs(abs(value) - abs(size)) <= half
        )
        if matching:
            return matching
        printed = _size(number)
        return tuple(kind for kind, ends in self._open().items() if ends.overlaps(printed))

    def _open(self) -> dict[str, Interval]:
        """The intervals that the rounding of the levels leaves to both."""
        base, goal = rounding_bound(self.base), rounding_bound(self.goal)
        intervals = {"change": abs(goal - base)}
        return intervals | ({"growth": abs(goal / base - 1) * 100} if base.low > 0 else {})


def _size(number: str) -> Interval:
    return abs(rounding_bound(number))


@dataclass(frozen=True)
class InAll:
    """A number of all years together, as a row prints it.

    `text` is the cell without its brackets, `name` the indicator's, `unit` the row's; `share` says
    that the indicator is a percentage and no growth rate. `levels` are the row's own.
    """

    text: str
    name: str
    unit: str
    share: bool = False
    levels: Levels | None = None

    @property
    def kind(self) -> str | Open:
        """The kind of the number: a `change` (points, an amount), `growth` in %, or a sum `added`.

        The cell's own unit says it, or a name such as 新增, or what the row's levels make of it. A
        percentage without levels is one of points of a share, else growth. An open question is a
        kind of fault.

        >>> row = InAll("5.1", "城镇化率", "%", levels=Levels("65.0", "70.1"))
        >>> row.kind, InAll("13.5", "单位GDP能耗降低", "%").kind
        ('change', 'growth')
        >>> InAll("30", "产值", "亿元").kind is PlanTableSum
        True
        >>> InAll("5", "参保率", "%", share=True).kind, InAll("50", "新增就业", "万人").kind
        ('change', 'added')
        """
        if self._percent and self.unit != "%":
            return "growth"
        if any(word in self.text for word in words().points.values()):
            return "change"
        if not self.unit:
            return PlanTableUnit
        if adds(self.name):
            return "added"
        if self.unit != "%" and self.unit in self.text:
            return "change"
        if self.levels and number_in(self.text):
            return self._by_levels(self.levels)
        if self.unit == "%":
            return "change" if self.share else "growth"
        return "change" if self.falls else PlanTableSum

    @property
    def falls(self) -> bool:
        """It is a fall, by its name, its sign or the row's levels.

        >>> InAll("5.7", "贫困发生率", "%", levels=Levels("5.7", "0")).falls
        True
        """
        fall = falls(self.name) or self.text.startswith("-")
        return fall or (self.levels is not None and self.levels.change < 0)

    @property
    def way(self) -> str:
        """The way of its words: `fall_in_all`, `added_in_all` and so on.

        >>> InAll("5.1", "城镇化率", "%", levels=Levels("65.0", "70.1")).way
        'higher_in_all'
        """
        if self.kind == "added":
            return "added_in_all"
        if self.falls:
            return "fall_in_all"
        if self.kind == "growth":
            return "rise_in_all"
        return "more_in_all" if self.unit != "%" else "higher_in_all"

    def unit_in(self, lang: str) -> str:
        """The unit of the number in the words of a language.

        >>> InAll("5.1", "城镇化率", "%", share=True).unit_in("zh")
        '个百分点'
        """
        if self.kind == "growth":
            return "%"
        return words().points[lang] if self.unit == "%" else self.unit

    @property
    def _percent(self) -> bool:
        return bool(re.search("[%‰]", self.text))

    def _by_levels(self, levels: Levels) -> str | Open:
        """The kind that the levels make of it, or else that of a fault."""
        against = levels.change > 0 and self.falls
        kinds = () if against else levels.kinds(number_in(self.text))
        if len(kinds) > 1 and self._percent:
            return "growth"
        return kinds[0] if len(kinds) == 1 else PlanTableLevels
