"""Findings of a study as a list of sentences."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Heading, Points
from songhua.format.view import View


def findings(view: View, study: str, title: str = "") -> Iterator[Block]:
    """The findings of a study under a title, or under the study's name."""
    found = view.results[study].findings
    if found:
        yield Heading(1, title or view.choice("study", study))
        yield Points([view.sentence(one) for one in found])
