"""Score what `simulate` has of a project by two structures, where the region's own is known.

Usage: python tools/structure_scores.py FOLDER [TARGET]

Hidden are the outputs of a region's industries; known are its value added in the whole and in three
sectors, and in a second round ten printed fragments beside. Either the nation's structure is spread
within the sectors (Dirichlet), or accounts are drawn. A unit of new demand is then put to each
industry in turn, and its total in the region, direct and indirect, is compared:

- `structure`: with that by the region's own structure, the table without any error of its own;
- `table`: with that by the region's reference table, the error of tables drawn as well;
- `plan`: the projects of the built-in case, with what they bring by the observed structure.

`sizes` compares the outputs themselves. Nothing is learnt from the country that is scored. FOLDER
holds the data sets of `fit_accounts_prior` and of `fit_regional_error`. Written are
TARGET/structure_scores.csv and TARGET/structure_files.csv, the digests of what was compared with;
TARGET is the package, if not given. No figure of the data sets is written.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from accounts_fragments import with_printed
from accounts_learning import fit_kinds, fit_transfer
from accounts_regions import STUDIES, cells
from fit_accounts_prior import write
from fit_regional_error import learn
from regional_scores import truth
from regional_studies import all_studies, finland, places

import songhua
from songhua.maths import regional_error
from songhua.maths.accounts import Constraint, cell_bounds, prior
from songhua.maths.accounts.linear_programs import LinearProgram
from songhua.maths.accounts.prior import Prior
from songhua.maths.interindustry import InputOutputTable
from songhua.maths.regional_error import ErrorModel
from songhua.plan import Plan
from songhua.region.observations import Observation
from songhua.studies.accounts.account_draws import account_draws
from songhua.studies.accounts.nation import Nation
from songhua.studies.accounts.readings import Reading
from songhua.studies.accounts.system import System
from songhua.studies.simulate.drawn_economy import CONCENTRATION, Seeds
from songhua.studies.simulate.ensemble import draw_ensemble
from songhua.studies.simulate.regional_base import RegionalBase, Sector, regional_base
from songhua.studies.simulate.table_draws import draw_outputs

SEED, COUNT = 2026, 1000
#: Fragments known beside the sectors, and how often they are chosen anew: by study.
FRAGMENTS, TIMES = 10, {"finland": 3, "washington": 20}
#: What a unit of demand brings, by its place among multipliers; labour income stands for jobs.
QUANTITIES = {"output": 0, "value_added": 1, "jobs": 3}
SECTORS = {
    "primary": "primary", "manufacturing": "secondary", "utilities": "secondary",
    "services": "tertiary", "public": "tertiary",
}  # fmt: skip
#: Totals are printed to this part of themselves; growth of a year, by which contributions are made.
PRINTED, GROWTH = 1e-4, (0.03, 0.06)
FINLAND = "finland_regional_io_2014"
GROUP = ["study", "test", "quantity", "fragments", "structure"]


@dataclass(frozen=True, eq=False)
class Case:
    """A region whose structure is known.

    Attributes:
        study, region: what it is called.
        base: the table, and the region's own output by industry.
        added: its value added by industry.
        area: in km², where it is known.
        tables: what a unit of demand brings by its reference table, by quantity, if it has one.
        plan: of the built-in case.
    """

    study: str
    region: str
    base: RegionalBase
    added: pd.Series
    area: float | None
    tables: Mapping[str, np.ndarray]
    plan: Plan | None = None

    @property
    def sectors(self) -> dict[str, list[str]]:
        """The industries of each sector."""
        found: dict[str, list[str]] = {}
        for code in self.base.codes:
            found.setdefault(SECTORS[self.base.kinds[code]], []).append(code)
        return found

    def multipliers(
        self, outputs: np.ndarray, model: ErrorModel, transfer: float = 1.0
    ) -> np.ndarray:
        """Draws × (output, value added, income, jobs) × n of a unit of demand."""
        base = self.base
        labour = base.per_output("labour").to_numpy(float)
        nation = regional_error.Nation(
            base.A.to_numpy(float), base.national.to_numpy(float), base.kinds.tolist(),
            base.value_added.to_numpy(float), labour, labour,
        )  # fmt: skip
        chance = np.random.default_rng(SEED)
        drawn = regional_error.draw_region(
            model, nation, outputs, len(outputs), chance, self.area, transfer
        )
        return drawn.multipliers()


def washington() -> Case:
    """The state of the built-in case, its outputs by observed shares of the nation."""
    session = songhua.open(songhua.example("washington"))
    plan = session.plan
    assert plan is not None
    base = regional_base(session.region, plan.base_year)
    area = next(
        float(row["value"]) for _, row in plan.assumptions.iterrows() if row["name"] == "area"
    )
    return Case("washington", "washington", base, base.output * base.value_added, area, {}, plan)


def finnish(folder: Path) -> Iterator[Case]:
    """Nineteen regions, ten of them with reference tables."""
    one = finland(folder / FINLAND)
    kinds = one.kinds.idxmax(axis=1)
    added, pay = (one.means[name] * one.nation for name in ("value_added", "income"))
    Z = one.A * one.nation  # pyright: ignore[reportOptionalOperand]
    table = InputOutputTable(
        Z=Z, f=pd.DataFrame({"households": one.nation - Z.sum(axis=1)}),
        v=pd.DataFrame({"labour": pay, "surplus": added - pay}).T, x=one.nation, kind="domestic",
        unit="m EUR", year=2014, region="finland", industries=pd.DataFrame({"kind": kinds}),
    )  # fmt: skip
    known, basis = places(), pd.Series("observed", kinds.index)
    for region, output in one.output.iterrows():
        at = (one.name, str(region))
        area = float(known.loc[at, "area_km2"]) if at in known.index else None
        base = RegionalBase(
            "finland", table, "m EUR", Z / one.nation, one.nation, kinds, output, basis
        )
        found = truth(one, region) if str(region) in one.tables else {}
        tables = {name.replace("income", "jobs"): wanted for name, wanted in found.items()}
        own = one.ratios["value_added"].loc[region] * output
        yield Case("finland", str(region), base, own, area, tables)


def hidden(case: Case, printed: pd.DataFrame) -> RegionalBase:
    """The base as if nothing but sectors and printed sizes were known, each exactly."""
    base = case.base
    known = printed["known"].to_numpy()
    sectors = {
        name: Sector(tuple(codes), float(case.added[codes].sum()))
        for name, codes in case.sectors.items()
        if not known[[base.codes.index(code) for code in codes]].all()
    }
    output = (case.added / base.value_added).where(known, base.output)
    basis = pd.Series(np.where(known, "observed", "prior"), base.codes)
    return replace(base, output=output, basis=basis, sectors=sectors)


def accounts(case: Case, printed: pd.DataFrame, learnt: Prior, seed: int) -> np.ndarray:
    """Draws × n of outputs by accounts."""
    base = case.base
    nation = Nation.from_table(base.id, base.table, base.unit.split()[1])
    whole = float(case.added.sum())
    readings = list[Reading]()

    def say(name: str, codes: list[str], low: float, high: float) -> None:
        rule = Constraint(name, {("value_added", code): 1 for code in codes}, low, high)
        readings.append(Reading(Observation.of(name, "2020", "1"), "level", certain=rule))

    for name, codes in {"all": base.codes, **case.sectors}.items():
        total = float(case.added[codes].sum())
        say(name, codes, total * (1 - PRINTED), total * (1 + PRINTED))
    for code, least, most in zip(base.codes, printed["least"], printed["most"], strict=True):
        if least > 0:
            say(f"fragment {code}", [code], least, most)
    system = System(nation, tuple(readings), learnt)
    share = whole / float(nation.value_added.sum())
    drawn = account_draws(system, share, cell_bounds(LinearProgram(system.assumed)), seed)
    places_ = np.linspace(0, drawn.draws.shape[1] - 1, COUNT).round().astype(int)
    outputs = drawn.measure("output", base.codes).T[places_]
    return np.minimum(outputs, base.national.to_numpy(float))


def compared(drawn: np.ndarray, wanted: np.ndarray) -> pd.DataFrame:
    """Relative errors of the middles, whether 90 % cover, and relative interval scores."""
    wanted = np.where(wanted > 0, wanted, np.nan)
    low, middle, high = np.quantile(drawn, (0.05, 0.5, 0.95), axis=0) / wanted
    missed = np.maximum(low - 1, 0) + np.maximum(1 - high, 0)
    found = {
        "error": abs(middle - 1),
        "covered": 1.0 * (missed == 0),
        "score": high - low + 20 * missed,
    }
    return pd.DataFrame(found)[np.isfinite(wanted)]


def scored(case: Case, learnt: Prior, model: ErrorModel, times: int) -> Iterator[pd.DataFrame]:
    """Rows of every test of a case, with the sectors alone and with fragments chosen anew."""
    chance = np.random.default_rng(SEED)
    cell = pd.DataFrame({"size": case.added.to_numpy(float), "least": 0.0, "most": np.inf})
    for turn in range(1 + times):
        printed = cell.assign(known=False)
        if turn:
            growth = np.exp(chance.normal(*GROWTH, len(cell)))
            printed = with_printed(cell, cell["size"].to_numpy() * growth, FRAGMENTS, chance)
        base = hidden(case, printed)
        structures = {
            "nation": base,
            "accounts": replace(base, drawn=accounts(case, printed, learnt, SEED + turn)),
        }
        if not turn and case.tables:
            structures["observed"] = case.base
        for name, one in structures.items():
            outputs = draw_outputs(one, CONCENTRATION, COUNT, SEED)
            for test, quantity, rows in _tests(case, outputs, model, name):
                yield rows.assign(
                    study=case.study, region=case.region, test=test, quantity=quantity,
                    fragments=FRAGMENTS if turn else 0, structure=name,
                )  # fmt: skip
        if case.plan is not None:
            yield _of_plan(case.plan, {"observed": case.base, **structures}).assign(
                study=case.study, region=case.region, fragments=FRAGMENTS if turn else 0
            )


def _tests(
    case: Case, outputs: np.ndarray, model: ErrorModel, name: str
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """The tests of drawn outputs: of sizes, of what demand brings by structure, and by table."""
    own = case.base.output.to_numpy(float)
    if name != "observed":
        yield "sizes", "output", compared(outputs, own)
        exact = case.multipliers(own[np.newaxis], model, 0.0)[0]
        plain = case.multipliers(outputs, model, 0.0)
        for quantity, place in QUANTITIES.items():
            yield "structure", quantity, compared(plain[:, place], exact[place])
    if case.tables:
        drawn = case.multipliers(outputs, model)
        for quantity, wanted in case.tables.items():
            yield "table", quantity, compared(drawn[:, QUANTITIES[quantity]], wanted)


def _of_plan(plan: Plan, bases: Mapping[str, RegionalBase]) -> pd.DataFrame:
    """Distance of the middles of the plan's headlines from those by the observed structure."""
    middles = {
        name: draw_ensemble(base, plan, Seeds(SEED, SEED, SEED), COUNT).outcomes.median()
        for name, base in bases.items()
    }
    rows = [
        {"test": "plan", "quantity": quantity, "structure": name, "error": abs(error)}
        for name in ("nation", "accounts")
        for quantity, error in (middles[name] / middles["observed"] - 1).items()
    ]
    return pd.DataFrame(rows)


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Scores of each study, test, quantity and number of fragments, structures side by side."""
    by = rows.groupby(GROUP, sort=False)
    found = by.agg(
        n=("error", "size"), error=("error", "median"), covered=("covered", "mean"),
        score=("score", "mean"),
    ).unstack("structure")  # fmt: skip
    n = found.pop("n").max(axis=1)
    found.columns = [f"{what}_{name}" for what, name in found.columns]
    return found.assign(n=n.astype(int)).reset_index()


def learnt_without(country: str, folder: Path) -> tuple[Prior, ErrorModel]:
    """The prior of accounts and the error of tables, as other countries teach them."""
    rows = pd.concat([cells(folder, study) for study in STUDIES], ignore_index=True)
    others = rows[rows["country"] != country].reset_index(drop=True)
    learnt = replace(
        prior.load(), by_kind={"": fit_kinds(others)}, transfer=fit_transfer(others)[0]
    )  # fmt: skip
    studies = [one for one in all_studies(folder) if one.country != country]
    return learnt, learn(studies, np.random.default_rng(SEED))


def main(folder: Path, target: Path) -> None:
    """Score, write, print."""
    rows = list[pd.DataFrame]()
    for country, cases in (("united_states", [washington()]), ("finland", finnish(folder))):
        learnt, model = learnt_without(country, folder)
        for case in cases:
            rows += scored(case, learnt, model, TIMES[case.study])
            print(case.region, flush=True)
    every = pd.concat(rows, ignore_index=True)
    overall = summary(every).assign(region="all")
    finns = every[(every["study"] == "finland") & (every["fragments"] == 0)]
    parts = [summary(part).assign(region=name) for name, part in finns.groupby("region")]
    table = pd.concat([overall, *parts], ignore_index=True)
    first = ["study", "region", "test", "quantity", "fragments", "n"]
    table = table[[*first, *sorted(set(table) - set(first))]]
    write("structure_scores.csv", table, target)
    names = sorted(path.name for path in (folder / FINLAND).glob("*.csv*"))
    digests = [hashlib.sha256((folder / FINLAND / name).read_bytes()).hexdigest() for name in names]
    paths = [f"{FINLAND}/{name}" for name in names]
    write("structure_files.csv", pd.DataFrame({"file": paths, "digest": digests}), target)
    print(overall.round(3).to_string())


if __name__ == "__main__":
    package = Path(str(files("songhua.studies.simulate")))
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else package)
