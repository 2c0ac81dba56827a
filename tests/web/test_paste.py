"""A pasted table: a plan's targets as they were read, corrected in the page, taken whole."""

import re
from html import unescape
from itertools import cycle
from pathlib import Path

import pytest

from form_work import MAY, held
from small import write
from songhua import messages, session
from songhua.web.kept_answers import CHOSEN, mark
from songhua.web.pasted import MOST
from web_work import client

PLAN = """[plan]
name = { en = "Five-year plan" }
period = "plan:2021..2025"
base_year = 2020
purpose = { en = "To grow." }
source = "paper"
"""
ROWS = [
    ["指标", "单位", "2020年", "2025年", "年均增速[累计]", "属性"],
    ["实际增速", "%", "2.0", "—", "＞6", "预期性"],
    ["森林覆盖率", "%", "46.0", "46.5", "—", "约束性"],
]


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """The small folder with a plan that has no target yet."""
    return write(tmp_path / "rivertown", plan__plan_toml=PLAN)


def pasted(gap: str, rows: list[list[str]] = ROWS) -> str:
    lines = [gap.join(row) for row in rows]
    if gap == " | ":
        lines = [f"| {line} |" for line in lines]
        lines.insert(1, "|---" * len(rows[0]) + "|")
    return "\r\n".join(lines)


@pytest.mark.parametrize(
    ("gap", "lang"), [*zip(["\t", " | ", "   ", ","], cycle(messages.LANGUAGES), strict=False)]
)
def test_a_plans_table_is_shown_as_it_was_read_then_taken(
    planned: Path, gap: str, lang: str
) -> None:
    asked, before = client(planned), held(planned)
    sent = asked.post(
        f"/{lang}/import/paste", headers=MAY, data={"text": pasted(gap), "to": "targets"}
    )
    assert sent.status_code == 303
    place = sent.headers["location"]
    shown = asked.get(place)
    assert "年均增长超过6%" in shown.text
    assert "森林覆盖率" in shown.text  # left out, for the folder has no such indicator
    assert held(planned) == before
    done = asked.post(place.partition("?")[0], headers=MAY, data={"what": "take", "to": "targets"})
    assert done.status_code == 200, done.text
    plan = session.open(planned).plan
    assert plan is not None
    assert [one.indicator for one in plan.targets] == ["gdp_growth"]
    assert set(held(planned)) - set(before) == {"plan/targets.csv"}


def test_what_is_doubtful_is_corrected_in_the_page(planned: Path) -> None:
    asked, before = client(planned), held(planned)
    wrong = [ROWS[0], [*ROWS[1][:4], "十四元", *ROWS[1][5:]]]
    sent = asked.post(
        "/en/import/paste", headers=MAY, data={"text": pasted("\t", wrong), "to": "targets"}
    )
    place = sent.headers["location"].partition("?")[0]
    shown = asked.get(sent.headers["location"])
    assert 'value="take"' not in shown.text
    assert "十四元" in shown.text
    text = re.search(r'<textarea name="text"[^>]*>(.*?)</textarea>', shown.text, re.DOTALL)
    assert text
    better = unescape(text[1]).replace("十四元", "＞6")
    again = asked.post(place, headers=MAY, data={"what": "look", "to": "targets", "text": better})
    assert 'value="take"' in again.text, again.text
    assert held(planned) == before


def test_figures_are_pasted_too(rivertown: Path) -> None:
    asked = client(rivertown)
    text = "Gross product, bn EUR\nIndustry\t2016\t2017\nFood\t1.5\t2.5\nTools\t1.0\t2.0"
    sent = asked.post("/en/import/paste", headers=MAY, data={"text": text})
    place = sent.headers["location"]
    answers = {"source": "paper", CHOSEN + mark("place"): "rivertown"}
    shown = asked.post(place, headers=MAY, data={"what": "look", **answers})
    assert 'value="take"' in shown.text
    done = asked.post(place, headers=MAY, data={"what": "take"})
    assert "4 rows were added" in " ".join(done.text.split())


@pytest.mark.parametrize(
    "text", ["", "  \n ", "one word", "a\tb\n\0\t1", "\ufeff", "=1+1\t2\n3\t4"]
)
def test_what_is_no_table_is_said(planned: Path, text: str) -> None:
    asked, before = client(planned), held(planned)
    sent = asked.post("/en/import/paste", headers=MAY, data={"text": text, "to": "targets"})
    if sent.status_code == 303:
        shown = asked.get(sent.headers["location"])
        assert shown.status_code == 200
        assert 'value="take"' not in shown.text
    else:
        assert sent.status_code == 400
    assert held(planned) == before


def test_too_much_and_another_target_are_refused(planned: Path) -> None:
    asked = client(planned)
    assert (
        asked.post("/en/import/paste", headers=MAY, data={"text": "a" * 500_001}).status_code == 400
    )
    odd = asked.post("/en/import/paste", headers=MAY, data={"text": "a", "to": "../x"})
    assert odd.status_code == 422


@pytest.mark.parametrize("letter", ["a", "中", "𠀀"])
def test_as_much_is_taken_as_is_said_in_any_letters(rivertown: Path, letter: str) -> None:
    asked = client(rivertown)
    for n, status in ((MOST - 4, 303), (MOST, 400)):
        answer = asked.post("/zh/import/paste", headers=MAY, data={"text": f"a\t{letter * n}\nb"})
        assert answer.status_code == status
    assert "0.5" in answer.text
    more = asked.post("/zh/import/paste", headers=MAY, data={"text": "a" * 25 * MOST})
    assert (more.status_code, messages.word("web_odd", "zh") in more.text) == (400, True)
