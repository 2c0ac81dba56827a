"""Odds of entry and exit in words: beside the usual rate, with their band, and why."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.document.blocks import Table
from songhua.document.tables import TextColumn, table
from songhua.format.numbers import known, show
from songhua.format.text import Text, joined, parts
from songhua.format.view import DASH, View
from songhua.maths.choice import one_in
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.evidence import Evidence
from songhua.studies.choose.plan_choices import PlanChoice
from songhua.studies.choose.record import LearntRow
from songhua.wording.digits import dashed

#: The lists that show evidence for and against each industry.
LISTED = ("enter", "at_risk")
#: The list of candidates whose odds are refused; their order may be borrowed.
UNLISTED = "no_odds"
#: The upper end of a band over its lower end from which on no single number is given.
WIDE = 4.0
#: Evidence that only explains stands last.
SIDES = ("for", "against", "neither")


def candidates(view: View) -> tuple[Candidate, ...]:
    """Every industry of the panel in the order of the lists."""
    return view.rows("choose", "candidates", Candidate)


def listed(view: View, *lists: str) -> list[Candidate]:
    """The candidates of some lists that have odds."""
    return [row for row in candidates(view) if row.list in lists and row.odds.known]


def learnt(view: View, kind: str = "") -> LearntRow | None:
    """The panel that the odds of a kind were learnt from; of either, where no kind is named."""
    rows = view.rows("choose", "learnt", LearntRow)
    return next((row for row in rows if kind in ("", row.kind)), None)


def odds(view: View, row: Candidate | PlanChoice) -> str:
    """Odds as one in so many where their band is narrow, else as a multiple of the usual rate.

    A dash where there are none. Bands as wide as `WIDE` or wider say how often such odds come true
    too loosely for one number; which candidate is likelier they leave as it is.
    """
    if not row.odds.known:
        return DASH
    if row.odds.high < WIDE * row.odds.low:
        return view.say("one_in", n=view.show(one_in(row.odds.value / 100), "count"))
    return view.say("times_usual", times=view.number(row.times, 1 if row.times < 10 else 0))


def band(view: View, row: Candidate) -> str:
    """The band of the odds in per cent."""
    if not (of := row.odds).known:
        return DASH
    low, high = (view.number(end, 0 if end >= 10 else 1) for end in (of.low, of.high))
    return dashed(low, high) + "%"


def odds_sentence(view: View, row: Candidate) -> str:
    """The odds of an industry with their band, beside the base rate and the start alone."""
    return view.say(
        "odds_said",
        odds=odds(view, row),
        band=band(view, row),
        base=_percent(view, row.base_rate),
        start=_percent(view, row.start_alone),
    )


def fared(view: View, row: Candidate) -> str:
    """The outcome of past picks with such odds; blank where there were none."""
    if not known(row.alike) or row.alike <= 0:
        return ""
    n, came_true = view.show(row.alike, "count"), _percent(view, row.alike_came)
    if not known(row.alike_lasted):
        return view.say(f"fared_{row.kind}_open", n=n, came=came_true)
    lasted = _percent(view, row.alike_lasted)
    return view.say(f"fared_{row.kind}", n=n, came=came_true, lasted=lasted)


def moved(view: View, row: Candidate) -> str:
    """Changes that would move the odds: the level at the line, and a quotient a tenth off."""
    needed = show(row.needed, row.unit, view.lang, digits=3)
    return view.say(
        f"would_change_{row.kind}",
        needed=needed,
        more=_percent(view, row.odds_if_more),
        less=_percent(view, row.odds_if_less),
    )


def headed(view: View, row: Candidate) -> str:
    """An industry with its list and its odds."""
    listed = view.choice("choice_list", row.list)
    return (
        f"{view.name('industries', row.industry)}{view.written.colon}{listed}"
        f"{view.written.comma}{odds(view, row)}"
    )


def lines(view: View, row: Candidate) -> list[Text]:
    """The odds of a candidate, how such picks fared, what would change it, and the evidence."""
    texts: list[Text] = [text for text in (odds_sentence(view, row), fared(view, row)) if text]
    return [*texts, moved(view, row), *sides(view, row.industry)]


def odds_table(
    view: View,
    rows: Sequence[Candidate],
    more: Sequence[str] = (),
    title: str = "",
    *,
    short: bool = False,
) -> Table:
    """Candidates with their odds and `more` to sort by; no column sums the others up.

    With a title of its own it is put away. A `short` one has the odds alone.
    """
    column = TextColumn[Candidate]
    shown = (
        column(view.say("odds_column"), lambda row: odds(view, row), numeric=True),
        column(view.say("band_column"), lambda row: band(view, row), numeric=True),
        "base_rate",
    )
    columns = ("industry", *shown)
    if not short:
        columns = ("industry", "list", *shown, "start_alone", "noise", "measured", *more)
    return table(
        view,
        "choose",
        "candidates",
        columns,
        rows,
        title=title,
        note="" if short else view.say("choose_table_note"),
        fold="closed" if title else "open",
    )


def order_table(view: View) -> Table:
    """Candidates without odds, in the order that is borrowed from another panel, if any is."""
    rows = [row for row in candidates(view) if row.list == UNLISTED]
    columns = ("industry", "kind", *["rank"] * any(known(row.rank) for row in rows), "quotient")
    return table(
        view,
        "choose",
        "candidates",
        columns,
        rows,
        title=view.choice("choice_list", UNLISTED),
        fold="open",
    )


def evidence(view: View, industry: str) -> list[tuple[str, list[Text]]]:
    """Sentences for the event, against it, and those that only explain."""
    rows = [row for row in view.rows("choose", "evidence", Evidence) if row.industry == industry]
    by_side = [(side, [_sentence(view, row) for row in rows if row.side == side]) for side in SIDES]
    return [(side, texts) for side, texts in by_side if texts]


def _sentence(view: View, row: Evidence) -> Text:
    """A piece of evidence as a sentence, with what it rests on."""
    names = view.join(view.name("industries", id) for id in row.neighbours)
    times = view.number(row.value, 1 if row.value < 10 else 0) if known(row.value) else DASH
    text = view.say(
        f"evidence_{row.evidence}",
        times=times,
        names=names,
        percent=_changed(view, row),
        value=view.signed(row.value, 2) if known(row.value) else DASH,
        entity=view.name("entities", row.entity),
        table=view.name("tables", row.table),
    )
    return joined([text, view.rests(row.observations)]) if row.observations else text


def _changed(view: View, row: Evidence) -> str:
    """A change with its sign, a share without."""
    if not known(row.value):
        return DASH
    return (
        view.signed(row.value, 0) if row.evidence.endswith("trend") else view.number(row.value, 0)
    )


def sides(view: View, industry: str) -> list[Text]:
    """The evidence of an industry, a line a side."""
    return [
        (*parts(view.say(f"evidence_{side}")), *parts(joined(texts, view.written.semicolon)))
        for side, texts in evidence(view, industry)
    ]


def _percent(view: View, share: float) -> str:
    if not known(share):
        return DASH
    return f"{view.number(share, 0 if share >= 10 else 1)}%"
