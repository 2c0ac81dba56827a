"""Brief: how the region stands, what to worry about and what comes next, from other studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from songhua.studies.brief.sentence import speaks
from songhua.studies.registry import Inputs, NoOptions, OptionValues, studies, study

if TYPE_CHECKING:
    from songhua.results import Result

NEEDS = ("sources", "indicators", "industries", "observations", "panels")


def evidence(options: NoOptions) -> dict[str, OptionValues]:
    """The studies of a whole run that have sentences for the brief."""
    del options
    return {name: {} for name, entry in studies().items() if entry.in_whole_run and speaks(name)}


@study("brief", needs=NEEDS, options=NoOptions, rank=99, evidence=evidence, summing=True)
def brief(inputs: Inputs, options: NoOptions) -> Result:
    """Say on one screen how DIR stands, what drives it, what to worry about and what comes next."""
    from songhua.studies.brief.study import brief as compute

    del options
    return compute(inputs.region, inputs.evidence, inputs.lacking)
