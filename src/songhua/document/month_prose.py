"""The growth of a period as bulletins tell it: a paragraph a series, with its figures behind it."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document import targets
from songhua.document.blocks import Paragraph
from songhua.format.numbers import known
from songhua.format.text import Small, joined
from songhua.format.view import View
from songhua.studies.diagnose.turning_points import TurningPoint
from songhua.studies.month.comparison import PlaceGrowth
from songhua.studies.month.period_growth import PeriodGrowth
from songhua.studies.month.revisions import Revision
from songhua.studies.month.study import MonthView
from songhua.studies.track.rows import TargetRow

#: Of so many series of the whole economy the growth is told in words.
MOST_SENTENCES = 3
PARENT, OWN_ROLE = "parent", "own"


def thing(view: View, row: PeriodGrowth | PlaceGrowth | Revision | TurningPoint) -> str:
    """The indicator, and the industry where it is not the whole economy."""
    name = view.name("indicators", row.indicator)
    if row.industry == "all":
        return name
    return f"{view.name('industries', row.industry)}{view.written.colon}{name}"


def growth_sentences(view: View) -> Iterator[Paragraph]:
    """The growth of the whole economy in sentences: rate, level, a year before, beside others."""
    rows = [r for r in view.rows("month", "growth", PeriodGrowth) if r.industry == "all"]
    for row in sorted(rows, key=lambda row: not known(row.level))[:MOST_SENTENCES]:
        beside = [r for r in view.rows("month", "comparison", PlaceGrowth) if _same(r, row)]
        text = view.written.comma.join(_clauses(view, row, beside)) + view.written.stop
        ids = dict.fromkeys([*row.observations, *(id for r in beside for id in r.observations)])
        yield Paragraph(joined([text, (Small(view.rests(ids)),)]))


def _same(place: PlaceGrowth, row: PeriodGrowth) -> bool:
    """True where a place's growth is of the same indicator and industry as a row's."""
    return (place.indicator, place.industry) == (row.indicator, row.industry)


def _clauses(view: View, row: PeriodGrowth, beside: list[PlaceGrowth]) -> Iterator[str]:
    """The parts of a sentence."""
    if row.value.known:
        growth, when = view.show(row.value, "%"), view.period(row.period)
        yield view.say("prose_rate", what=thing(view, row), growth=growth, period=when)
    else:
        yield thing(view, row)
    if known(row.level):
        yield view.say("prose_total", level=view.show(row.level, row.level_unit))
    if known(row.before):
        yield view.say("prose_before", growth=view.show(row.before, "%"))
    if row.single.known and row.single_period != row.period:
        single = view.show(row.single, "%")
        if row.single_method != "published":
            single += view.say("month_computed")
        yield view.say("prose_single", growth=single, period=view.period(row.single_period))
    for place in beside:
        if place.role == PARENT and known(place.lead):
            key = "prose_above" if place.lead > 0 else "prose_below" if place.lead else "prose_same"
            points = view.show(abs(place.lead), targets.points(place.unit))
            yield view.say(key, points=points, place=view.name("places", place.region))
        if place.role == OWN_ROLE and known(place.rank_low) and place.of > 1:
            low, high = int(place.rank_low), int(place.rank_high)
            key = "brief_place" if low == high else "brief_place_open"
            yield view.say(key, rank=low, rank_high=high, of=place.of)


def month_view(view: View) -> MonthView:
    """The period under report, and the day since which revisions are told."""
    (row,) = view.rows("month", "view", MonthView)
    return row


def of_year(view: View) -> list[TargetRow]:
    """Targets of the year under report, those that lag first."""
    year = month_view(view).cumulative.end.year
    rows = [
        row for row in targets.rows(view) if row.period.start.year <= year <= row.period.end.year
    ]
    return sorted(rows, key=targets.order)


def short(view: View) -> list[str]:
    """Targets that lag, parts that fall and turns, a sentence each."""
    sentences = []
    rows = view.rows("month", "growth", PeriodGrowth)
    judged = [row for row in of_year(view) if row.latest.known]
    behind = [row for row in judged if targets.behind(row)]
    if judged:
        key = "month_behind" if behind else "month_none_behind"
        sentences.append(view.say(key, names=targets.names(view, behind)))
    falling = [row for row in rows if row.value.value < 0]
    if falling:
        names = view.join(f"{thing(view, r)} {view.show(r.value.value, '%')}" for r in falling)
        sentences.append(view.say("month_falling", names=names))
    for row in turned(view):
        sentences.append(turn(view, row))
    return sentences


def turned(view: View) -> list[TurningPoint]:
    """Turns of the year under report."""
    year = month_view(view).cumulative.end.year
    return [
        row
        for row in view.rows("diagnose", "turning_points", TurningPoint)
        if row.region == view.region.code and row.after.end.year == year
    ]


def turn(view: View, row: TurningPoint) -> str:
    """A turn in a sentence; an unsure one says so."""
    params = {
        "what": thing(view, row),
        "before": view.period(row.before),
        "after": view.period(row.after),
        "was": view.show(row.before_value, "%"),
        "is": view.show(row.after_value, "%"),
    }
    return view.say("month_turn" if row.certain else "month_turn_unsure", **params)
