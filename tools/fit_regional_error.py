"""Learn the error of regional tables from several countries, and score it with each left out.

Usage: python tools/fit_regional_error.py FOLDER [TARGET]

FOLDER holds the data sets that `regional_studies` names, each in a folder of its own. Written are
TARGET/supply.csv, held.csv, inputs.csv, areas.csv and studies.csv (the parameters), left_out.csv
(each country scored by the model learnt from the others, beside two rivals) and measures.csv
(measures of size compared); TARGET is the package, if not given.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from regional_learning import fit_held, fit_inputs, fit_supply
from regional_scores import left_out, measures
from regional_studies import KINDS, Study, all_studies, places

from songhua.maths.regional_error import (
    PER_OUTPUT,
    SUPPLY,
    ErrorModel,
    PerOutputError,
)
from songhua.maths.regional_error import Study as Learnt
from songhua.messages import Words

SEED = 2026
#: Studies of which own supply is not learnt: most flows are withheld, and count as none.
WITHHELD = ("united_states_2007",)
NAMES = {
    "finland_2014": ("Finland 2014", "芬兰2014年"),
    "canada_2021": ("Canada 2021", "加拿大2021年"),
    "united_states_2000": ("United States 2000", "美国2000年"),
    "united_states_2007": ("United States 2007", "美国2007年"),
    "china_2002": ("China 2002", "中国2002年"),
    "japan_2015": ("Japan 2015", "日本2015年"),
}
QGE = "github.com/twedl/qge, commit 702d630"
SOURCES = {
    "finland_2014": (
        "Honkatukia and others, ALTA: Regional economic database for Finland, Prime Minister's "
        "Office 41/2019, estimated by their authors; github.com/pttry/alta, commit 5a2f91d"
    ),
    "canada_2021": (f"Statistics Canada 15-211-X, provincial symmetric tables 2021, as in {QGE}"),
    "united_states_2000": (
        f"Caliendo, Dvorkin and Parro 2019, replication files (Commodity Flow Survey), as in {QGE}"
    ),
    "united_states_2007": (
        "Caliendo, Parro, Rossi-Hansberg and Sarte 2018, replication files (employment, output), "
        f"as in {QGE}"
    ),
    "china_2002": (
        "Tombe and Zhu 2019, from the interregional table of 2002 (Li 2010), as in "
        "github.com/Zhuangfu-Zhao/Tombe-Zhu-2019-Replication-python-version-, commit 3fac1d8"
    ),
    "japan_2015": (
        "Prefectures' input-output tables 2015, reclassified by Fukui 2024, "
        "doi:10.1007/s10614-024-10641-1; github.com/sfukui/ReagionalIOTables, commit 5f72c37"
    ),
}


def supply_rows(studies: Sequence[Study], size: str = "area") -> pd.DataFrame:
    """A row for each region and industry of which own supply is known; `area` holds the size."""
    known, rows = places(), []
    for one in studies:
        if one.own is None:
            continue
        x = one.output.loc[one.own.index]
        quotients = x.div(x.sum(axis=1), axis=0) / (one.nation / one.nation.sum())
        for region in one.own.index:
            share = x.loc[region].sum() / one.nation.sum()
            part = pd.DataFrame({"own": one.own.loc[region], "quotient": quotients.loc[region]})
            part[["country", "study", "region"]] = one.country, one.name, str(region)
            part["industry"] = part.index.astype(str)
            part["output"] = x.loc[region]
            place = known.loc[(one.name, str(region))]
            sizes = {
                "none": 1e5,
                "area": place["area_km2"],
                "people": place["people_1000"] * 50.0,
                "share of the nation": share * 3e6,
                "output": float(x.loc[region].sum()) * one.dollars,
            }
            part["share"], part["area"] = share, sizes[size]
            part[list(KINDS)] = one.kinds.loc[part.index]
            rows.append(part)
    table = pd.concat(rows, ignore_index=True)
    return table[table["own"].notna() & (table["output"] > 0)].reset_index(drop=True)


def held_rows(studies: Sequence[Study]) -> dict[str, pd.DataFrame]:
    """By `PER_OUTPUT`, a row for each region and industry: how far it lies from the nation."""
    rows: dict[str, list[pd.DataFrame]] = {name: [] for name in PER_OUTPUT}
    for one in studies:
        for name, ratio in one.ratios.items():
            x = one.output.loc[ratio.index]
            quotients = x.div(x.sum(axis=1), axis=0) / (one.nation / one.nation.sum())
            if name == "value_added":
                error = _logit(ratio) - _logit(one.means[name])
            else:
                error = np.log(ratio.where(ratio > 0) / one.means[name])
            table = pd.DataFrame({"error": error.stack(), "quotient": quotients.stack()}).dropna()
            table = table[table["quotient"] > 0]
            table["region"] = table.index.get_level_values(0).astype(str)
            kinds = one.kinds.idxmax(axis=1)
            table["kind"] = kinds.reindex(table.index.get_level_values(1)).to_numpy()
            table["country"] = one.country
            rows[name if name == "value_added" else "labour"].append(table)
    return {name: pd.concat(parts, ignore_index=True) for name, parts in rows.items()}


def _logit(share: pd.DataFrame | pd.Series) -> pd.DataFrame | pd.Series:
    """On the logistic scale, within two per cent of the ends."""
    inside = share.clip(0.02, 0.98)
    return np.log(inside / (1 - inside))


def mix_of_inputs(studies: Sequence[Study]) -> tuple[float, float]:
    """Deviations of seller and cell of the mix of inputs: mean variances of the countries.

    Where all regions have the nation's mix by construction, nothing is learnt of the cell.
    """
    found: dict[str, list[tuple[float, float]]] = {}
    for one in studies:
        left = 1 - one.ratios.get("value_added", pd.DataFrame())
        for region, table, plain, nation in _mixes(one):
            kept = left.loc[region] / (1 - one.means["value_added"])
            errors, weights = _errors(table, plain * kept, nation, one.output.loc[region])
            found.setdefault(one.country, []).append(fit_inputs(errors, weights))
    sellers, cells = zip(*(np.mean(parts, axis=0) for parts in found.values()), strict=True)
    return float(np.sqrt(np.mean(sellers))), float(np.sqrt(np.mean([c for c in cells if c > 1e-9])))


def _mixes(one: Study) -> Iterator[tuple[object, pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    """Each region, its coefficients, the nation's with the region's own supply, the nation's."""
    if one.A is not None and one.own is not None:
        for region, table in one.tables.items():
            yield region, table, one.A.mul(one.own.loc[region], axis=0), one.A
    for region, table in zip(one.output.index, one.inputs[1:], strict=False):
        yield region, table, one.inputs[0], one.inputs[0]


