"""Odds of entry and exit in a folder: planted processes, refusals, and what was learnt elsewhere."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

import songhua
from choose_folders import INDUSTRIES, OWN, folder, places, rows
from close import assert_close
from panels import CHINA, china, made
from songhua.cli import songhua as command
from songhua.errors import SonghuaError
from songhua.maths.choice import Definition, Kind, Track, band_of_count, odds, tracks
from songhua.maths.choice.learning import learn
from songhua.maths.choice.learnt import Learnt, chances_of, place_of
from songhua.region.learnt import EXAMPLE, digest, read, written
from songhua.results import Result as Found
from songhua.store.learnt import BEGINS
from songhua.studies.choose import example
from songhua.studies.choose.candidates import Candidate
from songhua.studies.choose.definition import Thresholds
from songhua.studies.choose.evidence import Folder, evidence_rows
from songhua.studies.choose.learning import learn_panel
from songhua.studies.choose.panel_levels import PanelLevels
from songhua.studies.choose.record import record_rows

TRENDS = ("own_trend", "national_trend")


def codes(found: Found) -> list[str]:
    return [one.code for one in found.findings]


def call(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--lang", "en"])


# the numbers


def test_stated_odds_come_true_where_quotients_wander() -> None:
    """Learnt from five periods, told of the sixth, which is made by the same process."""
    levels = made(np.random.default_rng(5), periods=6, regions=400, industries=20, size=600.0)
    learnt = learn(levels[:5], Definition(), INDUSTRIES, list("abcde"), np.random.default_rng(0))
    assert {one.kind for one in learnt.kinds} == {"entry", "exit"}
    after = quotients(levels[5])
    for one in learnt.kinds:
        stated: list[float] = []
        came: list[bool] = []
        for r in range(levels.shape[1]):
            told = chances_of(learnt, one, place_of(learnt, levels[:5, r], one.definition))
            later = after[r, told.industry]
            stated += told.chance.tolist()
            came += (later >= 1 if one.kind == "entry" else later < 0.8).tolist()
        chance, truth = np.array(stated), np.array(came, dtype=float)
        low, high = band_of_count(float(chance.sum()), one.drift, 0.1)
        assert low <= truth.sum() <= high
        upper = chance >= np.quantile(chance, 0.9)
        assert truth[upper].mean() > 2 * truth[~upper].mean()
        assert 0.6 <= chance[upper].sum() / truth[upper].sum() <= 1.6


def quotients(levels: np.ndarray) -> np.ndarray:
    """Location quotients of one period."""
    expected = levels.sum(axis=1, keepdims=True) * levels.sum(axis=0) / levels.sum()
    return levels / expected


def same_odds(learnt: Learnt, levels: np.ndarray, definition: Definition) -> None:
    """The learnt coefficients give each region the odds of the whole panel."""
    whole = tracks(levels, definition, np.random.default_rng(0))
    assert learnt.kinds
    for one in learnt.kinds:
        track = whole[one.kind]
        assert isinstance(track, Track)
        found = odds(track, np.random.default_rng(0))
        for region in range(0, levels.shape[1], 7):
            mine = found.region == region
            told = chances_of(learnt, one, place_of(learnt, levels[:, region], one.definition))
            assert told.industry.tolist() == found.industry[mine].tolist()
            assert_close(told.chance, found.chance[mine], rtol=1e-9, atol=1e-12)
            assert_close(told.start, found.start[mine], rtol=1e-9, atol=1e-12)


def through_text(levels: np.ndarray, definition: Definition) -> Learnt:
    """Lessons of a panel, written to a file and read again."""
    names = tuple(f"i{at:02}" for at in range(levels.shape[2]))
    periods = tuple(str(2010 + at) for at in range(len(levels)))
    known = PanelLevels(
        "jobs", "paper", names, tuple(places(levels.shape[1])), periods, 1, levels, 1.0,
        "counts", definition.rounded,
    )  # fmt: skip
    found = learn_panel([known], Thresholds(jobs=0.0), 0, "2026-01-02")
    again = read(found.text())
    assert again.text() == found.text()
    return again.learnt


def test_a_learnt_file_gives_the_odds_of_the_whole_panel() -> None:
    levels = made(np.random.default_rng(2), regions=150, industries=15)
    levels[1, 3, 4] = levels[4, 7, 2] = np.nan
    lasting = Definition(held=2, gone=2)
    same_odds(through_text(levels, lasting), levels, lasting)


@pytest.mark.shared(CHINA)
def test_a_learnt_file_gives_the_odds_of_all_cities() -> None:
    cities = china(2013, 2018)
    lasting = replace(cities.definition, held=2, gone=2)
    same_odds(through_text(cities.levels, lasting), cities.levels, lasting)


# a folder


@pytest.fixture(scope="module")
def wandering() -> np.ndarray:
    return made(np.random.default_rng(3), regions=120, industries=20)


def test_a_panel_in_the_folder_is_learnt_from(tmp_path: Path, wandering: np.ndarray) -> None:
    found = songhua.open(folder(tmp_path / "town", wandering)).run("choose", jobs="0")
    assert codes(found)[0] == "choose_folder"
    assert set(found.tables["learnt"]["basis"]) == {"folder"}
    table = found.tables["candidates"]
    told = table[table["kind"] != ""]
    assert len(table) == 20
    assert (told["odds_low"] < told["odds"]).all()
    assert (told["odds"] < told["odds_high"]).all()
    for kind in ("entry", "exit"):
        own = told[told["kind"] == kind].sort_values("odds", ascending=False)
        assert own["rank"].tolist() == [*range(1, len(own) + 1)]
    assert {"stated", "start", "random"} <= set(found.tables["record"]["score"])
    assert set(table["list"]) <= {"enter", "long_shot", "at_risk", "secure", "watch", "too_small"}


def test_jobs_and_volumes_stand_before_value_and_value_at_current_prices_is_flagged(
    tmp_path: Path, wandering: np.ndarray
) -> None:
    """Of panels of the same regions one that moves with no price is taken."""
    home = folder(tmp_path / "town", wandering)
    value = '\n[{id}]\nname = {{ en = "{id}", zh = "{id}" }}\nunit = "{unit}"\nform = "level"\n'
    value += 'measure = "value_added"\ndefinition = {{ en = "Value.", zh = "价值。" }}\n{basis}'
    catalogue = home / "indicators.toml"
    text = catalogue.read_text("utf-8")
    text += value.format(id="gva", unit="m EUR", basis="")
    text += value.format(id="gva_real", unit="m EUR@2020", basis='basis = "constant"\n')
    catalogue.write_text(text, "utf-8")
    panels = home / "panels"
    for name, unit in (("gva", "m EUR"), ("gva_real", "m EUR@2020")):
        lines = rows(wandering).replace("jobs,", f"{name},").replace("persons", unit)
        (panels / f"{name}.csv").write_text(lines, "utf-8")
    for out, taken, rule, held in (
        ("gva_real", "volumes", "choose_rule", 2),
        ("jobs", "counts", "choose_rule", 2),
        ("gva", "current", "choose_rule_current", 3),
    ):
        found = songhua.open(home, fresh=True).run("choose", jobs="0")
        assert set(found.tables["candidates"]["measured"]) == {taken}
        assert set(found.tables["learnt"]["indicator"]) == {out}
        about = found.tables["learnt"].query("kind == 'entry'").iloc[0]
        assert (about["held"], about["refused"]) == (held, "")
        assert rule in codes(found)
        (panels / f"{out}.csv").unlink()


def test_what_crossed_a_line_lately_is_not_yet_known(tmp_path: Path) -> None:
    """The town's first industry is above its line in the last year alone, the second in two."""
    levels = made(np.random.default_rng(3), regions=120, industries=20)
    levels[:, 0] = levels[:, 1:].sum(axis=1) / 50
    for industry, years in ((0, 1), (1, 2)):
        levels[:-years, 0, industry] *= 0.5
        levels[-years:, 0, industry] *= 1.5
    found = (
        songhua.open(folder(tmp_path / "town", levels)).run("choose", jobs="0").tables["candidates"]
    )
    first, second = (found.set_index("industry").loc[one] for one in INDUSTRIES[:2])
    assert (first["list"], first["kind"]) == ("crossed", "")
    assert second["kind"] == "exit"
    assert np.isnan(first["odds"])


