"""One figure: what rests on it, whatever the column is called that says so."""

from pathlib import Path

import pandas as pd

from songhua import session
from songhua.document.figure import figure
from songhua.format.view import View
from songhua.results import Result, tables


def test_a_cell_of_the_accounts_rests_on_the_figures_of_its_bounds(rivertown: Path) -> None:
    region = session.open(rivertown).region
    id, other, third = region.figures.observations.frame["id"].iloc[:3]
    rests = [f"{other} {id}", other, id]
    cells = [
        {one.name: "" for one in tables("accounts")["cells"].columns} | {"rests_on": text}
        for text in rests
    ]
    with_table = Result("accounts", {"cells": pd.DataFrame(cells)})
    view = View(region=region, plan=None, results={"accounts": with_table})
    for one in (id, other):
        said = str(figure(view, one).blocks)
        assert f"rests-accounts-cells-{one}" in said
        assert "'2'" in said
    assert "rests-accounts" not in str(figure(view, third).blocks)


def test_a_figure_whose_id_is_part_of_another_rests_on_nothing_of_that(rivertown: Path) -> None:
    """Ids may be lengthened, so that one is the beginning of another: they are compared whole."""
    region = session.open(rivertown).region
    id = region.figures.observations.frame["id"].iloc[0]
    described = tables("accounts")["cells"].columns
    cells = [
        {one.name: "" for one in described} | {"rests_on": text}
        for text in (f"{id}x", f"x{id}", f"{id}{id} x{id}x")
    ]
    results = {"accounts": Result("accounts", {"cells": pd.DataFrame(cells)})}
    view = View(region=region, plan=None, results=results)
    assert "rests-accounts" not in str(figure(view, id).blocks)
