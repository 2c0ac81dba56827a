"""Firms judged in the browser: the next question settles most, and nothing typed stays anywhere."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from form_work import MAY, at_field, held, typed
from songhua import messages, session
from songhua.store import rulebooks
from songhua.web.firm_form import choice_name
from web_work import client, page

PLACE = "/en/firms/judge"
SME = {"status": "cn/sci-tech-sme", "day": "2022-06-30"}
MILL = {
    "resident": "true", "staff": "100", "tech_staff": "8", "sales": "0.1 100m CNY", "assets": "800",
    "rd": "30", "total_cost": "900", "class1_ip": "0", "class2_ip": "2",
    "prohibited_products": "false", "serious_violation": "false", "on_abnormal_list": "false",
    "hnte_certificate": "false", "national_award": "false", "rd_institution": "false",
    "led_standard": "false", "tax_industry": "other",
}  # fmt: skip


def sent(asked: Any, facts: dict[str, str], place: str = PLACE, **more: str) -> Any:
    cells = {f"fact.{id}": text for id, text in facts.items()}
    return asked.post(place, headers=MAY, data=SME | cells | more)


def question(text: str) -> str:
    """The fact that the form asks for first."""
    found = re.search(r"<fieldset>.*?name=\"fact\.([a-z0-9_]+)\".*?</fieldset>", text, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_next_question_is_the_fact_that_settles_most(rivertown: Path, lang: str) -> None:
    asked, said = client(rivertown), dict[str, str]()
    place = f"/{lang}/firms/judge"
    assert place in page(asked, f"/{lang}/firms").text
    assert asked.get(place).status_code == 200
    verdict = session.judged(said, SME["status"], SME["day"]).plans[SME["status"]].verdict
    for _ in range(30):
        answer = sent(asked, said, place)
        assert answer.status_code == 200
        verdict = session.judged(said, SME["status"], SME["day"]).plans[SME["status"]].verdict
        next_one = question(answer.text)
        assert next_one == (*verdict.missing, *verdict.category_missing, "")[0]
        if not next_one:
            break
        said[next_one] = MILL[next_one]
    assert len(said) < len(MILL)  # not all were needed
    assert verdict.outcome == "not_met"
    route = sent(asked, MILL, place).text  # as `certify` finds it: 10 + 20 + 3 units of 10,000
    assert re.search({"en": r"330,000\s*yuan", "zh": r"33\W*万\W*元"}[lang], route)


def test_one_fact_that_refuses_ends_the_questions(rivertown: Path) -> None:
    answer = sent(client(rivertown), {"staff": "501"})
    assert not question(answer.text)
    assert "needs no further fact" in answer.text


@pytest.mark.parametrize(
    ("fact", "text"), [("staff", "many"), ("staff", "-1"), ("sales", "5 fathoms"), ("rd", "1e99")]
)
def test_a_wrong_fact_is_told_at_its_field_and_all_others_stay(
    rivertown: Path, fact: str, text: str
) -> None:
    answer = sent(client(rivertown), MILL | {fact: text})
    assert answer.status_code == 422
    assert at_field(answer.text, f"fact.{fact}")
    kept = typed(answer)
    assert {id: kept[f"fact.{id}"] for id in MILL} == MILL | {fact: text}


def test_facts_go_along_to_another_status(rivertown: Path) -> None:
    answer = sent(client(rivertown), MILL, status="cn/size-class")
    kept = typed(answer)
    assert kept["fact.rd"] == "30"
    assert sent(client(rivertown), {}, status="none").status_code == 422
    assert sent(client(rivertown), {}, day="someday").status_code == 422


def test_facts_are_saved_as_a_file_that_certify_reads(rivertown: Path, tmp_path: Path) -> None:
    answer = sent(client(rivertown), MILL, name='The "Mill"', _what="file")
    assert answer.headers["content-disposition"] == 'attachment; filename="firm.toml"'
    file = tmp_path / "firm.toml"
    file.write_bytes(answer.content)
    found = session.firm(file, None, (SME["status"],), SME["day"])
    assert found.name == 'The "Mill"'
    typed_one = session.judged(MILL, SME["status"], SME["day"])
    mine, theirs = (one.plans[SME["status"]].as_dict() for one in (found, typed_one))
    assert str(mine) == str(theirs)


def test_every_choice_of_a_fact_has_a_name() -> None:
    for name in rulebooks.names():
        for fact in rulebooks.load(name).facts.values():
            for one in fact.choices:
                assert choice_name(fact, one, "zh") != one.replace("_", " "), (fact.id, one)


MARKER, NUMBER = "Zugvogelwerk", "8472913"


@pytest.mark.parametrize("fault", [False, True])
def test_a_firm_that_is_judged_leaves_no_trace(
    rivertown: Path, tmp_path: Path, fault: bool
) -> None:
    """A server of its own: what is typed is in no log, no file of the folder and no cache."""
    cache, out = tmp_path / "cache", tmp_path / "out"
    env = {**os.environ, "XDG_CACHE_HOME": str(cache), "TMPDIR": str(tmp_path), "HOME": str(cache)}
    command = [sys.executable, "-m", "songhua", "serve", str(rivertown), "--port", "0", "--no-open"]
    with out.open("wb") as log, subprocess.Popen(
        command, stdout=log, stderr=log, env={**env, "PYTHONUNBUFFERED": "1"}
    ) as server:  # fmt: skip
        try:
            base, token = _address(out, server)
            staff = MARKER if fault else NUMBER
            cells = SME | {"name": MARKER, "fact.staff": staff, "fact.sales": NUMBER}
            headers = {"origin": base, MAY_HEADER: token}
            data = urllib.parse.urlencode(cells).encode()
            asked = urllib.request.Request(f"{base}/en/firms/judge", data, headers)
            try:
                answer = urllib.request.urlopen(asked, timeout=60)
            except urllib.error.HTTPError as refused:
                answer = refused
            text = answer.read().decode()
            assert MARKER in text
            assert answer.headers["cache-control"] == "no-store"
            assert MARKER not in answer.url
        finally:
            server.terminate()
            server.wait(20)
    searched = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert out in searched
    for file in searched:
        data = file.read_bytes()
        assert MARKER.encode() not in data, file
        assert NUMBER.encode() not in data, file


MAY_HEADER = next(name for name in MAY if name != "origin")


def _address(out: Path, server: "subprocess.Popen[bytes]") -> tuple[str, str]:
    """Where the server stands, and its token, once it answers."""
    for _ in range(600):
        found = re.search(r"(http://127\.0\.0\.1:\d+)/\?token=(\S+)", out.read_text("utf-8"))
        if found:
            return found[1], found[2]
        assert server.poll() is None, out.read_text("utf-8")
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(out.read_text("utf-8"))


def test_a_folder_without_a_register_says_so(rivertown: Path) -> None:
    asked = client(rivertown)
    assert page(asked, "/en/firms/register").status_code == 404
    assert page(asked, "/en/firms/register/none").status_code == 404
    assert "/firms/register" not in page(asked, "/en/firms").text


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_register_is_a_table_with_a_page_a_firm(rivertown: Path, lang: str) -> None:
    home = rivertown / "register"
    home.mkdir()
    rows = "firm,resident,staff,tech_staff,sales\nX1,true,501,8,100\nX2,true,100,40,100\n"
    (home / "enterprises.csv").write_text(rows, "utf-8")
    told = '[register]\non = 2022-06-30\nstatuses = ["cn/sci-tech-sme"]\n'
    (home / "register.toml").write_text(told, "utf-8")
    asked, place = client(rivertown), f"/{lang}/firms/register"
    assert place in page(asked, f"/{lang}/firms").text
    listed = page(asked, place)
    assert listed.headers["cache-control"] == "no-store"
    assert f"{place}/X1" in listed.text
    found = page(asked, f"{place}.json?outcome=not_met").json()
    assert [row["firm"] for row in found["rows"]] == ["X1"]
    assert len(page(asked, f"{place}.csv").text.splitlines()) == 3
    one = page(asked, f"{place}/X1")
    assert "X1" in one.text
    assert page(asked, f"{place}/X9").status_code == 404
    kept = [one for one in held(rivertown.parent) if "cache" in one]
    assert not kept


def test_reading_alone_judges_nothing(rivertown: Path) -> None:
    asked = client(rivertown, read_only=True)
    assert asked.get(PLACE).status_code == 404
    assert sent(asked, MILL).status_code == 403
    assert "/firms/judge" not in page(asked, "/en/firms").text
