"""The only aligner: the same labels in one order, or a fault (§1)."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.labels import align

LABELS = st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, min_size=1, max_size=8)


def _code(*tables: pd.Series) -> tuple[str, object]:
    with pytest.raises(SonghuaError) as error:
        align(*tables)
    fault = error.value.faults[0]
    return fault.code, fault.params["labels"]


def test_labels_that_differ_are_named() -> None:
    food, both = pd.Series({"food": 1}), pd.Series({"food": 1, "steel": 2})
    assert _code(food, both) == ("labels_differ", ("steel",))
    assert _code(both, food) == ("labels_differ", ("steel",))


def test_a_label_twice_is_named() -> None:
    twice = pd.Series([1, 2], index=["food", "food"])
    assert _code(twice, twice) == ("labels_repeat", ("food",))
    assert _code(pd.Series({"food": 1}), twice) == ("labels_repeat", ("food",))


def test_frames_are_aligned_by_row() -> None:
    one = pd.DataFrame({"x": [1, 2]}, index=["a", "b"])
    other = pd.DataFrame({"y": [3, 4]}, index=["b", "a"])
    assert align(one, other)[1]["y"].tolist() == [4, 3]


@given(LABELS, st.randoms())
def test_every_value_stays_with_its_label(labels: list[str], random: object) -> None:
    shuffled = list(labels)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one = pd.Series(range(len(labels)), index=labels)
    other = pd.Series({label: f"<{label}>" for label in shuffled})
    first, second = align(one, other)
    assert list(first.index) == list(second.index) == labels
    assert second.to_dict() == other.to_dict()
