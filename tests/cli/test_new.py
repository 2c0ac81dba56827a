"""songhua new: with a country's defaults, by six questions, and in the system's own country."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from commands import Done, songhua
from songhua import store


def answered(monkeypatch: pytest.MonkeyPatch, text: str, *arguments: object, **said: str) -> Done:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return songhua("new", *arguments, "--interactive", **said)


@pytest.fixture
def at(tmp_path: Path) -> Path:
    return tmp_path / "lower-saxony"


def test_panels_that_were_not_asked_for_are_told_of(tmp_path: Path) -> None:
    done = songhua("new", tmp_path / "changchun", "--country", "cn")
    assert "--like changchun" in done.out
    assert "--like" not in songhua("new", tmp_path / "b", "--country", "cn", "--like", "长春").out


def test_a_country_gives_money_nation_and_name(at: Path) -> None:
    done = songhua("new", at, "--country", "de")
    assert (done.code, done.err) == (0, "")
    assert "Lower Saxony" in done.out
    region = store.read(at).region
    assert (region.code, region.currency, region.name("en")) == (
        "lower-saxony",
        "EUR",
        "Lower Saxony",
    )
    assert region.places_of("parent") == ["germany"]
    assert region.unit("gdp") == "m EUR"


def test_a_place_gives_name_code_and_panels(at: Path) -> None:
    done = songhua("new", at, "--country", "中国", "--like", "长春市", LANG="zh_CN.UTF-8")
    assert done.code == 0
    assert "songhua run" in done.out
    region = store.read(at).region
    assert (region.code, region.name("zh"), region.currency) == ("changchun", "长春", "CNY")
    assert "harbin" in region.places_of("comparison")
    assert "changchun" not in region.places
    assert {"harbin", "changchun"} <= set(region.figures.cells.frame["region"])


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--country", "Germny"], "Germany"),
        (["--country", "cn", "--like", "chanchun"], {"en": "Changchun", "zh": "长春"}),
        (["--country", "generic", "--currency", "EUR", "--like", "x"], "--like"),
        (["--country", "generic"], "--currency"),
        (["--like", "changchun"], "--country cn"),
        (["--name", "X"], "--name"),
        (["--example", "harbin", "--plan", "X", "--interactive"], "--interactive"),
        (["--country", "de", "--currency", "euro"], "euro"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    options: list[str], said: str | dict[str, str], tongue: str, at: Path
) -> None:
    done = songhua("new", at, *options, "--lang", tongue)
    assert done.code == 2
    assert (said if isinstance(said, str) else said[tongue]) in done.err
    assert not list(at.parent.iterdir())


@pytest.mark.parametrize("options", [["--country", "de", "--name", "Germany"],
                                     ["--country", "generic", "--currency", "EUR", "--name", "Nation"]])  # fmt: skip
def test_a_region_named_as_its_nation_is_another_place(options: list[str], at: Path) -> None:
    assert songhua("new", at, *options).code == 0
    assert store.read(at).region.code == "my-region"


def test_the_plans_years_are_those_of_its_title(at: Path) -> None:
    songhua("new", at, "--country", "de", "--plan", "Plan 2026–2032", "--base-year", 2024)
    plan = store.read(at).plan
    assert plan is not None
    assert (str(plan.period), plan.base_year) == ("plan:2026..2032", 2024)


def test_the_base_is_the_year_before_the_plans_first_unless_it_is_named(tmp_path: Path) -> None:
    title = ("--country", "cn", "--plan", "大庆市“十四五”规划 2021—2025年")
    songhua("new", tmp_path / "a", *title)
    songhua("new", tmp_path / "b", *title, "--base-year", "2019")
    years = [store.read(tmp_path / name).region.base_year for name in "ab"]
    assert years == [2020, 2019]


def test_a_plan_without_years_has_the_five_after_the_base_year(at: Path) -> None:
    songhua("new", at, "--country", "de", "--plan", "A plan", "--base-year", 2023)
    plan = store.read(at).plan
    assert plan is not None
    assert str(plan.period) == "plan:2024..2028"


@pytest.mark.parametrize("name", ["LC_ALL", "LC_MONETARY", "LANG"])
def test_a_skeleton_follows_the_system_and_says_so(name: str, at: Path) -> None:
    done = songhua("new", at, **{name: "zh_CN.UTF-8"}, SONGHUA_LANG="en")
    assert "CNY" in done.out
    assert "China" in done.out
    region = store.read(at).region
    assert (region.currency, region.unit("gdp"), region.places_of("parent")) == (
        "CNY", "100m CNY", ["china"],
    )  # fmt: skip


@pytest.mark.parametrize("said", ["C.UTF-8", "C", "POSIX", "de", "xx_XX.UTF-8"])
def test_a_skeleton_stays_as_it_is_where_the_system_does_not_say(said: str, at: Path) -> None:
    done = songhua("new", at, LANG=said)
    assert done.out.count("\n") == 1
    assert (at / "region.toml").read_bytes() == (
        Path(store.__file__).parents[1] / "examples/skeleton/region.toml"
    ).read_bytes()


SIX = "长春\n\n\n\n2024\n\n"


def test_six_questions_with_their_answers_taken_as_shown(at: Path, monkeypatch) -> None:
    done = answered(monkeypatch, SIX, at, LANG="zh_CN.UTF-8")
    assert (done.code, done.err) == (0, "")
    assert done.out.count("？") == 6
    folder = store.read(at)
    assert folder.plan is not None
    assert (folder.region.code, folder.region.base_year) == ("changchun", 2024)
    assert folder.plan.name("en") == "Plan of Changchun, 2026 to 2030"


def test_questions_in_english_and_what_was_told_is_not_asked(at: Path, monkeypatch) -> None:
    done = answered(monkeypatch, "Oregon\noregon\n\n\n", at, "--country", "us", "--currency", "USD")
    assert done.code == 0
    assert done.out.count("?") == 4
    assert store.read(at).region.name("zh") == "俄勒冈州"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("X\n", "six questions"),
        ("X\nGermny\n", "Germany"),
        ("X\nde\neuro\n", "euro"),
        ("X\nde\n\n20x\n\n", "20x"),
        ("X\n\n\n", "missing"),
        ("X\ncn\n\nchanchun\n", "Changchun"),
    ],
)
def test_a_wrong_answer_of_a_file_is_a_fault(text: str, said: str, at: Path, monkeypatch) -> None:
    done = answered(monkeypatch, text, at)
    assert done.code == 2
    assert said in done.err
    assert not list(at.parent.iterdir())


def test_a_person_is_asked_again(at: Path, monkeypatch) -> None:
    typed = io.StringIO("X\nGermny\nGermany\neuro\nEUR\n\n\n")
    typed.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", typed)
    done = songhua("new", at, "--interactive")
    assert done.code == 0
    assert done.err.count("\n") == 4
    assert store.read(at).region.currency == "EUR"


def test_packs_are_listed_and_shown(tmp_path: Path) -> None:
    listed = songhua("pack", "list")
    assert [line.split(":")[0] for line in listed.out.splitlines() if line[0] != " "] == [
        "cn",
        "us",
        "generic",
    ]
    shown = songhua("pack", "show", "us", "--lang", "zh")
    assert "公有领域" in shown.out
    assert sum(line[:2] == "  " != line[2:4] for line in shown.out.splitlines()) == 51
    assert songhua("pack", "show", "uk").code == 2


RIVERS = {
    "pack.toml": '[pack]\nname = { en = "Rivers", zh = "河" }\nabout = { en = "A.", zh = "甲。" }\n'
    'licence = { en = "None.", zh = "无。" }\nadds_to = "cn"\n',
    "places.toml": '[rivertown]\nname = { en = "Rivertown", zh = "河城" }\nrole = "comparison"\n',
    "like/sources.toml": '[rivers]\ntitle = "A"\npublisher = "B"\ngrade = "weak"\n',
    "like/panels/product.csv": "indicator,region,industry,period,value,half_width,unit,status,kind,source,recorded\n"
    "city_product,rivertown,all,2022,512.0,,100m CNY,,actual,rivers,2026-04-01\n"
    "city_product,rivertown,all,2023,540.5,,100m CNY,,actual,rivers,2026-04-01\n",
    "README.md": "Invented.\n",
}


def test_a_pack_of_ones_own_adds_places_and_panels(tmp_path: Path, at: Path) -> None:
    home, mine = tmp_path / "rivers", str(tmp_path / "mine")
    for name, text in RIVERS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    assert songhua("pack", "add", home, SONGHUA_PACKS=mine).code == 0
    again = songhua("pack", "add", home, SONGHUA_PACKS=mine)
    assert (again.code, "rivers" in again.err) == (2, True)
    assert "rivers: Rivers" in songhua("pack", "list", SONGHUA_PACKS=mine).out
    assert songhua("new", at, "--country", "cn", "--like", "河城", SONGHUA_PACKS=mine).code == 0
    region = store.read(at).region
    assert region.code == "rivertown"
    assert {"changchun", "rivertown"} <= set(region.figures.cells.frame["region"])
    assert (at / "panels" / "rivers-product.csv").is_file()
    assert (at / "README.md").read_text("utf-8").startswith("# China")
    other = songhua(
        "new", tmp_path / "c", "--country", "cn", "--like", "changchun", SONGHUA_PACKS=mine
    )
    assert other.code == 0
    assert "rivertown" in store.read(tmp_path / "c").region.places_of("comparison")
    assert songhua("new", tmp_path / "d", "--country", "cn", "--like", "河城").code == 2
