"""The skeleton that `songhua new` writes: sound as it stands, and its examples are sound too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from songhua import schema, store
from songhua.session import example
from songhua.studies.claims.study import claims
from songhua.studies.diagnose.study import diagnose

LATER = {
    "left_out",
    "plan_assumptions",
    "plan_changes",
    "plan_operation",
    "plan_scenarios",
    "plan_spending",
    "plan_revisions",
    "register",
    "register_certificates",
    "register_enterprises",
    "reviews",
    "table_concordances",
    "table_industries",
    "table_parts",
    "tables",
}
EXAMPLE = re.compile(r"^#(?=[\[a-z])", re.MULTILINE)


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    return store.copy(example("skeleton"), tmp_path / "my city 我的城市")


def filled(folder: Path) -> Path:
    """The skeleton with all its examples taken up: entries and the README's rows."""
    for file in folder.glob("*.toml"):
        file.write_text(EXAMPLE.sub("", file.read_text("utf-8")), "utf-8")
    blocks = re.findall(r"```csv\n(.*?)```", (folder / "README.md").read_text("utf-8"), re.DOTALL)
    for name, block in zip(
        ("observations/figures.csv", "plan/industries.csv"), blocks, strict=True
    ):
        file = folder / name
        heading, _, rows = block.partition("\n")
        assert file.read_text("utf-8").strip() == heading
        file.write_text(f"{heading}\n{rows}", "utf-8")
    return folder


def test_it_has_no_fault_as_written(skeleton: Path) -> None:
    folder = store.read(skeleton)
    assert folder.plan is not None
    assert folder.region.figures.observations.frame.empty
    assert not folder.region.claims
    assert not folder.region.entities


def test_it_has_a_file_for_every_table_that_a_newcomer_fills_in(skeleton: Path) -> None:
    for name in set(schema.names()) - LATER:
        where = schema.table(name).where.replace("*", "figures")
        assert (skeleton / where).exists(), where


def test_headings_are_those_of_the_schema(skeleton: Path) -> None:
    for file, name in {
        "observations/figures.csv": "observations",
        "panels/figures.csv": "panels",
        "plan/industries.csv": "plan_industries",
        "plan/seed_map.csv": "plan_seed_map",
    }.items():
        assert (skeleton / file).read_text("utf-8").strip().split(",") == schema.table(name).names


def test_its_examples_have_no_fault(skeleton: Path) -> None:
    folder = store.read(filled(skeleton))
    assert len(folder.region.figures.observations) == 6
    assert {"bulletin-2025", "plan-text"} == set(folder.region.sources)
    assert set(folder.region.entities) == {"north-park"}
    assert folder.plan is not None
    assert folder.plan.roles() == {"food": "leading"}


def test_its_examples_can_be_studied(skeleton: Path) -> None:
    folder = store.read(filled(skeleton))
    row = claims(folder.region).tables["claims"].iloc[0]
    assert (row["implied_low"], row["implied_high"]) == (811, 816)
    sums = diagnose(folder.region, folder.plan).tables["sums"]
    assert sums["verdict"].tolist() == ["closes"]


def test_comments_speak_both_languages(skeleton: Path) -> None:
    for file in [*skeleton.glob("*.toml"), skeleton / "plan" / "plan.toml", skeleton / "README.md"]:
        text = file.read_text("utf-8")
        assert re.search(r"[\u4e00-\u9fff]", text), file.name
        assert re.search(r"[A-Za-z]{3}", text), file.name
