"""Properties of every displayed text, in all outputs of both built-in cases."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from dom import Node, parse
from language.shown import of_office
from songhua import Run, messages, render, store
from songhua.document import studies
from songhua.format.lines import JOINER, glued, plain_spaces, width, wrapped
from songhua.format.numbers import show, unit_name
from songhua.format.view import View
from songhua.labels import parse_unit
from songhua.render import terminal
from songhua.schema import vocabularies
from songhua.session import example
from work import growth

#: Names and units that Chinese texts write in Latin letters, and parts of file names.
USUAL = {"AUC", "II", "PFLOPS", "Ellison", "Glaeser", "toml", "csv", "songhua"}
TYPED = re.compile(r"[\w/-]+\.(?:toml|csv|json)\b|[\w/-]+:\d+|https?://\S+|\w+ = |songhua \w+")
UNITS = re.compile(r"\d ?(?:bn|m|k|10k|100m)? ?\b(?:CNY|USD|persons|count|visits)\b")


SKIPPED = ("style", "script", "code", "text", "tspan", "desc", "title")


def texts(node: Node) -> Iterator[str]:
    """The texts of a page without code and words marked as foreign."""
    for item in node.inside:
        if isinstance(item, str):
            if item.strip():
                yield item.strip()
        elif item.tag not in SKIPPED and ("lang" not in item.attrs or item.tag == "html"):
            yield from texts(item)


def lines(view: View, columns: int) -> list[str]:
    """The lines of all screens of a run."""
    out = io.StringIO()
    console = Console(file=out, width=columns, highlight=False)
    for study in view.results:
        terminal.show(studies.of_study(view, study), console)
    return [line.strip() for line in out.getvalue().splitlines() if line.strip()]


@pytest.fixture(scope="module")
def shown(
    harbin: Run, washington: Run, books: dict[str, dict[str, str]],
    western: dict[str, dict[str, str]],
) -> dict[str, list[str]]:  # fmt: skip
    """By language every text of the reports and screens of both cases, once."""
    found: dict[str, list[str]] = {}
    for lang in messages.LANGUAGES:
        pages = [*books[lang].values(), *western[lang].values()]
        found[lang] = [text for page in pages for text in texts(parse(page))]
        for run in (harbin, washington):
            found[lang] += lines(View.of(run, lang), 200)
    return {lang: [*dict.fromkeys(told)] for lang, told in found.items()}


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_no_number_has_an_exponent(
    shown: dict[str, list[str]], books: dict[str, dict[str, str]],
    western: dict[str, dict[str, str]], lang: str,
) -> None:  # fmt: skip
    """Pictures and their descriptions too."""
    whole = [*shown[lang], *books[lang].values(), *western[lang].values()]
    for text in whole:
        said = re.sub(r"<style.*?</style>|[\"(][^\"()<>]*[\")]", "", text, flags=re.DOTALL)
        assert not re.search(r"(?<![\w.])\d+(?:\.\d+)?[eE][+-]\d", said)


def test_nothing_is_one_of_many(shown: dict[str, list[str]]) -> None:
    plural = r"(?<![\d.,–−:/])\b1[ \u00a0](?!(?:is|was|has|means|suppliers|buyers)\b)[a-z]+s\b"
    assert [text for text in shown["en"] if re.search(plural, text)] == []


def test_every_sentence_of_one_thing_is_of_one_thing() -> None:
    sections = ("words", "findings", "report")
    said = [
        messages.fill(text, {"n": 1}, "en")
        for section in sections
        for text in messages.catalogue("en")[section].values()
        if isinstance(text, str) and "{n" in text
    ]
    plural = r"(?<![\d.])\b1 (?!(?:is|was|has|suppliers|buyers)\b)[a-z]+s\b"
    assert [one for one in said if re.search(plural, one)] == []


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_no_number_stands_apart_from_its_unit(shown: dict[str, list[str]], lang: str) -> None:
    """Every text of a page, whether a browser breaks at spaces or between any two letters."""
    marked = [text for text in shown[lang] if JOINER in text or "\u00a0" in text]
    assert len(marked) > 500
    words = "people|billion|million|yuan|percentage|tonnes|years?|Jan|Feb|Mar|Apr|May|Jun|Dec"
    for text in marked:
        assert not re.search(rf"\d (?:{words})\b|\b(?:billion|million) [a-z]", text)
        assert not re.search(r"\d(?:[亿万元年月日]|个百分点)|\d\u2060[亿万]元", text)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_no_line_of_a_screen_ends_within_a_number(harbin: Run, lang: str) -> None:
    for columns in (80, 100, 120):
        for line in lines(View.of(harbin, lang), columns):
            assert not re.match(r"^(?:[亿万]元|个百分点|percentage points|billion yuan)", line), (
                line
            )


def test_chinese_shows_no_id_no_code_and_no_english_of_ours(shown: dict[str, list[str]]) -> None:
    """Text in Latin letters is the folder's own, a usual name, or is typed so."""
    cases = [example(name) for name in ("harbin", "washington")]
    files = [f for case in cases for f in case.rglob("*") if f.suffix in (".toml", ".csv")]
    own = set(re.findall(r"[A-Za-z]+", " ".join(f.read_text("utf-8") for f in files)))
    closed = {v for values in vocabularies().values() for v in values if v.isascii()}
    scopes = {
        str(s)
        for c in cases
        for s in store.read(c).region.figures.observations.frame["scope"].unique()
    }
    longest = sorted(filter(None, scopes), key=len, reverse=True)
    for text in shown["zh"]:
        said = TYPED.sub(" ", plain_spaces(text))
        for scope in longest:  # the folder's own words
            said = re.sub(rf"(?<![A-Za-z]){re.escape(scope)}(?![A-Za-z])", " ", said)
        assert not set(re.findall(r"[A-Za-z]{2,}", said)) - own - USUAL, text
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", said), text
        whole = not re.search(r"[\u4e00-\u9fff]", said) and len(said.split()) > 4
        assert whole or not UNITS.search(said), text  # prose of the folder in its own language
        assert len(text) < 3 or text not in closed - scopes - {"pp"}, text


