"""Files brought in: shown first, taken whole or not at all, and nothing of a name reaches the disk."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from songhua import session
from songhua.store import user_home
from songhua.web import bring, guard
from web_work import HOME, TOKEN, client, page

MAY = {"origin": HOME, guard.HEADER: TOKEN}
HEAD = (
    "indicator,region,industry,entity,period,value,unit,qualifier,kind,vintage,scope,"
    "source,published,recorded,note\n"
)


def sent(asked: TestClient, name: str, data: bytes) -> Any:
    """The answer to a file that is sent: the page that shows it, or why not."""
    answer = asked.post("/en/import", headers=MAY, files={"file": (name, data)})
    if answer.status_code == 303:
        place = answer.headers["location"]
        assert re.fullmatch(r"/en/import/[0-9a-f]{16}", place)
        return place, asked.get(place)
    return "", answer


def told(answer: Any) -> str:
    """The text of a page, its spaces alike."""
    return " ".join(answer.text.split())


def figures(folder: Path) -> dict[str, str]:
    return {one.name: one.read_text("utf-8") for one in (folder / "observations").glob("*")}


def a_list(folder: Path, value: str = "123.4") -> bytes:
    opened = session.open(folder).region.figures.observations.frame.iloc[0]
    row = f"{opened['indicator']},rivertown,,,2018,{value},{opened['unit']},,actual,,,bulletin-2020,,2026-11-01,\n"
    return (HEAD + row).encode()


def test_a_list_is_shown_then_taken_once(rivertown: Path) -> None:
    asked, before = client(rivertown), figures(rivertown)
    total = page(asked, "/en/figures.json").json()["total"]
    place, shown = sent(asked, "more.csv", a_list(rivertown))
    assert shown.status_code == 200
    assert "123.4" in shown.text
    assert "1 row would be added" in told(shown)
    assert figures(rivertown) == before
    answer = asked.post(place, headers=MAY, data={"what": "take"})
    assert "1 row was added" in told(answer)
    assert len(figures(rivertown)) == len(before) + 1
    assert page(asked, "/en/figures.json").json()["total"] == total + 1
    assert asked.get(place).status_code == 404  # it is not taken twice


def test_a_faulty_list_says_why_and_offers_no_taking(rivertown: Path) -> None:
    asked, before = client(rivertown), figures(rivertown)
    place, shown = sent(asked, "more.csv", a_list(rivertown, "12.3x"))
    assert 'value="take"' not in shown.text
    assert "12.3x" in shown.text
    answer = asked.post(place, headers=MAY, data={"what": "take"})
    assert answer.status_code == 409
    assert figures(rivertown) == before
    assert asked.post(place, headers=MAY, data={"what": "away"}).status_code == 303
    assert asked.get(place).status_code == 404


def a_workbook(folder: Path) -> bytes:
    region = session.open(folder).region
    name = region.indicators[str(region.figures.observations.frame.iloc[0]["indicator"])]["name"](
        "en"
    )
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    unit = str(region.figures.observations.frame.iloc[0]["unit"])
    for row in ([f"{name}, {unit}"], ["Place", "2016", "2017"], ["Rivertown", 11.5, 12.25]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_is_shown_as_it_was_read_and_taken_with_its_source(rivertown: Path) -> None:
    asked = client(rivertown)
    place, shown = sent(asked, "年鉴 2017.xlsx", a_workbook(rivertown))
    assert "12.25" in shown.text
    assert 'value="take"' not in shown.text
    settled = asked.post(place, headers=MAY, data={"what": "look", "source": "bulletin-2020"})
    assert 'value="take"' in settled.text, settled.text
    done = asked.post(place, headers=MAY, data={"what": "take", "source": "bulletin-2020"})
    assert "2 rows were added" in told(done)
    added = page(asked, "/en/figures.json?period=2017").json()["rows"]
    assert "12.25" in [row["value"] for row in added]


@pytest.mark.parametrize(
    "name",
    ["../../up.csv", "..\\up.csv", "/etc/up.csv", "C:\\up.csv", ".csv", "a\x00b.csv", "con.csv"],
)
def test_no_name_from_outside_reaches_the_disk(rivertown: Path, name: str) -> None:
    before = sorted(rivertown.parent.rglob("*"))
    place, answer = sent(client(rivertown), name, a_list(rivertown))
    assert answer.status_code in (200, 400)
    assert sorted(rivertown.parent.rglob("*")) == before
    if place:
        (taken,) = user_home.sent(place.rpartition("/")[2]).rglob("*")
        assert taken.is_file()


def test_what_is_no_table_or_too_much_is_refused(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = client(rivertown)
    refused = sent(asked, "a.exe", b"MZ")[1]
    assert refused.status_code == 400
    assert "The file is not read" in refused.text
    assert '<a href="/en/import">Choose another file</a>' in refused.text
    assert asked.post("/en/import", headers=MAY).status_code == 400
    monkeypatch.setattr(bring, "MOST", 100)
    assert sent(asked, "a.csv", b"x" * 101)[1].status_code == 400
    told = MAY | {"content-length": str(guard.LARGEST + 1)}
    assert asked.post("/en/import", headers=told, content=b"x").status_code == 413

    def endless() -> Any:
        yield b"x"

    assert asked.post("/en/import", headers=MAY, content=endless()).status_code == 413


@pytest.mark.parametrize("name", ["bomb.xlsx", "broken.xlsx", "text.parquet", "nul.csv"])
def test_a_hostile_file_ends_as_a_fault(rivertown: Path, name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(
            "xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' + b" " * 5_000_000
        )
    data = {"bomb.xlsx": out.getvalue(), "nul.csv": b"a\0b"}.get(name, b"PK\x03\x04broken")
    asked, before = client(rivertown), figures(rivertown)
    place, shown = sent(asked, name, data)
    assert shown.status_code == 200
    assert 'value="take"' not in shown.text
    assert asked.post(place, headers=MAY, data={"what": "take"}).status_code == 409
    assert figures(rivertown) == before


def test_reading_alone_brings_nothing_in(rivertown: Path) -> None:
    asked = client(rivertown, read_only=True)
    assert "/en/import" not in page(asked, "/en/").text
    assert asked.get("/en/import").status_code == 404
    assert sent(asked, "more.csv", a_list(rivertown))[1].status_code == 403
