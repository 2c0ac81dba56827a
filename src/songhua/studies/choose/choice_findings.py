"""Findings of choose: basis and limits of the odds, the likeliest industries, refusals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songhua.labels import parse_period
from songhua.maths.choice.learnt import Taught
from songhua.results import Finding
from songhua.studies.choose.basis import Basis
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.definition import CURRENT, rules
from songhua.studies.choose.finding_kinds import (
    ChooseBorrowedOrder,
    ChooseCoarse,
    ChooseCrossed,
    ChooseFewCandidates,
    ChooseFolder,
    ChooseLearnt,
    ChooseLearntElsewhere,
    ChooseListEntry,
    ChooseListExit,
    ChooseNewer,
    ChooseNoGrowth,
    ChooseNoHistory,
    ChooseNoise,
    ChooseNoneEntry,
    ChooseNoneExit,
    ChooseNoOddsFewEvents,
    ChooseNoOddsFewRegions,
    ChooseNoOddsNoise,
    ChooseNoOddsNotKnown,
    ChooseNoOddsOnePeriod,
    ChoosePassedDefinition,
    ChoosePassedFigures,
    ChoosePassedPanel,
    ChoosePassedStep,
    ChoosePlanAtRisk,
    ChoosePlanBet,
    ChoosePlanLongShot,
    ChoosePlanSecure,
    ChoosePlanUnnamed,
    ChooseRecord,
    ChooseRecordRegions,
    ChooseRelated,
    ChooseRelatednessNothing,
    ChooseRule,
    ChooseRuleCurrent,
    ChooseValue,
)
from songhua.studies.choose.plan_choices import PlanChoice

#: Industries of a panel from which on it is not called coarse, and how many a finding names.
COARSE, MOST_NAMED = 40, 3
#: Reasons why a file is skipped, and why there are no odds.
PASSED = {
    "definition": ChoosePassedDefinition,
    "step": ChoosePassedStep,
    "figures": ChoosePassedFigures,
    "panel": ChoosePassedPanel,
}
REFUSED = {
    "one_period": ChooseNoOddsOnePeriod,
    "not_known": ChooseNoOddsNotKnown,
    "noise": ChooseNoOddsNoise,
    "few_events": ChooseNoOddsFewEvents,
    "few_regions": ChooseNoOddsFewRegions,
}
#: Of each kind its list, with the finding of those on it, and that there are none.
LISTS = {
    "entry": ("enter", ChooseListEntry, ChooseNoneEntry),
    "exit": ("at_risk", ChooseListExit, ChooseNoneExit),
}
#: The findings on industries of the plan, by verdict.
PLAN = {
    ChoosePlanSecure: "secure",
    ChoosePlanAtRisk: "at_risk",
    ChoosePlanBet: "bet",
    ChoosePlanLongShot: "long_shot",
    ChoosePlanUnnamed: "unnamed",
}


def findings(
    basis: Basis, rows: Sequence[Candidate], choices: Sequence[PlanChoice]
) -> Iterator[Finding]:
    """The basis of the odds, the outcome, refusals and their reasons, and the limits.

    Args:
        basis: what the odds rest on.
        rows: the candidates, with their lists.
        choices: the plan's industries held against them.

    >>> from songhua.results import Estimate
    >>> from songhua.studies.choose.example import town_basis
    >>> row = Candidate("food", "enter", "entry", odds=Estimate(20.0, 9.0, 31.0), times=2.0)
    >>> params = {finding.code: finding.params for finding in findings(town_basis(), [row], [])}
    >>> params["choose_list_entry"]["industries"], params["choose_list_entry"]["times"]
    (['food'], 2.0)
    >>> [params["choose_record"][name] for name in ("rate", "top", "precision", "start_alone")]
    [10.0, 40.0, 4.0, 3.0]
    >>> "choose_none_exit" in params, params["choose_coarse"]
    (True, {'n': 2})
    """
    yield from _basis(basis)
    yield from _refused(basis)
    for kind, taught in basis.kinds.items():
        yield _record(kind, taught)
        yield _lists(kind, taught, rows, basis)
        yield _relatedness(kind, taught)
        yield from _noise(kind, taught)
    yield from _plan(choices, basis)
    yield from _limits(basis, rows)


def _basis(basis: Basis) -> Iterator[Finding]:
    """The panel that the odds come from, and the files that were passed over."""
    learnt, taught = basis.learnt, basis.taught
    before, period = parse_period(learnt.periods[0]), parse_period(basis.period)
    panel = ChooseFolder(
        indicator=taught.indicator,
        n=learnt.regions,
        here=basis.regions_here,
        industries_n=len(learnt.industries),
        before=before,
        period=period,
        years=taught.step,
    )
    if basis.name == "learnt":
        yield ChooseLearnt.from_row(panel, source=taught.source)
        if taught.elsewhere:
            yield ChooseLearntElsewhere()
        if not basis.whole:
            yield ChooseNoHistory(before=before)
    elif basis.name == "folder":
        yield panel
    if basis.name != "none":
        yield _rule(basis)
    for file, why in basis.passed:
        yield PASSED[why](path=file)
    if basis.newer:
        yield ChooseNewer(period=period, after=parse_period(basis.newer[-1]))


def _rule(basis: Basis) -> Finding:
    """The rule by which an industry counts as entered or lost, and its figures."""
    kind = ChooseRuleCurrent if basis.measured == CURRENT else ChooseRule
    years = basis.taught.step // basis.definition.every
    return kind.from_row(basis.definition, indicator=basis.taught.indicator, years=years)


def _refused(basis: Basis) -> Iterator[Finding]:
    """The reasons why there are no odds of a kind, and the figures to add."""
    learnt = basis.learnt
    for at in learnt.refused:
        yield refusal(at.kind, at.reason, basis.taught.indicator, learnt.regions, basis.period)
    if basis.name == "none" and (order := basis.order) is not None:
        yield ChooseBorrowedOrder(indicator=order.indicator, n=order.learnt.regions)


def refusal(kind: str, reason: str, indicator: str, regions: int, period: str) -> Finding:
    """The reason why a panel gives no odds of a kind, and what to add.

    >>> refusal("entry", "few_events", "jobs", 30, "2020").code
    'choose_no_odds_few_events'
    """
    return REFUSED[reason](
        choice_kind=kind,
        indicator=indicator,
        n=regions,
        period=parse_period(period),
        least=rules().regions,
    )


def _record(kind: str, taught: Taught) -> Finding:
    """The record in one sentence: the hit rate of the highest odds, beside the start alone."""
    best, start = taught.record(), taught.record("start")
    record = ChooseRecordRegions(
        choice_kind=kind,
        n=best.n,
        came=best.events,
        rate=_percent(best.rate),
        auc=round(best.auc, 2),
        precision=round(best.precision / best.rate, 1),
        start_alone=round(start.precision / start.rate, 1),
        top=_percent(best.top_tenth),
    )
    if taught.scheme == "regions":
        return record
    covered = sum(transition.covered for transition in taught.told)
    return ChooseRecord.from_row(record, covered=covered, told=len(taught.told))


def beside_usual(row: Candidate) -> dict[str, float]:
    """The odds of a candidate as a multiple of the usual rate, and the band of the odds.

    >>> from songhua.results import Estimate
    >>> beside_usual(Candidate("food", "enter", odds=Estimate(20.0, 9.04, 31.0), times=2.0))
    {'times': 2.0, 'left': 9.0, 'right': 31.0}
    """
    ends = {"times": row.times, "left": row.odds.low, "right": row.odds.high}
    return {name: float(f"{value:.2g}") for name, value in ends.items()}


def _percent(share: float) -> float:
    """A share in percent, to two digits."""
    return float(f"{100 * share:.2g}")


def _lists(kind: str, taught: Taught, rows: Sequence[Candidate], basis: Basis) -> Finding:
    """The likeliest candidates of a kind; with fewer than ten none are called the best."""
    candidates = sorted((row for row in rows if row.kind == kind), key=lambda row: -row.odds.value)
    name, some, none = LISTS[kind]
    listed = [row for row in candidates if row.list == name]
    usual = none(
        n=len(candidates),
        years=basis.years,
        period=parse_period(basis.period),
        indicator=basis.taught.indicator,
        rate=_percent(taught.rate),
        least=rules().candidates,
    )
    if not listed:
        return usual
    top = listed[:MOST_NAMED]
    return some.from_row(
        usual,
        industries=tuple(row.industry for row in top),
        **beside_usual(top[0]),
        listed=len(listed),
        observations=tuple(id for row in top for id in row.observations),
    )


def _relatedness(kind: str, taught: Taught) -> Finding:
    """That relatedness earned a place in the odds, or that it did not."""
    finding_kind = ChooseRelated if taught.score == "full" else ChooseRelatednessNothing
    low, value = round(taught.gain.low, 3), round(taught.gain.value, 3)
    return finding_kind(choice_kind=kind, low=low, value=value)


def _noise(kind: str, taught: Taught) -> Iterator[Finding]:
    """The part that is noise of counting, or that it is not known."""
    if taught.noise is None:
        if kind == "entry":
            share = 100 * taught.definition.least
            yield ChooseValue(share=float(f"{share:.2g}"))
        return
    share, floor = round(100 * taught.noise), float(f"{taught.definition.least:.3g}")
    yield ChooseNoise(choice_kind=kind, share=share, floor=floor)


def _plan(choices: Sequence[PlanChoice], basis: Basis) -> Iterator[Finding]:
    """Verdicts on the plan's choices, as far as the panel can tell."""
    indicator, years, period = basis.taught.indicator, basis.years, parse_period(basis.period)
    for kind, verdict in PLAN.items():
        if named := _of(choices, verdict):
            yield kind(
                indicator=indicator, n=len(named), industries=named, period=period, years=years
            )


def _of(choices: Sequence[PlanChoice], verdict: str) -> tuple[str, ...]:
    """The industries with a verdict."""
    return tuple(choice.industry for choice in choices if choice.verdict == verdict)


def _limits(basis: Basis, rows: Sequence[Candidate]) -> Iterator[Finding]:
    """Limits of the panel, and the question that is refused whatever the panel."""
    crossed = [row for row in rows if row.list == "crossed"]
    if crossed:
        yield ChooseCrossed(
            indicator=basis.taught.indicator,
            n=len(crossed),
            industries=tuple(row.industry for row in crossed),
            observations=tuple(id for row in crossed for id in row.observations),
        )
    n = len(basis.learnt.industries)
    if n < COARSE:
        yield ChooseCoarse(n=n)
    for kind in basis.kinds:
        count = sum(row.kind == kind for row in rows)
        if 0 < count < (least := rules().candidates):
            yield ChooseFewCandidates(choice_kind=kind, n=count, least=least)
    yield ChooseNoGrowth(indicator=basis.taught.indicator)
