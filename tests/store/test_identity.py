"""An observation's name is what it is about, wherever its row stands."""

from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from small import HEADING, write
from songhua import store
from songhua.checks import repeats
from songhua.reading import identity, observations
from songhua.region import Region

USUAL = {
    "indicator": "gdp", "region": "rivertown", "period": "2018", "value": "4.0",
    "unit": "bn EUR", "kind": "actual", "source": "paper", "recorded": "2026-01-02",
}  # fmt: skip


def row(**cells: str) -> str:
    return ",".join((dict.fromkeys(HEADING.split(","), "") | USUAL | cells).values())


def text(*rows: str) -> str:
    return "\n".join([HEADING, *rows]) + "\n"


def region(folder: Path, **files: str) -> Region:
    files = {f"observations__{name}_csv": rows for name, rows in files.items()}
    return store.read(write(folder, **{"observations__economy_csv": text()} | files)).region


def by_value(one: Region) -> dict[str, str]:
    """The name of each row by the value that is printed in it, which is another in each here."""
    return dict(
        zip(
            one.figures.observations.frame["value"],
            one.figures.observations.frame["id"],
            strict=True,
        )
    )


def by_hand(*parts: str) -> str:
    """The name in plain whole numbers: SHA-256 of each part, mixed, 50 bits as base32."""
    total, bits = 0, 2**64 - 1
    for part in parts:
        total ^= int.from_bytes(sha256(part.encode()).digest()[:8], "little")
        total = total * 0x9E3779B97F4A7C15 & bits
        total ^= total >> 29
    return base64.b32encode(total.to_bytes(8, "big")).decode().lower()[:10]


ROWS = [
    row(value="1"),
    row(value="2", source="bulletin-2020"),
    row(value="3", kind="preliminary"),
    row(value="4", vintage="revised"),
    row(value="5", scope="wide"),
    row(value="0.6", industry="food"),
    row(value="7", period="2017"),
    row(value="8", region="upland"),
    row(value="9", indicator="gdp_growth", unit="%"),
    row(value="10", qualifier="about"),
    row(value="11", recorded="2026-02-02"),
    row(value="12", recorded="2026-03-02"),
    row(value="13", recorded="2026-03-02"),
]


def test_the_name_does_not_change_with_versions_of_python_or_of_a_library(tmp_path: Path) -> None:
    ids = region(tmp_path, economy=text(*ROWS[:1], ROWS[10])).figures.observations.frame["id"]
    assert ids.tolist() == ["atbkoxix5v", "zezrlof2yw"]
    about = ("gdp", "rivertown", "all", "", "2018", "", "actual", "", "", "paper")
    assert ids.tolist() == [by_hand(*about), by_hand(*about, "1")]


def test_rows_about_other_things_have_other_names(tmp_path: Path) -> None:
    ids = region(tmp_path, economy=text(*ROWS)).figures.observations.frame["id"]
    assert ids.is_unique
    assert ids.str.fullmatch("[a-z2-7]{10}").all()


def test_a_row_keeps_its_name_where_it_moves(tmp_path: Path) -> None:
    first = by_value(region(tmp_path / "a", economy=text(*ROWS)))
    turned = by_value(region(tmp_path / "b", economy=text(*reversed(ROWS))))
    parted = region(tmp_path / "c", economy=text(*ROWS[5:]), a=text(*ROWS[:5]), z=text())
    assert first == turned == by_value(parted)
    places = {parted.place_of(id) for id in parted.figures.observations.frame["id"]}
    assert places == {f"a.csv:{n}" for n in range(2, 7)} | {
        f"economy.csv:{n}" for n in range(2, 10)
    }


def test_what_is_added_renames_nothing(tmp_path: Path) -> None:
    some = by_value(region(tmp_path / "a", economy=text(*ROWS[:10])))
    more = by_value(region(tmp_path / "b", economy=text(*ROWS)))
    assert some.items() <= more.items()


def test_a_period_in_another_spelling_is_the_same_thing(tmp_path: Path) -> None:
    one = region(tmp_path / "a", economy=text(row(period="2018-H1")))
    other = region(tmp_path / "b", economy=text(row(period="2018-Q1..2018-Q2", value="5.0")))
    assert (
        one.figures.observations.frame["id"].tolist()
        == other.figures.observations.frame["id"].tolist()
    )


def test_names_that_are_alike_are_lengthened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = region(tmp_path / "a", economy=text(*ROWS))
    for module in (repeats, observations):
        monkeypatch.setattr(module, "mixed", lambda total, part: total * np.uint64(0))
    for order in (ROWS, ROWS[::-1]):
        alike = region(tmp_path / "b", economy=text(*order))
        ids = alike.figures.observations.frame["id"]
        assert ids.is_unique
        assert ids.str.startswith("aaaaaaaaaa").all()
        assert ids.str.len().unique().tolist() == [12]
        assert by_value(alike)["1"] == "aaaaaaaaaaqk"
        superseded = zip(
            alike.figures.observations.frame["value"],
            alike.figures.observations.frame["superseded"],
            strict=True,
        )
        assert {value for value, gone in superseded if gone} == {"1", "11"}
    assert whole.figures.observations.frame["superseded"].sum() == 2


def test_the_same_text_twice_has_no_two_names() -> None:
    with pytest.raises(ValueError, match="same text"):
        identity.short_names(np.zeros(2, dtype=np.uint64), lambda rows: ["a", "a"])


def test_names_are_lengthened_only_where_they_would_be_the_same() -> None:
    last = 1 << 64 - 5 * identity.LENGTH  # of the bits that a name shows

    def spell(rows: np.ndarray) -> list[str]:
        return [f"row {at}" for at in rows]

    for apart, longer in ((last, False), (last >> 1, True)):
        names = identity.short_names(np.array([0, apart], dtype=np.uint64), spell)
        assert names.is_unique
        assert set(names.str.len() > identity.LENGTH) == {longer}
