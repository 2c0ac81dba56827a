"""The worth of either structure of a region where the truth is known, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from songhua.document.blocks import Table
from songhua.document.tables import grid
from songhua.format.cells import percent
from songhua.format.text import Text
from songhua.format.view import View
from songhua.studies.simulate.structure_record import structure_record

#: The columns of each comparison, before and after: the nation's structure, then accounts.
SCORES = ("error", "covered", "score")


def structure_scores(view: View) -> Table:
    """Errors, coverage and scores by the nation's structure and by accounts, of all regions."""
    record = structure_record()
    record = record[(record.region == "all") & (record.test != "plan")]
    heads = [
        *(view.say(f"structure_{name}") for name in ("of", "compared", "quantity", "known")),
        view.say("accounts_sizes"),
        *(
            view.say(f"structure_{score}", structure=view.choice("structure_of", name))
            for score in SCORES
            for name in ("nation", "accounts")
        ),
    ]
    columns = [f"{score}_{name}" for score in SCORES for name in ("nation", "accounts")]
    pairs = zip(record.itertuples(), record[columns].to_numpy(float).tolist(), strict=True)
    rows = [_row(view, row, scores) for row, scores in pairs]
    title, note = view.say("structure_title"), view.say("structure_note")
    return replace(grid(title, heads, rows, range(3, 11), note, "wide"), fold="closed")


def _row(view: View, row: Any, scores: Sequence[float]) -> list[Text]:
    """A comparison."""
    return [
        view.choice("structure_region", row.study),
        view.choice("structure_test", row.test),
        view.choice("gain", row.quantity),
        view.number(row.fragments),
        view.number(row.n),
        *(f"{view.digits(error * 100, 2)}%" for error in scores[:2]),
        *(percent(part, view.lang) for part in scores[2:4]),
        *(view.digits(score, 2) for score in scores[4:]),
    ]
