"""Ensembles: one table of draws for all engines and scenarios, quantiles, and variance shares.

A table of draws has a row a draw and a column a parameter. Each column has its own stream of
chance, made of (seed, parameter name): a parameter more moves no other, more draws keep those there
are, and two scenarios with one seed differ by their assumptions alone, draw by draw.
"""

from songhua.maths.ensemble.parameter_draws import (
    DISTRIBUTIONS,
    Parameter,
    dirichlet,
    distribution_faults,
    draws,
    generator,
)
from songhua.maths.ensemble.pool import PIECE, run
from songhua.maths.ensemble.shares import paired_shares, quantiles, variance_shares

__all__ = [
    "DISTRIBUTIONS",
    "PIECE",
    "Parameter",
    "dirichlet",
    "distribution_faults",
    "draws",
    "generator",
    "paired_shares",
    "quantiles",
    "run",
    "variance_shares",
]
