"""The words of sentences: what a claim rests on stands in them, and a residual is called one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentence_audit import comparison
from sentence_audit.claims import Sentence, claim

BESIDE = ("brief_growth_above", "brief_growth_below", "brief_growth_same")
NET = ("simulate_net", "simulate_net_both", "brief_projects_net", "brief_projects_net_both")
SUMS = (
    "brief_projects_net", "brief_projects_net_both", "brief_projects_operation",
    "brief_projects_operation_both", "brief_projects_construction",
    "brief_projects_construction_both",
)  # fmt: skip
WITH_ENDS = (
    *NET, *SUMS, "simulate_operation", "simulate_operation_both", "simulate_construction",
    "simulate_construction_both",
)  # fmt: skip
SPECIALISED = (
    "most_specialised", "choose_list_entry", "choose_list_exit", "choose_none_entry",
    "choose_none_exit", "choose_plan_secure", "choose_plan_at_risk", "choose_plan_bet",
    "choose_plan_long_shot", "choose_plan_unnamed", "brief_choose_enter", "brief_choose_lose",
    "brief_plan_at_risk",
)  # fmt: skip
SHIFTED = ("shift_share_parts", *comparison.SHIFTED, "brief_industry_behind")
PRICED = (*SHIFTED, "brief_contributions", "brief_contributions_drag")
#: The word that says of a residual that it is one.
RESIDUAL = {"en": "residual", "zh": "残差"}
#: A placeholder of a template, with the fields that it shows.
PLACEHOLDER = re.compile(r"\{([\w/~]+)")


def fields_in(text: str) -> set[str]:
    """The fields that a template shows.

    >>> sorted(fields_in("{n/of:town|towns}: {left~right: to } {unit}{chance:? (#%)}"))
    ['chance', 'left', 'n', 'of', 'right', 'unit']
    """
    return {name for group in PLACEHOLDER.findall(text) for name in re.split("[/~]", group)}


def templates_of(sentence: Sentence) -> dict[str, str]:
    """The words of a kind by language."""
    return {lang: texts[sentence.code] for lang, texts in comparison.templates().items()}


def unsaid(sentence: Sentence, *fields: str) -> Iterator[str]:
    """A line for each field that the words of a language leave out."""
    for lang, text in templates_of(sentence).items():
        yield from (f"the words ({lang}) leave out {f}" for f in fields if f not in fields_in(text))


@claim(*BESIDE, words="the growth is that of a place that is named, beside another that is named")
def places_named(sentence: Sentence) -> Iterator[str]:
    """Both places stand in the words."""
    yield from unsaid(sentence, "region", "place")


@claim(*SUMS, words="the sums are of so many projects, and not of all of a plan")
def number_said(sentence: Sentence) -> Iterator[str]:
    """The number of projects stands in the words."""
    yield from unsaid(sentence, "n")


@claim(*NET, words="what is taken off is named, step by step")
def losses_named(sentence: Sentence) -> Iterator[str]:
    """The steps of the year stand in the words as a field."""
    yield from unsaid(sentence, "steps")


@claim(*WITH_ENDS, words="the ends are of the kind that is named")
def kind_of_ends_said(sentence: Sentence) -> Iterator[str]:
    """The kind of the ends stands in the words."""
    yield from unsaid(sentence, "estimate")


@claim(
    *SPECIALISED, words="a specialisation is one by the series that is named, as far as it covers"
)
def series_named(sentence: Sentence) -> Iterator[str]:
    """The series, whose name has its coverage, stands in the words."""
    yield from unsaid(sentence, "indicator")


@claim(*PRICED, words="the prices of the growth or of the change are named")
def prices_named(sentence: Sentence) -> Iterator[str]:
    """The basis stands in the words."""
    yield from unsaid(sentence, "basis")


@claim(
    *SHIFTED, words="each part stands with its ends; the regional part is a residual, and no deed"
)
def residual_said(sentence: Sentence) -> Iterator[str]:
    """Behind each part are its ends; where the regional part is told, it is called a residual."""
    for lang, text in templates_of(sentence).items():
        parts = [name for name in comparison.PARTS if name in fields_in(text)]
        yield from unsaid(sentence, *(f"{name}_ends" for name in parts))
        if "regional" in parts and RESIDUAL[lang] not in text:
            yield f"the words ({lang}) do not call the regional part a residual"


@claim("brief_target_probably_missed", words="that it is probably missed stands beside its odds")
def odds_said(sentence: Sentence) -> Iterator[str]:
    """The odds stand in the words."""
    yield from unsaid(sentence, "chance")


@claim(
    "brief_ask_sizes",
    "brief_missing_figure",
    "brief_missing_figure_untested",
    words="the statistics office is asked for figures of a place that is named",
)
def place_asked_of(sentence: Sentence) -> Iterator[str]:
    """The place stands in the words."""
    yield from unsaid(sentence, "region")
