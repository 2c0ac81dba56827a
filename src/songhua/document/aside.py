"""The part of a report that is put away: tables and folds to ask for, on a page of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from songhua.document.blocks import Block, Fold, Group, Paragraph, Points, Section, Table
from songhua.format.text import Link, plain
from songhua.format.view import View


def aside(view: View, sections: Sequence[Section]) -> tuple[list[Section], list[Section]]:
    """The sections without what they put away, and sections of just that, opened.

    In its place a list leads to each. The brief keeps all that it has.

    >>> shown = Section("a", "A", [Paragraph("x"), Fold("more", [Paragraph("y")])])
    >>> from songhua.region import Region
    >>> view = View(region=Region.of("here"), plan=None, results={})
    >>> (main,), (tables,) = aside(view, [shown])
    >>> [type(block).__name__ for block in main.blocks], tables.id
    (['Paragraph', 'Paragraph', 'Points'], 'more-a')
    """
    main, away = list[Section](), list[Section]()
    for section in sections:
        hidden = (
            [block for block in section.blocks if _put_away(block)] if section.id != "brief" else []
        )
        visible = [block for block in section.blocks if block not in hidden]
        groups = [
            Group([_opened(block)], id=f"more-{section.id}-{at}") for at, block in enumerate(hidden)
        ]
        if hidden:
            links = [
                (Link(_title(view, block), group.id),)
                for block, group in zip(hidden, groups, strict=True)
            ]
            visible += [Paragraph(view.say("more_tables"), "more"), Points(links, kind="more")]
            away.append(Section(f"more-{section.id}", section.title, groups, section.chapter))
        main.append(replace(section, blocks=signs_apart(visible)))
    return main, away


def signs_apart(blocks: Iterable[Block]) -> list[Block]:
    """Blocks that leave it to the page to say what the signs of ends mean.

    >>> signs_apart([Fold("more", [Paragraph("± rounding", "signs"), Paragraph("x")])])[0].blocks
    [Paragraph(text='x', kind='')]
    """
    unsigned: list[Block] = []
    for block in blocks:
        match block:
            case Paragraph(kind="signs"):
                continue
            case Table():
                unsigned.append(replace(block, estimates=()))
            case Fold() | Group() | Section():
                unsigned.append(replace(block, blocks=signs_apart(block.blocks)))
            case _:
                unsigned.append(block)
    return unsigned


def _put_away(block: Block) -> bool:
    return (isinstance(block, Table) and block.fold == "closed") or (
        isinstance(block, Fold) and not block.open
    )


def unfolded(section: Section) -> Section:
    """A section with all that it puts away opened."""
    blocks = [_opened(block) if _put_away(block) else block for block in section.blocks]
    return replace(section, blocks=blocks)


def _opened(block: Block) -> Block:
    if isinstance(block, Table):
        return replace(block, fold="")
    return replace(cast("Fold", block), open=True)


def _title(view: View, block: Block) -> str:
    """The name of a table with how many rows it has; or of what is folded."""
    if isinstance(block, Table):
        return view.say("caption", title=block.title, n=len(block.rows))
    return plain(cast("Fold", block).summary)
