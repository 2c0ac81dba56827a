"""Results on the terminal: a screen a study, under the study's name."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from songhua.session import Run


def show(study: str, done: Run, lang: str, brief: bool = False) -> None:
    """Show a study's result on its own screen, or its findings where it has none."""
    name = f"{__name__}.{study}"
    if find_spec(name) is not None:
        import_module(name).show(done, lang, brief)
    else:
        from songhua.cli.screen import Screen

        Screen(done, lang).brief(done.results[study])
