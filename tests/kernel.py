"""Which BLAS kernel numpy computes with, and another one that this machine can run.

`python tests/kernel.py` prints both names. The other one is for `OPENBLAS_CORETYPE`, which must
stand in the environment before numpy is imported.
"""

from __future__ import annotations

import ctypes
import platform
from pathlib import Path

import numpy as np

SYMBOLS = ("scipy_openblas_get_corename64_", "scipy_openblas_get_corename", "openblas_get_corename")
# The wide kernels of x86 and of ARM, each with one that adds in another order.
OTHERS = {"x86_64": ("Haswell", "Nehalem"), "aarch64": ("ARMV8", "NEOVERSEN1")}


def in_force() -> str:
    """The kernel's name; empty where numpy has a BLAS that does not tell it."""
    home = Path(np.__file__).parents[1]
    for file in sorted(
        [*home.glob("numpy.libs/*openblas*"), *home.glob("numpy/.dylibs/*openblas*")]
    ):
        library = ctypes.CDLL(str(file))
        for symbol in SYMBOLS:
            if hasattr(library, symbol):
                tell = getattr(library, symbol)
                tell.restype = ctypes.c_char_p
                return tell().decode()
    return ""


def other() -> str:
    """A kernel other than the one in force; empty where none is known."""
    now = in_force().lower()
    known = OTHERS.get(platform.machine(), ())
    return next((name for name in known if now and name.lower() != now), "")


if __name__ == "__main__":
    print(in_force(), other())
