"""The signs of grades, doubts and ends, explained."""

from __future__ import annotations

from collections.abc import Iterator

from songhua.document.blocks import Block, Facts, Paragraph
from songhua.format import marks
from songhua.format.text import Break, Strong, joined
from songhua.format.view import View
from songhua.region import GRADES
from songhua.region.doubts import DoubtKind

#: Where the signs are explained.
LEGEND = "legend"


def legend(view: View) -> Iterator[Block]:
    """The signs, explained."""
    grades = joined([view.grade(grade) for grade in GRADES])
    kinds = joined(
        [
            (
                view.estimate(kind),
                " ",
                Strong(view.choice("estimate", kind)),
                view.written.colon + view.choice("covers", kind),
            )
            for kind in marks.ESTIMATES
        ],
        Break(),
    )
    doubts = joined(
        [
            (view.doubt(kind), view.written.colon + view.choice("doubt_means", kind))
            for kind in DoubtKind
        ],
        Break(),
    )
    rows = [("grade_legend", grades), ("doubt_legend", doubts), ("estimate_legend", kinds)]
    yield Facts([(view.say(key), text) for key, text in rows])
    yield Paragraph(view.say("legend_note"))
