"""The odds of targets with the record of such odds at past origins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songhua.document.blocks import Block, Heading, Points
from songhua.document.tables import TextColumn, table
from songhua.format.cells import percent
from songhua.format.numbers import known
from songhua.format.text import Text
from songhua.format.view import DASH, View
from songhua.plan.vocabulary import NoOdds
from songhua.studies.track.rows import OddsRow, TargetRow


def rows(view: View) -> tuple[OddsRow, ...]:
    """The records of the odds, by target and years ahead."""
    return view.rows("track", "odds", OddsRow)


def odds_sentence(view: View, row: TargetRow) -> str:
    """The odds of a target with the record of as many years ahead; else why there are none."""
    if not known(row.probability):
        return view.choice("no_odds", row.no_odds) if row.no_odds else ""
    record = next(
        record
        for record in rows(view)
        if (record.target, record.ahead) == (row.target, row.probability_ahead)
    )
    said_of = view.say(
        "odds",
        p=chance(row.probability, view.lang),
        years=f"{row.probability_years:.0f}",
        **_record(view, record),
    )
    return view.written.gap.join([said_of, *_names(view, row)])


def then(view: View, row: TargetRow) -> str:
    """That a pace and odds are of the past, and when they were made."""
    return view.say("odds_then", period=view.period(row.since))


def _names(view: View, row: TargetRow) -> Iterator[str]:
    """The other name of the figures, and the odds by a name with differing figures."""
    if row.odds_from:
        params = {"other": view.name("indicators", row.odds_from)}
        yield view.say("odds_from", indicator=view.name("indicators", row.indicator), **params)
    if row.odds_other:
        params = {
            "other": view.name("indicators", row.odds_other),
            "n": row.odds_differ,
            "of": row.odds_common,
        }
        if known(row.probability_other):
            p = chance(row.probability_other, view.lang)
            yield view.say("odds_names_differ", p=p, **params)
        else:
            yield view.say("odds_names_differ_open", **params)


def chance(share: float, lang: str) -> str:
    """A chance in whole per cent; none is certain.

    >>> chance(0.25, "en"), chance(0.001, "en"), chance(0.999, "en")
    ('25%', '<1%', '>99%')
    """
    return "<1%" if share < 0.005 else ">99%" if share > 0.995 else percent(share, lang)


def _hit_rates(view: View, record: OddsRow) -> str:
    """The frequency with which odds of about 10 to 90 % came true; a dash where there were none."""
    return view.join(f"{x * 100:.0f}" if known(x) else DASH for x in record.hit_rates) + "%"


def _record(view: View, row: OddsRow) -> dict[str, object]:
    """A record as the parameters of a sentence."""
    brier, base = (view.number(score, 2) for score in (row.brier, row.brier_base))
    hits = _hit_rates(view, row)
    return {"ahead": row.ahead, "came": hits, "n": row.origins, "brier": brier, "brier_base": base}


def _brier(view: View, record: OddsRow) -> str:
    """The Brier score beside that of the past rate."""
    return " / ".join(view.number(score, 2) for score in (record.brier, record.brier_base))


def records(view: View, targets: Sequence[tuple[TargetRow, str]]) -> list[Block]:
    """The odds of these targets under their names, with the record of one to three years ahead."""
    by_target = {row.target: (name, row) for row, name in targets if known(row.probability)}
    listed = [row for row in rows(view) if row.target in by_target]
    if not listed:
        return []
    column = TextColumn[OddsRow]

    def name(row: OddsRow) -> Text:
        return by_target[row.target][0]

    def odds(row: OddsRow) -> Text:
        target = by_target[row.target][1]
        nearest = target.probability_ahead == row.ahead
        return chance(target.probability, view.lang) if nearest else DASH

    columns = (
        column(view.heading("target")[0], name),
        column(view.heading("probability")[0], odds, numeric=True),
        "ahead",
        column(view.heading("odds_came")[0], lambda row: _hit_rates(view, row), numeric=True),
        "origins",
        column(view.heading("odds_brier")[0], lambda row: _brier(view, row), numeric=True),
    )
    return [
        Heading(1, view.title("track", "odds")),
        table(view, "track", "odds", columns, listed, note=view.say("odds_note")),
    ]


def lines(view: View, targets: Sequence[tuple[TargetRow, str]]) -> list[Block]:
    """The odds of these targets with all their records, in sentences; then why others have none.

    Those of a time that is over come last, as the history that they are.
    """
    given = sorted((of for of in targets if known(of[0].probability)), key=lambda of: of[0].past)
    said_of = [
        name
        + view.written.colon
        + view.written.gap.join(
            [
                *([then(view, row)] if row.past else []),
                odds_sentence(view, row),
                *_other_years(view, row),
            ]
        )
        for row, name in given
    ]
    for why in NoOdds:
        names = [name for row, name in targets if why and row.no_odds == why and not row.past]
        if names:
            subject = view.written.semicolon.join(names)
            said_of.append(f"{subject}{view.written.colon}{view.choice('no_odds', why)}")
    return [Heading(1, view.title("track", "odds")), Points(said_of)] if said_of else []


def _other_years(view: View, row: TargetRow) -> list[str]:
    """The records of other numbers of years ahead."""
    return [
        view.say("odds_ahead", **_record(view, record))
        for record in rows(view)
        if record.target == row.target and record.ahead != row.probability_ahead
    ]