def test_a_panel_in_which_nothing_changes_is_refused(tmp_path: Path) -> None:
    still = made(np.random.default_rng(4), regions=120, industries=20, change=0.0, size=30.0)
    found = songhua.open(folder(tmp_path / "town", still)).run("choose", jobs="0")
    assert "choose_no_odds_few_events" in codes(found)  # of lasting crossings by chance
    assert found.tables["candidates"]["odds"].isna().all()
    assert not len(found.tables["record"])


def test_few_regions_and_one_period_are_refused(tmp_path: Path, wandering: np.ndarray) -> None:
    few = songhua.open(folder(tmp_path / "few", wandering, 12)).run("choose", jobs="0")
    assert "choose_no_odds_few_regions" in codes(few)
    one = songhua.open(folder(tmp_path / "one", wandering[-1:])).run("choose", jobs="0")
    assert "choose_no_odds_one_period" in codes(one)
    assert one.tables["candidates"]["quotient"].notna().any()
    assert "choose_no_growth" in codes(one)


def test_few_transitions_are_told_from_other_regions(tmp_path: Path, wandering: np.ndarray) -> None:
    two = songhua.open(folder(tmp_path / "two", wandering[-2:])).run("choose", jobs="0")
    assert "choose_no_odds_not_known" in codes(two)  # nothing can have lasted yet
    found = songhua.open(folder(tmp_path / "three", wandering[-3:])).run("choose", jobs="0")
    assert "choose_record_regions" in codes(found)
    assert set(found.tables["learnt"].query("refused == ''")["scheme"]) == {"regions"}
    assert not len(found.tables["folds"])
    assert set(found.tables["record"]["rows"]) == {"all"}


