"""The font that charts are measured with is made anew for letters that it lacks."""

from __future__ import annotations

import multiprocessing

from songhua.document.charts import svg


def test_a_fork_makes_fonts_of_its_own() -> None:
    svg.expect("")
    context = multiprocessing.get_context("fork")
    fork = context.Process(target=svg.expect, args=("龘",))
    fork.start()
    fork.join()
    assert fork.exitcode == 0
    svg.expect("䶮")
    assert "龘" not in svg._letters.known
    assert "䶮" in svg._letters.known
