"""The source of the package, read and parsed once for all tests that look at it."""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files
from pathlib import Path

HOME = Path(str(files("songhua")))


@cache
def texts() -> dict[str, str]:
    """The text of each module, by its path in the package."""
    return {
        file.relative_to(HOME).as_posix(): file.read_text("utf-8")
        for file in sorted(HOME.rglob("*.py"))
    }


@cache
def trees() -> dict[str, ast.Module]:
    """The syntax tree of each module, by its path in the package; no test may change it."""
    return {name: ast.parse(text) for name, text in texts().items()}