def test_what_a_wider_panel_teaches_is_used(tmp_path: Path, wandering: np.ndarray) -> None:
    """With twelve regions in the folder the odds are those of all 120."""
    home, wider = folder(tmp_path / "town", wandering, 12), tmp_path / "all.csv"
    wider.write_text(rows(wandering), "utf-8")
    done = call(
        "choose", str(home), "--jobs", "0", "--learn-from", str(wider), "--recorded", "2026-01-03"
    )
    assert done.exit_code == 0, done.output
    assert (home / "learnt" / "jobs-1.json").is_file()
    found = songhua.open(home).run("choose", jobs="0")
    assert codes(found)[0] == "choose_learnt"
    whole = songhua.open(folder(tmp_path / "whole", wandering)).run("choose", jobs="0")
    for name in ("odds", "start_alone", "quotient", "base_rate", "alike"):
        assert_close(found.tables["candidates"][name], whole.tables["candidates"][name], rtol=1e-9)
    assert found.tables["learnt"]["regions_here"].tolist() == [12, 12]


def test_what_was_learnt_of_other_figures_is_not_used(
    tmp_path: Path, wandering: np.ndarray
) -> None:
    home, wider = folder(tmp_path / "town", wandering, 12), tmp_path / "all.csv"
    moved = wandering.copy()
    moved[-1, 0, 0] += 50
    wider.write_text(rows(moved), "utf-8")
    assert call("choose", str(home), "--jobs", "0", "--learn-from", str(wider)).exit_code == 0
    found = songhua.open(home).run("choose", jobs="0")
    assert {"choose_passed_figures", "choose_borrowed_order"} <= set(codes(found))
    assert found.tables["candidates"]["odds"].isna().all()
    lent = found.tables["candidates"].query("list == 'no_odds'")
    assert set(lent["basis"]) == {"borrowed"}
    for _, own in lent.groupby("kind"):
        assert sorted(own["rank"]) == [*range(1, len(own) + 1)]


