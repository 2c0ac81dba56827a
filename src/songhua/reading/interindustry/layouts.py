"""The vocabularies of publishers' tables: which label is which part, and what a total adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from songhua.schema import Entry
from songhua.shipped import installed

#: The kind of a label (product, final, input, less, total, output, memo or ignored), and its name.
Part = tuple[str, str]


@dataclass(frozen=True)
class PrintedTotal:
    """A total as it is printed, and the parts that it adds up."""

    name: str
    parts: Sequence[str]

    @property
    def first(self) -> str:
        """The first part that is not the flows between industries, else those.

        >>> PrintedTotal("use", ("Z", "exports")).first, PrintedTotal("use", ("Z",)).first
        ('exports', 'Z')
        """
        return next((part for part in self.parts if part != "Z"), "Z")


@dataclass(frozen=True)
class Axis:
    """The labels of one side: those of parts, those of totals, and that of output or none."""

    parts: Mapping[str, Part]
    totals: Mapping[str, PrintedTotal]
    output: str = ""


@dataclass(frozen=True)
class Layout:
    """Layout of a publisher's tables: an entry of `layouts.toml`.

    `supply` is the row below which imports stand as supply, blank where they do not.
    """

    marks: tuple[Sequence[str], Sequence[str]]
    row: Axis
    column: Axis
    final: Mapping[str, str]
    ignore: Sequence[str] = ()
    strip: Sequence[str] = ()
    supply: str = ""
    unit: str = ""
    decimals: int | None = None

    @classmethod
    def read(cls, entry: Entry) -> Layout:
        """The layout that an entry describes."""

        def axis(totals: str, output: str, **tables: str) -> Axis:
            parts = {
                label: (part, name)
                for part, table in tables.items()
                for label, name in entry.get(table, {}).items()
            }
            listed = entry["totals"].get(totals, {}).items()
            printed = {label: PrintedTotal(row["name"], row["parts"]) for label, row in listed}
            return Axis(parts, printed, entry["output"].get(output, ""))

        down, across = entry["marks"]
        return cls(
            (down, across),
            axis("columns", "row", input="inputs", memo="memo"),
            axis("rows", "column", final="final", less="less"),
            entry["final"],
            entry["ignore"],
            entry.get("strip", ()),
            entry.get("supply", {}).get("mark", ""),
            entry.get("unit", ""),
            entry.get("decimals"),
        )

    def stripped(self, label: str) -> str:
        """A label without what the publisher puts before every one.

        >>> layouts()["eurostat"].stripped("CPA_A01")
        'A01'
        """
        for prefix in self.strip:
            label = label.removeprefix(prefix)
        return label


@cache
def layouts() -> dict[str, Layout]:
    """The layouts by name.

    >>> layouts()["oecd"].row.output
    'OUTPUT'
    """
    read = installed.toml("reading", "interindustry", "layouts.toml")
    return {name: Layout.read(entry) for name, entry in read.items()}
