"""A list of blocks as an HTML page that fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.report.blocks import Block, Heading, numbered
from songhua.report.templating import render
from songhua.report.view import View


def html(view: View, blocks: Sequence[Block]) -> str:
    """The document as one page: style, charts and the font for its characters stand inside."""
    title = next(b.text for b in blocks if isinstance(b, Heading) and b.level == 0)
    return render(
        "document.html", say=view.say, blocks=numbered(blocks), title=title, lang=view.lang
    )  # fmt: skip
