"""Sentences of accounts: figures used, width, contradictions, years, and what is missing most."""

from __future__ import annotations

from collections.abc import Iterator

from sentence_audit.claims import Sentence, claim
from sentence_audit.rows import differ, names, records, shows
from songhua.maths.accounts.prior import load

WIDE, TWO_DIGITS = 4.0, 2


def rough(value: float) -> float:
    """A number to two digits.

    >>> rough(72.4), rough(0.1234)
    (72.0, 0.12)
    """
    return float(f"{value:.{TWO_DIGITS}g}")


@claim(
    "accounts_rest_on",
    words="so many figures of the ledger are used, of all in it; the industries are those of the table, and the width is the mean of theirs",
)
def figures_used(sentence: Sentence) -> Iterator[str]:
    """The rows of the ledger that are read, and the mean of what they leave of the model's width."""
    ledger = records(sentence, "accounts.ledger")
    cells = records(sentence, "accounts.cells", measure="value_added")
    widths = [row["model"] for row in cells if row["model"] == row["model"]]
    yield from differ(
        sentence, used=sum(row["reading"] != "none" for row in ledger), of=len(ledger),
        industries=len(cells), model=rough(sum(widths) / len(widths)) if widths else 0.0,
    )  # fmt: skip
    if sentence.params["period"] not in {row["period"] for row in cells}:
        yield "the accounts are of another period"


@claim(
    "accounts_wide",
    words="the upper end of value added is more than so many times the lower end for so many of the table's industries",
)
def wide_intervals(sentence: Sentence) -> Iterator[str]:
    """The industries whose interval is wide."""
    cells = records(sentence, "accounts.cells", measure="value_added")
    wide = [row for row in cells if row["high"] > WIDE * max(row["low"], 1e-9)]
    yield from differ(sentence, n=len(wide), of=len(cells), times=WIDE)


@claim(
    "accounts_missing_figure",
    "brief_missing_figure",
    "brief_missing_figure_untested",
    words="no other figure of those listed removes more of what is open; by how much is that row's; whoever is asked is asked for the region's own",
)
def missing_most(sentence: Sentence) -> Iterator[str]:
    """The first of the missing figures, which narrows most."""
    listed = records(sentence, "accounts.missing_figures")
    top = max(listed, key=lambda row: row["narrows"], default=None)
    if top is None:
        yield "no figure is missing"
        return
    brief = sentence.code.startswith("brief")
    if brief:
        second = listed[1]["narrows"] if len(listed) > 1 else None
        yield from differ(
            sentence, region=sentence.region.code,
            period=records(sentence, "accounts.cells")[0]["period"],
            next_narrows=None if second is None else round(second, 1),
        )  # fmt: skip
        nation = sentence.region.tables[top["table"]].region
        learnt = load().study_of(nation, sentence.region.code) is not None
        if sentence.code.endswith("_untested") == learnt:
            yield "the model is tested in such a region, or it is not"
    narrows = round(top["narrows"], 1) if brief else rough(top["narrows"])
    yield from differ(
        sentence, table=top["table"], table_industries=[top["code"]],
        account_measure=top["measure"], narrows=narrows,
    )  # fmt: skip


@claim(
    "accounts_contradiction",
    "accounts_contradiction_assumed",
    words="the figures and the assumptions are those of that set, found at that stage",
)
def members_of_the_set(sentence: Sentence) -> Iterator[str]:
    """The members of a set that cannot all hold."""
    members = records(sentence, "accounts.contradictions", set=sentence.params["set"])
    assumed = list(dict.fromkeys(row["assumption"] for row in members if row["assumption"]))
    yield from differ(sentence, n=sum(not row["assumption"] for row in members))
    if assumed != (sentence.params.get("account_assumption") or []):
        yield f"assumed is {assumed}"
    if {row["stage"] for row in members} != {sentence.params["account_stage"]}:
        yield "the set was found at another stage"
    if {*sentence.observations} != {id for row in members for id in names(row["observations"])}:
        yield "other figures are members"


