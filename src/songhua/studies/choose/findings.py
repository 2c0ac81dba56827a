"""Findings: what a reader must know of the odds before the lists, and what was refused and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songhua.maths.choice.learnt import Taught
from songhua.results import Finding, coded
from songhua.studies.choose.basis import Basis
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.definition import CURRENT, rules
from songhua.studies.choose.plan_choices import ACROSS, OUTSIDE, WITHIN, PlanChoice

#: Industries of a panel from which on it is not called coarse, and how many a finding names.
COARSE, NAMED = 40, 3


def findings(
    found: Basis, rows: Sequence[Candidate], choices: Sequence[PlanChoice]
) -> Iterator[Finding]:
    """What it rests on, what came out, what is refused, and the limits.

    Args:
        found: what the odds rest on.
        rows: the candidates, with their lists.
        choices: the plan's industries held against them.

    >>> from songhua.results import Estimate
    >>> from songhua.studies.choose.example import found
    >>> row = Candidate("food", "enter", "entry", odds=Estimate(20.0), one_in=5.0)
    >>> told = {one.code: one.params for one in findings(found(), [row], [])}
    >>> told["choose_list_entry"]["industries"], told["choose_list_entry"]["one_in"]
    (['food'], 5)
    >>> [told["choose_record"][name] for name in ("rate", "top", "precision", "start_alone")]
    [10.0, 40.0, 4.0, 3.0]
    >>> "choose_none_exit" in told, told["choose_coarse"]
    (True, {'n': 2})
    """
    yield from _basis(found)
    yield from _refused(found)
    for kind, taught in found.kinds.items():
        yield _record(kind, taught)
        yield _lists(kind, taught, rows, found)
        yield _relatedness(kind, taught)
        yield from _noise(kind, taught)
    yield from _plan(choices)
    yield from _limits(found, rows)


def _basis(found: Basis) -> Iterator[Finding]:
    """From which panel the odds are, and which files were passed over."""
    learnt, taught = found.learnt, found.taught
    params: dict[str, object] = {
        "indicator": taught.indicator,
        "n": learnt.regions,
        "here": found.here,
        "industries_n": len(learnt.industries),
        "before": learnt.periods[0],
        "period": found.period,
        "years": taught.step,
    }
    if found.name == "learnt":
        yield coded("choose_learnt", {**params, "source": taught.source})
        if taught.elsewhere:
            yield coded("choose_learnt_elsewhere")
        if not found.whole:
            yield coded("choose_no_history", {"before": learnt.periods[0]})
    elif found.name == "folder":
        yield coded("choose_folder", params)
    if found.name != "none":
        yield _rule(found)
    for file, why in found.passed:
        yield coded(f"choose_passed_{why}", {"path": file})
    if found.newer:
        yield coded("choose_newer", {"period": found.period, "after": found.newer[-1]})


def _rule(found: Basis) -> Finding:
    """When an industry counts as entered or lost, and by which figures that is judged."""
    used, years = found.definition, found.taught.step // found.definition.every
    code = "choose_rule_current" if found.measured == CURRENT else "choose_rule"
    return coded(
        code,
        {
            "choice_measure": found.measured,
            "held": used.held,
            "gone": used.gone,
            "years": years,
            "below": used.below,
            "above": used.above,
        },
    )


def _refused(found: Basis) -> Iterator[Finding]:
    """Why there are no odds of a kind, and what to add."""
    learnt = found.learnt
    for refusal in learnt.refused:
        yield coded(
            f"choose_no_odds_{refusal.reason}",
            {
                "choice_kind": refusal.kind,
                "n": learnt.regions,
                "period": found.period,
                "least": int(rules()["regions"]),
            },
        )
    if found.name == "none" and found.order is not None:
        params = {"indicator": found.order.indicator, "n": found.order.learnt.regions}
        yield coded("choose_borrowed_order", params)


def _record(kind: str, taught: Taught) -> Finding:
    """The record in one sentence: how often the highest odds came true, beside the start alone."""
    best, start = taught.record(), taught.record("start")
    params = {
        "choice_kind": kind,
        "n": best.n,
        "came": best.events,
        "rate": _percent(best.rate),
        "auc": round(best.auc, 2),
        "precision": round(best.precision / best.rate, 1),
        "start_alone": round(start.precision / start.rate, 1),
        "top": _percent(best.top_tenth),
    }
    if taught.scheme == "regions":
        return coded("choose_record_regions", params)
    covered = sum(one.covered for one in taught.told)
    return coded("choose_record", {**params, "covered": covered, "told": len(taught.told)})


def _percent(share: float) -> float:
    """A share in percent, to two digits."""
    return float(f"{100 * share:.2g}")


def _lists(kind: str, taught: Taught, rows: Sequence[Candidate], found: Basis) -> Finding:
    """The likeliest candidates of a kind; with fewer than ten none are called the best."""
    own = sorted((row for row in rows if row.kind == kind), key=lambda row: -row.odds.value)
    name = "enter" if kind == "entry" else "at_risk"
    listed = [row for row in own if row.list == name]
    params = {
        "n": len(own),
        "years": found.years,
        "period": found.period,
        "choice_measure": found.measured,
        "rate": _percent(taught.rate),
        "least": int(rules()["candidates"]),
    }
    if not listed:
        return coded(f"choose_none_{kind}", params)
    top = listed[:NAMED]
    named = {"industries": [row.industry for row in top], "one_in": int(top[0].one_in)}
    cited = tuple(id for row in top for id in row.observations)
    return coded(f"choose_list_{kind}", {**params, **named, "listed": len(listed)}, cited)


def _relatedness(kind: str, taught: Taught) -> Finding:
    """Whether relatedness earned a place in the odds."""
    earned = taught.score == "full"
    code = "choose_related" if earned else "choose_relatedness_nothing"
    params = {
        "choice_kind": kind,
        "low": round(taught.gain.low, 3),
        "value": round(taught.gain.value, 3),
    }
    return coded(code, params)


def _noise(kind: str, taught: Taught) -> Iterator[Finding]:
    """How much is noise of counting, or that it is not known."""
    if taught.noise is None:
        if kind == "entry":
            share = 100 * taught.definition.least
            yield coded("choose_value", {"share": float(f"{share:.2g}")})
        return
    params = {
        "choice_kind": kind,
        "share": round(100 * taught.noise),
        "floor": float(f"{taught.definition.least:.3g}"),
    }
    yield coded("choose_noise", params)


def _plan(choices: Sequence[PlanChoice]) -> Iterator[Finding]:
    """What the plan's choices are, as far as the panel can tell."""
    by: dict[str, list[PlanChoice]] = {}
    for one in choices:
        by.setdefault(one.verdict, []).append(one)
    for verdict in ("secure", "at_risk", "bet", "long_shot", "unnamed"):
        if own := by.get(verdict):
            params = {"n": len(own), "industries": [one.industry for one in own]}
            yield coded(f"choose_plan_{verdict}", params)
    blind = [one for name in (WITHIN, ACROSS, OUTSIDE) for one in by.get(name, [])]
    if blind:
        params = {"n": len(blind), "industries": [one.industry for one in blind]}
        yield coded("choose_plan_blind", params)


def _limits(found: Basis, rows: Sequence[Candidate]) -> Iterator[Finding]:
    """What the panel cannot say, and what is refused whatever the panel."""
    crossed = [row for row in rows if row.list == "crossed"]
    if crossed:
        params = {"n": len(crossed), "industries": [row.industry for row in crossed]}
        yield coded("choose_crossed", params, tuple(id for r in crossed for id in r.observations))
    n = len(found.learnt.industries)
    if n < COARSE:
        yield coded("choose_coarse", {"n": n})
    for kind in found.kinds:
        own = sum(row.kind == kind for row in rows)
        if 0 < own < int(rules()["candidates"]):
            params = {"choice_kind": kind, "n": own, "least": int(rules()["candidates"])}
            yield coded("choose_few_candidates", params)
    yield coded("choose_no_growth")
