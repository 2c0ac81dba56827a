"""Rows of the plan corrected by form: progress is written over, what was promised stays."""

import re
import subprocess
from html import unescape
from pathlib import Path

import pytest

from form_work import at_field, held, posted, typed
from songhua import messages, schema, session
from tracked import aim, figure
from tracked import folder as tracked_folder
from web_work import client

TASKS = schema.table("plan_measures").names
WAY = re.compile(r'<li><a href="(/../plan/rows/(?:targets|measures)/[0-9a-f]{16})">(.*?)</a>')


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A plan with a target and a task."""
    cells = {"id": "road", "task_en": "Build the road", "task_zh": "修路", "lead": "Works",
             "status": "under_way", "due": "2022", "source": "paper", "recorded": "2026-01-02"}  # fmt: skip
    task = ",".join(cells.get(name, "") for name in TASKS)
    return tracked_folder(
        tmp_path, [aim("reach 900", "firms", id="d", owner="Works")],
        [figure("firms", "2021", "810", "count")],
        plan__measures_csv=",".join(TASKS) + f"\n{task}\n",
    )  # fmt: skip


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_task_and_a_target_are_corrected_by_form(case: Path, lang: str) -> None:
    asked, before = client(case), held(case)
    ways = [unescape(way) for way, _ in WAY.findall(asked.get(f"/{lang}/plan/rows").text)]
    assert len(ways) == 2
    for way, change in zip(
        ways, ({"text": "reach 950"}, {"status": "done", "evidence": "Form 3"}), strict=True
    ):
        form, state = asked.get(way), held(case)
        assert form.status_code == 200
        shown = posted(asked, way, typed(form) | change)
        assert shown.status_code == 200, shown.text
        assert held(case) == state
        done = posted(asked, way, typed(shown), "take")
        assert done.status_code == 200
        assert f'href="/{lang}/plan/rows"' in done.text
    plan = session.open(case).plan
    assert plan is not None
    assert [one.text for one in plan.targets] == ["reach 950"]
    assert [one.status for one in plan.measures] == ["done"]
    changed = {name for name, data in held(case).items() if data != before[name]}
    assert changed == {"plan/targets.csv", "plan/measures.csv"}


def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(case: Path) -> None:
    asked, before = client(case), held(case)
    way = WAY.findall(asked.get("/en/plan/rows").text)[0][0]
    wrong = posted(asked, way, typed(asked.get(way)) | {"recorded": "yesterday"})
    assert wrong.status_code == 422
    assert "yesterday" in at_field(wrong.text, "recorded")
    same = posted(asked, way, typed(asked.get(way)))
    assert same.status_code == 422
    assert asked.get("/en/plan/rows/targets/0123456789abcdef").status_code == 404
    assert asked.get("/en/plan/rows/products/0123456789abcdef").status_code == 422
    assert client(case, read_only=True).get("/en/plan/rows").status_code == 404
    assert held(case) == before


def test_what_a_committed_plan_promised_stays(case: Path) -> None:
    git = ["git", "-C", str(case), "-c", "user.name=a", "-c", "user.email=a@b"]
    for said in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *said], check=True)
    asked, before = client(case), held(case)
    target, task = (way for way, _ in WAY.findall(asked.get("/en/plan/rows").text))
    refused = posted(asked, target, typed(asked.get(target)) | {"text": "reach 950"})
    assert refused.status_code == 422
    assert "plan/changes.csv" in refused.text
    assert held(case) == before
    shown = posted(asked, task, typed(asked.get(task)) | {"status": "done"})
    assert shown.status_code == 200, shown.text
