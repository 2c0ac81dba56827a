"""Where names stand beside the points of a chart: on the page, and over no other name or point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from songhua.format.lines import width

#: A letter's width and a line's height at `SIZE`, and how far a name stands from its point.
SIZE, LETTER, LINE, GAP = 12, 6.1, 15.0, 8.0
#: The distance of points from the edge of the plot.
PADDING = 20


@dataclass(frozen=True)
class NamedPoint:
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
        """True where two parts have something in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def beside(points: Sequence[NamedPoint], wide: float, high: float, most: int) -> list[Placed]:
    """The names of the first points that there is room for, in a plot of so many pixels.

    >>> labels = [NamedPoint(x, 0, name) for x, name in enumerate(("one", "two"))]
    >>> [(place.name, place.before) for place in beside(labels, 100, 50, 9)]
    [('one', False), ('two', True)]
    """
    spots = list(_spots(points, wide, high))
    dots = [
        Box(x - point.dot / 2, y - point.dot / 2, x + point.dot / 2, y + point.dot / 2)
        for point, (x, y) in zip(points, spots, strict=True)
    ]
    occupied: list[Box] = []
    placed: list[Placed] = []
    for at, (point, (x, y)) in enumerate(zip(points, spots, strict=True)):
        for before, box in _boxes(point, x, y):
            obstacles = (*occupied, *dots[:at], *dots[at + 1 :])
            if box.left >= 0 and box.right <= wide and not any(map(box.meets, obstacles)):
                occupied.append(box)
                placed.append(Placed(point.x, point.y, point.name, before, _far(point)))
                break
        if len(placed) == most:
            break
    return placed


def _spots(points: Sequence[NamedPoint], wide: float, high: float) -> Iterator[tuple[float, float]]:
    """Where each point is drawn, in pixels."""
    for point in points:
        x = _along(point.x, [neighbour.x for neighbour in points], wide)
        yield x, high - _along(point.y, [neighbour.y for neighbour in points], high)


def _along(value: float, values: Sequence[float], length: float) -> float:
    least, most = min(values), max(values)
    share = (value - least) / (most - least) if most > least else 0.5
    return PADDING + share * (length - 2 * PADDING)


def _boxes(point: NamedPoint, x: float, y: float) -> Iterator[tuple[bool, Box]]:
    """The room of a point's name after it, and before it."""
    long, far = LETTER * width(point.name), _far(point)
    yield False, Box(x + far, y - LINE / 2, x + far + long, y + LINE / 2)
    yield True, Box(x - far - long, y - LINE / 2, x - far, y + LINE / 2)


def _far(point: NamedPoint) -> float:
    """The distance of a name from the middle of its point: a wide point does not cover it."""
    return point.dot / 2 + GAP / 2
