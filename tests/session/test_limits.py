"""A study has bounds and fails alone: its time, its memory, its horizon, and extreme figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import commands
import songhua
from bare import bare_charts
from extremes import FOLDERS, SMALL, Extreme
from songhua import Session, session
from songhua.errors import SonghuaError
from songhua.results.kept import Cache
from songhua.session import cache, limit
from songhua.studies import registry
from songhua.studies.accounts import account_draws
from songhua.studies.registry import Inputs
from songhua.studies.simulate import drawn_economy, example
from songhua.studies.simulate.drawn_economy import Seeds
from songhua.studies.simulate.prepared import Prepared
from web_work import client, page

#: The options of a study beside those of a whole run.
ASKED: dict[str, tuple[dict[str, Any], ...]] = {
    "month": ({"period": "2020"},), "choose": ({"indicator": "gdp"}, {"indicator": "jobs"}),
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch, users_place: Path) -> None:
    """Every study is computed."""
    del users_place
    monkeypatch.setattr(cache, "_RESULTS", Cache(8))
    monkeypatch.setattr(drawn_economy, "_CACHE", Cache(8))
    monkeypatch.setattr(account_draws, "_SAMPLES", Cache(8))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of every kind of data, in which simulate rests on accounts."""
    return FOLDERS["sectors alone"].write(tmp_path_factory.mktemp("extremes") / "town")


def _ended(opened: Session, study: str, **asked: Any) -> str:
    """The code of what a study is refused for; blank where it answers."""
    try:
        opened.run(study, **asked)
    except SonghuaError as error:
        return error.faults[0].code
    return ""


# --- extreme and valid folders ---

HUGE = Extreme(industries=tuple(f"i{at}" for at in range(5000)), places=("land", "p1", "p2"),
               years=(2015, 2020), table=False)  # fmt: skip


@pytest.mark.parametrize(
    "one",
    [
        *(pytest.param(one, id=name) for name, one in FOLDERS.items()),
        pytest.param(HUGE, id="5000 industries", marks=pytest.mark.exhaustive),
    ],
)
def test_each_study_answers_or_refuses(tmp_path: Path, one: Extreme) -> None:
    """Every warning is an error here; the limit is the usual one."""
    opened = songhua.open(one.write(tmp_path), fresh=True)
    for name in registry.studies():
        if opened.lacks(name) is None and (name != "month" or one is SMALL):  # it is a diagnosis
            for asked in ASKED.get(name, ({},)):
                code = _ended(opened, name, **asked)
                few = (
                    "study_failed",
                    "study_rests_on",
                    *(() if one is HUGE else ["study_stopped"]),
                )
                assert code not in few, (name, asked)


def test_no_quotient_of_nothing_is_told_in_words(tmp_path: Path) -> None:
    opened = songhua.open(FOLDERS["own jobs are 0"].write(tmp_path))
    with pytest.raises(SonghuaError, match=r"all 0 \(jobs, 2020\), so it has no location quotient"):
        opened.run("choose", indicator="jobs")


def test_a_horizon_is_bounded(tmp_path: Path) -> None:
    """Money, a start and the plan itself, each at its place; sixty years are still fine."""
    far = replace(SMALL, spending="2020..2999", start="2081", end=2999)
    with pytest.raises(SonghuaError) as refused:
        songhua.open(far.write(tmp_path / "far"))
    places = [(fault.code, fault.file, fault.row, fault.column) for fault in refused.value.faults]
    assert places == [
        ("horizon_far", "plan/plan.toml", None, "period"),
        ("horizon_far", "plan/spending.csv", 2, "period"),
        ("horizon_far", "plan/operation.csv", 3, "value"),
    ]
    near = replace(SMALL, spending="1960..2080", start="2080", end=2080)
    assert songhua.open(near.write(tmp_path / "near")).plan is not None


def test_what_does_not_fit_is_not_begun() -> None:
    """Two industries in 20 million draws: 40 flows by year and by industry or project."""
    start, plan = Prepared(example.base(), Seeds(1, 2, 3)), example.plan()
    with pytest.raises(SonghuaError, match=r"would fill about 38\.4 GB") as refused:
        start.ensemble(plan, 20_000_000)
    assert refused.value.faults[0].params["years"] == 2


# --- time ---


