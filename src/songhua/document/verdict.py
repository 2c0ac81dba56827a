"""The verdict on a target in words, and the levels that stand beside it and decide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.account_words import range_of
from songhua.format.text import plain
from songhua.format.view import View
from songhua.plan.vocabulary import Missing
from songhua.studies.track.estimates import TargetEstimate
from songhua.studies.track.inferences import TargetInference
from songhua.studies.track.rows import TargetRow


def verdict(view: View, row: TargetRow) -> str:
    """The class in words; of a target whose figures end too early, since when it is not known."""
    if row.missing in (Missing.NO_OUTCOME, Missing.OUTDATED) and row.since is not None:
        return view.say("target_not_known", period=view.period(row.since))
    return view.choice("target_class", row.progress_class)


def beside(view: View, target: str) -> Iterator[str]:
    """The levels that accounts estimate or that other figures give, each labelled so."""
    for estimate in view.rows("track", "estimates", TargetEstimate):
        if estimate.target == target:
            value = range_of(view, estimate.value, estimate.unit)
            yield view.say("target_estimated", period=view.period(estimate.period), value=value)
    for row in view.rows("track", "inferred", TargetInference):
        if row.target == target:
            names = view.join(view.name("indicators", id) for id in row.indicators)
            about = {
                "period": view.period(row.period),
                "value": plain(view.amount(row.value, row.unit)),
            }
            yield view.say("target_inferred", names=names, **about)
