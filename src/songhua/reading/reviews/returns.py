"""Progress of a round of reports: questions, answers, arrears and changes by department."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from songhua.labels import Period, parse_period
from songhua.plan import Plan
from songhua.reading.reviews.items import Item, items, key_of
from songhua.region import Region
from songhua.region.newest import Answer, answers


@dataclass(frozen=True)
class Return:
    """A question to a department: its newest answer, and that for the period before.

    An answer belongs to what it is about: that of another department counts, which was asked
    then. A line is overdue where it is not answered though the period has ended.
    """

    item: Item
    answer: Answer | None
    before: Answer | None
    overdue: bool

    @property
    def changed(self) -> bool:
        """True where it was answered otherwise than for an earlier period."""
        return (
            self.answer is not None
            and self.before is not None
            and self.answer.reply != self.before.reply
        )


def returns(
    region: Region, plan: Plan, review: Period, lang: str, today: date
) -> dict[str, list[Return]]:
    """By department its questions for a period and their answers, in the plan's order."""
    by_subject = _by_subject(region)
    by_department: dict[str, list[Return]] = {}
    for item in items(region, plan, review, lang):
        history = by_subject.get(item.key, [])
        current = [answer for period, answer in history if period == review]
        earlier = [(period, answer) for period, answer in history if period.end < review.start]
        last = max((period for period, _ in earlier), default=None)
        before = [answer for period, answer in earlier if period == last]
        answer = current[-1] if current else None
        late = answer is None and review.end < today
        line = Return(item, answer, before[-1] if before else None, late)
        by_department.setdefault(item.department, []).append(line)
    return by_department


def _by_subject(region: Region) -> dict[str, list[tuple[Period, Answer]]]:
    """The answers on each item, whichever department was asked, from the oldest to the newest."""
    by_subject: dict[str, list[tuple[Period, Answer]]] = {}
    for answer in answers(region.reviews, region.code):
        history = by_subject.setdefault(key_of(answer.sort, asdict(answer)), [])
        history.append((parse_period(answer.review), answer))
    return by_subject
