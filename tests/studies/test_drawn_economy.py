"""Tables are drawn once for all that is assumed of projects, and anew for what they read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import songhua
from songhua.results.kept import Cache
from songhua.studies.simulate import drawn_economy, table_draws


@pytest.mark.parametrize(
    ("change", "drawn"),
    [
        ({("ramp", "lamb-weston-richland"): 2}, 0), ({"realised": 95}, 0), ({"pay": 70}, 0),
        ({"transfer": 1.4}, 2), ({"area": 1000}, 2),
    ],
)  # fmt: skip
def test_tables_are_drawn_again_for_what_they_read_alone(
    change: dict[Any, float], drawn: int, users_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the kept draws equal new draws byte by byte."""
    calls: list[int] = []
    real = table_draws.draw_coefficients

    def watched(*arguments: Any) -> Any:
        calls.append(arguments[3])
        return real(*arguments)

    monkeypatch.setattr(drawn_economy, "_CACHE", Cache(8))
    monkeypatch.setattr(drawn_economy, "draw_coefficients", watched)
    session = songhua.open(songhua.example("washington"))
    session.run("simulate", draws=50)
    assert len(calls) == 2  # the tables, and those that say how much of the width they make
    changed = session.change(assumptions=change)
    options: dict[str, Any] = {"draws": 50}
    again = _simulated(changed, options)
    assert len(calls) == 2 + drawn
    drawn_economy._CACHE.clear()
    assert _simulated(changed, options) == again


def _simulated(session: songhua.Session, options: dict[str, Any]) -> str:
    """The result computed now, whatever is kept of results."""
    from songhua.session import cache

    cache._RESULTS.clear()
    return session.run("simulate", **options).to_json()
