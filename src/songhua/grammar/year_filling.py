"""Years of months and quarters that print none: those of the neighbours that do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from songhua.grammar.periods import spoken_period
from songhua.labels import Period, parse_period

#: The most months between two neighbours of a row whose year is not printed and may have turned.
_FAR = 6
#: A text without a year, the period of one that has it, and why it has none.
RowText = tuple[str, str, str]


def filled(texts: Sequence[RowText]) -> dict[int, tuple[str, str]]:
    """The periods of the texts without a year, by their place, and why one has none.

    The year goes on in the direction in which months do; where years stand alone, the texts below
    are theirs. Texts that are no period part a sheet's rows.

    >>> dec, jan = ("", "2013-12", ""), ("", "2013-01", "")
    >>> filled([("jan", "", ""), dec, ("nov", "", "")])
    {0: ('2014-01', ''), 2: ('2013-11', '')}
    >>> filled([("", "2012", ""), ("q1", "", ""), ("q2", "", "")])
    {1: ('2012-Q1', ''), 2: ('2012-Q2', '')}
    >>> filled([("feb", "", "")]), filled([jan, ("feb", "", ""), ("", "2015-03", "")])
    ({0: ('', 'year_missing')}, {1: ('', 'order')})
    """
    read: dict[int, tuple[str, str]] = {}
    for part in _parted(texts):
        places = [at for at in part if texts[at][0]]
        if not places:
            continue
        whole = [at for at in part if texts[at][1] and parse_period(texts[at][1]).kind == "year"]
        dated = [at for at in part if texts[at][1] and at not in whole]
        if whole and not dated:
            read |= _below_years(texts, part, set(whole))
        elif dated and not whole:
            read |= _in_order(texts, part, dated[0])
        else:
            read |= dict.fromkeys(places, ("", "order" if dated else "year_missing"))
    return read


def _parted(texts: Sequence[RowText]) -> Iterator[list[int]]:
    """The places of texts that are periods or parts of a year, up to each that is neither."""
    part: list[int] = []
    for at, (text, period, reason) in enumerate(texts):
        if text or period:
            part.append(at)
        elif reason:
            yield part
            part = []
    yield part


def _below_years(
    texts: Sequence[RowText], part: list[int], years: set[int]
) -> dict[int, tuple[str, str]]:
    """The parts of the years that stand alone above them."""
    read: dict[int, tuple[str, str]] = {}
    year, block = "", list[int]()
    for at in part:
        if at in years:
            year, block = texts[at][1], []
        elif not year:
            read[at] = ("", "year_missing")
        else:
            read[at] = (spoken_period(texts[at][0], year) or "", "")
            block.append(parse_period(read[at][0]).end.month)
            steps = [b - a for a, b in pairwise(block)]
            if steps and min(steps) <= 0 <= max(steps):
                return {at: ("", "order") for at in part if at not in years}
    return read


def _in_order(texts: Sequence[RowText], part: list[int], anchor: int) -> dict[int, tuple[str, str]]:
    """Years from the first text that prints one, forward and back, in either direction."""
    places = [at for at in part if texts[at][0]]
    years = {parse_period(texts[at][1]).end.year for at in part if texts[at][1]}
    ways = [_one_way(texts, part, anchor, way) for way in (1, -1)]
    stays = [way for way in ways if way and {p.end.year for p in way[1].values()} <= years]
    rolls = [way for way in ways if way and way not in stays]
    if stays and not (stays[0][0] > _FAR >= min((way[0] for way in rolls), default=_FAR + 1)):
        periods = stays[0][1]
    elif not stays and rolls and min(way[0] for way in rolls) <= _FAR:
        periods = min(rolls, key=lambda way: way[0])[1]
    else:
        return dict.fromkeys(places, ("", "order"))
    return {at: (str(periods[at]), "") for at in places}


def _one_way(
    texts: Sequence[RowText], part: list[int], anchor: int, way: int
) -> tuple[int, dict[int, Period]] | None:
    """The longest step to a text without a year, in months, and the periods.

    None where they do not run forward (1) or back (-1), or a year or more is left out.
    """
    periods: dict[int, Period] = {anchor: parse_period(texts[anchor][1])}
    first = part.index(anchor)
    for places, sign in ((part[first:], way), (part[first::-1], -way)):
        for before, at in pairwise(places):
            text, period, _ = texts[at]
            periods[at] = parse_period(period) if period else _next(text, periods[before], sign)
    steps = {(a, b): way * (_month(periods[b]) - _month(periods[a])) for a, b in pairwise(part)}
    open_steps = [step for pair, step in steps.items() if any(texts[at][0] for at in pair)]
    fits = min(steps.values()) > 0 and max(open_steps) <= 12
    return (max(open_steps), periods) if fits else None


def _next(text: str, beside: Period, sign: int) -> Period:
    """The first period of a text after (1) or before (-1) another."""
    for year in (beside.end.year, beside.end.year + sign):
        period = parse_period(str(spoken_period(text, str(year))))
        if sign * (_month(period) - _month(beside)) > 0:
            return period
    return beside


def _month(period: Period) -> int:
    return 12 * period.end.year + period.end.month
