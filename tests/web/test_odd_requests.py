"""Requests of a stranger or a careless reader: none is a fault of the workbench's own."""

import errno
import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

import web_work
from bare import bare_charts
from songhua import session
from songhua.document.blocks import Paragraph
from songhua.errors import SonghuaError
from songhua.format.text import Link
from songhua.store import steps, user_home
from songhua.web import documents, guard
from songhua.web.address import Address
from songhua.web.asking import Route
from songhua.web.fault_kinds import WorkStopped
from songhua.web.jobs import Jobs
from songhua.web.workbench import Waiting, Workbench
from web_work import HOME, TOKEN, client, page, routes

MAY = {"origin": HOME, guard.HEADER: TOKEN}
WORDS = (
    "", "-", "--", "=", "'\"><script>alert(1)</script>", "\0", "\n", "../", "a" * 300, "1e999",
    "nan", "-1", "0", "999999999", "1000000000", "²", "\u202e", "𠀀", "=cmd", "&", "gdp",
    "rivertown", "2020", "9999-12-31", "0000-01-01", "value", "-value", "period", "number", "id",
)  # fmt: skip
PAGES = (
    "", "figures", "figures.csv", "figures.json", "cells", "sources", "tables", "documents",
    "documents/look", "import", "figures/x", "sources/bulletin-2020", "industries/food",
    "tables/track/targets", "import/0123456789abcdef", "events", "stop",
)  # fmt: skip
KEYS = (
    "_q", "_sort", "_page", "_size", "_kind", "_period", "_source", "_job", "indicator", "value",
    "observations", "id", "", "number",
)  # fmt: skip


