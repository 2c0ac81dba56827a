"""The brief as blocks: state, what drives it, worries, next steps, and how sure it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from songhua.document.blocks import Block, Card, Cards, Fold, Group, Heading, Points
from songhua.document.studies import listing, region_and_plan
from songhua.format.sentences import LISTED_TARGETS, name_of
from songhua.format.text import Foreign, Link, Small, Strong, Text, Trend, joined
from songhua.format.view import View, anchor
from songhua.region.indicators import RATES
from songhua.results import Finding, read_finding
from songhua.results.finding import columns
from songhua.studies.brief.headlines import HeadlineRow
from songhua.studies.brief.trends import TrendRow

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
    """The region and its plan, the brief, and the notes of its figures, which have no link here."""
    yield region_and_plan(view)
    yield from brief(view, cited=False)
    if notes := list(_notes(view)):
        yield Heading(2, view.say("brief_notes"))
        yield Points(notes, kind="told")


def _notes(view: View) -> Iterator[Text]:
    """The notes of the figures and the targets that the first screen names, each with its name."""
    points = view.rows(STUDY, "points", PointRow)
    rows = [*view.rows(STUDY, "headlines", HeadlineRow), *points]
    ids = dict.fromkeys(id for row in rows for id in row.observations)
    noted = [
        (
            view.written.comma.join(
                (view.name("indicators", row["indicator"]), view.period(row["period"]))
            ),
            row["note"],
        )
        for row in view.recorded(ids)
    ]
    noted += [(view.name("targets", id), _target_note(view, id)) for id in _targets(points)]
    for subject, note in noted:
        if note:
            text: Text = note if view.reads(note) else (Foreign.of(note),)
            yield joined([f"{subject}{view.written.colon}", text], "")


def _targets(points: Sequence[PointRow]) -> Iterator[str]:
    """The targets that sentences name, each once."""
    findings = [read_finding(row.sentence, json.loads(row.params)) for row in points]
    named = [
        id
        for finding in findings
        for name, column in columns(type(finding)).items()
        if (column.type, column.of) == ("labels", "targets")
        for id in getattr(finding, name)[:LISTED_TARGETS]
    ]
    yield from dict.fromkeys(named)


def _target_note(view: View, id: str) -> str:
    """The note of a target of the plan; blank for none."""
    target = view.plan.target_by_id.get(id) if view.plan else None
    return target.note if target else ""


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
    doubted = bool(getattr(finding, "doubts", ()))  # then the sentence says them
    if cited and row.observations:
        rests = view.rests(row.observations[:MOST_SOURCES], doubted=not doubted)
        pieces.append((Small(rests),))
    elif not cited:
        pieces += [(doubt,) for doubt in view.doubt_marks(row.observations) if not doubted]
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
    """A tile: its indicator as title, the level or growth, when it is of, its doubts, its place.

    The title is the name of what is shown; only a tile without a figure has that of its subject.
    Sources and their grades stand behind it, where they are `cited`.
    """
    if row.held == "missing":
        title = view.choice("brief_headline", row.headline)
        return Card(title, "–", [view.say("brief_none")], blank=True)
    size = view.show(row.value, row.unit) if row.value.known else _rate(view, row)
    lines: list[Text] = [view.period(row.period)] if row.value.known else []
    if row.members and row.known < 2:
        lines = [f"{view.choice('measure', _measure(view, row))}{view.written.comma}{lines[0]}"]
    lines += largest(view, row)
    if row.growth.known:
        grown: list[Text] = [(Strong(_rate(view, row)),)] if row.value.known else []
        place = [place_among(view, row)] if row.rank.known and row.rank_form in RATES else []
        clauses = view.written.comma.join([*_rate_of(view, row), *place])
        lines.append(joined([*grown, clauses]))
    if row.rank.known and row.rank_form not in RATES:
        lines.append(place_among(view, row))
    if row.newer:
        lines.append(view.say("brief_newer", period=view.period(row.newer)))
    if trend := _trend(view, row):
        lines.append(trend)
    lines += [(doubt,) for doubt in view.doubt_marks(row.observations)] if not cited else []
    tail = view.rests(row.observations) if cited and row.observations else ""
    return Card(subject(view, row), size, lines, tail)


def subject(view: View, row: HeadlineRow) -> str:
    """The name of what a headline shows: its indicator, of an industry where that is not said."""
    industry = "" if row.industry == "all" else view.name("industries", row.industry)
    if row.members:
        return industry
    id = row.indicator if row.value.known else row.rate
    label = view.name("indicators", id)
    if industry:  # a product is of the whole economy: that of an industry is value added
        measure = view.choice("measure", view.region.indicator(id).measure).casefold()
        names = view.region.indicators[id]["also"] or ()
        label = next((name for name in names if name.casefold() == measure), label)
    said = not industry or industry.casefold() in label.casefold()
    return label if said else view.say("prose_of", what=label, industry=industry)


def _measure(view: View, row: HeadlineRow) -> str:
    return view.region.indicator(row.indicator).measure


def largest(view: View, row: HeadlineRow) -> Iterator[str]:
    """By which measure an industry is the largest, of how many: sizes of others are no rivals."""
    if row.known > 1:
        yield view.say(
            "brief_largest",
            n=row.known,
            of=row.members,
            measure=view.choice("measure", _measure(view, row)),
        )


def place_among(view: View, row: HeadlineRow) -> str:
    """The rank of a headline's growth among places; of a level or a share that it is of that."""
    low, high = int(row.rank.low), int(row.rank.high)
    key = "brief_place" if low == high else "brief_place_open"
    form = "" if row.rank_form in RATES else view.say(f"brief_by_{row.rank_form}")
    return view.say(key, rank=low, rank_high=high, of=row.of) + view.written.bracketed(form)


def _rate(view: View, row: HeadlineRow) -> str:
    """A growth with its sign."""
    rate = view.show(row.growth, "%")
    return rate if rate.startswith("−") else f"+{rate}"


def _rate_of(view: View, row: HeadlineRow) -> Iterator[str]:
    """A growth in words: real or nominal, of when where that is not the level's time.

    Under a title that names a growth its prices alone are said.
    """
    titled = view.choice("growth_words", "none") in subject(view, row).casefold()
    basis = view.choice("growth_prices", row.growth_basis) if row.growth_basis else ""
    yield basis if titled and basis else view.growth(row.growth_basis)
    if row.rate_start is not None:
        yield view.say("brief_average", span=view.period(f"{row.rate_start}..{row.rate_period}"))
    elif not row.value.known or row.rate_period != row.period:
        yield view.period(row.rate_period)


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
    values = {row.period.start.year: row.value for row in rows}
    years = range(min(values), max(values) + 1)
    return (Trend(tuple(map(values.get, years)), says), " ", Small(f"{start}–{end}"))
