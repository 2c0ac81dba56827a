"""Two who write at once: nothing is lost, what was opened before a change is noticed, once is once."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from form_work import MAY, held, posted, typed
from songhua import messages, session
from songhua.errors import SonghuaError
from songhua.reading.file_fault_kinds import LockHeld
from songhua.store import folder as folders
from songhua.web.forms import FormRequest
from web_work import client

FIGURE = {
    "indicator": "gdp", "region": "rivertown", "period": "2021", "value": "11.20",
    "unit": "bn EUR", "kind": "actual", "source": "bulletin-2020", "recorded": "2026-01-05",
}  # fmt: skip
HEAD = "indicator,region,period,value,unit,kind,source,recorded\n"
FILE = {
    "file": (
        "more.csv",
        f"{HEAD}gdp,rivertown,2018,9.5,bn EUR,actual,bulletin-2020,2026-01-02\n".encode(),
    )
}


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of two that take something find out first whether they may, where nothing hinders them."""
    both, of = threading.Barrier(2), FormRequest.of

    def asked(states: Any, given: Any, cells: Any, lang: str) -> FormRequest:
        found = of(states, given, cells, lang)
        if found.take:
            try:
                both.wait(1)
            except threading.BrokenBarrierError:
                both.reset()
        return found

    monkeypatch.setattr(FormRequest, "of", asked)


def at_once(asked: Any, address: str, taken: list[dict[str, str]]) -> list[str]:
    """The answers to forms that are taken at the same moment."""
    with ThreadPoolExecutor(len(taken)) as pool:
        found = list(pool.map(lambda one: posted(asked, address, one, "take"), taken))
    assert {one.status_code for one in found} <= {200, 422}
    return [one.text for one in found]


def test_of_two_corrections_at_once_one_is_told_what_changed(
    rivertown: Path, together: None
) -> None:
    asked = client(rivertown)
    id = session.open(rivertown).region.figures.observations.frame["id"].iloc[0]
    address = f"/en/figures/{id}/correct"
    shown = [
        typed(posted(asked, address, typed(asked.get(address)) | {"value": value}))
        for value in ("11.30", "11.40")
    ]
    said = at_once(asked, address, shown)
    assert sum("It is written." in one for one in said) == 1
    told = next(one for one in said if 'role="alert"' in one)
    assert "observations/" in told


def test_a_figure_taken_twice_at_once_stands_once(rivertown: Path, together: None) -> None:
    asked = client(rivertown)
    shown = typed(posted(asked, "/en/write/figure", FIGURE))
    said = at_once(asked, "/en/write/figure", [shown, shown])
    assert (rivertown / "observations/written.csv").read_text("utf-8").count("11.20") == 1
    assert sum('role="alert"' in one for one in said) == 1


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_form_of_a_folder_that_another_holds_keeps_what_was_typed(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    def refuse(folder: Path) -> None:
        raise SonghuaError(LockHeld(path=str(folder)))

    asked = client(rivertown)
    shown, before = typed(posted(asked, f"/{lang}/write/figure", FIGURE)), held(rivertown)
    monkeypatch.setattr(folders, "locked", refuse)
    again = posted(asked, f"/{lang}/write/figure", shown, "take")
    assert (again.status_code, typed(again)["value"]) == (200, "11.20")
    assert messages.fault("lock_held", lang, {})[0] in again.text
    assert held(rivertown) == before
    monkeypatch.undo()
    done = posted(asked, f"/{lang}/write/figure", typed(again), "take")
    assert messages.word("web_written", lang) in done.text


def test_a_file_that_was_shown_before_a_change_is_shown_again(rivertown: Path) -> None:
    asked = client(rivertown)
    place = asked.post("/en/import", headers=MAY, files=FILE).headers["location"]
    shown = dict(re.findall(r'name="(_seen)" value="([^"]*)"', asked.get(place).text))
    session.add_figure(rivertown, FIGURE)
    before = held(rivertown)
    again = asked.post(place, headers=MAY, data={**shown, "what": "take"})
    assert (
        "observations/written.csv" in re.findall(r'role="alert">(.*?)</div>', again.text, re.S)[0]
    )
    assert held(rivertown) == before
    shown = dict(re.findall(r'name="(_seen)" value="([^"]*)"', again.text))
    asked.post(place, headers=MAY, data={**shown, "what": "take"})
    assert len(held(rivertown)) == len(before) + 1


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_file_taken_twice_is_told_twice_and_stands_once(rivertown: Path, lang: str) -> None:
    asked, before = client(rivertown), held(rivertown)
    place = asked.post(f"/{lang}/import", headers=MAY, files=FILE).headers["location"]
    taking = dict(re.findall(r'name="(_seen)" value="([^"]*)"', asked.get(place).text))
    said = [asked.post(place, headers=MAY, data={**taking, "what": "take"}) for _ in range(2)]
    assert [one.status_code for one in said] == [200, 200]
    assert said[0].text == said[1].text
    assert messages.word("web_taken", lang) in said[1].text
    assert len(held(rivertown)) == len(before) + 1
    assert asked.get(place).status_code == 404
