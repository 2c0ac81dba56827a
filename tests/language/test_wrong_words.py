"""Texts of shipped cases and of folders begun from packs have none of the wrong words."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from bare import bare_charts
from language import gathered
from language.checker import Quoted, wrong
from songhua import Run, session
from songhua.messages import LANGUAGES
from songhua.session import FolderRequest, begin
from web_work import client

SOURCE = Path(str(files("songhua")))
#: Words that a page in Chinese has in Latin letters: names, kinds of files, and signs of the trade.
NAMES = (
    "songhua", "English", "简体中文", "GDP", "AUC", "F1", "PFLOPS", "Ellison–Glaeser", "Parquet", "TOML",
    "CSV", "JSON", "XLSX", "DOCX", "PDF", "HTML", "CRediT", "GB/T", "bulletin",
)  # fmt: skip
#: Titles that are names of files, and words of targets as they were recorded.
RECORDED = ("census_city_2010-2020_v1", "SAGDP2S", "83,000 persons", "42,000 persons", "100 bn CNY")
BEGUN = (
    FolderRequest("cn", like="harbin"), FolderRequest("cn", name="桐城"),
    FolderRequest("us", like="oregon"), FolderRequest("generic", name="Lower Saxony", currency="EUR"),
)  # fmt: skip

pytestmark = pytest.mark.xdist_group("cases")  # whose results are kept, and are shown here

WRONG = {
    ("en", "code of a unit"): ("5183.8 100m CNY", "places per 1000 persons", "15901.0 100m CNY (2022)"),
    ("en", "code of a period"): ("Plan period plan:2021..2025", "2020-H1"),
    ("en", "id"): ("(owns_core_ip)", "gdp_growth"),
    ("en", "infinity"): ("0 yuan to ∞",),
    ("en", "ends that print alike"): ("They are 2.9 to 2.9 years old", "(14.0–14.0)"),
    ("en", "so many of as many"): ("Of 17 of 17 industries",),
    ("en", "all of one or two"): ("All 2 headline figures are old", "all 1 targets"),
    ("en", "plural of one"): ("1 firms", "1 missing cells were filled"),
    ("en", "doubled word"): ("the the figure",),
    ("en", "another language"): ("Statistics bureau of 合肥",),
    ("zh", "scale"): ("136.26十亿元", "9.94百万人"),
    ("zh", "doubled word"): ("规模以上规模以上工业", "增长增长"),
    ("zh", "ends that print alike"): ("距今2.9至2.9年",),
    ("zh", "so many of as many"): ("规划的17个产业中有17个的代码",),
    ("zh", "another language"): ("growth增长", "可用songhua review生成报表"),
    ("zh", "code of a unit"): ("单位：100m CNY",),
    ("zh", "code of a period"): ("规划期 plan:2021..2025",),
    ("zh", "id"): ("是否拥有（owns_core_ip）",),
    ("zh", "infinity"): ("0元至∞",),
    ("zh", "half-width mark"): ("增速(规模以上)", "增长,下降"),
}  # fmt: skip
RIGHT = {
    "en": (
        "2 of 29 firms, place 14 to 15 of 17", "at least 0 yuan", "Both headline figures are old",
        "page 1 of 1", "1 in 29", "see observations/economy.csv:3", "1 firm", "2.5 to 2.55%",
    ),
    "zh": (
        "1362.6亿元", "距今2.2至5.9年", "规划的17个产业均未见官方的代码定义", "十亿元以上工业项目",
        "请补充observations/*.csv", "（2021—2025年规划期）", "研究与试验发展",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "rule"), list(WRONG))
def test_a_wrong_word_is_found(lang: str, rule: str) -> None:
    for text in WRONG[lang, rule]:
        assert rule in {found for found, _ in wrong(text, lang, Quoted(NAMES))}, text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_reads_well_is_left_alone(lang: str) -> None:
    for text in RIGHT[lang]:
        assert list(wrong(text, lang, Quoted(NAMES))) == [], text


@pytest.fixture(scope="module")
def quoted(begun: list[Path]) -> Quoted:
    """The texts of all folders, and the names of the program and its files."""
    homes = (*(SOURCE / name for name in ("examples", "packs", "rulebooks", "maths")), *begun)
    return Quoted([*NAMES, *(text for home in homes for text in gathered.held(home))])


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A folder begun from each pack, as a place that it knows and as another."""
    home = tmp_path_factory.mktemp("begun")
    return [begin(home / str(at), asked).path for at, asked in enumerate(BEGUN)]


def _found(
    parts: Iterator[tuple[str, list[str]]], lang: str, quoted: Quoted
) -> set[tuple[str, str, str]]:
    """The rules that are broken, each with the part and the words; some parts are shown."""
    first: dict[str, str] = {}  # a text that stands in many parts is looked at once
    for part, texts in parts:
        for text in texts:
            first.setdefault(text, part)
    assert first
    return {
        (rule, words, part)
        for text, part in first.items()
        for rule, words in wrong(text, lang, quoted)
        if not any(name in text for name in RECORDED)
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", ["harbin", "washington"])
def test_no_wrong_word_is_shown_of_a_shipped_case(
    case: str, lang: str, quoted: Quoted, request: pytest.FixtureRequest
) -> None:
    run: Run = request.getfixturevalue(case)
    with bare_charts():
        assert _found(gathered.of_run(run, lang), lang, quoted) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_wrong_word_is_in_documents_sheets_and_the_workbench(
    lang: str, quoted: Quoted, tmp_path: Path
) -> None:
    folder = session.new(tmp_path / "harbin", "harbin")
    opened = session.open(folder)
    with bare_charts():
        found = _found(gathered.of_documents(opened, lang), lang, quoted)
        found |= _found(gathered.of_sheets(folder, tmp_path / "out", "2026", lang), lang, quoted)
        found |= _found(gathered.of_workbench(client(folder), lang), lang, quoted)
    assert found == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "at",
    [
        at if at % 2 == 0 else pytest.param(at, marks=pytest.mark.exhaustive)
        for at in range(len(BEGUN))
    ],
)
def test_no_wrong_word_is_shown_of_a_folder_begun_from_a_pack(
    at: int, lang: str, begun: list[Path], quoted: Quoted
) -> None:
    with bare_charts():
        found = _found(
            gathered.of_run(session.open(begun[at], limit=0).run_all(), lang), lang, quoted
        )
        found |= _found(gathered.of_workbench(client(begun[at]), lang), lang, quoted)
    assert found == set()
