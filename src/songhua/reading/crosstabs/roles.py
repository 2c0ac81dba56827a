"""The role of each axis of a table: by an answer, by its caption, by its texts, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from songhua.grammar.period_runs import read_periods
from songhua.grammar.periods import spoken_period
from songhua.reading.crosstabs.axes import (
    CATALOGUED,
    INDICATOR,
    INDUSTRY,
    LEFT,
    MONTH,
    NOTE,
    PART,
    PATH,
    PERIOD,
    QUARTER,
    REGION,
    UNIT,
    Axis,
    is_flags,
    period_of,
)
from songhua.reading.crosstabs.bilingual import untranslated
from songhua.reading.crosstabs.blocks import Block
from songhua.reading.crosstabs.texts import TextSense, Words
from songhua.reading.crosstabs.vocabulary import corner, is_aside, is_code, speaks_of, vocabulary
from songhua.reading.sheets.grid import Grid
from songhua.reading.sheets.words import key, split_marks, without_prefix

#: Words that stand over labels and say what they are.
CAPTIONS = frozenset({INDICATOR, REGION, INDUSTRY, PERIOD, "value"})
_VOTED = (REGION, INDUSTRY, INDICATOR)
#: An axis whose known texts are so many of all is of their role.
_ENOUGH = 0.3
#: One in so many texts of a column of periods may be none: a mean, a rate over them.
_FEW = 10
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_CODED = re.compile(r"(?=.*[A-Z])[A-Z0-9_.-]{2,16}")
_YEAR_END = re.compile(r"\d{4}-12-31")
#: Why a text that is a period has none: two fit, or its year stands nowhere.
OPEN_PERIODS = frozenset({
    "financial_year", "month_or_financial_year", "month_or_day", "day_or_month", "century",
    "year_missing", "order",
})  # fmt: skip


def assign_roles(
    words: Words,
    labels: Sequence[Axis],
    levels: Sequence[Axis],
    answered: Mapping[str, str],
    year: str,
    block: Block,
    grid: Grid,
) -> None:
    """Give each axis its role: by an answer, by its caption, by its texts, or none."""
    single = len(block.values) == 1
    captioned = len(levels) > 1 and sum(bool(corner(axis.caption)) for axis in levels) > 1
    for axis in levels:
        caption = corner(axis.caption) if captioned else ""
        _assign(words, axis, answered, caption, year)
    if single and len(levels) == 1 and not levels[0].sure:
        texts = levels[0].first
        if all(corner(text) == "value" for text in texts):
            levels[0].role, levels[0].sure = LEFT, True
    for axis in labels:
        caption = corner(axis.caption)
        if captioned and not (caption and len(labels) > 1):
            caption = ""
        if is_flags(axis, block) or is_aside(axis.caption.rpartition(PATH)[2]):
            axis.role, axis.sure = LEFT, True
            continue
        _assign(words, axis, answered, caption, year)
    lonely = len(labels) == len(levels) == 1
    if lonely and labels[0].role == levels[0].role and labels[0].role:
        _disagree(words, labels[0], levels[0], year)
    years_of_months(grid, block, labels)
    _leave_determined(grid, block, labels)
    _by_rest(words, labels, levels)


def _assign(words: Words, axis: Axis, answered: Mapping[str, str], caption: str, year: str) -> None:
    single = next(iter(axis.first), "") if len(axis.first) == 1 and axis.side == "column" else ""
    if single and not caption and corner(single) in CAPTIONS:
        axis.role, axis.sure = LEFT, True
        return
    if len(axis.first) > 1 and all(key(t) in _sexes() or is_total(t) for t in axis.first):
        axis.read(words, PART, year)
        axis.sure = True
        return
    if axis.side == "row" and len(axis.first) == 1 and not caption and is_code(axis.caption):
        axis.role, axis.sure = LEFT, True
        return
    if answer := answered.get(axis.name, ""):
        axis.read(words, answer, year)
        axis.sure = True
        return
    if caption == PERIOD and (part := part_of_period(axis)):
        axis.role, axis.sure = part, True
        return
    if serial(axis) or (caption == "ignored" and axis.side == "row"):
        axis.role, axis.sure = LEFT, True
        return
    begins = int(answered.get("year_begins") or 0)
    if periods := read_axis_periods(axis, year, begins):
        axis.role, axis.senses, axis.share, axis.sure = PERIOD, periods, 1.0, True
        return
    if caption in ("ignored", "note", "value"):
        axis.role, axis.sure = {"ignored": LEFT, "note": NOTE, "value": LEFT}[caption], True
        axis.senses = {text: words.sense(text) for text in axis.first}
        return
    if caption and caption != PERIOD:
        axis.read(words, caption, year)
        if axis.side == "column" and caption in CATALOGUED and not axis.share:
            _vote(words, axis, year)
            if axis.share == 1:
                return
            axis.read(words, caption, year)
        if caption == INDICATOR and _names_industries(axis):
            axis.read(words, INDUSTRY, year)
        axis.sure = True
        return
    _vote(words, axis, year)


def _names_industries(axis: Axis) -> bool:
    """True for items of which most are industries alone, as in a table of value added."""
    senses = axis.senses.values()
    if any(INDICATOR in sense.sets for sense in senses):
        return False
    return sum(sense.clear and [*sense.sets] == [INDUSTRY] for sense in senses) * 2 > len(senses)


@cache
def _sexes() -> frozenset[str]:
    return frozenset(map(key, vocabulary().sexes))


def is_total(text: str) -> bool:
    """True for a label that means all of a table: 总计, Total.

    >>> is_total("总  计"), is_total("Totnes")
    (True, False)
    """
    word = key(without_prefix(untranslated(text)))
    return word in {key(total) for total in vocabulary().tokens["all"]["industry"]}


def _vote(words: Words, axis: Axis, year: str) -> None:
    """The role under which most texts are known; none where few are."""
    best: tuple[float, str] = (0.0, "")
    for role in _VOTED:
        axis.read(words, role, year)
        share = sum(s.clear and not s.empty for s in axis.senses.values()) / max(1, len(axis.first))
        share = min(share, axis.share + 0.01) if role != INDICATOR else share
        if axis.share and share > best[0]:
            best = (share, role)
    vendor = sum(":" in text or "：" in text for text in axis.first) * 2 > len(axis.first)
    axis.guess = best[1] if best[0] > 0.1 and not vendor else ""
    if best[0] >= _ENOUGH or (best[1] and len(axis.first) < 3):
        axis.read(words, best[1], year)
        return
    senses = {text: words.sense(text, "", year) for text in axis.first}
    if senses and all(s.units and not s.sets and not s.name for s in senses.values()):
        axis.role, axis.senses, axis.share, axis.sure = UNIT, senses, 1.0, True
        return
    if senses and all(s.clear and not s.empty for s in senses.values()):
        axis.role, axis.senses, axis.share = PART, senses, 1.0
        return
    axis.role, axis.senses, axis.share = "", senses, best[0]


def coded_texts(axis: Axis) -> int:
    """1 where all texts of an axis are codes such as DE1, 0 where any is a name."""
    return int(all(_CODED.fullmatch(text) for text in axis.first))


def serial(axis: Axis) -> bool:
    """True for labels that only count the rows: 1, 2, 3 …"""
    texts = list(axis.first)
    return len(texts) > 2 and texts in (
        [str(n) for n in range(len(texts))],
        [str(n + 1) for n in range(len(texts))],
    )


def read_axis_periods(axis: Axis, year: str, begins: int = 0) -> dict[str, TextSense]:
    """The periods of an axis of nothing else; none where a text is no period.

    Each is read with its neighbours; `begins` is the first month of financial years.
    """
    texts = list(axis.first)
    senses: dict[str, TextSense] = {}
    rows: list[str] = []
    for text, reading in zip(texts, read_periods(texts, year_begins=begins), strict=True):
        alone = reading.reason in OPEN_PERIODS - {"year_missing"}
        period = None if alone else (reading.period or spoken_period(split_marks(text)[0], year))
        if period is not None:
            year_end = reading.reason == "year_days" and _YEAR_END.fullmatch(text)
            period = period_of(period, "quarter") if reading.reason == "quarter_days" else period
            senses[text] = TextSense({"period": period[:4] if year_end else period})
        elif reading.reason in OPEN_PERIODS:
            senses[text] = TextSense(many=(reading.reason,))
        else:
            rows.append(text)
    if len(rows) * _FEW > len(texts):
        return {}
    return senses | {text: TextSense(unknown=(text,)) for text in rows}


def _disagree(words: Words, label: Axis, level: Axis, year: str) -> None:
    """Two axes of one role: the one with fewer known texts is of another."""
    if label.role == PERIOD:
        return
    weak = label if label.share < level.share else level
    if not weak.sure and weak.share < 1:
        weak.role, weak.senses = "", {t: words.sense(t, "", year) for t in weak.first}


def _leave_determined(grid: Grid, block: Block, labels: Sequence[Axis]) -> None:
    """Leave a column that another one determines: its codes, its other language, its groups.

    A place has one state, an industry one code: the name alone tells figures apart. Of two columns
    that determine each other the one of which more is known stays, and of these the first.
    """
    figured = [r for r in block.body if any(grid.text(r, c) for c in block.values)]
    for at, axis in enumerate(labels):
        for other, partner in enumerate(labels):
            if axis is partner or axis.role not in ("", partner.role) or len(axis.first) < 2:
                continue
            coded = is_code(axis.caption) and not is_code(partner.caption)
            is_open = coded and not partner.role
            if not (partner.role in CATALOGUED or is_open) or len(partner.first) < len(axis.first):
                continue
            texts = ((grid.area_text(r, partner.at), grid.area_text(r, axis.at)) for r in figured)
            pairs = set(texts)
            if any(not name and text for name, text in pairs):
                continue
            if len({name for name, _ in pairs}) < len(pairs):
                continue
            back = len(axis.first) > 0.8 * len(partner.first)
            codes = coded_texts(axis) - coded_texts(partner)
            weaker = (axis.share, -codes, -at) < (partner.share, 0, -other)
            if axis.role == "" or not back or weaker:
                axis.role, axis.sure = LEFT, True
                break


def _by_rest(words: Words, labels: Sequence[Axis], levels: Sequence[Axis]) -> None:
    """Axes without a role are parts of the indicator's name where an axis of indicators stands."""
    axes = [*labels, *levels]
    for axis in axes:
        if axis.role == "" and not axis.first:
            axis.role = LEFT
    if any(axis.role == INDICATOR for axis in axes):
        for axis in levels:
            if axis.role == "":
                axis.read(words, PART)


def years_of_months(grid: Grid, block: Block, labels: Sequence[Axis]) -> None:
    """Make a column the years of the months beside it, though other lines have words there."""
    months = [
        axis for axis in labels
        if axis.role == PERIOD and any(s.many == ("year_missing",) for s in axis.senses.values())
    ]  # fmt: skip
    for axis in (axis for axis in labels if months and not axis.role):
        rows = [r for r in block.body if grid.area_text(r, months[0].at)]
        texts = {grid.area_text(r, axis.at) for r in rows} - {""}
        if texts and all(_BARE_YEAR.fullmatch(text) for text in texts):
            axis.role, axis.sure = PERIOD, True
            axis.senses = {
                text: TextSense({"period": text}) if text in texts else TextSense(unknown=(text,))
                for text in axis.first
            }


def part_of_period(axis: Axis) -> str:
    """The role of a column of quarters or months that stand beside their year."""
    if all(re.fullmatch(r"[Qq]?[1-4]", text) for text in axis.first) and speaks_of(
        "quarters", axis.caption
    ):
        return QUARTER
    months = all(text.isdigit() and 1 <= int(text) <= 12 for text in axis.first)
    return MONTH if months and speaks_of("months", axis.caption) else ""
