"""The comments of a sheet, which stand in a part of their own."""

from __future__ import annotations

import posixpath

from songhua.reading import limits
from songhua.reading.sheets.faults import place_of
from songhua.reading.sheets.workbook.package import Package, too_large


def read_comments(package: Package, sheet: str) -> dict[tuple[int, int], str]:
    """The comments of the sheet that is this part, by row and column from 0.

    Raises:
        SonghuaError: they are broken or too many.
    """
    folder, name = posixpath.split(sheet)
    links = f"{folder}/_rels/{name}.rels"
    if links not in package:
        return {}
    targets = [
        link.get("Target", "").replace("\\", "/")
        for link in package.tree(links)
        if link.get("Type", "").endswith("/comments")
    ]
    texts: dict[tuple[int, int], str] = {}
    for target in targets[:1]:
        part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if part not in package:
            continue
        for comment in package.tree(part).iterfind("{*}commentList/{*}comment"):
            place = place_of(comment.get("ref", ""))
            words = "".join(text.text or "" for text in comment.iterfind("{*}text//{*}t")).strip()
            if place is not None and words:
                texts[place] = words[: limits.CELL]
        if len(texts) > limits.SIGNS:
            raise too_large()
    return texts
