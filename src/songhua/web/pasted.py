"""A table pasted into a page: made a file like any other that is sent."""

from __future__ import annotations

import csv
import io
import re

#: The name of the file that a pasted table becomes, and where its rows may be sent.
FILE, TARGETS = "pasted.csv", "targets"
MOST = 500_000


def as_csv(text: str) -> bytes:
    """A pasted table as CSV: cells stand apart by tabs, bars, commas or two spaces and more.

    >>> as_csv("a\\tb, c\\n1\\t2").decode()
    'a,"b, c"\\n1,2\\n'
    >>> as_csv("| a | b |\\n|---|---|\\n| 1 | 2 |").decode()
    'a,b\\n1,2\\n'
    >>> as_csv("Target   2020  2025").decode()
    'Target,2020,2025\\n'
    """
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_cells(lines))
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cells(lines: list[str]) -> list[list[str]]:
    """The cells of each line, by what stands between them in the whole table."""
    if any("\t" in line for line in lines):
        return [[cell.strip() for cell in line.split("\t")] for line in lines]
    if sum(bool(re.search(r"[|｜]", line)) for line in lines) * 2 > len(lines):
        body = [line for line in lines if not re.fullmatch(r"[\s|｜:+-]+", line)]
        bare = [line.strip().strip("|｜") for line in body]
        return [[cell.strip() for cell in re.split(r"[|｜]", line)] for line in bare]
    if any(re.search(r"\S\s{2,}\S", line) for line in lines):
        return [re.split(r"\s{2,}", line.strip()) for line in lines]
    return list(csv.reader(lines))


def as_text(data: bytes) -> str:
    """A pasted table as it may be corrected: cells apart by tabs.

    >>> as_text(as_csv("a\\tb\\n1\\t2"))
    'a\\tb\\n1\\t2'
    """
    rows = csv.reader(io.StringIO(data.decode("utf-8", "surrogatepass")))
    return "\n".join("\t".join(row) for row in rows)