def test_another_definition_is_not_mixed_with_what_was_learnt(
    tmp_path: Path, wandering: np.ndarray
) -> None:
    home, wider = folder(tmp_path / "town", wandering, 12), tmp_path / "all.csv"
    wider.write_text(rows(wandering), "utf-8")
    assert call("choose", str(home), "--jobs", "0", "--learn-from", str(wider)).exit_code == 0
    assert "choose_passed_definition" in codes(
        songhua.open(home).run("choose", jobs="0", below="0.7")
    )
    assert "choose_passed_step" in codes(songhua.open(home).run("choose", jobs="0", step=2))


def test_a_damaged_file_is_refused_whole(tmp_path: Path) -> None:
    home = shutil.copytree(songhua.example("washington"), tmp_path / "state")
    file = home / "learnt" / "gdp-5.json"
    text = file.read_text("utf-8")
    for damage in (text.replace('"regions": 51', '"regions": 52'), text[:-200], "{", "[]"):
        file.write_text(damage, "utf-8")
        with pytest.raises(SonghuaError) as caught:
            songhua.open(home)
        (fault,) = caught.value.faults
        assert fault.code in ("learnt_changed", "learnt_unreadable")
        assert fault.file == "learnt/gdp-5.json"
        assert "learn-from" in fault.words("en")


def test_a_file_from_which_nothing_was_learnt_is_refused(
    tmp_path: Path, wandering: np.ndarray
) -> None:
    home = folder(tmp_path / "town", wandering, 12)
    names = tuple(places(wandering.shape[1]))
    periods = tuple(str(2018 + at) for at in range(len(wandering)))
    known = PanelLevels(
        "jobs", "paper", INDUSTRIES, names, periods, 1, wandering, 1.0, "counts", 1.0
    )
    found = learn_panel([known], Thresholds(jobs=0.0), 0, "2026-01-02")
    blank = replace(found, content=replace(found.learnt, kinds=(), refused=()))
    (home / "learnt").mkdir()
    (home / "learnt" / "jobs-1.json").write_text(blank.text(), "utf-8")
    with pytest.raises(SonghuaError) as caught:
        songhua.open(home).run("choose", jobs="0")
    (fault,) = caught.value.faults
    assert (fault.code, fault.file) == ("learnt_unreadable", "learnt/jobs-1.json")


SEALED = (
    (("form",), True), (("step",), math.inf), (("step",), 0), (("step",), "5"), (("indicator",), 1),
    (("learnt", "regions"), 10**400), (("learnt", "scale"), 0), (("learnt", "priors", 1), -1e308),
    (("learnt", "periods", 0), "2035"), (("learnt", "complexity"), [1.0]),
    (("learnt", "industries", 0), "section\u202e"), (("learnt", "margins", 0, 0), math.nan),
    (("learnt", "proximity", 0, 0), 2.0), (("learnt", "kinds", 0, "score"), "best"),
    (("learnt", "kinds", 0, "scheme"), "best"), (("learnt", "kinds", 0, "n"), 0),
    (("learnt", "kinds", 0, "noise"), 1e14), (("learnt", "kinds", 0, "order"), [1.0]),
    (("learnt", "kinds", 0, "odds", "mean"), [0.0]), (("learnt", "kinds", 0, "odds", "scale", 0), 0),
    (("learnt", "kinds", 0, "start", "weights"), []),
    (("learnt", "kinds", 0, "odds", "covariance", 0), [0.0]),
    (("learnt", "kinds", 1, "kind"), "entry"), (("learnt", "kinds", 0, "fate", "came", 0), 2.0),
    (("learnt", "kinds", 0, "fate", "ends", 0), 1.0), (("learnt", "kinds", 0, "drift", "freedom"), 0),
    (("learnt", "kinds", 0, "records", 0, "record", "rate"), 2.0),
    (("learnt", "kinds", 0, "records", 0, "score"), "best"), (("trials", 0, "change"), "more"),
)  # fmt: skip