def _errors(
    table: pd.DataFrame, wanted: pd.DataFrame, nation: pd.DataFrame, x: pd.Series
) -> tuple[np.ndarray, np.ndarray]:
    """Logarithms of actual over wanted values, and the weight of each cell."""
    both = ((table > 0) & (wanted > 0)).to_numpy()
    errors = np.log(np.where(both, table, 1.0) / np.where(both, wanted, 1.0))
    return errors, np.where(both, nation * np.sqrt(x / x.sum()), 0.0)


def learn(studies: Sequence[Study], rng: np.random.Generator, draws: int = 400) -> ErrorModel:
    """The error model of these studies."""
    rows = supply_rows([one for one in studies if one.name not in WITHHELD])
    held = {name: fit_held(part) for name, part in held_rows(studies).items()}
    seller, cell = mix_of_inputs(studies)
    return ErrorModel(
        supply=fit_supply(rows, rng, draws),
        per_output=held,
        seller=seller,
        cell=cell,
        areas=np.sort(rows.groupby(["study", "region"])["area"].first().to_numpy()),
        studies=tuple(_learnt(one, rows[rows["study"] == one.name]) for one in studies),
    )


def _learnt(one: Study, rows: pd.DataFrame) -> Learnt:
    """A study in the words of the package."""
    from_it = [*(["own_supply"] if len(rows) else []), *one.ratios]
    ends: dict[str, tuple[float, float] | None] = dict.fromkeys(("area", "share"))
    if len(rows):
        ends = {name: (float(rows[name].min()), float(rows[name].max())) for name in ends}
    name = Words(dict(zip(("en", "zh"), NAMES[one.name], strict=True)))
    n = rows["region"].nunique() if len(rows) else len(one.output)
    return Learnt(name, SOURCES[one.name], tuple(from_it), n, ends["area"], ends["share"])


def write(model: ErrorModel, target: Path) -> None:
    """The parameters as tables of text."""
    supply = pd.DataFrame(model.supply, columns=list(SUPPLY))
    target.joinpath("supply.csv").write_text(
        supply.to_csv(index=False, float_format="%.4g"), "utf-8"
    )
    held = pd.DataFrame({name: _row(one) for name, one in model.per_output.items()}).T
    held.index.name = "what"
    target.joinpath("held.csv").write_text(held.to_csv(float_format="%.4g"), "utf-8")
    parts = pd.DataFrame({"part": ["seller", "cell"], "deviation": [model.seller, model.cell]})
    target.joinpath("inputs.csv").write_text(_plain(parts), "utf-8")
    target.joinpath("areas.csv").write_text(_plain(pd.DataFrame({"area": model.areas})), "utf-8")
    studies = pd.DataFrame(
        {
            "name_en": one.name("en"),
            "name_zh": one.name("zh"),
            "learnt": " ".join(one.learnt),
            "regions": one.regions,
            **dict(zip(("area_low", "area_high"), one.areas or (), strict=False)),
            **dict(zip(("share_low", "share_high"), one.shares or (), strict=False)),
            "source": one.source,
        }
        for one in model.studies
    )
    target.joinpath("studies.csv").write_text(_plain(studies), "utf-8")


def _plain(table: pd.DataFrame) -> str:
    """A table as text."""
    return table.to_csv(index=False, float_format="%.6g")


def _row(one: PerOutputError) -> pd.Series:
    """The error of coefficients per output, as a row."""
    return pd.Series(
        {
            "slope": one.slope,
            "region": one.region,
            "country": one.country,
            **dict(zip(KINDS, one.scale, strict=True)),
        }
    )


def main(folder: Path, target: Path) -> None:
    """Learn, score, write, print."""
    studies = all_studies(folder)
    model = learn(studies, np.random.default_rng(SEED))
    write(model, target)
    middle = pd.DataFrame(model.supply, columns=list(SUPPLY)).agg(["mean", "std"])
    sys.stdout.write(
        middle.round(3).to_string() + f"\ninputs {model.seller:.3f} {model.cell:.3f}\n"
    )
    sys.stdout.write(target.joinpath("held.csv").read_text("utf-8"))
    scores = left_out(studies, learn, np.random.default_rng(SEED))
    target.joinpath("left_out.csv").write_text(
        scores.to_csv(index=False, float_format="%.4f"), "utf-8"
    )
    sys.stdout.write(scores.round(3).to_string() + "\n")
    compared = measures(
        lambda size: supply_rows([s for s in studies if s.name not in WITHHELD], size), SEED
    )
    target.joinpath("measures.csv").write_text(
        compared.to_csv(index=False, float_format="%.4f"), "utf-8"
    )
    sys.stdout.write(compared.round(4).to_string() + "\n")


if __name__ == "__main__":
    package = Path(str(files("songhua.maths.regional_error")))
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else package)
