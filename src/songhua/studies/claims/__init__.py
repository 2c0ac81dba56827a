"""Claims: whether printed sentences agree with the printed numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from songhua.studies.registry import Inputs, option, study

if TYPE_CHECKING:
    from songhua.results import Result

NEEDS = ("claims", "sources", "indicators", "industries", "entities", "observations", "panels")


@dataclass(frozen=True)
class ClaimsOptions:
    """Options of claims."""

    width: int = option(
        5,
        'How far "about" and "nearly" reach, in % of the number; "more than" twice as far.',
        "PERCENT",
        least=0,
    )
    accounts: bool = option(
        False, "Use estimates of accounts where a figure is not published (takes longer)."
    )


def lacks(inputs: Inputs) -> str | None:
    """Claims."""
    return None if inputs.region.claims else "claims.toml"


def evidence(options: ClaimsOptions) -> dict[str, dict[str, object]]:
    """The accounts, where their estimates may stand in."""
    return {"accounts": {}} if options.accounts else {}


@study("claims", needs=NEEDS, options=ClaimsOptions, rank=4, lacks=lacks, evidence=evidence)
def claims(inputs: Inputs, options: ClaimsOptions) -> Result:
    """Check the sentences of DIR's claims.toml by arithmetic and sources."""
    from fractions import Fraction

    from songhua.maths.wording import Widths
    from songhua.studies.claims.study import claims as compute

    widths = Widths(Fraction(options.width, 100))
    return compute(inputs.region, evidence=inputs.evidence, widths=widths)
