"""All measures of a table at once, as this package or one of its peers computes them, by name."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from songhua.errors import Fault, SonghuaError
from songhua.maths.complexity.core import Core, Indices, core_of
from songhua.maths.complexity.eigen import SAME, second_vectors, sign
from songhua.maths.complexity.fault_kinds import ComplexityTied
from songhua.maths.complexity.indices import reflected, standard
from songhua.maths.complexity.kernels import pair_counts, related_share
from songhua.maths.complexity.outlook import gained, reached
from songhua.maths.complexity.presence import Gaps, gaps_of, population_quotients, presence
from songhua.maths.complexity.proximity import associated, presence_proximity
from songhua.maths.input_output.arrays import choice
from songhua.maths.levels import ROUNDING
from songhua.maths.specialisation import location_quotients


@dataclass(frozen=True)
class Convention:
    """A way to compute measures of complexity where packages differ.

    >>> CONVENTIONS["ecomplexity"].diagonal, CONVENTIONS["econcomplex"].diagonal
    (True, False)
    """

    name: str
    #: The tolerance below 1 within which a quotient counts as 1.
    rounding: float
    #: `minimum`, the lesser conditional probability; or `probability`, joint occurrences beside
    #: those that chance would bring.
    proximity: str
    #: True if an industry is near itself.
    diagonal: bool
    #: The notation of a density of one: 1, or 100 per cent.
    whole: float
    #: `eigenvector`; `reflections` (18 for regions and 19 for industries); or `rounded`, the
    #: eigenvector of a table that was rounded to four decimals first.
    index: str
    #: `regions`, both by mean and deviation of the regions'; `each` by its own; `sample` the same
    #: divided by n - 1; `sum`, divided by its sum.
    scale: str
    #: Of the outlook and the gain: whether industries count by the `eigenvector` or by the
    #: `scaled` index; how the outlook is scaled (`sum`: not); how the gain is weighted.
    worth: str = "scaled"
    outlook: str = "none"
    gain: str = "none"
    #: Decimals to which quotients and densities are rounded; None for all.
    decimals: int | None = None


_BASE = Convention(
    "songhua", ROUNDING, "minimum", False, 1.0, "eigenvector", "regions", "scaled", "sum", "source"
)
#: The conventions by name; each peer's is that of the version in the tests.
CONVENTIONS = {
    convention.name: convention
    for convention in (
        _BASE,
        replace(
            _BASE,
            name="ecomplexity",
            rounding=0.0,
            diagonal=True,
            worth="eigenvector",
            outlook="standard",
        ),
        replace(_BASE, name="econcomplex", rounding=0.0, whole=100.0, scale="each", gain="target"),
        Convention("EconGeo", 0.0, "probability", False, 100.0, "rounded", "sum", decimals=2),
        replace(
            _BASE,
            name="py-economic-complexity",
            rounding=0.0,
            index="reflections",
            scale="sample",
            outlook="none",
            gain="net",
        ),
    )
}


@dataclass(frozen=True)
class Measures:
    """The measures of a table by a convention; None for those that its package does not have."""

    convention: Convention
    quotients: pd.DataFrame
    presence: pd.DataFrame
    diversity: pd.Series
    ubiquity: pd.Series
    regions: pd.Series
    industries: pd.Series
    proximity: pd.DataFrame
    density: pd.DataFrame
    outlook: pd.Series | None
    gain: pd.DataFrame | None
    gaps: Gaps
    #: The reason if there are no indices, and so no outlook and gain.
    undetermined: Fault | None


def measures(
    frame: pd.DataFrame,
    convention: str | Convention = "songhua",
    reference: pd.Series | None = None,
    totals: pd.Series | None = None,
    reference_total: float | None = None,
    population: pd.Series | None = None,
) -> Measures:
    """All measures of a table of levels, from quotients to gains, by one convention.

    Args:
        frame: levels, region by industry, of one period.
        convention: a name in `CONVENTIONS`, or one of your own making.
        reference: the nation's levels, if not the frame's own sums; then also its total and the
            regions' totals, as of `location_quotients`.
        totals: each region's published total.
        reference_total: the reference's total; with a population the reference's population.
        population: persons by region; then quotients are those of levels a head.

    Returns:
        Tables and series with the frame's labels. Empty or unknown rows and columns have missing
        numbers and are named in `gaps`. Some packages fill them with zeros, or give nothing for the
        whole table; the results here are those of the package for the rest alone. Where the indices
        are not determined, they are missing too, and `undetermined` is the fault that
        `complexity_indices` would raise.

    Raises:
        SonghuaError: `io_choice`, and what `location_quotients` and `population_quotients` raise.

    >>> frame = pd.DataFrame(
    ...     {"food": [8, 2, 0], "steel": [4, 4, 2], "ships": [0, 4, 8]}, index=["a", "b", "c"]
    ... )
    >>> measures(frame, "econcomplex").density.round(1).loc["b"].to_dict()
    {'food': 100.0, 'steel': 50.0, 'ships': 100.0}
    """
    if isinstance(convention, str):
        choice("convention", convention, tuple(CONVENTIONS))
        convention = CONVENTIONS[convention]
    if population is None:
        quotients = location_quotients(frame, reference, totals, reference_total)
    else:
        quotients = population_quotients(frame, population, reference, reference_total)
    present = presence(quotients, rounding=convention.rounding)
    if convention.decimals is not None:
        quotients = pd.DataFrame(
            decimal(quotients.to_numpy(), convention.decimals), frame.index, frame.columns
        )
    index, columns = frame.index, frame.columns
    values = present.to_numpy()
    near = _proximity(values, convention)
    share = related_share(values, near)
    raw, scaled, undetermined = _indices(values, index, columns, convention)
    worth, unit = (raw, raw.regions.std(ddof=0)) if convention.worth != "scaled" else (scaled, 1.0)
    outlook = gain = None
    if convention.outlook != "none":
        outlook = reached(values, share, worth.industries.to_numpy())
        if convention.outlook == "standard" and undetermined is None:
            outlook = standard(outlook)
        outlook = pd.Series(outlook, index=index, name="outlook")
    if convention.gain != "none":
        gain = gained(values, near, worth.industries.to_numpy(), convention.gain)
        if undetermined or unit != 1:
            gain *= np.nan if undetermined else 1 / unit
        gain = pd.DataFrame(gain, index=index, columns=columns, copy=False)
    if convention.whole != 1:
        share *= convention.whole
    if convention.decimals is not None:
        share = decimal(share, convention.decimals)
    density = pd.DataFrame(share, index=index, columns=columns, copy=False)
    return Measures(
        convention,
        quotients,
        present,
        pd.Series(values.sum(axis=1), index=index, name="diversity"),
        pd.Series(values.sum(axis=0), index=columns, name="ubiquity"),
        *scaled,
        pd.DataFrame(near, index=columns, columns=columns, copy=False),
        density,
        outlook,
        gain,
        gaps_of(values, index, columns),
        undetermined,
    )


def _proximity(values: np.ndarray, convention: Convention) -> np.ndarray:
    """Proximity by the convention."""
    if convention.proximity == "probability":
        return associated(pair_counts(values)[0])
    return presence_proximity(values, convention.proximity, convention.diagonal)


def _indices(
    values: np.ndarray, index: pd.Index, columns: pd.Index, convention: Convention
) -> tuple[Indices, Indices, Fault | None]:
    """The indices as computed and as scaled; missing where they are not determined, with why."""
    try:
        return *_determined(core_of(values, index, columns), convention), None
    except SonghuaError as error:
        none = Indices(pd.Series(np.nan, index=index), pd.Series(np.nan, index=columns))
        return none, none, error.faults[0]


def _determined(part: Core, convention: Convention) -> tuple[Indices, Indices]:
    """The regions' and the industries' index, as computed and as scaled."""
    if convention.index == "reflections":
        regions, industries = reflected(part.values, 18)[0], reflected(part.values, 19)[1]
        if any(np.ptp(values) <= ROUNDING * values.max() for values in (regions, industries)):
            raise SonghuaError(ComplexityTied())
    elif convention.index == "rounded":
        regions, industries = _rounded(part.values)
    else:
        regions, industries = second_vectors(part)
    raw = part.indices(regions, industries)
    if convention.scale == "regions":
        mean, spread = regions.mean(), regions.std()
        scaled = part.indices((regions - mean) / spread, (industries - mean) / spread)
    elif convention.scale == "sum":
        scaled = raw
    else:
        if convention.scale == "each" and sign(industries, part.ubiquity) > 0:
            industries = -industries
        sample = convention.scale == "sample"
        scaled = part.indices(standard(regions, sample), standard(industries, sample))
    return raw, scaled


def _rounded(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Second eigenvectors of tables rounded to four decimals, divided by their sums.

    The regions' has the sign that goes with twenty reflections, the industries' the one against
    the ranks of ubiquity.
    """
    from scipy.stats import rankdata  # slow to load, and seldom asked for

    diversity, ubiquity = values.sum(axis=1), values.sum(axis=0)
    by_region, by_industry = values / diversity[:, np.newaxis], (values / ubiquity).T
    regions = _second(decimal(by_region @ by_industry, 4))
    industries = _second(decimal(by_industry @ by_region, 4))
    if sign(regions, reflected(values, 20, rescaled=True)[0]) < 0:
        regions = -regions
    if sign(rankdata(industries), rankdata(ubiquity)) > 0:
        industries = -industries
    return regions, industries


