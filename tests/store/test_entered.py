"""One figure is added as people write it, and told by its id, its file and its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from songhua import store
from songhua.errors import SonghuaError
from songhua.store.entered import FILE, add_figure

SAID = {
    "indicator": "gdp", "region": "rivertown", "period": "2021年", "value": "约11.2",
    "unit": "bn EUR", "kind": "actual", "source": "bulletin-2020", "recorded": "2026-01-03",
}  # fmt: skip


def test_a_figure_is_added_and_the_next_below_it(rivertown: Path) -> None:
    name = f"observations/{FILE}.csv"
    told = add_figure(store.at(rivertown, dry_run=True), SAID)
    assert not (rivertown / name).exists()
    done = add_figure(store.at(rivertown), SAID)
    assert (done.id, done.file, done.row) == (told.id, name, 2)
    following = add_figure(store.at(rivertown), {**SAID, "period": "2022", "value": "12.0"})
    assert (following.file, following.row) == (name, 3)
    rows = store.read(rivertown).region.figures.observations.frame.set_index("id")
    told = rows.loc[[done.id, following.id], ["period", "value", "qualifier"]]
    assert told.astype(str).to_numpy().tolist() == [["2021", "11.2", "about"], ["2022", "12.0", ""]]


def test_a_figure_that_cannot_be_is_not_added(rivertown: Path) -> None:
    with pytest.raises(SonghuaError) as caught:
        add_figure(store.at(rivertown), {**SAID, "value": "many"})
    assert [(one.code, one.column) for one in caught.value.faults] == [
        ("number_unreadable", "value")
    ]
    assert not (rivertown / "observations" / f"{FILE}.csv").exists()