@pytest.mark.parametrize("name", registry.studies())
def test_each_study_ends_at_its_limit(town: Path, name: str) -> None:
    opened = songhua.open(town, fresh=True, limit=1e-9)
    assert {_ended(opened, name, **asked) for asked in ASKED.get(name, ({},))} == {"study_stopped"}
    assert not cache._RESULTS


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands until somebody moves it on."""
    now = [0.0]
    monkeypatch.setattr(limit.time, "monotonic", lambda: now[0])
    return now


def test_what_ends_a_study_says_where_it_was(town: Path, clock: list[float]) -> None:
    """Sixty seconds pass while tables are drawn, after the first hundred."""

    def report(done: int, total: int, step: str) -> None:
        clock[0] += 61 * (step == "tables")

    with pytest.raises(SonghuaError) as ended:
        songhua.open(town, fresh=True).run("simulate", progress=report, structure="nation")
    said = [ended.value.faults[0].words(lang) for lang in ("en", "zh")]
    assert (
        "after its limit of 60 seconds, at this step: Tables drawn for the region (100/300)"
        in said[0]
    )
    assert "--limit" in said[0]
    assert "（0 为不限）" in said[1]


def test_the_time_of_another_study_is_its_own(town: Path, clock: list[float]) -> None:
    """Accounts take forty seconds and what is drawn upon them thirty: each is under its minute."""
    steps: list[str] = []

    def report(done: int, total: int, step: str) -> None:
        clock[0] += {"tables": 10, "bounds": 20 * (done == 0)}.get(step, 0)
        steps.append(step)

    opened = songhua.open(town, fresh=True)
    assert opened.run("simulate", progress=report).study == "simulate"
    assert clock[0] > 60
    assert {"tables", "bounds"} <= {*steps}


def test_what_progress_raises_is_passed_on(town: Path) -> None:
    """The stop passes unchanged through a study within another: the user asked for it."""

    class EndedError(Exception):
        pass

    def report(done: int, total: int, step: str) -> None:
        raise EndedError

    with pytest.raises(EndedError):
        songhua.open(town, fresh=True).run("simulate", progress=report)


# --- each fails alone ---


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[Inputs]]:
    """Let a study end in an error that is no refusal, and give how often it was begun."""
    calls: list[Inputs] = []

    def fail(given: Inputs, options: object) -> None:
        calls.append(given)
        raise ZeroDivisionError

    def put(name: str) -> list[Inputs]:
        some = {**registry.studies(), name: replace(registry.get(name), function=fail)}
        monkeypatch.setattr(registry, "studies", lambda: some)
        return calls

    return put


def test_a_study_that_fails_is_told_and_the_rest_holds(
    town: Path, tmp_path: Path, broken: Callable[[str], list[Inputs]]
) -> None:
    begun = broken("accounts")
    with bare_charts():
        done = commands.songhua("run", town, "--out", tmp_path, "--json")
    assert done.code == 1
    assert "Traceback" not in done.err
    assert len(begun) == 1
    told = json.loads(done.out)
    assert {"diagnose", "choose", "claims", "track", "certify", "brief"} == {*told["results"]}
    codes = {name: [one["code"] for one in faults] for name, faults in told["failed"].items()}
    assert codes == {"accounts": ["study_failed"], "simulate": ["study_rests_on", "study_failed"]}
    for lang, said in (("en", "unexpected error of songhua ended accounts (ZeroDivisionError"),
                       ("zh", "songhua 出现意外错误，accounts 已中止（")):  # fmt: skip
        assert (tmp_path / f"report-{lang}.html").read_text("utf-8").count(said) == 1
    sums = [one for one in told["results"]["brief"]["tables"]["points"] if one["part"] == "sure"]
    assert json.loads(sums[0]["params"]) == {"study": ["accounts", "simulate"]}


def test_nothing_is_kept_of_a_failure(
    town: Path, broken: Callable[[str], list[Inputs]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = registry.studies
    broken("track")
    first = songhua.open(town).run_all()
    assert [*first.refused] == ["track"]
    assert first.broken
    monkeypatch.setattr(registry, "studies", whole)
    later = songhua.open(town).run("brief").tables["points"]
    assert "brief_no_answer" not in set(later["sentence"])


@pytest.mark.parametrize("name", registry.studies())
def test_no_verb_shows_a_traceback(
    town: Path, name: str, broken: Callable[[str], list[Inputs]]
) -> None:
    broken(name)
    more = ["--period", "2020"] if name == "month" else []
    done = commands.songhua(name, town, *more)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert f"an unexpected error of songhua ended {name} (ZeroDivisionError in" in done.err


def test_an_error_of_any_verb_is_told(monkeypatch: pytest.MonkeyPatch, town: Path) -> None:
    monkeypatch.setattr(session, "check", lambda *_, **__: {}["some"])
    done = commands.songhua("check", town)
    assert done.code == 1
    assert "an unexpected error of songhua ended this (KeyError" in done.err


def test_a_study_that_refuses_leaves_the_others(tmp_path: Path) -> None:
    """The folder can be mended: the exit code is 2, and the report stands."""
    folder = FOLDERS["own figures are 0"].write(tmp_path / "town")
    with bare_charts():
        done = commands.songhua("run", folder, "--out", tmp_path / "out")
    assert done.code == 2
    assert "has no location quotient" in " ".join(done.out.split())
    assert "has no location quotient" in (tmp_path / "out/report-en.html").read_text("utf-8")


def test_a_limit_is_asked_for(town: Path, tmp_path: Path) -> None:
    """No number is none: 0 is no limit, and a word is refused."""
    assert commands.songhua("claims", town, "--limit", "0").code == 0
    assert commands.songhua("claims", town, "--limit", "soon").code == 2


def test_the_workbench_tells_it_on_the_page_of_the_study(
    town: Path, broken: Callable[[str], list[Inputs]]
) -> None:
    broken("choose")
    asked = client(town)
    said = "unexpected error of songhua ended choose"
    assert said in page(asked, "/en/choose").text
    for other in ("plan", "industries", ""):
        answer = page(asked, f"/en/{other}")
        assert answer.status_code == 200
        assert said not in answer.text
