"""Any row of a target's phrases is read whole, or refused: no number, year, bound or area is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.grammar.lexicon import words
from songhua.grammar.names import Names
from songhua.messages import script_of
from songhua.plan import Target, parse_target
from songhua.plan.target_writer import written
from songhua.plan.vocabulary import Bound, Course, Relation

#: A bound at another's figure or at a year's level is a relation or a course.
AS_RELATION = {
    "at_least": (Relation.FLOOR, Course.NO_FALL), "at_most": (Relation.CEILING, Course.NO_GROWTH),
    "more_than": (Relation.EXCEED,), "less_than": (Relation.BELOW,),
}  # fmt: skip
TESTED = ("bound", "sense", "pace", "course", "effort", "nature", "peer", "multiple", "faster",
          "hold", "addition", "base", "by", "span", "rate", "to", "relation")  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A part of a phrase: its words, its class and what it says."""

    words: str
    kind: str
    says: str


def listed() -> list[Part]:
    """Every plain phrase of the classes that say something; 近 alone is read before digits only."""
    return [
        Part(phrase, kind, says)
        for kind in TESTED
        for says, phrases in words()[kind].items()
        for phrase in phrases
        if not phrase.startswith("/") and len(phrase) > 1
    ]


PHRASES = {lang: [p for p in listed() if bool(script_of(p.words)) == (lang == "zh")]
           for lang in ("zh", "en")}  # fmt: skip
UNITS = {"zh": ("%", "个百分点", "亿元", "万人", "家", "倍", ""),
         "en": (" %", " percentage points", " bn GBP", " bn $", " people", " firms", "")}  # fmt: skip
YEAR_FORMS = {"zh": ("到{}年", "{}年", "比{}年", "在{}年基础上", "{}—2030年", "不低于{}年水平"),
              "en": ("by {}", "in {}", "from {}", "the {} level", "from {} to 2030")}  # fmt: skip
RANKS = {"zh": ("进入全国前{}位", "居全省第{}位"), "en": ("rank in the top {} in the nation",)}
UNKNOWN = {"zh": ("失业率", "地区生产总值", "略", "慢慢", "压缩机产量", "仅", "其他", "裁撤"),
           "en": ("unemployment", "GDP", "barely", "humbling", "whether", "stepwise", "tax"),
           }  # fmt: skip
NAMES = Names(tuple(UNKNOWN["zh"] + UNKNOWN["en"]))


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, list[Part]]:
    """Parts of one language in any order, with the text that they make."""
    lang = draw(st.sampled_from(("zh", "en")))
    numbers = st.integers(2, 98).map(str) | st.decimals(2, 99, places=1).map(str)
    amount = st.tuples(numbers, st.sampled_from(UNITS[lang]))
    years = st.integers(2011, 2029).map(str)
    dated = st.tuples(st.sampled_from(YEAR_FORMS[lang]), years)
    part = st.one_of(
        st.sampled_from(PHRASES[lang]),
        amount.map(lambda two: Part("".join(two), "number", two[0])),
        amount.map(lambda two: Part("".join(two), "number", two[0])),
        dated.map(lambda two: Part(two[0].format(two[1]), "year", two[1])),
        st.tuples(st.sampled_from(RANKS[lang]), st.integers(2, 99).map(str)).map(
            lambda two: Part(two[0].format(two[1]), "number", two[1])
        ),
        st.sampled_from(UNKNOWN[lang]).map(lambda word: Part(word, "unknown", word)),
    )
    parts = draw(st.lists(part, min_size=2, max_size=6))
    text = " ".join(part.words for part in parts)
    apart = re.sub(r"(?<=\d) (?=\d)", "，", text)  # two numbers are not one
    return (apart.replace(" ", "") if lang == "zh" else text), parts


def kept(part: Part, target: Target, words: str) -> bool:
    """True where the reading has what a part says, and its words print the numbers and years."""
    fields = (target.low, target.high, target.stretch, target.start.split(" ")[0])
    match part.kind:
        case "number":
            return part.says in fields and part.says in words
        case "year":
            return part.says in f"{target.base} {target.by} {target.span}" and part.says in words
        case "bound":
            asked = (target.relation, target.course)
            about = target.soft and part.says == Bound.ABOUT
            beside = bool(target.base and target.sense)  # "below 1990 levels"
            return target.bound == part.says or about or beside or any(
                one in AS_RELATION.get(part.says, ()) for one in asked if one
            )  # fmt: skip
        case "peer":
            bare = part.words.removeprefix("the ")[:2]
            return part.says == target.peer or bare in target.subject + target.peer
        case "multiple":
            return target.low == part.says
        case "unknown":
            return part.says in target.subject or target.peer == "economy"
    return True


@given(rows())
def test_no_number_year_bound_or_area_is_lost(row: tuple[str, list[Part]]) -> None:
    text, parts = row
    try:
        target = parse_target(text, NAMES)
    except SonghuaError as error:
        assert all(fault.code.startswith("target_") for fault in error.faults)
        assert all(fault.words(lang) for fault in error.faults for lang in ("en", "zh"))
        return
    for lang in ("en", "zh"):
        said = written(target, lang)
        assert parse_target(said, Names((target.subject,), (target.peer,))) == target
        lost = [part for part in parts if not kept(part, target, said)]
        assert not lost, (text, said, lost)
