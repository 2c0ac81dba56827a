"""Claims: whether printed sentences agree with the printed numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from songhua.studies.registry import Inputs, NoOptions, study

if TYPE_CHECKING:
    from songhua.results import Result

NEEDS = ("claims", "sources", "indicators", "observations")


def lacks(given: Inputs) -> str | None:
    """Claims."""
    return None if given.region.claims else "claims.toml"


@study("claims", needs=NEEDS, options=NoOptions, rank=3, lacks=lacks)
def claims(given: Inputs, options: NoOptions) -> Result:
    """Check the sentences of DIR's claims.toml by arithmetic and sources."""
    from songhua.studies.claims.study import claims as compute

    del options
    return compute(given.region)
