"""Tiles: level, growth, rank, age and grade of each are of one thing, and the latest of it."""

from __future__ import annotations

import math
import operator
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from sentence_audit.claims import Sentence, claim
from sentence_audit.rows import (
    CORE,
    TILE,
    age,
    cited,
    differ,
    numeric,
    of_comparison,
    period,
    ranking,
    records,
    shows,
)
from songhua.labels import parse_period, parse_unit

TILES = tuple(
    f"{TILE}{name}" for name in ("product", "industry", "investment", "system", "innovation")
)
OF_RULES = tuple(code for code in TILES if code != "tile_system")
GRADES = ("official", "press", "repost", "weak")
SETTLED = ("actual", "preliminary", "estimate")
ALONE = {"entity": "", "vintage": "", "scope": ""}
Row = dict[str, Any]


@cache
def rule_of(headline: str) -> Row:
    """The measures and industries that a headline may be of, and those that are near."""
    rules = tomllib.loads(files("songhua.studies").joinpath("brief/rules.toml").read_text("utf-8"))
    return next(rule for rule in rules["headline"] if rule["name"] == headline)


def of_region(sentence: Sentence, **cells: Any) -> list[Row]:
    """Figures of the region itself: observed, beside other places, growth from a year before."""
    own = {"region": sentence.region.code, **cells}
    figures = records(
        sentence, "diagnose.figures", kind=SETTLED, entity="", vintage="", scope="", **own
    )
    catalogue = sentence.region.catalogue
    observed = [{**row, "form": catalogue[row["indicator"]].form, "start": ""} for row in figures]
    beside = [{**row, "observation": ""} for row in records(sentence, "diagnose.peers", **own)]
    changes = [
        {**row, "form": "growth", "start": "", "unit": "%", "observation": row["observations"]}
        for row in records(sentence, "diagnose.changes", scope="", **own)
        if math.isnan(row["published"]) or row["disagrees"]
    ]
    return [*observed, *beside, *changes]


def _cells(sentence: Sentence, row: Row) -> list[str]:
    """The cells of panels that a figure of the region is, or is made of."""
    cells = sentence.region.figures.cells.select(
        kind=SETTLED, indicator=row["indicator"], region=row["region"], industry=row["industry"]
    )
    ends = {str(row["start"]), str(row["period"])}
    return [id for id, at in zip(cells.ids, cells.texts("period"), strict=True) if str(at) in ends]


def _same(tile: Row, names: tuple[str, ...], row: Row) -> bool:
    """The tile's number and its ends are those of a row."""
    numbers = zip(names, (row["value"], row["low"], row["high"]), strict=True)
    return all(
        numeric(tile[name]) == cell or shows(None if math.isnan(cell) else cell, tile[name])
        for name, cell in numbers
    )


def levels(sentence: Sentence) -> list[Row]:
    """The figures that are the tile's level."""
    tile = dict(sentence.params)
    alike = of_region(
        sentence,
        indicator=tile["indicator"],
        industry=tile["industry"],
        period=tile["period"],
        unit=tile["unit"],
    )
    ends = ("value", "low", "high")
    return [
        row
        for row in alike
        if row["form"] == "level" and _same(tile, ends, row) and row["estimate"] == tile["estimate"]
    ]


def growths(sentence: Sentence) -> list[Row]:
    """The figures that are the tile's growth."""
    tile = dict(sentence.params)
    alike = of_region(
        sentence, indicator=tile["rate"], industry=tile["industry"], period=tile["rate_period"]
    )
    ends = ("growth", "growth_low", "growth_high")
    rates = [row for row in alike if "growth" in row["form"] and row["start"] == tile["rate_start"]]
    return [row for row in rates if _same(tile, ends, row)]


@claim(
    *OF_RULES,
    words="level and growth are figures of the region, of the measures of the headline, of one industry and of that very period; no later one of a better grade than weak is held of the series, and none of a weak grade is shown where a better one of the headline is held",
)
def figures_of_the_tile(sentence: Sentence) -> Iterator[str]:
    """The level and the growth are each a figure, and what is cited is they."""
    tile, region = sentence.params, sentence.region
    shown = [
        (name, rows)
        for name, number, rows in (("indicator", "value", levels), ("rate", "growth", growths))
        if tile[number] is not None
        for rows in [rows(sentence)]
    ]
    for name, figures in shown:
        if not figures:
            yield f"no figure of {tile[name]} is as the tile shows"
        elif _later(sentence, figures[0]):
            yield f"a later figure of {tile[name]} is held"
    observed = {
        id
        for _, figures in shown
        for row in figures
        for id in row["observation"].split() or _cells(sentence, row)
    }
    if not {*sentence.observations} <= observed or (observed and not sentence.observations):
        yield f"the figures are {sorted(observed)}"
    rule = rule_of(sentence.code.removeprefix(TILE))
    measures = {
        region.catalogue[tile[name]].measure for name, _ in shown if tile[name] in region.catalogue
    }
    wanted = {"held": rule["measures"], "nearest": rule["nearest"]}.get(tile["held"], ())
    if not measures <= set(wanted) or (shown and tile["industry"] not in rule["industries"]):
        yield f"{tile['held']}: of {sorted(measures)} in {tile['industry']}"
    if len(measures) > 1 and measures != {"value_added", "volume"}:
        yield f"the growth is of another measure than the level: {sorted(measures)}"
    if bool(shown) != (tile["held"] != "missing"):
        yield f"{tile['held']}, and figures are shown or not"
    fitting = [row for row in of_region(sentence) if _fits(sentence, row, rule)]
    if tile["held"] != "held" and fitting:
        yield "a figure of the headline is held"
    leads = [name for name, rows in shown if rows and all(_lead(sentence, row) for row in rows)]
    if tile["held"] == "held" and leads and not all(_lead(sentence, row) for row in fitting):
        yield f"{leads} is of a weak grade, and a better figure of the headline is held"
    yield from differ(sentence, headline=sentence.code.removeprefix(TILE), known=0, members=0)


