"""Growth names its prices; the newest that can be taken apart is told; no expectation is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from songhua.format.sentences import sentence
from songhua.region import Region
from songhua.region.observations import Observation
from songhua.results import Result
from songhua.studies.diagnose import town
from songhua.studies.diagnose.brief import sentences
from songhua.studies.diagnose.study import PARTS
from songhua.studies.series import Figures

NAMES = ("all", "food", "tools")


def prices(basis: str) -> Region:
    """The town with its product at these prices."""
    region = town.region()
    entries = {id: dict(entry) for id, entry in region.indicators.items()}
    entries["gdp"]["basis"] = basis
    entries["growth"]["measure"] = "value_added"
    return replace(region, indicators=entries)


def levels(year: str, *texts: str) -> list[Observation]:
    return [town.observed("gdp", year, text, name) for name, text in zip(NAMES, texts, strict=True)]


def rates(year: str, *texts: str) -> list[Observation]:
    rows = zip(NAMES, texts, strict=True)
    return [town.observed("growth", year, text, name) for name, text in rows]


def told(region: Region, *figures: Observation) -> dict[str, object]:
    """The brief's contributions of some figures."""
    tables, _ = PARTS["growth_rates"](Figures.of(region, figures))
    found = [one.finding for one in sentences(Result("diagnose", tables), region)]
    (finding,) = [one for one in found if one.code.startswith("brief_contributions")]
    return finding.params | {"said": sentence(finding, region, "en")}


SHARES = [town.observed("share", "2020", "50", name) for name in NAMES[1:]]
REAL = [*rates("2021", "4.0", "2.0", "6.0"), *SHARES]
LATER = [*levels("2022", "100", "40", "60"), *levels("2023", "110", "43", "67")]


def test_the_newest_year_is_told_at_the_prices_that_it_has() -> None:
    newest = told(prices("current"), *REAL, *LATER)
    assert (newest["period"], newest["basis"], newest["industry"]) == ("2023", "current", "tools")
    assert "nominal growth of gdp in 2023" in str(newest["said"])
    older = told(prices("current"), *REAL)
    assert (older["period"], older["basis"], older["indicator"]) == ("2021", "constant", "gdp")
    assert "real growth" in str(older["said"])


def test_of_one_year_real_growth_comes_first() -> None:
    both = [*levels("2020", "100", "50", "50"), *levels("2021", "110", "53", "57"), *REAL]
    assert told(prices("current"), *both)["basis"] == "constant"


def test_levels_that_are_not_worth_added_give_no_nominal_growth() -> None:
    region = prices("current")
    entries = {**region.indicators, "gdp": {**region.indicators["gdp"], "measure": "output"}}
    tables, _ = PARTS["growth_rates"](Figures.of(replace(region, indicators=entries), LATER))
    assert tables["growth_contributions"].empty


def test_growth_of_levels_is_not_called_published() -> None:
    tables, findings = PARTS["growth_rates"](Figures.of(prices("current"), LATER))
    assert set(tables["growth_contributions"]["method"]) == {"current_levels"}
    assert "contributions_against_growth" not in {finding.code for finding in findings}


@pytest.mark.parametrize(
    ("kind", "known", "code", "words"),
    [
        ("target", None, "expectation_missed", "Not reached"),
        ("expectation", date(2018, 12, 3), "expectation_otherwise", "an expectation of 2018 was"),
        ("expectation", None, "expectation_otherwise_undated", "an expectation was"),
    ],
)
def test_only_a_target_is_missed(kind: str, known: date | None, code: str, words: str) -> None:
    ahead = replace(town.observed("gdp", "2021", "6.0"), kind=kind, known=known, ids=("ahead",))
    given = town.figures(town.observed("gdp", "2021", "5.0"), ahead)
    _, findings = PARTS["expectations"](given)
    assert [finding.code for finding in findings] == [code]
    said = sentence(findings[0], town.region(), "en")
    assert words in said
    assert ("Not reached" in said) == (kind == "target")
