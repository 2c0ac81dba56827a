"""A chart's description for a phone: names above their bars, fewer ticks, as wide as the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from songhua.document.charts.specification import LINE, LINE_HEIGHT, NAMES, PHONE, flat
from songhua.format.lines import width, wrapped

#: A plot is no narrower.
LEAST = 100
#: Names that take more room than this stand above what they name.
BESIDE = 90
LETTER, SYMBOL, SMALL = 6.6, 30, 12
Spec = dict[str, Any]


def narrowed(spec: Spec, left: float, total: float) -> Spec:
    """The chart for a phone, from what it takes on a page: its left margin and its whole width.

    >>> bars = {"width": 300, "encoding": {"y": {"field": "n", "type": "nominal"}}}
    >>> narrowed(bars, 150, 500)["width"]  # names above; 50 beside the bars stay
    296
    """
    sides = [unit.get("encoding", {}).get("y") for unit in _units(spec)]
    above = left > BESIDE and any(map(_of_names, sides))
    narrow = _copied(spec, above)
    room = PHONE - (total - left - spec["width"]) - (4 if above else left)
    for unit in _units(narrow):
        _small(unit.get("mark"))
        _fewer_ticks(unit.get("encoding", {}).get("x"))
        if size := unit.get("encoding", {}).get("size", {}):
            size["legend"] = (size.get("legend") or {}) | {"tickCount": 3, "titleOrient": "top"}
    if above:
        _names_above(narrow)
    legends(narrow, PHONE if above else room)
    return resized(narrow, max(LEAST, round(room)))


def resized(spec: Spec, wide: int) -> Spec:
    """A chart with a plot of another width; what stands at a place beside it moves along.

    >>> resized({"width": 9, "encoding": {"x": {"value": 10}}}, 5)
    {'width': 5, 'encoding': {'x': {'value': 6}}}
    """
    copy = _copied(spec, False)
    for unit in _units(copy):
        x = unit.get("encoding", {}).get("x", {})
        if "value" in x:
            x["value"] += wide - spec["width"]
    return copy | {"width": wide}


def _units(spec: Spec) -> Iterator[Spec]:
    """The chart itself and its layers."""
    yield spec
    for layer in spec.get("layer", ()):
        yield from _units(layer)


def _of_names(y: Mapping[str, Any] | None) -> bool:
    return y is not None and y.get("type") == "nominal" and y.get("axis", {}) is not None


def _copied(value: Any, rewrap: bool) -> Any:
    """A copy; texts of several lines get longer lines where names have the width to themselves."""
    match value:
        case dict():
            return {key: _copied(part, rewrap) for key, part in value.items()}
        case list() | tuple():
            return [_copied(part, rewrap) for part in value]
        case str() if rewrap and "\n" in value:
            return "\n".join(wrapped(flat(value), LINE))
    return value


def _small(mark: Any) -> None:
    """Letters of a mark are no larger than those of the axes."""
    if isinstance(mark, dict) and mark.get("fontSize", 0) > SMALL:
        mark["fontSize"] = SMALL


def _fewer_ticks(x: Spec | None) -> None:
    if x is None or x.get("axis", {}) is None or "value" in x:
        return
    axis = x.setdefault("axis", {})
    if x.get("type") == "quantitative" and "values" not in axis:
        axis["tickCount"] = 4
    if axis.get("orient") == "top":
        axis["labelExpr"] = "split(datum.label, ' ')"
    else:
        axis.setdefault("labelOverlap", True)
        axis.setdefault("labelSeparation", 6)


def legends(spec: Spec, room: float) -> None:
    """Set the legends of a chart in as many columns as there is room for; one line, if it fits.

    >>> spec = {"encoding": {"color": {"scale": {"domain": ["one", "two" * 9]}}}}
    >>> legends(spec, 220)
    >>> spec["encoding"]["color"]["legend"]
    {'columns': 1}
    """
    for unit in _units(spec):
        for channel in ("color", "shape", "fill", "stroke"):
            encoding = unit.get("encoding", {}).get(channel) or {}
            words = (encoding.get("scale") or {}).get("domain", ())
            wide = [SYMBOL + LETTER * width(str(word)) for word in words]
            if sum(wide) > room and encoding.get("legend", {}) is not None:
                columns = max(1, int(room // max(wide)))
                encoding["legend"] = encoding.get("legend", {}) | {"columns": columns}


def _names_above(spec: Spec) -> None:
    """Names stand over their bars and begin with them; a row has room for both."""
    heights = [_thick(unit.get("mark")) for unit in _units(spec)]
    tall = max(heights)
    lines = 1 + max((text.count("\n") for text in _texts(spec.get("datasets", {}))), default=0)
    axis = {
        "labelAlign": "left",
        "labelBaseline": "bottom",
        "labelPadding": 0,
        "minExtent": 0,
        "labelOffset": -tall / 2 - 2 - LINE_HEIGHT * (lines - 1),
        "labelLimit": 0,
        "tickSize": 0,
        "zindex": 1,
        "labelExpr": NAMES if lines > 1 else "datum.label",
    }
    for unit in _units(spec):
        mark = unit.get("mark")
        if mark == "bar" or (isinstance(mark, dict) and mark.get("type") == "bar"):
            unit["mark"] = {"size": _thick(mark)} | (
                mark if isinstance(mark, dict) else {"type": mark}
            )
        y = unit.get("encoding", {}).get("y")
        if _of_names(y):
            y["axis"] = y.get("axis", {}) | axis
    spec["height"] = {"step": tall + 10 + LINE_HEIGHT * lines}


def _thick(mark: Any) -> float:
    """The height of a mark of a row."""
    if not isinstance(mark, Mapping):
        return 14
    kind, size = mark.get("type"), mark.get("size", 0)
    if kind in ("point", "circle"):
        return size**0.5
    return float(mark.get("height", mark.get("strokeWidth", 14) if kind == "rule" else size or 14))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from _texts(part)
        case list():
            for part in value:
                yield from _texts(part)
