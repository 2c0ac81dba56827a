"""Where names stand beside the points of a chart: on the page, and over no other name or point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from songhua.format.lines import width

#: A letter's width and a line's height at `SIZE`, and how far a name stands from its point.
SIZE, LETTER, LINE, GAP = 12, 6.1, 15.0, 8.0
#: How far points stay from the edge of the plot.
PADDING = 20


@dataclass(frozen=True)
class Named:
    """A point by its place on both axes, with its name and how wide the point is."""

    x: float
    y: float
    name: str
    dot: float = 9.0


@dataclass(frozen=True)
class Placed:
    """A name beside a point, so `far` from its middle; `before` it, it ends there."""

    x: float
    y: float
    name: str
    before: bool
    far: float = GAP


@dataclass(frozen=True)
class Box:
    """A part of the plot, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two parts have something in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def beside(points: Sequence[Named], wide: float, high: float, most: int) -> list[Placed]:
    """The names of the first points that there is room for, in a plot of so many pixels.

    >>> two = [Named(0, 0, "one"), Named(1, 0, "two"), Named(0, 0, "three")]
    >>> [(one.name, one.before) for one in beside(two, 100, 50, 9)]
    [('one', False), ('two', True)]
    """
    spots = list(_spots(points, wide, high))
    dots = [
        Box(x - one.dot / 2, y - one.dot / 2, x + one.dot / 2, y + one.dot / 2)
        for one, (x, y) in zip(points, spots, strict=True)
    ]
    taken: list[Box] = []
    found: list[Placed] = []
    for at, (one, (x, y)) in enumerate(zip(points, spots, strict=True)):
        for before, box in _boxes(one, x, y):
            others = (*taken, *dots[:at], *dots[at + 1 :])
            if box.left >= 0 and box.right <= wide and not any(map(box.meets, others)):
                taken.append(box)
                found.append(Placed(one.x, one.y, one.name, before, _far(one)))
                break
        if len(found) == most:
            break
    return found


def _spots(points: Sequence[Named], wide: float, high: float) -> Iterator[tuple[float, float]]:
    """Where each point is drawn, in pixels."""
    for one in points:
        x = _along(one.x, [other.x for other in points], wide)
        yield x, high - _along(one.y, [other.y for other in points], high)


def _along(value: float, values: Sequence[float], length: float) -> float:
    least, most = min(values), max(values)
    share = (value - least) / (most - least) if most > least else 0.5
    return PADDING + share * (length - 2 * PADDING)


def _boxes(one: Named, x: float, y: float) -> Iterator[tuple[bool, Box]]:
    """What the name of a point takes after it, and before it."""
    long, far = LETTER * width(one.name), _far(one)
    yield False, Box(x + far, y - LINE / 2, x + far + long, y + LINE / 2)
    yield True, Box(x - far - long, y - LINE / 2, x - far, y + LINE / 2)


def _far(one: Named) -> float:
    """How far a name stands from the middle of its point: a wide point does not cover it."""
    return one.dot / 2 + GAP / 2