def _second(square: np.ndarray) -> np.ndarray:
    """The eigenvector of the eigenvalue second in size, divided by its sum."""
    values, vectors = np.linalg.eig(square)
    sizes = np.abs(values)
    order = np.argsort(-sizes, kind="stable")
    next_one = sizes[order[2]] if len(order) > 2 else 0.0
    if len(order) < 2 or sizes[order[1]] - next_one < SAME:
        raise SonghuaError(ComplexityTied())
    vector = np.real(vectors[:, order[1]])
    return vector / vector.sum()


def decimal(values: np.ndarray, decimals: int) -> np.ndarray:
    """The nearer of the two decimal numbers that a number lies between, as R rounds from 4.0 on.

    Of two that are as near, the one with the even digit. numpy takes 0.15, which is a little less
    than that, for exactly halfway.

    >>> decimal(np.array([0.15, 0.25, 2.675]), 1).tolist(), round(0.15, 1), float(np.round(0.15, 1))
    ([0.1, 0.2, 2.7], 0.1, 0.2)
    """
    below = np.floor(values * 10.0**decimals)
    low, high = below / 10.0**decimals, (below + 1) / 10.0**decimals
    down, up = values - low, high - values
    return np.where((down < up) | ((down == up) & (below % 2 == 0)), low, high)
