"""Sources by number, as documents cite them: in the order in which they are first named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from songhua.document.blocks import Block, Heading
from songhua.document.tables import grid
from songhua.format.view import DASH, View


@dataclass
class Citations:
    """The sources in the order in which the document names them, from 1."""

    view: View
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, observations: Iterable[str], *more: str) -> str:
        """The numbers of the sources of observations, such as `[1][3]`, and of more sources."""
        sources = [self.view.source_of(id) for id in observations]
        ids = [id for id in (*sources, *more) if id]
        found = {self.numbers.setdefault(id, len(self.numbers) + 1) for id in ids}
        return "".join(f"[{n}]" for n in sorted(found))

    def blocks(self) -> Iterator[Block]:
        """The sources by number, with publisher, date and grade."""
        view, sources = self.view, self.view.region.sources
        rows = [
            [
                f"[{n}]", view.name("sources", id), str(sources[id]["publisher"]),
                view.period(str(sources[id].get("published") or "")) or DASH,
                view.choice("grade", view.region.grade(id)),
            ]
            for id, n in self.numbers.items()
        ]  # fmt: skip
        heads = view.heading("n", "title", "publisher", "published", "grade")
        yield Heading(1, view.say("month_sources"))
        yield grid(view.say("month_sources"), heads, rows)
