"""The projects of a plan as numbers: spending by goods, and sales."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from songhua.errors import SonghuaError
from songhua.maths.fault_kinds import ProjectsShape, ProjectsShare


@dataclass(frozen=True)
class ProjectFlows:
    """Projects over the years. The first axis of every array is the draw, or has length one.

    Attributes:
        projects, years, goods: labels. Goods are what capital spending buys: structures,
            equipment, installation, services. Land and interest are no goods.
        industry: projects, the place of each one's industry in the table.
        spending: draws × projects × years × goods.
        baskets: draws × goods × n, purchases in the region for one unit spent on a good.
        local: draws × projects × goods, the share of a good that is bought in the region, where it
            is known of the project; missing where the basket gives it.
        output: draws × projects × years, sales in operation.
        jobs: draws × projects, jobs per unit of sales, where known; missing where the
            industry's count.
        displaced: draws × projects, the share of sales that incumbents of the same industry lose.
        crowded: draws × projects, the share of spending that takes the place of other spending
            in the region on the same goods.
        idle: draws × projects × years, money for land and interest, which buys nothing here.

    Raises:
        SonghuaError: `projects_shape`; `projects_share`, for a share outside 0 to 1.
    """

    projects: Sequence[Hashable]
    years: Sequence[int]
    goods: Sequence[str]
    industry: np.ndarray
    spending: np.ndarray
    baskets: np.ndarray
    local: np.ndarray
    output: np.ndarray
    jobs: np.ndarray
    displaced: np.ndarray
    crowded: np.ndarray
    idle: np.ndarray

    def __post_init__(self) -> None:
        """Check every part against the labels."""
        P, T, G = len(self.projects), len(self.years), len(self.goods)
        wanted = {
            "spending": (P, T, G),
            "local": (P, G),
            "output": (P, T),
            "jobs": (P,),
            "displaced": (P,),
            "crowded": (P,),
            "idle": (P, T),
            "baskets": (G, None),
        }
        for name, shape in wanted.items():
            part = getattr(self, name)
            same = part.ndim == len(shape) + 1 and all(
                want in (None, have) for want, have in zip(shape, part.shape[1:], strict=True)
            )
            if not same:
                raise SonghuaError(
                    ProjectsShape(name=name, given=str(part.shape), wanted=str(shape))
                )
        shares = ("local", "displaced", "crowded")
        outside = [n for n in shares if _outside(getattr(self, n))]
        outside += ["baskets"] if _outside(self.baskets.sum(axis=-1)) else []
        if outside:
            raise SonghuaError(*(ProjectsShare(name=n) for n in outside))

    @property
    def scale(self) -> np.ndarray:
        """Draws × projects × goods: the factor by which a basket is bought more or less."""
        basket_total = self.baskets.sum(axis=-1)[:, np.newaxis]
        scale = self.local / np.where(basket_total > 0, basket_total, 1)
        return np.where(np.isnan(self.local), 1.0, scale)

    @cached_property
    def bought(self) -> np.ndarray:
        """Draws × projects × years × goods: spending in units of its basket."""
        if np.isnan(self.local).all():
            return self.spending
        return self.spending * self.scale[:, :, np.newaxis]

    @cached_property
    def built(self) -> np.ndarray:
        """Draws × years × goods: purchases of all projects, in units of the baskets."""
        return self.bought.sum(axis=1)

    @cached_property
    def crowded_out(self) -> np.ndarray:
        """Draws × years × goods: the part of it that takes the place of other spending."""
        return np.einsum("dptg,dp->dtg", *_alike(self.bought, self.crowded))

    def select(self, some: Sequence[int] | slice) -> ProjectFlows:
        """Some of the projects, by their places."""
        by_project = ("spending", "local", "output", "jobs", "displaced", "crowded", "idle")
        parts = {f: getattr(self, f)[:, some] for f in by_project}
        places = range(len(self.projects))[some] if isinstance(some, slice) else list(some)
        names = [self.projects[at] for at in places]
        return replace(self, projects=names, industry=self.industry[places], **parts)

    def draws(self) -> int:
        """The number of draws."""
        arrays = [getattr(self, f.name) for f in fields(self)]
        sizes = {len(a) for a in arrays if isinstance(a, np.ndarray) and a.ndim > 1}
        return max(sizes)


def _outside(shares: np.ndarray) -> bool:
    """True where a share that is known lies outside 0 to 1."""
    return bool((shares < -1e-12).any() or (shares > 1 + 1e-9).any())


def _alike(*arrays: np.ndarray) -> list[np.ndarray]:
    """Arrays whose first axis, the draws, has one length."""
    most = max(map(len, arrays))
    return [np.broadcast_to(a, (most, *a.shape[1:])) for a in arrays]
