"""Certify: who of a register has a status by law, who is near it, and whose title lapses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from songhua.errors import SonghuaError
from songhua.fault_kinds import RegisterDay
from songhua.studies.registry import Inputs, option, study

if TYPE_CHECKING:
    from songhua.results import Result

NEEDS = ("sources", "indicators", "observations", "register")


@dataclass(frozen=True)
class CertifyOptions:
    """Options of certify; a blank day or no status means the register's own."""

    on: str = option("", "The day; otherwise the register's, or today.", "DATE")
    statuses: tuple[str, ...] = option((), "A rulebook; several may be named.", "NAME")
    small_cells: bool = option(False, "Show exact counts, and every firm.")


def lacks(inputs: Inputs) -> str | None:
    """A register, or published counts of firms with a status."""
    from songhua.studies.certify.study import lacks as missing

    return missing(inputs.region, inputs.register)


def resolve(inputs: Inputs, options: CertifyOptions) -> CertifyOptions:
    """The day and the rulebooks: asked for, of the view, of the register, or last recorded.

    Raises:
        SonghuaError: `register_day`, where no day is known; `date_unreadable`.
    """
    from songhua.labels import parse_date

    register = inputs.register
    if register is None or inputs.rulebooks is None:
        return options
    recorded = max(inputs.region.figures.observations.distinct("recorded"), default="")
    day = options.on or inputs.region.as_of or register.on or recorded
    if not day:
        raise SonghuaError(RegisterDay(file="register/register.toml"))
    columns = map(str, register.enterprises.columns)
    statuses = options.statuses or register.statuses or inputs.rulebooks.applicable(columns)
    return replace(options, on=parse_date(day).isoformat(), statuses=tuple(statuses))


def cacheable(inputs: Inputs, options: CertifyOptions) -> bool:
    """True where no single firm is named and no law stands in a folder of a user."""
    bundled = set(inputs.rulebooks.names()) if inputs.rulebooks else set()
    return not options.small_cells and set(options.statuses) <= bundled


def outside_digests(inputs: Inputs, options: CertifyOptions) -> dict[str, str]:
    """The rulebooks, by the place where those that come with songhua stand."""
    if inputs.rulebooks is None:
        return {}
    return {f"rulebooks/{n}": inputs.rulebooks.load(n).digest for n in options.statuses}


def seal(inputs: Inputs, options: CertifyOptions) -> bytes:
    """The register's secret, where counts are to be published."""
    return b"" if inputs.register is None or options.small_cells else inputs.register.secret()


@study(
    "certify",
    needs=NEEDS,
    options=CertifyOptions,
    rank=6,
    lacks=lacks,
    resolve=resolve,
    cacheable=cacheable,
    outside_digests=outside_digests,
    seal=seal,
)
def certify(inputs: Inputs, options: CertifyOptions) -> Result:
    """Judge the firms of DIR's register by law: who has a status, who is near, whose lapses."""
    from songhua.labels import parse_date
    from songhua.studies.certify.study import certify as compute

    if inputs.register is None or inputs.rulebooks is None:
        return compute(inputs.region)
    return compute(
        inputs.region,
        None,
        inputs.evidence,
        inputs.rng,
        inputs.progress,
        register=inputs.register,
        rulebooks=[inputs.rulebooks.load(name) for name in options.statuses],
        on=parse_date(options.on),
        small_cells=options.small_cells,
        firm_tables=options.small_cells,
    )
