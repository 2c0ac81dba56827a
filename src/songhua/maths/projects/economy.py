"""A region's economy as projects meet it: home coefficients, what output holds, and households."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import IoNotProductive, ProjectsHouseholds, ProjectsShape

#: The counted quantities. Money is in one unit; jobs are persons for a year.
MEASURES = ("output", "value_added", "jobs", "income", "taxes")
INCOME, JOBS = MEASURES.index("income"), MEASURES.index("jobs")
#: The three parts of an effect; type I is the first two, type II all three.
EFFECTS = ("direct", "indirect", "induced", "type_i", "type_ii")


@dataclass(frozen=True)
class Economy:
    """One region, once for each draw: the first axis is the draw, of length one without chance.

    Attributes:
        A: draws × n × n, inputs bought in the region per unit of output; rows sell, columns buy.
        per_output: draws × measure × n, coefficients per unit of output, in the order of
            `MEASURES`; the first is one. consumption: draws × n, households' purchases in the
            region for each unit of labour income in the table's sense, after taxes, saving,
            commuters and purchases from elsewhere.
        inverse: draws × n × n, the Leontief inverse of each table where it is known already.

    Raises:
        SonghuaError: `io_not_productive`, when a table uses up more than it makes;
            `projects_shape`; `projects_households`, when households spend more than they earn.

    >>> A, hold = np.array([[[0.15, 0.25], [0.20, 0.05]]]), np.zeros((1, 5, 2))
    >>> hold[0, [0, 2, 3]] = [[1, 1], [0.3, 0.25], [0.3, 0.25]]
    >>> region = Economy(A, hold, np.zeros((1, 2)))
    >>> region.multipliers[0, 2].round(4).tolist()  # jobs, as in `multipliers`
    [0.4422, 0.3795]
    """

    A: np.ndarray
    per_output: np.ndarray
    consumption: np.ndarray
    inverse: np.ndarray | None = None

    def __post_init__(self) -> None:
        """Refuse arrays that are no economy."""
        n = self.A.shape[-1]
        wanted = {"A": (n, n), "per_output": (len(MEASURES), n), "consumption": (n,)}
        for name, shape in wanted.items():
            part = getattr(self, name)
            if part.ndim != len(shape) + 1 or part.shape[1:] != shape:
                raise SonghuaError(
                    ProjectsShape(name=name, given=str(part.shape), wanted=str(shape))
                )
        if not (self.A >= 0).all() or not (self.L >= 0).all():
            raise SonghuaError(IoNotProductive())
        if not ((self.consumption >= 0).all() and (self.spent_again < 1).all()):
            raise SonghuaError(ProjectsHouseholds())

    @cached_property
    def L(self) -> np.ndarray:  # noqa: N802 (the textbook's letter)
        """The Leontief inverse of each draw."""
        if self.inverse is not None:
            return self.inverse
        return np.linalg.inv(np.eye(self.A.shape[-1]) - self.A)

    @cached_property
    def multipliers(self) -> np.ndarray:
        """Draws × measure × n: type I, effects of a unit of final demand, S L."""
        return self.per_output @ self.L

    @cached_property
    def households(self) -> np.ndarray:
        """Draws × n: output for one unit of labour income spent, first round and its chain, L c."""
        return (self.L @ self.consumption[..., np.newaxis])[..., 0]

    @cached_property
    def spent_again(self) -> np.ndarray:
        """Draws: labour income that one unit of labour income makes when it is spent, w L c."""
        return (self.per_output[:, INCOME] * self.households).sum(axis=-1)

    def earned(self, income: np.ndarray) -> np.ndarray:
        """All labour income that households end up with, for some earned at first; draw first."""
        shape = (-1,) + (1,) * (income.ndim - 1)
        return income / (1 - self.spent_again.reshape(shape))

    @cached_property
    def induced(self) -> np.ndarray:
        """Draws × measure × n: type II less type I, (S L c) (w L) / (1 - w L c)."""
        spent = (self.per_output * self.households[:, np.newaxis]).sum(axis=-1)
        return spent[..., np.newaxis] * self.earned(self.multipliers[:, INCOME])[:, np.newaxis]

    @cached_property
    def closed(self) -> np.ndarray:
        """Draws × n × n: how output answers final demand when households spend, type II."""
        more = self.households[..., np.newaxis] * self.multipliers[:, np.newaxis, INCOME]
        return self.L + more / (1 - self.spent_again)[:, np.newaxis, np.newaxis]

    @cached_property
    def by_effect(self) -> np.ndarray:
        """Effect × measure × n × draws, for one unit of an industry's sales."""
        direct = np.broadcast_to(self.per_output, self.multipliers.shape)
        type_i, induced = self.multipliers, self.induced
        effects = (direct, type_i - direct, induced, type_i, type_i + induced)
        parts = np.stack(np.broadcast_arrays(*effects))
        return np.ascontiguousarray(np.moveaxis(parts, 1, -1))
