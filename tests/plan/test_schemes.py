"""A scheme of classes is data: a new one, with classes of its own, is all that a reader needs."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evaluated import case
from songhua import messages, render, results, schema, session
from songhua.cli import songhua
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.plan import schemes
from songhua.plan.vocabulary import Standing
from songhua.render import files
from songhua.schema import closed_lists

TRAFFIC = {
    "early": "deep_green",
    "end": ["deep_green", "deep_red"],
    "bands": [
        {"from": 0.05, "class": "green"},
        {"from": -0.2, "class": "amber"},
        {"from": "-inf", "class": "red"},
    ],
}
CLASSES = {
    "deep_red": ("missed", "off the road", "未达到（深红）"),
    "red": ("behind", "red light", "红灯"),
    "amber": ("on_course", "amber light", "黄灯"),
    "green": ("ahead", "green light", "绿灯"),
    "deep_green": ("achieved", "arrived", "已达到（深绿）"),
}
CACHES = (schema.vocabularies, schema.table, results.tables, schemes._all)


def fresh() -> None:
    for cached in CACHES:
        cached.cache_clear()


@pytest.fixture
def traffic(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The scheme `traffic` with five classes, each in its place, and their words."""
    data = copy.deepcopy(schema.scheme_data())
    data["schemes"]["traffic"] = TRAFFIC
    new = [{"name": name, "standing": standing} for name, (standing, *_) in CLASSES.items()]
    data["classes"] = [*new[:2], *data["classes"][:5], *new[2:], *data["classes"][5:]]
    for module in (schema, closed_lists):
        monkeypatch.setattr(module, "scheme_data", lambda: data)
    for at, lang in enumerate(("en", "zh"), 1):
        choices = messages.catalogue(lang)["choices"]
        for name, words in CLASSES.items():
            monkeypatch.setitem(choices["target_class"], name, words[at])
        monkeypatch.setitem(choices["scheme"], "traffic", ("Traffic lights", "红绿灯")[at - 1])
    fresh()
    yield
    monkeypatch.undo()
    fresh()


@pytest.fixture
def folder(traffic: None, tmp_path: Path) -> Path:
    """A folder whose every target is judged by the new scheme."""
    path = case(tmp_path)
    file = path / "plan" / "targets.csv"
    heads, *rows = file.read_text("utf-8").splitlines()
    at = heads.split(",").index("scheme")
    cells = [row.split(",") for row in rows]
    lines = [",".join([*row[:at], "traffic", *row[at + 1 :]]) for row in cells]
    file.write_text("\n".join([heads, *lines]) + "\n", "utf-8")
    return path


def test_track_puts_targets_into_its_classes(folder: Path) -> None:
    result = session.open(folder).run("track")
    found = set(result.tables["targets"]["progress_class"])
    assert found <= {*CLASSES, "no_data"}
    assert {"red", "amber"} <= found
    assert set(result.tables["classes"]["scheme"]) == {"traffic"}
    behind = [f for f in result.findings if f.code == "targets_behind"]
    rows = result.tables["targets"]
    late = rows.loc[rows["progress_class"].isin(["red", "deep_red"]), "target"]
    listed = [name for f in behind for name in f.params["targets"]]
    assert sorted(listed) == sorted(late)


@pytest.mark.parametrize(("lang", "at"), [("en", 1), ("zh", 2)])
def test_every_page_names_and_orders_them(folder: Path, tmp_path: Path, lang: str, at: int) -> None:
    red, amber = CLASSES["red"][at], CLASSES["amber"][at]
    shown = CliRunner().invoke(
        songhua, ["track", str(folder), "--lang", lang], env={"COLUMNS": "240"}
    )
    assert shown.exit_code == 0, shown.output
    assert shown.output.index(red) < shown.output.index(amber)  # the worse one first
    whole = session.open(folder).run_all()
    texts = render.book(View.of(whole, lang))
    assert red in texts[f"report-{lang}.html"] + texts[f"tables-{lang}.html"]
    for kind, done in (
        ("monthly", files.contents(session.open(folder), "monthly", "2023")),
        ("annual", files.contents(session.open(folder), "annual", "2023")),
    ):
        page = files.write_document(done, "2023", tmp_path / kind, lang, "html", kind)
        assert red in page.read_text("utf-8"), kind
    tables = files.write_tables(whole, tmp_path / "tables.xlsx", lang)
    assert {red, amber} <= cells(tables.read_bytes())


def cells(data: bytes) -> set[Any]:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {cell for page in book.worksheets for row in page.values for cell in row}


def changed(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(schema.scheme_data()), **changes}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (changed(classes=[{"name": "superb", "standing": "ahead"}]), "class_without_words"),
        (changed(classes=[{"name": "faster", "standing": "quick"}]), "choice_unknown"),
        (changed(schemes={"traffic": TRAFFIC}), "scheme_class_unknown"),
        (
            changed(schemes={"odd": {
                "early": "achieved", "end": ["achieved", "missed"],
                "bands": [{"from": 0.1, "class": "lagging"}, {"from": 0.2, "class": "faster"}],
            }}),
            "scheme_bands",
        ),
    ],
)  # fmt: skip
def test_a_scheme_that_cannot_be_used_is_refused_when_it_is_read(
    data: dict[str, Any], code: str
) -> None:
    with pytest.raises(SonghuaError) as caught:
        schemes.read_schemes(data)
    assert code in {fault.code for fault in caught.value.faults}
    assert all("{" not in fault.words("zh") for fault in caught.value.faults)


def test_a_scheme_that_there_is_not_is_a_fault_of_the_folder(tmp_path: Path) -> None:
    path = case(tmp_path)
    file = path / "plan" / "targets.csv"
    text = file.read_text("utf-8")
    at = text.splitlines()[0].split(",").index("scheme")
    row = text.splitlines()[1].split(",")
    file.write_text(
        text.replace(",".join(row), ",".join([*row[:at], "traffic", *row[at + 1 :]])), "utf-8"
    )
    with pytest.raises(SonghuaError) as caught:
        session.open(path)
    fault = caught.value.faults[0]
    assert (fault.code, fault.file, fault.row, fault.column) == (
        "choice_unknown", "plan/targets.csv", 2, "scheme",
    )  # fmt: skip


def test_the_classes_stand_from_the_worst_to_the_best() -> None:
    order = [Standing.MISSED, Standing.BEHIND, Standing.ON_COURSE, Standing.AHEAD,
             Standing.ACHIEVED, Standing.EXPECTED, Standing.NO_DATA]  # fmt: skip
    found = [order.index(one.standing) for one in schemes.classes().values()]
    assert found == sorted(found)
