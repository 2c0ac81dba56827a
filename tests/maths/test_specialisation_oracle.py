"""Specialisation and shift-share beside econcomplex, and the benchmark that times them."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from close import assert_close
from songhua.maths import specialisation as sp

ROOT = Path(__file__).parents[2]


@pytest.fixture
def frame():
    rng = np.random.default_rng(11)
    values = rng.integers(0, 500, (30, 12)) * (rng.random((30, 12)) < 0.6)
    values[:, 0] += 1
    values[0] += 1
    return pd.DataFrame(values, index=[f"r{i}" for i in range(30)]).rename(columns="i{}".format)


def test_econcomplex_agrees(frame):
    peer = pytest.importorskip("econcomplex")
    pairs = [
        (sp.location_quotients(frame), peer.location_quotient(frame)),
        (sp.krugman(frame), peer.krugman_index(frame)),
        (sp.specialisation_coefficient(frame), peer.specialization_coefficient(frame)),
        (sp.hachman(frame), peer.hachman_index(frame)),
        (sp.herfindahl(frame), peer.herfindahl(frame, normalize=False)),
        (sp.herfindahl(frame, normalised=True), peer.herfindahl(frame)),
        (sp.shannon_entropy(frame), peer.shannon_entropy(frame, base=np.e)),
        (sp.locational_gini(frame)["gini"], peer.hoover_gini(frame)),
    ]
    for found, expected in pairs:
        assert_close(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.deep
def test_the_benchmark_runs_and_its_results_agree():
    script = ROOT / "benchmarks" / "diagnose.py"
    done = subprocess.run(
        [sys.executable, str(script), "--small"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "shift_share, classic" in done.stdout