def ids(run: Run) -> set[str]:
    """The ids that no reader knows: of two parts or more, or with a digit, so that none is a word."""
    region, plan = run.region, run.plan
    named = [
        region.sources, region.claims, region.indicators, region.industries, region.entities,
        region.indices, region.tables, region.tags,
    ]  # fmt: skip
    found = {id for catalogue in named for id in catalogue}
    if plan is not None:
        found |= {one.id for one in (*plan.targets, *plan.measures)}
        found |= {one.item for one in plan.milestones}
        found |= {*plan.simulated_projects(), *(one.product for one in plan.products)}
    names = {name.lower() for lang in messages.LANGUAGES for name in _names(run, lang)}
    return {id for id in found if re.search(r"[-_\d]", id) and id not in names} | set(
        region.sources
    )


def _names(run: Run, lang: str) -> Iterator[str]:
    """The names of what has an id that may be its name too."""
    view = View.of(run, lang)
    for of in ("indicators", "industries", "entities", "indices", "tables", "tags"):
        for id in getattr(run.region, of):
            yield view.name(of, id)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_no_id_of_a_source_a_claim_or_a_target_is_shown(
    shown: dict[str, list[str]], harbin: Run, washington: Run, lang: str
) -> None:
    """Pages, screens and workbooks name a source by its title and a claim by its sentence."""
    known = {id for run in (harbin, washington) for id in ids(run)}
    books = [of_office(render.tables(View.of(run, lang))) for run in (harbin, washington)]
    told = {*shown[lang], *(text for book in books for text in book)}
    found = {
        (word, text)
        for text in told
        for word in re.findall(r"[a-z][\w-]*[\w]", FILES.sub(" ", plain_spaces(text)))
        if word in known and word not in WORDS
    }
    assert {one for one in found if "==" not in one[1] and "≤" not in one[1]} == set()


#: Names of files and addresses.
FILES = re.compile(r"https?://\S+|[\w/-]+\.(?:toml|csv|com|org|cn)\b")
#: Ids of sources that are words of a publisher's own name.
WORDS = {"gzoltjx", "hitusa", "hsdkr", "high-tech"}


UNIT_TEXTS = [
    ("元/人", "CNY per persons"), ("万元/人", "10k CNY per persons"), ("元每人", "CNY per persons"),
    ("CNY per person", "CNY per persons"), ("10k CNY per person", "10k CNY per persons"),
    ("亿元/平方公里", "100m CNY per km2"), ("托位/千人", "places per 1000 persons"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), UNIT_TEXTS)
def test_units_counted_per_something_are_read_and_written(text: str, unit: str) -> None:
    assert str(parse_unit(text)) == unit
    read, meant = parse_unit(unit_name(unit, "zh")), parse_unit(unit)
    assert (read.factor, read.dimension) == (meant.factor, meant.dimension)
    assert show(7.95, "万元/人", "zh") == "7.95万元/人"
    assert show(7.95, "万元/人", "en") == "79,500 yuan per person"


@given(
    st.text(st.sampled_from("增速目标 2018.5%亿元，ab-–年（）\n"), max_size=60), st.integers(6, 40)
)
def test_breaking_loses_nothing_and_keeps_the_width(text: str, columns: int) -> None:
    found = wrapped(text, columns)
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", text)
    assert all(width(line) <= columns for line in found)
    assert plain_spaces(glued(text)) == text


@pytest.mark.parametrize("letter", ["(", "a", "."])
def test_a_word_of_any_length_is_cut_in_one_pass(letter: str) -> None:
    assert wrapped("  " + letter * 7 + "  ", 3) == [letter * 3, letter * 3, letter]
    wrapped(letter, 20)  # what is made once
    assert growth(lambda n: lambda: wrapped(letter * n, 20), 250, 1_000) < 4.5