def _fits(sentence: Sentence, row: Row, rule: Row) -> bool:
    measure = sentence.region.catalogue[row["indicator"]].measure
    forms = ("level", "growth", "average_growth")
    return (
        measure in rule["measures"]
        and row["industry"] in rule["industries"]
        and row["form"] in forms
    )


def _lead(sentence: Sentence, row: Row) -> bool:
    """A figure of the weakest grade, or one made of such a figure."""
    grades = [figure.grade for figure in cited(sentence, row["observation"].split())]
    if not grades:
        places = {"indicator": row["indicator"], "region": row["region"]}
        about = {**places, "industry": row["industry"], "period": row["period"]}
        figures = records(sentence, "diagnose.figures", kind=SETTLED, **ALONE, **about)
        grades = [figure["grade"] for figure in figures]
    return GRADES[-1] in grades


def _again(sentence: Sentence, row: Row) -> bool:
    """The number of an earlier period, printed again."""
    doubts = sentence.region.figures.doubts
    ids = row["observation"].split()
    return any(doubt.kind == "repeated" for id in ids for doubt in doubts.get(id, ()))


def _later(sentence: Sentence, row: Row) -> bool:
    """A later figure of the series, of its kind of period and better than weak, is held."""
    at = period(row["period"])
    names = ("indicator", "industry", "form", "start", "unit")
    alike = of_region(sentence, indicator=row["indicator"], industry=row["industry"])
    return any(
        period(other["period"]).end > at.end
        for other in alike
        if all(other[name] == row[name] for name in names)
        and period(other["period"]).kind == at.kind
        and (_lead(sentence, row) or not _lead(sentence, other))
    )


@claim(
    *OF_RULES,
    words="the prices of the growth are those of its series; of money without any they are not stated, of a level at current prices they are these",
)
def prices_of_the_growth(sentence: Sentence) -> Iterator[str]:
    """The prices in the catalogue, and none of what is worth no money."""
    rate = sentence.region.catalogue.get(sentence.params["rate"])
    if rate is None:
        yield from differ(sentence, growth_basis="")
        return
    relations, catalogue = sentence.region.relations, sentence.region.catalogue
    level = catalogue.get(relations.level_of(rate.id)) if rate.rate else rate
    money = level is not None and bool(level.unit) and parse_unit(level.unit).money
    without = ("unstated" if rate.rate else "current") if money else ""
    yield from differ(sentence, growth_basis=rate.basis or without)


@claim(
    *OF_RULES,
    words="a newer part of a year is the latest of the tile's figures, later than the one shown",
)
def newer_part(sentence: Sentence) -> Iterator[str]:
    """The latest of all figures that the tile could show; none where that is what it shows."""
    tile = sentence.params
    rule = rule_of(sentence.code.removeprefix(TILE))
    measures = rule["measures"] if tile["held"] == "held" else rule.get("nearest", ())
    rows = [
        row
        for row in of_region(sentence)
        if sentence.region.indicator(row["indicator"]).measure in measures
        and row["industry"] in rule["industries"]
        and row["form"] in ("level", "growth", "average_growth")
    ]
    about = operator.itemgetter("indicator", "industry", "period")
    weak = {about(row) for row in rows if row.get("grade") == "weak"}
    rows = [row for row in rows if not _again(sentence, row)] or rows
    better = [row for row in rows if about(row) not in weak] or rows
    periods = [parse_period(str(row["period"])) for row in better]
    newest = max(periods, key=lambda period: (period.end, period.start), default=None)
    shown = [parse_period(text) for text in map(str, (tile["period"], tile["rate_period"])) if text]
    late = newest is not None and all(newest.end > period.end for period in shown)
    yield from differ(sentence, newer=str(newest) if late else "")


