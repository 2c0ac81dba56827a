"""Of two columns of labels, or a column and a heading, that name the same: which is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from songhua.reading.drafts.assembly import role_of
from songhua.reading.drafts.axes import Axis
from songhua.reading.drafts.draft_findings import Findings
from songhua.reading.drafts.fault_kinds import DraftTwice, DraftTwoColumns
from songhua.reading.sheets.faults import letters


def meant(
    labels: list[Axis],
    levels: Sequence[Axis],
    over: Mapping[int, list[str]],
    chosen: Mapping[str, int],
) -> list[Axis]:
    """The columns of labels without those that are not meant; levels that are not are emptied.

    `chosen` has by what they name the column that is meant, or -1 for the heading.
    """
    for name, at in chosen.items():
        columns = [axis for axis in labels if role_of(axis) == name]
        beside = [axis for axis in levels if axis.senses and role_of(axis) == name]
        is_own = at in {axis.at for axis in columns}
        if is_own and len(columns) > 1:
            labels = [axis for axis in labels if axis not in columns or axis.at == at]
        if name == "indicator" or not (columns and beside):
            continue
        if at < 0:
            labels = [axis for axis in labels if axis not in columns]
        for level in beside if is_own else ():
            level.senses = {}
            for texts in over.values():
                texts[level.at] = ""
    return labels


def odd_row(
    findings: Findings, labels: Sequence[Axis], place: str, texts: Sequence[str], odd: str
) -> None:
    """Note labels of a row that do not fit together: two columns of one kind, or two words."""
    first = labels[0]
    odd_axes = (axis for text, axis in zip(texts, labels, strict=True) if text == odd)
    second = next((axis for axis in odd_axes if axis is not first), first)
    if second is not first and (name := role_of(first)) == role_of(second) and name != "indicator":
        text = f"{letters(first.at)}, {letters(second.at)}"
        findings.doubt(DraftTwoColumns(column=letters(second.at), name=name, text=text))
    else:
        twice(findings, place, first.role, texts[0], odd)


def twice(findings: Findings, place: str, name: str, first: str, second: str) -> None:
    """Note two labels of one row, or of one column, that do not fit together."""
    findings.doubt(DraftTwice(column=place, name=name, one=first, other=second, labels=True))