@pytest.mark.parametrize(("path", "value"), SEALED)
def test_what_no_panel_can_have_taught_is_no_odds(
    path: tuple[str | int, ...], value: object
) -> None:
    """The digest of such a file is right: it was sealed anew after the change."""
    text = (songhua.example("washington") / "learnt" / "gdp-5.json").read_text("utf-8")
    data = json.loads(text)
    del data["digest"]
    assert read(written(data)).learnt.regions == 51
    at = data
    for one in path[:-1]:
        at = at[one]
    at[path[-1]] = value
    with pytest.raises(SonghuaError) as caught:
        read(written(data), "learnt/gdp-5.json").learnt  # noqa: B018
    (fault,) = caught.value.faults
    assert (fault.code, fault.file) == ("learnt_unreadable", "learnt/gdp-5.json")


def test_a_last_transition_in_which_nothing_came_has_a_record() -> None:
    """Its shares are of nothing: they are missing, and the rest is told."""
    text = (songhua.example("washington") / "learnt" / "gdp-5.json").read_text("utf-8")
    data = json.loads(text)
    del data["digest"]
    for one in data["learnt"]["kinds"][0]["records"]:
        one["record"] |= {"events": 0, "rate": 0.0, "auc": None, "precision": None}
        one["auc"] = one["precision"] = [None, None]
    learnt = read(written(data)).learnt
    taught = SimpleNamespace(kinds={"entry": learnt.kinds[0]})
    rows = [*record_rows(taught)]  # type: ignore[arg-type]
    assert [one.came for one in rows] == [0] * len(rows)
    assert np.isnan([one.precision.value for one in rows if one.score != "random"]).all()


def test_a_name_twice_is_no_content_of_a_file() -> None:
    text = written(EXAMPLE)
    body = text.replace(' "step": 1,', ' "step": 5,\n "step": 1,').rpartition(',\n "digest"')[0]
    with pytest.raises(SonghuaError) as caught:
        read(f'{body},\n "digest": "{digest(body)}"\n}}\n')
    assert [one.code for one in caught.value.faults] == ["learnt_changed"]


def test_a_damaged_file_is_written_anew(tmp_path: Path, wandering: np.ndarray) -> None:
    """The remedy of the fault works: the folder is read without the file that it names."""
    home, wider = folder(tmp_path / "town", wandering, 12), tmp_path / "all.csv"
    wider.write_text(rows(wandering), "utf-8")
    assert call("choose", str(home), "--jobs", "0", "--learn-from", str(wider)).exit_code == 0
    file = home / "learnt" / "jobs-1.json"
    whole = file.read_text("utf-8")
    file.write_text(whole[:-50], "utf-8")
    assert call("check", str(home)).exit_code == 2
    assert call("choose", str(home), "--jobs", "0", "--learn-from", str(wider)).exit_code == 0
    assert call("check", str(home)).exit_code == 0
    # what is no such file is somebody's own
    assert whole.encode().startswith(BEGINS)
    file.write_text("Notes of mine", "utf-8")
    done = call("choose", str(home), "--jobs", "0", "--learn-from", str(wider))
    assert (done.exit_code, file.read_text("utf-8")) == (2, "Notes of mine")
    assert "learnt/jobs-1.json: a file is here already" in done.output


def test_what_a_panel_lacks_to_be_learnt_from_is_said(
    tmp_path: Path, wandering: np.ndarray
) -> None:
    home, wider = folder(tmp_path / "town", wandering, 12), tmp_path / "all.csv"
    for old, new in ((f",{OWN},", ",elsewhere,"), (",i03,", ",i99,")):
        wider.write_text(rows(wandering).replace(old, new), "utf-8")
        done = call("choose", str(home), "--jobs", "0", "--learn-from", str(wider))
        assert done.exit_code == 2
        assert (OWN if "elsewhere" in new else "i99") in done.output
    assert not (home / "learnt").exists()


