"""A page as a small tree, so that tests read it as a person does: by its parts and their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "input", "hr", "base", "source", "embed"}


@dataclass
class Node:
    """An element, its attributes, and what stands in it in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    def all(self, tag: str = "", cls: str = "") -> Iterator[Node]:
        """Every element below with this tag and class."""
        for item in self.inside:
            if isinstance(item, Node):
                if tag in ("", item.tag) and (
                    not cls or cls in item.attrs.get("class", "").split()
                ):
                    yield item
                yield from item.all(tag, cls)

    def by_id(self, id: str) -> Node:
        """The one element with this id."""
        found = self._by_id.get(id, [])
        assert len(found) == 1, f"{len(found)} elements with id {id}"
        return found[0]

    @cached_property
    def _by_id(self) -> dict[str, list[Node]]:
        """The elements below that have an id; the tree is whole when it is first asked."""
        found: dict[str, list[Node]] = {}
        for node in self.all():
            if "id" in node.attrs:
                found.setdefault(node.attrs["id"], []).append(node)
        return found

    @property
    def text(self) -> str:
        """All text below, with single spaces."""
        return re.sub(r"\s+", " ", "".join(self._texts()).replace("\u2060", "")).strip()

    def _texts(self) -> Iterator[str]:
        for item in self.inside:
            if isinstance(item, str):
                yield item
            elif item.tag not in ("style", "script"):
                yield " "
                yield from item._texts()
                yield " "

    def row(self, *texts: str) -> str:
        """The text of the first table row below that holds all these texts."""
        for row in self.all("tr"):
            if all(text in row.text for text in texts):
                return row.text
        raise AssertionError(f"no row with {texts}")


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parse(html: str) -> Node:
    """The page as a tree; elements must close in the order in which they were opened."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.open == [builder.root], "an element is left open"
    return builder.root