def test_no_request_is_a_fault_of_the_workbench(rivertown: Path) -> None:
    asked, drawn = client(rivertown), random.Random(1)
    every = routes(rivertown)
    words, fields = (
        {name: [word for one in every for word in _taken(one, take, name)] for name in PAGES}
        for take in (Route.words, Route.fields)
    )
    with bare_charts():
        for lang in ("en", "zh"):
            page(asked, f"/{lang}/")
        for _ in range(400):
            name = drawn.choice(PAGES)
            keys = words[name] if words[name] and drawn.random() < 0.8 else KEYS
            asking = "&".join(
                f"{quote(drawn.choice(keys))}={quote(drawn.choice(WORDS))}"
                for _ in range(drawn.choice((0, 1, 1, 2)))
            )
            address = f"/{drawn.choice(('en', 'zh'))}/{name}?{asking}"
            method = drawn.choice(("GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "BREW"))
            data = {one: drawn.choice(WORDS) for one in fields[name] or ["what"] if "*" not in one}
            sent = data if method == "POST" else None
            answer = asked.request(method, address, headers=MAY, data=sent)
            assert answer.status_code < 500, (method, address)
            assert "<script>alert" not in answer.text or "json" in answer.headers["content-type"]


def _taken(route: Route, take: Callable[..., list[str]], page: str) -> list[str]:
    """The words or the fields that an address takes, if it is that of a page."""
    match = route.path_regex.match(f"/en/{page}")
    return take(route, match.groupdict()) if match else []


@pytest.mark.parametrize("asking", ["_sort=-", "=x", "_sort=--id", "_sort=note"])
def test_a_column_without_a_name_is_refused(rivertown: Path, asking: str) -> None:
    asked = client(rivertown)
    for form in ("", ".json", ".csv"):
        assert page(asked, f"/en/figures{form}?{asking}").status_code in (200, 400)


@pytest.mark.parametrize(
    "other", ["(a)=1", 'x={"a":1,"b":[2]}', "x y", "path=/", "songhua-token=b"]
)
def test_cookies_of_others_on_this_machine_do_not_hide_the_token(
    rivertown: Path, other: str
) -> None:
    own = f"{guard.cookie('127.0.0.1:8321')}={TOKEN}"
    for told in (f"{other}; {own}", f"{own}; {other}"):
        headers = {"origin": HOME, "cookie": told}
        assert client(rivertown).post("/en/stop", headers=headers).status_code == 200


def test_two_workbenches_on_one_machine_keep_their_tokens_apart(rivertown: Path) -> None:
    asked = client(rivertown)
    names = {
        asked.get(f"/?token={TOKEN}", headers={"host": host}).headers["set-cookie"].split("=")[0]
        for host in ("127.0.0.1:8321", "127.0.0.1:8322")
    }
    assert len(names) == 2


@pytest.mark.parametrize("address", ["/en/", "/en/figures.csv", "/en/nowhere", "/en/events"])
def test_head_answers_as_get_without_content(rivertown: Path, address: str) -> None:
    asked = client(rivertown)
    got, head = page(asked, address), asked.head(address)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["content-type"] == got.headers["content-type"]


def test_what_is_of_another_form_is_told_as_a_page(rivertown: Path) -> None:
    asked = client(rivertown)
    for address in ("/EN/", "/en/documents/brief.exe", "/en/figures/" + "a" * 300):
        answer = asked.get(address)
        assert answer.status_code == 422
        assert 'class="brand"' in answer.text


def test_a_folder_that_goes_and_comes_back(rivertown: Path) -> None:
    asked = client(rivertown)
    page(asked, "/en/")
    kept = rivertown.with_name("kept")
    rivertown.rename(kept)
    file = {"file": ("a.csv", b"x")}
    for there in (lambda: None, lambda: rivertown.write_text("x", "utf-8")):
        there()
        assert asked.get("/en/").status_code == 409
        assert asked.post("/en/import", headers=MAY, files=file).status_code == 409
    rivertown.unlink()
    kept.rename(rivertown)
    assert page(asked, "/en/").status_code == 200


def test_what_the_disk_refuses_is_a_fault_like_any_other(
    rivertown: Path, users_place: Path
) -> None:
    asked = client(rivertown)
    users_place.mkdir()
    (users_place / "sent").write_text("in the way", "utf-8")
    answer = asked.post("/en/import", headers=MAY, files={"file": ("a.csv", b"x")})
    assert answer.status_code == 409


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_full_disk_leaves_no_half_file(
    rivertown: Path, users_place: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    asked, full = client(rivertown), OSError(errno.ENOSPC, "No space left on device")
    place = asked.post(f"/{lang}/import/paste", headers=MAY, data={"text": "a\tb\n1\t2"})
    home = users_place / "sent" / place.headers["location"].rpartition("/")[2]
    before = sorted(rivertown.rglob("*")), (home / "pasted.csv").read_bytes()

    def refuse(*given: object) -> None:
        del given
        raise full

    monkeypatch.setattr(shutil, "copyfileobj", refuse)
    monkeypatch.setattr(steps, "write_whole", refuse)
    for address, data, files in (
        ("import", None, {"file": ("a.csv", b"x")}),
        ("import/paste", {"text": "a"}, None),
        (f"import/{home.name}", {"what": "look", "text": "other"}, None),
    ):
        answer = asked.post(f"/{lang}/{address}", headers=MAY, data=data, files=files)
        assert answer.status_code in (200, 409), address
        assert "No space left on device" in answer.text
    assert (sorted(rivertown.rglob("*")), (home / "pasted.csv").read_bytes()) == before


@pytest.mark.parametrize("stem", ["𠀀" * 80, "年" * 200, "a" * 250])
def test_a_long_name_is_cut(rivertown: Path, stem: str) -> None:
    file = {"file": (f"{stem}.csv", b"x")}
    assert client(rivertown).post("/en/import", headers=MAY, files=file).status_code == 303


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("../../etc/x.csv", "x.csv"), ("C:\\x\\..\\a.csv", "a.csv"), ("CON.csv", "file CON.csv"),
        ("lpt1.x.csv", "file lpt1.x.csv"), ("a\u202egpj.csv", "a_gpj.csv"), ("..csv", "file.csv"),
        ("a.exe.csv", "a.exe.csv"), ('a"\r\nX: y.csv', "a_22_0D_0AX_ y.csv"),
    ],
)  # fmt: skip
def test_a_name_from_outside_is_made_harmless(
    rivertown: Path, users_place: Path, name: str, held: str
) -> None:
    file = {"file": (name, b"x")}
    place = client(rivertown).post("/en/import", headers=MAY, files=file).headers["location"]
    home = users_place / "sent" / place.rpartition("/")[2]
    assert [one.name for one in home.iterdir()] == [held]


@pytest.mark.parametrize("name", ["a.csv.exe", "a\u202evsc.exe", "a.xlsm", ".csv", "csv"])
def test_a_file_of_another_kind_is_not_held(rivertown: Path, users_place: Path, name: str) -> None:
    file = {"file": (name, b"x")}
    assert client(rivertown).post("/zh/import", headers=MAY, files=file).status_code == 400
    assert not (users_place / "sent").exists()


def test_nothing_is_taken_with_an_address_that_is_refused(rivertown: Path) -> None:
    asked = client(rivertown)
    row = "gdp,rivertown,,,2018,9.5,bn EUR,,actual,,,bulletin-2020,,2026-01-02,\n"
    head = (rivertown / "observations/economy.csv").read_text("utf-8").splitlines()[0]
    file = {"file": ("a.csv", f"{head}\n{row}".encode())}
    place = asked.post("/en/import", headers=MAY, files=file).headers["location"]
    taking = {"what": "take"}
    assert asked.post(f"{place}?_as_of=never", headers=MAY, data=taking).status_code == 400
    assert len(list((rivertown / "observations").iterdir())) == 1
    assert asked.post(place, headers=MAY, data=taking).status_code == 200
    assert len(list((rivertown / "observations").iterdir())) == 2


def test_a_case_that_comes_with_songhua_is_never_written_to() -> None:
    folder = session.example()
    before = sorted(folder.rglob("*"))
    asked = client(folder)
    for answer in (
        asked.get("/en/import"),
        asked.post("/en/import", headers=MAY, files={"file": ("a.csv", b"x")}),
        asked.post("/en/import/0123456789abcdef", headers=MAY, data={"what": "take"}),
    ):
        assert answer.status_code == 409
        assert "songhua new" in answer.text
    assert sorted(folder.rglob("*")) == before


def test_links_in_a_document_keep_day_and_scenario(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, blocks = documents.fragment_of, [Paragraph((Link("x", "obs-a"),))]
    monkeypatch.setattr(documents, "fragment_of", lambda view, _, at: shown(view, blocks, at))
    text = page(client(rivertown), "/en/documents/look?_kind=brief&_as_of=2026-06-01").text
    assert 'href="/en/figures/a?_as_of=2026-06-01"' in text


def test_progress_of_what_has_failed_takes_no_answer_from_the_page() -> None:
    """Else a page whose study fails at once would wait for ever: its progress ate the answer."""
    jobs = Jobs()

    def work(report: object) -> int:
        raise SonghuaError(WorkStopped())

    job = jobs.begin("a", work)
    with pytest.raises(SonghuaError):
        job.future.result(10)
    assert jobs.find(job.id) is job
    assert jobs.find("another") is None
    assert jobs.begin("a", lambda report: 1) is job
    jobs.close()


def test_a_document_that_is_made_tells_of_its_own_progress(rivertown: Path) -> None:
    asked = client(rivertown)
    page(asked, "/en/")
    text = asked.get("/en/documents/look?_kind=monthly&_period=2019").text
    assert 'data-events="/en/events?_job=' in text
    assert 'action="/en/stop?_job=' in text


def test_who_may_not_write_is_offered_no_button_to_stop(rivertown: Path) -> None:
    text = client(rivertown, read_only=True).get("/en/?_as_of=2026-05-01").text
    assert "data-events" in text
    assert "/stop" not in text


def test_a_page_of_a_folder_that_has_changed_is_not_kept_as_the_new_one(rivertown: Path) -> None:
    bench, at = Workbench(rivertown), Address("en")
    while isinstance(old := bench.view(at), Waiting):
        old.job.future.result(60)
    region = rivertown / "region.toml"
    region.write_text(region.read_text("utf-8").replace("Rivertown", "Millbrook"), "utf-8")
    assert bench.page(at, "", lambda view: view.region.name("en"), old) == "Rivertown"
    while isinstance(new := bench.view(at), Waiting):
        new.job.future.result(60)
    assert bench.page(at, "", lambda view: view.region.name("en"), new) == "Millbrook"
    bench.close()


def test_many_readers_of_a_folder_that_changes(rivertown: Path) -> None:
    asked, wrong = client(rivertown), list[object]()
    region = rivertown / "region.toml"
    told = region.read_text("utf-8")
    with bare_charts():
        page(asked, "/en/")

        def read(lang: str) -> None:
            for _ in range(15):
                answer = asked.get(f"/{lang}/figures")
                if answer.status_code >= 500:
                    wrong.append(answer.text)

        threads = [threading.Thread(target=read, args=(lang,)) for lang in ("en", "zh", "en")]
        for thread in threads:
            thread.start()
        for at in range(6):
            region.write_text(told + "\n" * at, "utf-8")
        for thread in threads:
            thread.join()
    assert not wrong


@pytest.mark.usefixtures("users_place")  # files that other tests sent stay
def test_a_file_that_was_sent_goes_after_a_day(
    rivertown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, file = client(rivertown), {"file": ("a.csv", b"x")}
    place = asked.post("/en/import", headers=MAY, files=file).headers["location"]
    monkeypatch.setattr(user_home, "STALE", -1)
    asked.post("/en/import", headers=MAY, files=file)
    assert asked.get(place).status_code == 404


def test_a_refusal_is_a_page_without_marks_of_its_own(rivertown: Path) -> None:
    for address, status in (("figures?frob=%3Cb%3E", 400), ("?_as_of=never", 400)):
        answer = client(rivertown).get(f"/en/{address}")
        assert answer.status_code == status
        assert "<main" in answer.text
        assert "<li>" in answer.text
        assert "&lt;ul" not in answer.text
        assert "<b>" not in answer.text


def test_every_page_is_led_to_in_the_language_that_its_address_asks_for(rivertown: Path) -> None:
    asked = client(rivertown)
    for route in routes(rivertown):
        if "{lang}" in route.path and "GET" in (route.methods or ()):
            path = web_work.address(route.path)
            answer = asked.get(f"{path}?lang=zh&_as_of=2021-01-01&_q=%E5%B7%A5")
            assert answer.status_code == 303, path
            to = f"{web_work.address(route.path, 'zh')}?_as_of=2021-01-01&_q=%E5%B7%A5"
            assert answer.headers["location"] == to
    for path in ("/", "/en"):
        assert asked.get(f"{path}?lang=zh").headers["location"] == "/zh/"
    assert asked.get("/en/figures?lang=zh-CN").headers["location"] == "/zh/figures"
    assert "没有" in asked.get("/none/none?lang=zh").text
    assert asked.get("/en/figures?lang=fr").headers["location"] == "/fr/figures"
    assert asked.get("/fr/figures").status_code == 404