@pytest.mark.parametrize(
    ("option", "value"), [("--below", "9"), ("--above", "x"), ("--level", "1"), ("--floor", "-1")]
)
def test_numbers_out_of_range_are_refused(option: str, value: str) -> None:
    done = call("choose", str(songhua.example("washington")), option, value)
    assert done.exit_code == 2
    assert option in done.output


# the built-in cases


def test_harbin_is_told_by_all_cities_and_its_plan_is_finer(harbin: songhua.Run) -> None:
    found = harbin.results["choose"]
    about = found.tables["learnt"]
    assert (about["regions"] > 270).all()
    assert (about["industries"] == 19).all()
    assert "choose_coarse" in codes(found)
    choices = {row["industry"]: row for row in found.tables["plan_choices"].to_dict("records")}
    assert choices["finance"]["verdict"] == "secure"
    assert choices["advanced-equipment"]["verdict"] == "within"
    for field in ("space", "deep-sea", "bio-economy"):
        assert choices[field]["verdict"] == "across"
        assert np.isnan(choices[field]["odds"])
        assert choices[field]["codes"]


def test_washingtons_candidates_are_told_by_all_states(washington: songhua.Run) -> None:
    found = washington.results["choose"]
    lists = dict(found.tables["candidates"][["industry", "list"]].itertuples(index=False))
    assert lists["other-transport-equipment"] == "secure"
    assert (found.tables["learnt"]["regions"] == 51).all()
    assert found.tables["learnt"]["noise"].isna().all()
    assert "choose_value" in codes(found)
    assert "choose_rule_current" in codes(found)
    assert set(found.tables["candidates"]["measured"]) == {"current"}


def test_two_periods_of_harbin_are_marked() -> None:
    found = songhua.open(songhua.example("harbin")).run("choose", step=5)
    assert set(found.tables["learnt"]["scheme"]) == {"regions"}
    assert "choose_record_regions" in codes(found)


def test_rows_published_later_change_nothing() -> None:
    """On a day of 2019 the release of 2022 was not there: the odds are the same without it."""
    now = songhua.open(songhua.example("washington")).run("choose")
    then = songhua.open(songhua.example("washington"), as_of="2019-01-01").run("choose")
    columns = ["industry", "list", "quotient", "odds", "odds_low", "odds_high"]
    pd.testing.assert_frame_equal(
        now.tables["candidates"][columns], then.tables["candidates"][columns]
    )


def test_before_its_source_nothing_is_learnt() -> None:
    assert not songhua.open(songhua.example("washington"), as_of="2018-01-01").region.learnt


@pytest.mark.parametrize("kind", ["entry", "exit"])
def test_reliability_holds_its_own_counts(harbin: songhua.Run, kind: Kind) -> None:
    found = harbin.results["choose"]
    bins = found.tables["reliability"].query(f"kind == '{kind}'")
    record = found.tables["record"].query(
        f"kind == '{kind}' and rows == 'all' and score == 'stated'"
    )
    assert bins["n"].sum() == record["n"].iloc[0]
    assert_close((bins["n"] * bins["came"]).sum() / 100, record["came"].iloc[0], rtol=1e-6)
    assert (bins["came_low"] <= bins["came"]).all()
    assert (bins["came"] <= bins["came_high"]).all()


def test_what_has_not_changed_speaks_for_neither_side() -> None:
    """Food had 10 jobs in the town at first and at last, while its share elsewhere fell."""
    rows = [Candidate("food", "watch", kind) for kind in ("entry", "exit")]
    folder = Folder(example.town(), None, {}, "")
    found = list(evidence_rows(example.town_basis(), rows, {}, folder))
    sides = {name: [e.side for e in found if e.evidence == name] for name in TRENDS}
    assert sides == {"own_trend": ["neither"] * 2, "national_trend": ["against", "for"]}
