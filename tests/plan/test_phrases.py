"""Targets of published plans are read right or refused: phrase by phrase, and for any fields."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import phrases
from songhua.checks.targets import targets_fit
from songhua.errors import SonghuaError
from songhua.grammar.lexer import tokenised
from songhua.grammar.lexicon import folded
from songhua.grammar.names import Names
from songhua.plan import PlanTarget, Target, format_target, parse_target
from songhua.plan.target_names import TargetNames
from songhua.plan.target_writer import written
from songhua.plan.targets import number
from songhua.plan.vocabulary import (
    Bound,
    Course,
    Effort,
    HoldKind,
    Nature,
    Pace,
    Prices,
    Quantity,
    Relation,
    Sense,
)
from songhua.region.indicators import Indicator
from songhua.studies.track.resolved_targets import resolve

#: Readable phrases that are refused, by corpus and language: a remedy can be followed.
NOT_READ = {
    ("phrases", "en"): 20,
    ("phrases", "zh"): 4,
    ("printed_targets", "en"): 44,
    ("printed_targets", "zh"): 39,
    ("drawn_cases", "en"): 1,
    ("drawn_cases", "zh"): 0,
    ("fresh_targets", "en"): 30,
    ("fresh_targets", "zh"): 12,
    ("made_phrases", "en"): 1,
    ("made_phrases", "zh"): 4,
}
#: The share that may be refused. Of what was collected last, English is still refused more often.
MOST = {("fresh_targets", "en"): 0.25, ("made_phrases", "zh"): 0.15}


def listed(corpus: str, lang: str) -> list[phrases.Phrase]:
    """The phrases of a corpus in one language."""
    return [phrase for phrase in phrases.phrases(corpus) if phrase.language == lang]


@pytest.mark.parametrize(("corpus", "lang"), NOT_READ)
def test_every_phrase_is_read_right_or_refused(corpus: str, lang: str) -> None:
    misread, refused, readable = [], 0, 0
    for phrase in listed(corpus, lang):
        readable += not phrase.refused
        try:
            target = parse_target(phrase.phrase, phrase.names)
        except SonghuaError as error:
            refused += not phrase.refused
            assert all(fault.code.startswith("target_") for fault in error.faults)
            assert all(fault.words(lang) for fault in error.faults)
            continue
        if phrase.refused or phrases.fields_of(target) != phrase.fields:
            misread.append((phrase.phrase, target))
    assert misread == []
    assert refused == NOT_READ[corpus, lang]
    assert refused <= MOST.get((corpus, lang), 0.1) * readable


@pytest.mark.parametrize("corpus", phrases.CORPORA)
def test_what_is_read_is_written_and_read_back(corpus: str) -> None:
    lost = []
    for phrase in phrases.phrases(corpus):
        try:
            target = parse_target(phrase.phrase, phrase.names)
        except SonghuaError:
            continue
        names = Names((target.subject,), (target.peer,))
        again = [parse_target(written(target, lang), names) for lang in ("en", "zh")]
        lost += [(phrase.phrase, written(target, "en"))] if again != [target] * 2 else []
    assert lost == []


@pytest.mark.parametrize("corpus", phrases.CORPORA)
def test_the_roles_cover_the_text(corpus: str) -> None:
    for phrase in phrases.phrases(corpus):
        text = folded(phrase.phrase.strip())
        tokens = tokenised(text, phrase.names)
        ends = [0, *(token.end for token in tokens)]
        starts = [*(token.start for token in tokens), len(text)]
        between = [text[end:start] for end, start in zip(ends, starts, strict=True)]
        assert not "".join(between).strip(), phrase.phrase
        assert all(end <= start for end, start in zip(ends, starts, strict=True)), phrase.phrase


def test_the_collections_are_what_they_say() -> None:
    counts = {name: len(list(phrases.phrases(name))) for name in phrases.CORPORA}
    assert counts == {
        "phrases": 1_126,
        "printed_targets": 1_292,
        "drawn_cases": 120,
        "fresh_targets": 275,
        "made_phrases": 63,
    }
    for name, n in counts.items():
        assert len({phrase.phrase for phrase in phrases.phrases(name)}) == n


@pytest.mark.parametrize("corpus", phrases.CORPORA)
def test_each_is_measured_as_it_was_meant(corpus: str) -> None:
    for phrase in phrases.phrases(corpus):
        try:
            target = parse_target(phrase.phrase, phrase.names)
        except SonghuaError:
            continue
        row, indicator = fitting(phrase, target)
        names = TargetNames(
            {"i": indicator}, places={"town": {"name": {"en": phrase.place}}}, home="town"
        )
        entry = PlanTarget.read(row, 2, names)
        assert entry.target == target, phrase.phrase
        assert list(targets_fit([entry], {"i": Indicator.read("i", indicator)})) == [], (
            phrase.phrase
        )
        resolved = resolve(entry, indicator, "town", 2020)
        if phrase.path:
            assert resolved.path == phrase.path, phrase.phrase
        if target.pace == Pace.EACH_YEAR and target.quantity in (Quantity.LEVEL, Quantity.GROWTH):
            assert resolved.path == "each_year"
        if target.low and target.quantity not in (Quantity.RELATION, Quantity.RANK):
            ends = {
                abs(number(text)) * target.hundredfold
                for text in (target.low, target.high or target.low)
            }
            assert any(abs(resolved.goal) == pytest.approx(end * resolved.steps) for end in ends)


def fitting(phrase: phrases.Phrase, target: Target) -> tuple[dict[str, str], dict[str, Any]]:
    """A row for a phrase, and the indicator that fits it: the one that it names, else its sort."""
    words = phrase.indicator.split()
    rate = phrase.indicator.startswith("growth") or target.quantity == Quantity.GROWTH
    unit = " ".join(w for w in words if w not in ("flow", "stock", "lower", "growth", "ratio"))
    yearly = target.pace == Pace.A_YEAR and not phrase.path
    plain = {"": "count", "pp": "%", "x": "%"}.get(target.unit, target.unit)
    unit = unit.replace("_", " ") if phrase.path and unit else plain
    for sign, code in (("$", "USD"), ("¥", "CNY")):
        unit = unit.replace(sign, code)
    indicator: dict[str, Any] = {
        "name": {phrase.language: phrase.name or "·"}, "unit": "%" if rate else unit,
        "form": "growth" if rate else "ratio" if unit == "%" else "level",
        "time": "flow" if "flow" in words or rate or yearly else "stock",
        "direction": "lower" if rate or target.quantity == Quantity.RANK else "higher",
        "basis": {"real": "constant", "nominal": "current"}.get(target.prices, ""),
    }  # fmt: skip
    if target.quantity == Quantity.RANK:
        indicator |= {"unit": "count", "form": "level"}
    row = {"id": "t", "indicator": "i", "text": phrase.phrase, "named": phrase.name}
    return row | {"period": "plan:2021..2025", "recorded": "2026-01-02"}, indicator


@pytest.mark.parametrize("corpus", phrases.CORPORA)
def test_a_longer_text_loses_no_role(corpus: str) -> None:
    for phrase in phrases.phrases(corpus):
        try:
            target = parse_target(phrase.phrase, phrase.names)
        except SonghuaError:
            continue
        if target.by or target.span or target.base:
            continue
        more = "，到2035年" if phrase.language == "zh" else ", by 2035"
        try:
            longer = parse_target(phrase.phrase.rstrip(".。") + more, phrase.names)
        except SonghuaError:  # the pace, or what is built, may be open by then
            continue
        assert longer == replace(target, by="2035"), phrase.phrase


def test_a_wider_about_accepts_no_less() -> None:
    for phrase in listed("phrases", "zh"):
        try:
            target = parse_target(phrase.phrase, phrase.names)
        except SonghuaError:
            continue
        if target.bound == Bound.ABOUT or target.soft:
            row, indicator = fitting(phrase, target)
            names = TargetNames({"i": indicator})
            rows = [{**row, "about": width} for width in ("0.1", "0.5", "2")]
            entries = [PlanTarget.read(cells, 2, names) for cells in rows if not phrase.place]
            ends = [resolve(entry, indicator, "town", 2020).accepted for entry in entries]
            assert all(b.low <= a.low and a.high <= b.high for a, b in pairwise(ends))


NUMBERS = st.one_of(
    st.decimals(min_value=1, max_value=999, places=1).map(str),
    st.integers(1, 1899).map(str),
    st.integers(10_000, 9_999_999).map(lambda n: f"{n:,}"),
)
YEARS = st.integers(2001, 2099).map(str)
BOUNDS = st.sampled_from([one for one in Bound if one != Bound.RANGE])
UNITS = [
    "bn $",
    "100m CNY",
    "10k persons",
    "count",
    "places per 1000 persons",
    "‰",
    "k kW",
    "km",
    "bn EUR",
]
WHEN = st.one_of(
    st.just(""), st.just("year"), st.just("plan"), YEARS,
    st.tuples(YEARS, st.integers(1, 12)).map(lambda two: f"{two[0]}-{two[1]:02d}"),
    st.tuples(YEARS, st.sampled_from(["Q1", "Q4", "H1", "H2"])).map("-".join),
    YEARS.map(lambda year: f"{year}/{(int(year) + 1) % 100:02d}"), YEARS.map("FY{}".format),
)  # fmt: skip
OVER = st.one_of(
    st.just(""), st.just("plan"), st.integers(1, 30).map(lambda n: f"{n}y"),
    st.integers(2001, 2050).map(lambda year: f"{year}..{year + 5}"),
)  # fmt: skip


@st.composite
def amounts(draw: st.DrawFn) -> dict[str, object]:
    """A number with its bound, or a range."""
    low = draw(NUMBERS)
    if draw(st.booleans()):
        return {"low": low, "bound": draw(BOUNDS)}
    high = f"{float(low.replace(',', '')) + 7:.1f}"
    return {"low": low, "high": high, "bound": Bound.RANGE, "soft": draw(st.booleans())}


TOPS = st.sampled_from([Bound.NONE, Bound.AT_MOST])
AREAS = st.sampled_from(["", "nation", "province", "city", "全国城市", "cities in Europe"])
SENSES = st.sampled_from(Sense)
MOVED = st.sampled_from([Sense.RISE, Sense.FALL])
PACES = st.sampled_from(Pace)


@st.composite
def targets(draw: st.DrawFn) -> Target:
    """A target of any sort, with any fields that go together."""
    kind = draw(st.sampled_from(Quantity))
    made: dict[str, object] = {"quantity": kind}
    match kind:
        case Quantity.LEVEL:
            made |= draw(amounts()) | {"unit": draw(st.sampled_from(["%", *UNITS])),
                                       "sense": draw(SENSES)}  # fmt: skip
            if made["sense"] and draw(st.booleans()):
                made["start"] = draw(NUMBERS)
            if made["sense"] and made["unit"] != "%":
                made["pace"] = draw(st.sampled_from(["", "a_year"]))
            if not made["sense"] and made["bound"] in ("", "about", "range"):
                made["held"] = draw(st.sampled_from(HoldKind))
        case Quantity.GROWTH:
            made |= draw(amounts()) | {"unit": "%", "sense": draw(MOVED), "pace": draw(PACES)}
        case Quantity.CHANGE:
            made |= draw(amounts()) | {"unit": draw(st.sampled_from(["pp", *UNITS])),
                                       "sense": draw(MOVED), "pace": draw(PACES)}  # fmt: skip
        case Quantity.ADDITION:
            made |= draw(amounts()) | {"unit": draw(st.sampled_from(UNITS[:5])),
                                       "pace": draw(PACES)}  # fmt: skip
        case Quantity.MULTIPLE:
            low, sense = draw(st.sampled_from(
                [("2", Sense.RISE), ("4", Sense.RISE), ("0.5", Sense.FALL), ("1.5", Sense.NONE)]
            ))  # fmt: skip
            made |= {"low": low, "unit": "x", "sense": sense, "bound": draw(BOUNDS)}
        case Quantity.RELATION:
            made |= draw(relations())
        case Quantity.RANK:
            made |= {"low": draw(st.integers(1, 400).map(str)), "bound": draw(TOPS),
                     "peer": draw(AREAS), "held": draw(st.sampled_from(["", "keep"]))}  # fmt: skip
        case Quantity.COURSE:
            made["course"] = draw(st.sampled_from([one for one in Course if one]))
    if kind not in (Quantity.LEVEL, Quantity.ADDITION, Quantity.RELATION, Quantity.RANK):
        made["base"] = draw(st.one_of(st.sampled_from(["", "previous", "plan"]), YEARS))
    if kind in (Quantity.LEVEL, Quantity.GROWTH, Quantity.CHANGE):
        made["prices"] = draw(st.sampled_from(Prices))
    made |= {
        "by": draw(WHEN), "span": draw(OVER), "effort": draw(st.sampled_from(Effort)),
        "nature": draw(st.sampled_from([nature for nature in Nature if nature != Nature.EXPECTATION])),
        "subject": draw(st.sampled_from(["", "城镇化率", "energy use"])),
    }  # fmt: skip
    if ".." in str(made["span"]):
        made.pop("base", None)
    return Target(**made)  # type: ignore[arg-type]


@st.composite
def relations(draw: st.DrawFn) -> dict[str, object]:
    """Targets against another's figure."""
    peer = draw(st.sampled_from(["economy", "nation", "province", "city", "UK", "Scottish"]))
    if peer == "economy":
        relation = draw(st.sampled_from([Relation.IN_STEP, Relation.EXCEED, Relation.FLOOR]))
    else:
        relation = draw(st.sampled_from([r for r in Relation if r not in ("", "in_step")]))
    made: dict[str, object] = {"peer": peer, "relation": relation}
    if relation == Relation.SHARE:
        made |= {"low": draw(st.integers(10, 300).map(str)), "unit": "%", "bound": draw(BOUNDS)}
    else:
        made["sense"] = Sense.NONE if peer == "economy" else draw(SENSES)
        if relation in (Relation.EXCEED, Relation.BELOW) and draw(st.booleans()):
            made |= {"low": draw(st.integers(1, 9).map(str)), "unit": "pp",
                     "bound": draw(st.sampled_from(["", "at_least", "more_than", "about"]))}  # fmt: skip
    return made


@given(targets(), st.sampled_from(["en", "zh"]))
def test_words_are_written_from_the_fields_and_read_back_to_them(target: Target, lang: str) -> None:
    names = Names((target.subject,), (target.peer,))
    assert parse_target(written(target, lang), names) == target


@given(targets(), targets(), st.sampled_from(["en", "zh"]))
def test_any_changed_field_changes_the_words(one: Target, other: Target, lang: str) -> None:
    for field in fields(Target):
        changed = replace(one, **{field.name: getattr(other, field.name)})
        if changed != one:
            try:
                words = format_target(changed, lang)
            except SonghuaError as error:  # the fields do not go together
                assert error.faults[0].code == "target_unwritable"
                continue
            assert words != format_target(one, lang), field.name


@pytest.mark.parametrize(
    "text", ["25 % of GDP by 2030", "a quarter of GDP by 2030", "R&D spending of 2.4 % of GDP"]
)
def test_what_a_share_is_of_stays_in_the_words(text: str) -> None:
    assert "of GDP" in format_target(parse_target(text), "en")
