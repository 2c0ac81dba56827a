"""Work for several processes: it must stand in a module that they can import."""

from __future__ import annotations

import numpy as np
import pandas as pd

from songhua.maths.ensemble import Parameter, draws, generator
from songhua.maths.regional_error import draw_tables, load
from songhua.maths.regional_tables import draw_multipliers


def twice(piece: pd.DataFrame) -> pd.DataFrame:
    return piece * 2


def shorter(piece: pd.DataFrame) -> pd.DataFrame:
    return piece.head(1)


def failing(piece: pd.DataFrame) -> pd.DataFrame:
    return draws([Parameter("jobs", 1)], 0, 1)


def impact(piece: pd.DataFrame, seed: int) -> np.ndarray:
    """Multipliers of drawn tables times a drawn rate."""
    A, kinds = np.array([[0.2, 0.4], [0.1, 0.3]]), ["primary", "services"]
    rng = generator(seed, "table", int(piece.index[0]))
    drawn = draw_tables(load(), A, [10, 40], [40, 60], kinds, len(piece), rng)
    return draw_multipliers(drawn)[:, 0] * piece["rate"].to_numpy()[:, np.newaxis]
