"""Figures and sources by number, as documents cite them: in the order in which they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self
from urllib.parse import urlsplit

from songhua.document.blocks import Block, Heading
from songhua.document.tables import grid
from songhua.format.labels import source
from songhua.format.numbers import as_printed
from songhua.format.text import Link, Part, Text, joined
from songhua.format.view import DASH, View, obs, src

#: So many numbers on end stand as the first and the last.
RUN = 3


@dataclass
class Citations:
    """The numbers of a document's references, from 1: observations, cells of panels, and sources.

    The keys are the places of the rows that tell it, the values the ids and whether it is a figure.
    """

    view: View
    cited: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def of(self, observations: Iterable[str], *more: str) -> Text:
        """The numbers of figures and of more sources, such as `[1][4–7]`, leading to their rows."""
        places: dict[str, tuple[str, bool]] = {}
        for id in observations:
            if self.view.region.cites(id):
                places[obs(id)] = (id, True)
        for id in more:
            if id in self.view.region.sources:
                places[_alone(id)] = (id, False)
        for place, reference in places.items():
            self.cited.setdefault(place, reference)
        order = {place: at for at, place in enumerate(self.cited, 1)}
        links: list[Part] = []
        for run in _runs(sorted(order[place] for place in places)):
            spans = [run] if len(run) >= RUN else [[n] for n in run]
            links += [Link(_run_label(span), list(self.cited)[span[0] - 1]) for span in spans]
        return tuple(links)

    def blocks(self) -> Iterator[Block]:
        """The figures by number as they were printed, then their sources with their addresses."""
        view = self.view
        if not self.cited:
            return
        yield Heading(1, view.say("annex", title=view.say("month_sources")))
        entries = self._entries()
        heads = view.heading("n", "figure", "period", "printed", "source")
        title = view.say("cited_figures")
        yield replace(grid(title, heads, [cells for _, cells in entries]), ids=list(self.cited))
        ids = list(dict.fromkeys(id for id, _ in entries))
        rows = [_source(view, id) for id in ids]
        heads = view.heading("title", "publisher", "published", "grade", "address")
        yield replace(grid(view.say("month_sources"), heads, rows), ids=[src(id) for id in ids])

    def _entries(self) -> list[tuple[str, list[Text]]]:
        """The source and the row of each thing that is cited."""
        view = self.view
        entries: list[tuple[str, list[Text]]] = []
        for at, (id, figure) in enumerate(self.cited.values(), 1):
            source_id = view.source_of(id) if figure else id
            cells = _figure(view, id) if figure else [view.say("cited_text"), DASH, DASH]
            name = source(view.region, source_id, view.lang)
            entries.append((source_id, [f"[{at}]", *cells, (Link(name, src(source_id)),)]))
        return entries


@dataclass(frozen=True, kw_only=True)
class CitingView(View):
    """A view in which figures lead by their number to the row that a document has of them."""

    citations: Citations

    @classmethod
    def over(cls, view: View, **more: Any) -> Self:
        """The same view with citations of its own, and what else its class has."""
        values = {slot.name: getattr(view, slot.name) for slot in fields(view)}
        return cls(**values, **more, citations=Citations(view))

    def rests(self, ids: Iterable[str] | str, *sources: str, doubted: bool = True) -> Text:
        """Figures and sources by number, and the doubts of the figures."""
        listed = ids.split() if isinstance(ids, str) else [*ids]
        doubts = [(doubt,) for doubt in self.doubt_marks(listed)] if doubted else []
        return joined([self.citations.of(listed, *sources), *doubts])


def _alone(id: str) -> str:
    """The place of the row of a source that is cited by itself."""
    return src(id).replace("src-", "cite-", 1)


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers on end together.

    >>> _runs([1, 2, 3, 7])
    [[1, 2, 3], [7]]
    """
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def _run_label(run: list[int]) -> str:
    return f"[{run[0]}]" if len(run) == 1 else f"[{run[0]}–{run[-1]}]"


def _figure(view: View, id: str) -> list[Text]:
    """The subject of a figure, its period, and its value as printed."""
    figures = view.region.figures
    figure = figures.all_rows[figures.places[id]]
    labels: Mapping[str, str] = {
        "places": figure.region if figure.region != view.region.code else "",
        "indicators": figure.indicator,
        "industries": figure.industry if figure.industry != "all" else "",
        "entities": figure.entity,
    }
    subject = view.written.comma.join(view.name(of, id) for of, id in labels.items() if id)
    cell = f"{figure.value:.13g} {view.region.unit(figure.indicator)}"
    printed = as_printed(figure.printed if figures.observed(id) else cell, view.lang)
    return [subject, view.period(figure.period), printed]


def _host(view: View, id: str) -> Text:
    """A link to a source's address under the name of the machine that has it."""
    address = str(view.region.sources[id].get("address") or "")
    if not address.startswith(("http://", "https://")):
        return address or DASH
    return (Link(urlsplit(address).netloc or address, address),)


def _source(view: View, id: str) -> list[Text]:
    """A source with publisher, date, grade and address."""
    entry = view.region.sources[id]
    return [
        view.name("sources", id),
        view.region.publisher(id)(view.lang),
        view.period(str(entry.get("published") or "")) or DASH,
        view.choice("grade", view.region.grade(id)),
        _host(view, id),
    ]
