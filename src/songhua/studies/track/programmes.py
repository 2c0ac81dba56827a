"""Products on the ladder to market, and programmes by cohort."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from songhua.labels import Period
from songhua.plan import Plan, ProductRung, ProgrammeFigure
from songhua.plan.delivery_vocabulary import (
    DeliveryState,
    ProductStage,
    ProgrammeMeasure,
    RungStatus,
)
from songhua.plan.vocabulary import Qualifier
from songhua.results.columns import EntityId, PlaceId, SourceId, UnitName, choice, number
from songhua.studies.track.delivery import after_day, ratio

#: The whole of a number: firms of certified firms, money promised of money paid.
WHOLES = {
    ProgrammeMeasure.CERTIFIED: ProgrammeMeasure.FIRMS,
    ProgrammeMeasure.MONEY_PAID: ProgrammeMeasure.MONEY_PROMISED,
}


@dataclass(frozen=True)
class RungState:
    """A rung of a product: the columns of track's table `products`."""

    product: EntityId
    rung: Annotated[ProductStage, choice("rung")]
    step: int
    state: Annotated[RungStatus, choice("delivery_state")]
    reached: Period | None
    place: PlaceId
    source: SourceId


@dataclass(frozen=True)
class CohortState:
    """A number of a cohort: the columns of track's table `programmes`."""

    programme: EntityId
    cohort: Period
    measure: ProgrammeMeasure
    value: Annotated[float, number(unit_in="unit", qualifier="qualifier")]
    unit: UnitName
    qualifier: Qualifier
    due: Period | None
    state: DeliveryState
    rate: Annotated[float, number(unit="%", decimals=1)]
    source: SourceId


def rung_states(plan: Plan, day: date) -> list[RungState]:
    """The rungs of each product in order; a rung that the folder does not name is unknown.

    One that was reached after the day was not yet reached on it.

    >>> from songhua.studies.track.examples import town
    >>> import pandas as pd
    >>> rows = [{"product": "wheel", "rung": "prototype", "state": "reached", "reached": "2022"}]
    >>> _, plan = town(products=pd.DataFrame(rows))
    >>> [(state.step, state.state) for state in rung_states(plan, date(2023, 6, 30))][:3]
    [(1, 'unknown'), (2, 'reached'), (3, 'unknown')]
    >>> rung_states(plan, date(2021, 6, 30))[1].state
    'not_reached'
    """
    by_rung = {(entry.product, entry.rung): entry for entry in plan.products}
    products = dict.fromkeys(entry.product for entry in plan.products)
    return [
        _rung_state(product, rung, step, by_rung.get((product, rung)), day)
        for product in products
        for step, rung in enumerate(ProductStage, 1)
    ]


def _rung_state(
    product: str, rung: ProductStage, step: int, entry: ProductRung | None, day: date
) -> RungState:
    if entry is None:
        return RungState(product, rung, step, RungStatus.UNKNOWN, None, "", "")
    if after_day(entry.reached, entry.recorded, day):
        return RungState(product, rung, step, RungStatus.NOT_REACHED, None, "", entry.source)
    return RungState(product, rung, step, entry.state, entry.reached, entry.place, entry.source)


def cohort_states(plan: Plan, day: date) -> list[CohortState]:
    """Numbers of each cohort; certified firms as a share of firms, money paid of promised.

    >>> from songhua.studies.track.examples import town
    >>> import pandas as pd
    >>> cohort = {"programme": "eagle", "cohort": "2022", "unit": "count"}
    >>> rows = [{**cohort, "measure": "firms", "value": "40"},
    ...         {**cohort, "measure": "certified", "value": "12"}]
    >>> _, plan = town(programmes=pd.DataFrame(rows))
    >>> [(state.measure, state.rate) for state in cohort_states(plan, date(2023, 6, 30))]
    [('firms', nan), ('certified', 30.0)]
    """
    by_cohort = {(entry.programme, entry.cohort, entry.measure): entry for entry in plan.programmes}
    return [_cohort_state(entry, by_cohort, day) for entry in plan.programmes]


def _cohort_state(
    entry: ProgrammeFigure,
    by_cohort: dict[tuple[str, Period, ProgrammeMeasure], ProgrammeFigure],
    day: date,
) -> CohortState:
    value = math.nan if entry.value is None else float(entry.value)
    rate = math.nan
    if entry.measure in WHOLES:
        whole = by_cohort.get((entry.programme, entry.cohort, WHOLES[entry.measure]))
        if whole is not None and whole.value is not None and whole.unit == entry.unit:
            rate = ratio(value, float(whole.value)) * 100
    state = DeliveryState.KNOWN
    if entry.value is None:
        overdue = entry.due is not None and entry.due.end < day
        state = DeliveryState.OVERDUE if overdue else DeliveryState.UNKNOWN
    return CohortState(
        entry.programme,
        entry.cohort,
        entry.measure,
        value,
        entry.unit.text,
        entry.qualifier,
        entry.due,
        state,
        rate,
        entry.source,
    )
