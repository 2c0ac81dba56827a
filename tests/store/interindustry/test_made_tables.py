"""The tables of the built-in cases are what the official files give, by the script that made them."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from shared import DATA
from songhua import store
from songhua.session import example
from songhua.store.interindustry import read_table

TOOL = Path(__file__).parents[3] / "tools" / "make_tables.py"
pytestmark = pytest.mark.shared("china_io", "us_bea_summary_io")
CHINA = [
    str(DATA / "china_io" / name)
    for name in ("china_2020_153.csv", "china_2020_42.csv", "concordance_china_2020_153_to_42.csv")
]
USE = str(DATA / "us_bea_summary_io" / "Summary_Use_2017_PRO_AfterRedef_17sch.csv")


@pytest.fixture
def tool(tmp_path: Path) -> ModuleType:
    """The script, writing to a copy of the cases."""
    spec = importlib.util.spec_from_file_location("make_tables", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for case in ("harbin", "washington"):
        shutil.copytree(example(case) / "tables", tmp_path / case / "tables")
    module.EXAMPLES = tmp_path  # type: ignore[attr-defined]
    return module


def test_the_script_gives_the_files(tool: ModuleType, tmp_path: Path) -> None:
    for made in tmp_path.glob("*/tables/*[0-9c].csv"):
        if not made.name.endswith(("_industries.csv", "_concordance.csv")):
            made.unlink()
    tool.harbin(*CHINA)
    tool.washington(USE)
    for case, name in (
        ("harbin", "china-2020"),
        ("harbin", "china-2020-domestic"),
        ("washington", "united-states-2017"),
    ):
        stored, made = (
            read_table(home / case / "tables" / f"{name}.csv", unit="x")
            for home in (example(case).parent, tmp_path)
        )
        for part in ("Z", "f", "v", "Z_imported", "f_imported"):
            one, other = getattr(stored, part), getattr(made, part)
            if one is not None:
                assert list(one.columns) == list(other.columns)
                assert np.abs(one - other).to_numpy().max() <= 1  # a half may round either way


def test_the_two_tables_of_china_are_one_nation() -> None:
    tables = store.read(example("harbin")).region.tables
    inside, beside = tables["china-2020"], tables["china-2020-domestic"]
    assert beside.Z_imported is not None
    assert beside.f_imported is not None
    assert (
        np.abs(inside.Z - beside.Z - beside.Z_imported).to_numpy().max() <= 1.5
    )  # three roundings
    imports = beside.Z_imported.sum(axis=1) + beside.f_imported.sum(axis=1)
    assert np.abs(imports + inside.f["imports"]).max() <= 51 / 2
    assert (beside.Z >= 0).all(axis=None)
    official = read_table(CHINA[0])
    assert inside.x.sum() == pytest.approx(official.x.sum(), abs=44 / 2)
    for name in inside.f.columns:
        assert inside.f[name].sum() == pytest.approx(official.f[name].sum(), abs=44 / 2)


def test_value_added_and_imports_of_the_united_states() -> None:
    table = store.read(example("washington")).region.tables["united-states-2017"]
    official = read_table(USE)
    assert table.x.sum() == pytest.approx(official.x.sum(), abs=45 / 2)
    assert table.v.loc["labour"].sum() == pytest.approx(official.v.loc["labour"].sum(), abs=45 / 2)
    assert table.Z_imported is not None
    assert table.f_imported is not None
    own = [code for code in official.Z.index if code in official.Z.columns]
    assert official.Z_imported is not None
    assert official.f_imported is not None
    wanted = (
        official.Z_imported.loc[own].to_numpy().sum()
        + official.f_imported.loc[own].to_numpy().sum()
    )
    ours = table.Z_imported.to_numpy().sum() + table.f_imported.to_numpy().sum()
    assert ours == pytest.approx(wanted, abs=45 * 52 / 2)
    assert (table.Z >= 0).all(axis=None)


def test_the_plan_keeps_its_industries_apart() -> None:
    for case in ("harbin", "washington"):
        found = store.read(example(case))
        assert found.plan is not None
        roles = found.plan.roles()
        for table in found.region.tables.values():
            assert table.industries is not None
            assert table.concordance is not None
            whole = table.industries.query("inclusion == 'whole'")["industry"]
            main = {id for id, role in roles.items() if role in ("leading", "advantageous")}
            assert len(main - set(whole)) <= 2, main - set(whole)
            assert pd.Series(table.concordance.sum(axis=1)).eq(1).all()
