"""A figure with a doubt carries it where it is used: beside a target, in a claim, in the brief."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import songhua
from songhua.document import targets
from songhua.document.studies.claims import claim, every_line
from songhua.format.text import plain
from songhua.format.view import View
from songhua.region import Region
from songhua.region.doubts import Doubt, DoubtKind
from songhua.results import Result
from songhua.studies.claims.claim_findings import findings
from songhua.studies.claims.rows import CheckedClaim, CheckedNumber
from songhua.studies.claims.study import claims
from songhua.studies.track.brief import sentences
from songhua.studies.track.rows import TargetRow
from tracked import aim, figure, folder

WORDS = (("en", "※ see its note"), ("zh", "※ 见附注"))


@pytest.mark.parametrize("note", ["", "of the year before"])
def test_a_target_carries_the_doubt_of_its_figure(tmp_path: Path, note: str) -> None:
    figures = [figure("gdp_growth", "2021", "3.0", "%", note=note)]
    session = songhua.open(folder(tmp_path, [aim("6 % or more", "gdp_growth", "2021")], figures))
    result = session.run("track")
    (row,) = result.rows(TargetRow)
    assert row.doubts == (("noted",) if note else ())
    assert result.tables["targets"].at[0, "doubts"] == ("noted" if note else "")
    for lang, words in WORDS:
        view = View.of(result, lang)
        assert (words in plain(targets.latest(view, row))) is bool(note)
        told = view.sentence(next(sentences(result, session.region)).finding)
        assert (words in told) is bool(note)


def checked(*kinds: DoubtKind) -> Result:
    """A claim on two figures, of which one has such doubts."""
    jobs = {"indicator": "jobs", "region": "here", "unit": "persons", "kind": "actual"}
    rows = [
        {**jobs, "id": str(year), "period": str(year), "value": "10", "source": "paper"}
        for year in (2020, 2021)
    ]
    entry = {
        "says": {"en": "More jobs.", "zh": "岗位增加。"},
        "source": "paper",
        "relation": "now > then",
        "numbers": {
            "now": {"indicator": "jobs", "region": "here", "period": "2021"},
            "then": {"indicator": "jobs", "region": "here", "period": "2020"},
        },
    }
    region = Region.of(
        "here",
        observations=pd.DataFrame(rows),
        indicators={"jobs": {"unit": "persons"}},
        sources={"paper": {"title": "Paper", "publisher": "Office", "grade": "press"}},
        claims={"more": entry},
    )
    found = {"2021": tuple(map(Doubt, kinds))}
    region = replace(region, figures=region.figures.doubted(lambda: found))
    return replace(claims(region), region=region)


def test_a_claim_and_its_number_carry_the_doubt_of_a_figure() -> None:
    result = checked(DoubtKind.NOTED, DoubtKind.REPEATED)
    (row,), numbers = result.rows(CheckedClaim), result.rows(CheckedNumber)
    assert (row.verdict, row.doubts) == ("inconsistent", ("repeated", "noted"))
    assert {number.name: number.doubts for number in numbers} == {
        "now": ("repeated", "noted"), "then": (),
    }  # fmt: skip
    wrong = list(findings([row]))[-1]
    for lang, words in (
        ("en", "※ an earlier number, printed again, see its note"),
        ("zh", "※ 沿用以前的数字、见附注"),
    ):
        view = View.of(result, lang)
        assert words in str(list(every_line(view))[-1])
        assert words in str(claim(view, row, numbers))
        assert words in view.sentence(wrong)


def test_a_claim_on_figures_without_doubt_says_nothing_of_any() -> None:
    result = checked()
    (row,) = result.rows(CheckedClaim)
    assert row.doubts == ()
    for lang in ("en", "zh"):
        assert not {"!", "！"} & set(View.of(result, lang).sentence(list(findings([row]))[-1]))