@claim(
    *TILES,
    words="the age is that of the newest figure shown on the day of the view, the grade the weakest of the figures shown",
)
def age_and_grade(sentence: Sentence) -> Iterator[str]:
    """Years since the end of the period; the weakest of the grades."""
    tile = sentence.params
    periods = [text for text in (tile["period"], tile["rate_period"]) if text]
    expected = min((age(sentence, text) for text in periods), default=math.nan)
    yield from differ(sentence, age=expected)
    grades = [figure.grade for figure in cited(sentence)]
    for name, figures in (("indicator", levels), ("rate", growths)):
        shown = figures(sentence) if tile[name] else []
        if shown and not any(row["observation"] for row in shown):
            grades += sentence.region.figures.cells.select(indicator=tile[name]).distinct("grade")
    weakest = max(filter(None, grades), key=GRADES.index, default="")
    if tile["grade"] != weakest and tile["held"] != "missing":
        yield f"grade is {tile['grade']}, the weakest of the figures shown {weakest}"


@claim(
    *TILES,
    words="the rank is that of the level or of the growth shown, of its very period, among the region and its comparison regions, as far as rounding fixes it; none of these stands there by a weak source",
)
def rank_of_the_tile(sentence: Sentence) -> Iterator[str]:
    """The rank is recomputed, and what is ranked is what the tile shows."""
    tile = sentence.params
    if tile["rank"] is None:
        if tile["of"] or tile["ranked"]:
            yield "a number of places stands without a rank"
        return
    home, rank = ranking(
        sentence,
        indicator=tile["ranked"],
        form=tile["rank_form"],
        period=tile["rank_period"],
        industry=tile["industry"],
    )
    if not home:
        yield "no row of peers is of what is ranked"
        return
    yield from differ(sentence, **rank)
    keys = ("indicator", "industry", "form", "start", "period", "unit")
    alike = records(sentence, "diagnose.peers", region=list(of_comparison(sentence)))
    for row in alike:
        if all(row[key] == home[key] for key in keys) and _lead(
            sentence, row | {"observation": ""}
        ):
            yield f"{row['region']} is ranked by a weak source"
    same = sentence.region.relations.same_quantity
    shown = (
        (tile["indicator"], tile["period"], "", ("level",), tile["value"]),
        (
            tile["rate"],
            tile["rate_period"],
            tile["rate_start"],
            ("growth", "average_growth"),
            tile["growth"],
        ),
    )
    if not any(
        value is not None
        and home["indicator"] in (name, *same(name))
        and (home["period"], home["start"]) == (when, start)
        and home["form"] in forms
        and (shows(round(home["value"], 9), value) or home["low"] <= value <= home["high"])
        for name, when, start, forms, value in shown
    ):
        yield f"ranked is {home['form']} of {home['indicator']} in {home['period']}, which the tile does not show"


@claim(
    "tile_system",
    words="it is the largest of the plan's leading and advantageous industries that have a size of one measure, unit and time, those of weak sources apart, and so many of them have",
)
def largest_of_the_system(sentence: Sentence) -> Iterator[str]:
    """The largest of the measure and time that most have, recomputed from the system."""
    core = records(sentence, "diagnose.system", role=CORE)
    sized = [row for row in core if row["state"] == "known"]
    sized = [row for row in sized if row["grade"] != GRADES[-1]] or sized
    yield from differ(
        sentence, members=len({row["industry"] for row in core}), headline="system",
        held="held" if sized else "missing",
    )  # fmt: skip
    if not sized:
        return
    counts = Counter((row["measure"], row["unit"], row["period"]) for row in sized)
    group = max(counts, key=lambda key: (counts[key], period(key[2]).end))
    alike = [row for row in sized if (row["measure"], row["unit"], row["period"]) == group]
    top = max(alike, key=lambda row: row["value"])
    yield from differ(sentence, known=len(alike))
    yield from differ(
        sentence,
        **{
            name: top[name]
            for name in (
                "indicator",
                "industry",
                "period",
                "value",
                "low",
                "high",
                "unit",
                "estimate",
                "growth",
                "growth_low",
                "growth_high",
                "growth_basis",
            )
        },
    )
    if [*sentence.observations] != top["observations"].split():
        yield f"the figures are {top['observations']}"


@claim(*TILES, words="the line beside it has years of the series of the level or of the growth")
def years_of_the_line(sentence: Sentence) -> Iterator[str]:
    """Each year of the line is a figure of the region."""
    tile = sentence.params
    line = records(sentence, "brief.trends", headline=sentence.code.removeprefix(TILE))
    figures = of_region(sentence, industry=tile["industry"])
    known = {(f["indicator"], f["period"], f["unit"], f["value"]) for f in figures}
    for row in line:
        cells = tuple(row[name] for name in ("indicator", "period", "unit", "value"))
        if row["indicator"] not in (tile["indicator"], tile["rate"]) or cells not in known:
            yield f"{row['period']} of the line is no figure of the series shown"
