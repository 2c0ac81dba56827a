"""The brief as blocks: state, what drives it, worries, next steps, and how sure it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from songhua.document.blocks import Block, Card, Cards, Fold, Group, Heading, Points
from songhua.document.studies import listing, region_and_plan
from songhua.format.numbers import known
from songhua.format.sentences import name_of
from songhua.format.text import Link, Small, Strong, Text, Trend, joined, parts
from songhua.format.view import View, anchor
from songhua.labels import Period
from songhua.results import Finding, read_finding
from songhua.results.finding import columns
from songhua.studies.brief.headlines import HeadlineRow, TrendRow

STUDY = "brief"
BLOCKS = listing(STUDY, 0)
#: The number of figures that a sentence links to.
MOST_SOURCES = 2
#: The places that names of a sentence lead to: by catalogue, the prefix of the anchor.
LEADS = {"targets": "target", "claims": "claim"}
#: The columns under the headlines, each with its parts.
COLUMNS = (("changed", "drives", "projects"), ("worry", "further"), ("step", "due", "sure", "add"))


@dataclass(frozen=True)
class PointRow:
    """A row of `points` as the brief shows it."""

    part: str
    sentence: str
    params: str
    section: str
    observations: tuple[str, ...]


@BLOCKS("full")
def section(view: View) -> Iterator[Block]:
    """The brief, in a run that has it."""
    if STUDY in view.results:
        yield from brief(view)


@BLOCKS("sentence", "short")
def screen(view: View) -> Iterator[Block]:
    """The region and its plan, then the brief."""
    yield region_and_plan(view)
    yield from brief(view, cited=False)


def brief(view: View, cited: bool = True, more: bool = True, news: bool = True) -> Iterator[Block]:
    """The headlines as cards, then three columns of sentences.

    Where it is `cited`, numbers lead to their figures, and, where there is `more` than the brief,
    sentences to what tells it. The latest recorded rows are `news` for the keeper of the folder.
    """
    points = view.rows(STUDY, "points", PointRow)
    rows = points if more else [replace(row, section="") for row in points]
    rows = rows if news else [row for row in rows if row.part != "changed"]
    say = {part: [row for row in rows if row.part == part] for part in dict.fromkeys(_parts())}
    heads = view.rows(STUDY, "headlines", HeadlineRow)
    if any(row.held != "missing" for row in heads):
        yield Cards("", [_card(view, row, cited) for row in heads], STUDY)
        if say["state"]:
            yield Points(_points(view, say["state"], cited), kind="told")
    columns = [
        Group([block for part in column for block in _part(view, part, say[part], cited)], "column")
        for column in COLUMNS
    ]
    filled = [column for column in columns if column.blocks]
    if filled:
        yield Group(filled, "columns")


def _parts() -> Iterator[str]:
    yield "state"
    for column in COLUMNS:
        yield from column


def _part(view: View, part: str, rows: Sequence[PointRow], cited: bool) -> Iterator[Block]:
    """A part under its heading; what is less pressing is put away."""
    if not rows:
        return
    title = view.choice("brief_part", part)
    points = Points(_points(view, rows, cited), part in ("worry", "step"), "told")
    if part == "further":
        yield Fold(title, [points], kind="slim")
    else:
        yield Heading(2, title)
        yield points


def _points(view: View, rows: Sequence[PointRow], cited: bool) -> list[Text]:
    """Sentences in order; what tells more stands once for those of one section on end."""
    after = [*(row.section for row in rows[1:]), ""]
    return [
        _point(view, row, row.section if row.section != following else "", cited)
        for row, following in zip(rows, after, strict=True)
    ]


def _point(view: View, row: PointRow, section: str, cited: bool) -> Text:
    """A sentence whose names lead to their places, with its figures and where more is told."""
    finding = read_finding(row.sentence, json.loads(row.params), row.observations)
    pieces = [_linked(view, view.sentence(finding), finding)]
    if cited and row.observations:
        pieces.append((Small(view.rests(row.observations[:MOST_SOURCES])),))
    if cited and section:
        title = view.say(f"section_{section}")
        pieces.append((Small((Link(view.say("brief_more", title=title), section),)),))
    return joined(pieces)


def _linked(view: View, text: str, finding: Finding) -> Text:
    """A sentence in which what has a place of its own leads there."""
    places: dict[str, str] = {}
    for name, column in columns(type(finding)).items():
        if prefix := LEADS.get(column.of):
            value = getattr(finding, name)
            for id in [value] if isinstance(value, str) else value:
                places[name_of(column, id, view.region, view.lang, view.plan)] = anchor(prefix, id)
    if not places:
        return text
    among = "|".join(map(re.escape, sorted(places, key=len, reverse=True)))
    return tuple(
        Link(piece, places[piece]) if at % 2 else piece
        for at, piece in enumerate(re.split(f"({among})", text))
    )


def _card(view: View, row: HeadlineRow, cited: bool) -> Card:
    """A headline: its level or growth, of what and when, its place, its age and its sources."""
    name = view.choice("brief_headline", row.headline)
    if row.held == "missing":
        return Card(name, "–", [view.say("brief_none")], blank=True)
    size = view.show(row.value, row.unit) if row.value.known else _rate(view, row)
    lines: list[Text] = []
    if row.held == "nearest":
        lines.append(view.say("brief_nearest"))
    if row.value.known:
        lines.append(_of(view, row.indicator, row, None, row.period))
        if row.growth.known:
            lines.append((Strong(_rate(view, row)), " ", *parts(_rate_of(view, row))))
    else:
        lines.append(_of(view, row.rate, row, row.rate_start, row.rate_period))
    trend = _trend(view, row)
    if trend:
        lines.append(trend)
    if row.rank.known:
        low, high = int(row.rank.low), int(row.rank.high)
        key = "brief_place" if low == high else "brief_place_open"
        lines.append(view.say(key, rank=low, rank_high=high, of=row.of))
    if row.members:
        lines.append(view.say("brief_known", n=row.known, of=row.members))
    aged: list[Text] = [view.grade(row.grade)] if row.grade else []
    if known(row.age):
        aged.append(view.say("brief_years_old", years=view.number(row.age, 1)))
    lines.append(joined(aged))
    tail: list[Text] = []
    if cited and row.observations:
        tail.append(view.rests(row.observations))
    return Card(name, size, lines, joined(tail))


def _rate(view: View, row: HeadlineRow) -> str:
    """A growth with its sign."""
    rate = view.show(row.growth, "%")
    return rate if rate.startswith("−") else f"+{rate}"


def _rate_of(view: View, row: HeadlineRow) -> Text:
    """When a growth is of, where that is not the level's time; an average says so."""
    if row.rate_start is not None:
        return view.say(
            "brief_average", start=view.period(row.rate_start), end=view.period(row.rate_period)
        )
    if row.rate_period == row.period:
        return view.say("growth_short")
    return f"{view.say('growth_short')}{view.written.comma}{view.period(row.rate_period)}"


