"""Documents to send: the brief as prose, and the report in short, with the figures they cite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from songhua.document.blocks import (
    Block,
    Card,
    Cards,
    Chart,
    Document,
    Figure,
    Fold,
    Group,
    Heading,
    Paragraph,
    Points,
    Section,
    Table,
    walk,
)
from songhua.document.brief_prose import headline_sentences, industry_lines
from songhua.document.citations import CitingView
from songhua.document.report import METHOD, report
from songhua.document.studies import brief as shown
from songhua.document.tables import grid
from songhua.format.text import Break, Link, Mark, Strong, Text, joined, parts, plain
from songhua.format.view import View, obs, src
from songhua.plan import Plan
from songhua.plan.days import day_of_view

#: The charts of a report in short: the highest ratio of height to width of the one chart of a
#: section, and the number of charts of a chapter. Choices have none (the brief has their main
#: points), nor have figures and method.
HIGHEST, CHARTS = 0.9, 2
UNDRAWN = ("choose", METHOD)


#: The parts of the brief that stand on its page, each with the number of its first sentences that
#: do; the others, and what tells more, stand in the annex.
FIRST = {"state": 0, "worry": 2, "step": 2, "add": 99}


def brief(view: View) -> Document:
    """The brief by itself: state, the plan's industries, worries and next steps, on a page.

    The annex has what drives growth, how sure it is, and the figures with their sources.
    """
    citing = CitingView.over(view)
    day = day_of_view(view.region, view.plan)
    first = {view.choice("brief_part", part): most for part, most in FIRST.items()}
    blocks, more = _scoped(view, None, day), list[Block]()
    shown_blocks = list(shown.brief(citing, more=False))
    if any(isinstance(block, Cards) for block in shown_blocks):
        blocks.append(Heading(1, view.choice("brief_part", "state")))
        blocks += [Paragraph(sentence) for sentence in headline_sentences(citing)]
        blocks += industry_lines(citing)
    for title, items in _parts(view, shown_blocks).items():
        most = first.get(title, 0)
        for kept, listed, ordered in ((blocks, items[:most], True), (more, items[most:], False)):
            if listed:
                kept += [Heading(1, title), Points(listed, ordered)]
    title = view.say("brief_title", region=view.region.name(view.lang))
    return Document(title, blocks, annex=[*more, *citing.citations.blocks()], day=day)


def _parts(view: View, blocks: Iterable[Block]) -> dict[str, list[Text]]:
    """The sentences of each part, by its title."""
    found, title = dict[str, list[Text]](), view.choice("brief_part", "state")
    for block in walk(list(blocks)):
        match block:
            case Heading():
                title = plain(block.text)
            case Fold():
                title = plain(block.summary)
            case Points():
                found.setdefault(title, []).extend(_unlinked(item) for item in block.items)
            case _:
                pass
    return found


def short_report(view: View, ratio: Callable[[Chart], float]) -> Document:
    """The report in short: the brief, then of each section its boards and first charts.

    `ratio` is a chart's height over its width, as it will be drawn.
    """
    citing, full = CitingView.over(view), report(view)
    blocks: list[Block] = _scoped(view, view.plan, view.region.as_of)
    charts: Counter[str] = Counter(dict.fromkeys(UNDRAWN, CHARTS))
    for section in full.blocks:
        if not isinstance(section, Section):
            continue
        if section.id == shown.STUDY:
            blocks.append(Section(section.id, section.title, list(_brief(citing, news=False))))
        elif short := list(_short(citing, section.blocks, charts[section.chapter] < CHARTS, ratio)):
            charts[section.chapter] += any(isinstance(block, Figure) for block in short)
            blocks.append(Section(section.id, section.title, short))
    return Document(full.title, blocks, annex=list(citing.citations.blocks()))


def _scoped(view: View, plan: Plan | None, day: date | None) -> list[Block]:
    """The plan, and as of when, where there is either."""
    sentences = [view.say("sent_plan", plan=plan.name(view.lang))] if plan else []
    if day:
        sentences.append(view.say("sent_as_of", day=view.period(day)))
    return [Paragraph(view.written.sentences(sentences))] if sentences else []


def _brief(view: View, news: bool = True) -> Iterator[Block]:
    """The brief as prose: sentences of a part in one paragraph, worries and steps counted."""
    blocks = list(shown.brief(view, more=False, news=news))
    if any(isinstance(block, Cards) for block in blocks):
        yield Heading(1, view.choice("brief_part", "state"))
        yield from (Paragraph(sentence) for sentence in headline_sentences(view))
    for block in blocks:
        yield from _prose(view, block)


def _prose(view: View, block: Block) -> Iterator[Block]:
    match block:
        case Group():
            for inner in block.blocks:
                yield from _prose(view, inner)
        case Fold():
            yield Heading(1, plain(block.summary))
            for inner in block.blocks:
                yield from _prose(view, inner)
        case Heading():
            yield Heading(1, block.text, block.id)
        case Points(items=items, ordered=False):
            yield Paragraph(joined([_unlinked(item) for item in items], view.written.gap))
        case Points():
            yield replace(block, items=[_unlinked(item) for item in block.items])
        case Cards():
            pass
        case _:
            yield block


def _unlinked(text: Text) -> Text:
    """A sentence without links to what only the whole page has."""
    pieces = [part.text if isinstance(part, Link) else part for part in parts(text)]
    return joined([(part,) if not isinstance(part, (str, tuple)) else part for part in pieces], "")


def _short(
    view: CitingView, blocks: Sequence[Block], charted: bool, ratio: Callable[[Chart], float]
) -> Iterator[Block]:
    """A section's boards and, where it is `charted`, first chart, under what warns of them."""
    warned = list[Block]()
    for block in _open(blocks):
        match block:
            case Paragraph(text=(Strong(),), kind="lede"):
                warned.append(Paragraph(block.text, "note"))
            case Cards(chips=False, cards=cards) if cards:
                yield from (*warned, _board(view, block))
                warned = []
            case Figure(chart=chart) if charted and chart and ratio(chart) <= HIGHEST:
                yield from (*warned, block)
                warned, charted = [], False
            case _:
                pass


def _open(blocks: Sequence[Block]) -> Iterator[Block]:
    """All blocks that are not put away."""
    for block in blocks:
        if isinstance(block, (Group, Section)):
            yield from _open(block.blocks)
        elif isinstance(block, Fold):
            if block.open:
                yield from _open(block.blocks)
        else:
            yield block


def _board(view: CitingView, group: Cards) -> Table:
    """A group of cards as a table."""
    heads = view.heading("industry", "size", "of_it", "source")
    cells = [
        [c.name, c.size, joined(c.lines, view.written.comma), _source(view, c)] for c in group.cards
    ]
    return grid(group.title, heads, cells, {1})


def _source(view: CitingView, card: Card) -> Text:
    """The words below a card, its figures by number."""
    pieces = [part for part in parts(card.tail) if not isinstance(part, (Link, Break))]
    led = [part.to for part in parts(card.tail) if isinstance(part, Link)]
    ids = [id for id in view.region.figures.observations.ids if obs(id) in led]
    sources = [id for id in view.region.sources if src(id) in led]
    words = plain(
        tuple(part for part in pieces if not (isinstance(part, Mark) and part.bare))
    ).strip()
    return joined([text for text in (words, view.citations.of(ids, *sources)) if text])