@claim(
    "brief_accounts_contradiction",
    words="so many sets of print cannot hold; the first has so many members, the first of them the figure that is named",
)
def first_set(sentence: Sentence) -> Iterator[str]:
    """The first set of printed figures."""
    rows = records(sentence, "accounts.contradictions", stage="print")
    sets = sorted({row["set"] for row in rows})
    members = [row for row in rows if row["set"] == sets[0]] if sets else []
    if not members:
        yield "no set of print is found"
        return
    first = members[0]
    yield from differ(
        sentence, n=len(sets), members=len(members),
        **{name: first[name] for name in ("indicator", "industry", "period")},
    )  # fmt: skip


@claim(
    "accounts_far", words="so many of the figures in use lie outside what the others lead to expect"
)
def far_figures(sentence: Sentence) -> Iterator[str]:
    """The figures marked as far, and those tried."""
    rows = records(sentence, "accounts.tensions")
    yield from differ(sentence, n=sum(bool(row["far"]) for row in rows), of=len(rows))


@claim(
    "accounts_years",
    "accounts_years_of_series",
    words="these years, and no others, have accounts; they are of one series, or of these",
)
def years_with_accounts(sentence: Sentence) -> Iterator[str]:
    """The years and the series of the accounts by year."""
    rows = records(sentence, "accounts.years")
    periods, series = (
        list(dict.fromkeys(row[name] for row in rows)) for name in ("period", "series")
    )
    yield from differ(sentence, n=len(periods), periods=periods, indicators=series)
    if (sentence.code == "accounts_years") != (len(series) == 1):
        yield "the years are of one series, or of several"


@claim(
    "accounts_learnt",
    words="the model was learnt in so many regions of that study, and its intervals held so much of what was held out",
)
def learnt_from(sentence: Sentence) -> Iterator[str]:
    """The study that a prior was learnt in, with one of its recorded scores."""
    params, prior = sentence.params, load()
    studies = [one for one in prior.studies if one.name.texts == params["error_study"]]
    if not studies:
        yield "no model was learnt in such a study"
        return
    yield from differ(sentence, n=studies[0].regions)
    scores = [score.coverage for score in prior.scores if score.country == studies[0].key]
    if not any(shows(params["covered"], rough(score * 100)) for score in scores):
        yield f"no record of it has {params['covered']}%"


@claim(
    "accounts_area",
    words="the ledger reads so many industries of the area that the folder names, of that period",
)
def of_the_area(sentence: Sentence) -> Iterator[str]:
    """The figures that the ledger reads as quotients of the area, and the table's own nation."""
    region, params = sentence.region, sentence.params
    read = records(sentence, "accounts.ledger", reading="area_quotient")
    yield from differ(
        sentence, place=region.within, n=len(read), period=read[0]["period"] if read else "",
        region_kind=region.kind,
    )  # fmt: skip
    figures = region.figures
    places = {figures.frame.region.iloc[figures.places[id]] for id in sentence.observations}
    if places != {params["place"]}:
        yield f"the figures are of {sorted(places)}"
    if params["reference"] not in {table.region for table in region.tables.values()}:
        yield "no table is of what it stands beside"


@claim("accounts_no_area", words="the ledger reads nothing of the area that the folder names")
def nothing_of_the_area(sentence: Sentence) -> Iterator[str]:
    """An area that is named, and no figure of it in use."""
    yield from differ(sentence, place=sentence.region.within)
    if records(sentence, "accounts.ledger", reading="area_quotient"):
        yield "figures of the area are read"


@claim(
    "accounts_other_year",
    words="the other year is the region's base year, and the accounts are of the period that is named",
)
def other_year(sentence: Sentence) -> Iterator[str]:
    """The base year, and the period of the cells."""
    yield from differ(sentence, other=str(sentence.region.base_year or ""))
    periods = {row["period"] for row in records(sentence, "accounts.cells")}
    if periods and periods != {sentence.params["period"]}:
        yield f"the accounts are of {sorted(periods)}"


@claim("accounts_no_intervals", "accounts_above_table", words="no interval is given")
def without_intervals(sentence: Sentence) -> Iterator[str]:
    """No cell has an interval."""
    if any(row["estimate"] == "interval" for row in records(sentence, "accounts.cells")):
        yield "a cell has an interval"
