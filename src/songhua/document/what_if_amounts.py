"""A number of the plan and of the plan as changed, in words: two medians and what lies between
them, which add up as they are shown, and beside them the differences draw by draw."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from songhua.format.cells import percent
from songhua.format.numbers import bare, show, spell
from songhua.format.text import Small, Text
from songhua.format.view import DASH, View
from songhua.results import Estimate
from songhua.studies.simulate.paired import Difference


@dataclass(frozen=True)
class Amounts:
    """The words of a paired number.

    Both medians and the change have one scale and one rounding: three digits of the larger median
    and two of the change, as far as six of the larger one reach.
    """

    view: View
    row: Difference

    @property
    def before(self) -> Text:
        """The median of the plan with its interval."""
        return self._interval(self.row.value)

    @property
    def after(self) -> Text:
        """The median of the plan as changed with its interval."""
        return self._interval(self.row.new_value)

    @property
    def medians(self) -> tuple[str, str]:
        """Both medians alone, with their unit."""
        estimates = (self.row.value, self.row.new_value)
        old, new = (self._text(self._round(size.value)) for size in estimates)
        return old, new

    @property
    def change(self) -> str:
        """The difference of the medians as they are shown."""
        if not self.moved:
            return self.view.say("what_if_unchanged")
        old, new = (self._round(size.value) for size in (self.row.value, self.row.new_value))
        change = new - old
        return ("+" if change > 0 else "") + self._text(change)

    @property
    def moved(self) -> bool:
        """A draw differs."""
        return bool(self.row.better or self.row.worse)

    @property
    def paired(self) -> Text:
        """The differences draw by draw: their median and interval, or that there are none."""
        if not self.moved:
            return self.view.say("what_if_unchanged")
        row, lang = self.row, self.view.lang
        left, right = (
            ("+" if end > 0 else "") + bare(end, row.unit, lang, digits=3, size=self._widest)
            for end in (row.more.low, row.more.high)
        )
        between = self.view.say("what_if_between", left=left, right=right)
        return (self.middle, " ", Small(between))

    @property
    def middle(self) -> str:
        """The median of the differences with its sign and unit, in the scale of their ends."""
        row = self.row
        text = show(row.more.value, row.unit, self.view.lang, digits=3, size=self._widest)
        return ("+" if row.more.value > 0 else "") + text

    @property
    def odds(self) -> str:
        """In how many draws it is more and less, as a sentence."""
        if not self.moved:
            return self.view.say("what_if_same")
        better, worse = f"{self.row.better:.0f}", f"{self.row.worse:.0f}"
        return self.view.say("what_if_card_odds", better=better, worse=worse)

    @property
    def shares(self) -> str:
        """The same as two numbers."""
        if not self.moved:
            return DASH
        shares = (self.row.better, self.row.worse)
        return " / ".join(percent(share / 100, self.view.lang) for share in shares)

    @property
    def _widest(self) -> float:
        more = self.row.more
        return max(abs(end) for end in (more.low, more.value, more.high))

    @property
    def _largest(self) -> float:
        return max(abs(self.row.value.value), abs(self.row.new_value.value))

    @cached_property
    def _factor(self) -> float:
        return spell(self.row.unit, self.view.lang, self._largest)[0]

    @cached_property
    def _place(self) -> int:
        """The power of ten to which numbers are rounded."""
        if not self._largest:
            return 0
        top, change = _power(self._largest * self._factor), abs(self.row.change) * self._factor
        return max(top - 5, min(top - 2, _power(change) - 1) if change else top - 2)

    def _round(self, value: float) -> float:
        return round(value * self._factor, -self._place) / self._factor

    def _text(self, value: float) -> str:
        return show(
            value, self.row.unit, self.view.lang, decimals=max(0, -self._place), size=self._largest
        )

    def _interval(self, estimate: Estimate) -> Text:
        low, value, high = map(self._round, (estimate.low, estimate.value, estimate.high))
        return self.view.amount(
            Estimate.drawn(low, value, high, estimate.kind),
            self.row.unit,
            decimals=max(0, -self._place),
            size=self._largest,
        )


def _power(size: float) -> int:
    """The power of ten of a number's first digit."""
    return math.floor(math.log10(size))
