"""A name in one language suffices; the others are asked for, once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import songhua as songhua_package
from commands import songhua
from small import FILES, write
from songhua import session, store
from songhua.checks.names import TO_BE_FILLED
from songhua.errors import SonghuaError

PLAN = 'period = "plan:2021..2025"\nbase_year = 2020\nsource = "paper"\n'


def alone(lang: str) -> dict[str, str]:
    """The small folder with names in one language."""
    other = {"en": "zh", "zh": "en"}[lang]
    pattern = re.compile(rf',?\s*\b{other} = "[^"]*",?(?=[^\n]*\}})')
    return {name: pattern.sub("", text) for name, text in FILES.items() if name.endswith(".toml")}


@pytest.mark.parametrize(("lang", "asked"), [("en", "Chinese"), ("zh", "English")])
def test_a_folder_in_one_language_has_no_fault_and_one_warning(
    tmp_path: Path, lang: str, asked: str
) -> None:
    files = {**FILES, **alone(lang)}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text.lstrip(), "utf-8")
    assert "name = { " + {"en": "zh", "zh": "en"}[lang] not in "".join(files.values())
    found = [one for one in session.check(tmp_path).warnings if one.code == "names_asked_for"]
    assert len(found) == 1
    assert f"no words in {asked} (region.toml, indicators.toml" in found[0].words("en")
    name = {"en": "Gross product", "zh": "生产总值"}[lang]
    for spoken in ("en", "zh"):
        shown = songhua("diagnose", tmp_path, "--lang", spoken)
        assert (shown.code, shown.err) == (0, "")
        assert store.read(tmp_path).region.label("indicators", "gdp", spoken) == name


def test_a_folder_in_both_languages_is_asked_for_none(rivertown: Path) -> None:
    assert "names_asked_for" not in {one.code for one in session.check(rivertown).warnings}


def test_a_source_of_figures_whose_publisher_is_to_be_filled_in_is_warned_of(
    tmp_path: Path,
) -> None:
    begun = FILES["sources.toml"].replace("The Daily", "Who published them")
    write(tmp_path / "town", sources_toml=begun)
    shipped = (Path(songhua_package.__file__).parent).rglob("sources.toml")
    assert sum(text in file.read_text("utf-8") for file in shipped for text in TO_BE_FILLED) >= 3
    [warning] = [w for w in session.check(tmp_path / "town").warnings if "sources.toml" in w.file]
    assert (warning.code, warning.params["id"]) == ("source_unfilled", "paper")


@pytest.mark.parametrize(
    "name", ["{}", '{ en = "" }', '{ fr = "Aliments" }', '{ en = 3, zh = "食品" }']
)
def test_no_name_at_all_is_a_fault(tmp_path: Path, name: str) -> None:
    text = FILES["industries.toml"].replace('{ en = "Food", zh = "食品" }', name)
    with pytest.raises(SonghuaError) as told:
        store.read(write(tmp_path, industries_toml=text))
    codes = {one.code for one in told.value.faults}
    assert codes in ({"name_none"}, {"value_missing"})


@pytest.mark.parametrize(
    ("code", "near"), [("cn", "zh"), ("zho", "zh"), ("zh-CN", "zh"), ("ZH", "zh"), ("gb", "en"), ("xx", "")]
)  # fmt: skip
def test_a_code_that_is_no_language_is_a_fault_with_the_one_meant(
    tmp_path: Path, code: str, near: str
) -> None:
    text = FILES["industries.toml"].replace("zh = ", f'"{code}" = ')
    with pytest.raises(SonghuaError) as told:
        store.read(write(tmp_path, industries_toml=text))
    assert {one.code for one in told.value.faults} == {"key_unknown"}
    fault = told.value.faults[0]
    assert (fault.file, fault.column) == ("industries.toml", "food.name")
    assert (fault.params["name"], fault.params["near"]) == (code, near)


def test_the_nearest_column_is_that_of_the_language_meant(tmp_path: Path) -> None:
    rows = "id,task_cn,lead,due,status,source,recorded\nroad,修路,,,planned,paper,2026-01-02\n"
    plan = f'[plan]\nname = {{ zh = "规划" }}\npurpose = {{ zh = "增长。" }}\n{PLAN}'
    with pytest.raises(SonghuaError) as told:
        store.read(write(tmp_path, plan__plan_toml=plan, plan__measures_csv=rows))
    (near,) = (f.params["near"] for f in told.value.faults if f.code == "column_unknown")
    assert near == "task_zh"


def test_a_name_in_a_language_without_a_catalogue_may_stand_beside_the_others(
    tmp_path: Path,
) -> None:
    text = FILES["industries.toml"].replace("zh = ", 'fr = "Aliments", zh = ')
    assert store.read(write(tmp_path, industries_toml=text)).region.industries


def test_a_row_says_something_in_one_of_its_languages(tmp_path: Path) -> None:
    plan = f'[plan]\nname = {{ zh = "规划" }}\npurpose = {{ zh = "增长。" }}\n{PLAN}'
    rows = "id,task_zh,lead,due,status,source,recorded\nroad,修路,,,planned,paper,2026-01-02\n"
    folder = write(tmp_path, plan__plan_toml=plan, plan__measures_csv=rows)
    (task,) = session.open(folder).plan.measures  # type: ignore[union-attr]
    assert task.task("en") == task.task("zh") == "修路"
    (one,) = (w for w in session.check(folder).warnings if w.code == "names_asked_for")
    assert (one.params["n"], one.params["files"]) == (3, ("plan/plan.toml", "plan/measures.csv"))
    for text, code in ((rows.replace("修路", " "), "value_missing_each"),
                       (rows.replace("task_zh", "note"), "column_missing_each")):  # fmt: skip
        (folder / "plan/measures.csv").write_text(text, "utf-8")
        with pytest.raises(SonghuaError) as told:
            store.read(folder)
        assert [(one.code, one.file) for one in told.value.faults] == [(code, "plan/measures.csv")]


@pytest.mark.parametrize("key", ["ZH", "english", "zh_", "name"])
def test_a_key_that_is_no_language_is_a_fault(tmp_path: Path, key: str) -> None:
    """A name under it would be shown to nobody."""
    name = f'{{ en = "Rivertown", {key} = "河城" }}'
    text = FILES["region.toml"].replace('{ en = "Rivertown", zh = "河城" }', name)
    assert text != FILES["region.toml"]
    with pytest.raises(SonghuaError) as caught:
        session.open(write(tmp_path, region_toml=text))
    assert [(one.code, one.params["name"]) for one in caught.value.faults] == [("key_unknown", key)]
