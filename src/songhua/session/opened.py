"""Content of a session: a folder as it was read and checked, as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from songhua import store
from songhua.hooks.displayed import Displayed
from songhua.plan import Plan
from songhua.region import Region
from songhua.rules.register import Register
from songhua.session import limit
from songhua.session.change import Change


@dataclass(frozen=True, eq=False)
class Opened(Displayed):
    """A region's folder, read and checked: its region, plan and register as values.

    Region, plan and register are as they were known on the day `as_of`, those of `whole` as they
    are known today. `digests` are
    those of the files that were read; `parts` those of the parts that a study may name.
    `changes` tells in order what was changed. A register alone (`open_register`) has a region
    without a code, and nothing in it. `shelf` is where results are kept on disk. A study ends
    after `limit` seconds, 0 being no limit.
    """

    path: Path
    region: Region
    plan: Plan | None
    register: Register | None
    as_of: date | None
    digests: Mapping[str, str] = field(repr=False)
    parts: Mapping[str, str] = field(repr=False)
    whole: store.Case = field(repr=False)
    changes: tuple[Change, ...] = ()
    shelf: store.Shelf = field(default=store.Shelf(), repr=False)
    limit: float = field(default=limit.SECONDS, repr=False)

    def __repr__(self) -> str:
        """The folder and how much it holds, short enough for a screen."""
        changed = f", changed: {len(self.changes)}" if self.changes else ""
        counts = ", ".join(f"{k}: {n}" for k, n in self.counts().items() if n and k != "firms")
        return f"{type(self).__name__}({str(self.path)!r}{changed}, {counts})"

    def counts(self, small_cells: bool = False) -> dict[str, int | None]:
        """Counts of what its folder holds, by kind.

        Firms are as many as may be published; with `small_cells` as many as there are. None where
        the register has no secret yet, by which a number of firms is made fit to be published.
        """
        return {
            **self.region.counts(),
            "firms": self._firms(small_cells),
            "plan": int(self.plan is not None),
            "targets": 0 if self.plan is None else len(self.plan.targets),
        }

    def _firms(self, small_cells: bool) -> int | None:
        register = self.register
        if register is None:
            return 0
        if not (small_cells or register.drawn):
            return None
        from songhua.studies.certify.counts import all_firms, counter

        count = counter(b"" if small_cells else register.secret(), small_cells)
        return all_firms(count, set(register.enterprises["firm"].astype(str)))