def _of(
    view: View, indicator: str, row: HeadlineRow, start: Period | None, end: Period | None
) -> Text:
    """The subject of a figure: indicator, industry and time."""
    industry = "" if row.industry == "all" else view.name("industries", row.industry)
    when = (
        view.period(end)
        if start is None
        else view.say("brief_average", start=view.period(start), end=view.period(end))
    )
    label = view.name("indicators", indicator)
    if row.unit == "%" and row.value.known and view.region.indicator(indicator).unit != "%":
        label += view.written.bracketed(view.choice("form", "share"))
    subject = view.written.comma.join(part for part in (label, industry, when) if part)
    return view.say("brief_largest", what=subject) if row.members else subject


def _trend(view: View, row: HeadlineRow) -> Text:
    """The years of a headline as a small line, with the first and the last."""
    rows = [line for line in view.rows(STUDY, "trends", TrendRow) if line.headline == row.headline]
    if not rows:
        return ""
    first, last = rows[0], rows[-1]
    start, end = str(first.period.start.year), str(last.period.end.year)
    says = view.say(
        "brief_trend",
        start=start,
        end=end,
        first=view.show(first.value, first.unit),
        last=view.show(last.value, last.unit),
    )
    return (Trend(tuple(row.value for row in rows), says), " ", Small(f"{start}–{end}"))
