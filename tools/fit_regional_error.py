"""Learn the regional error model from the Finnish tables of 2014, and score it.

Usage: python tools/fit_regional_error.py FOLDER [TARGET]

FOLDER holds the files of the ALTA data base as comma-separated text. Written are
TARGET/finland_2014.toml (parameters) and TARGET/finland_2014_scores.csv (each region left out);
TARGET is the package, if not given. What decision 8 reports is printed.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd

from songhua.maths.regional_error import (
    ErrorModel,
    References,
    as_data,
    fit,
    leave_one_out,
    region_bootstrap,
)
from songhua.maths.regional_tables import flq
from songhua.messages import Words

SEED = 2014
STUDY = Words({"en": "Finland 2014", "zh": "芬兰2014年"})
SOURCE = (
    "Regional tables of Finland 2014, Honkatukia and others, ALTA: Regional economic database for "
    "Finland, Prime Minister's Office 41/2019, estimated by their authors; github.com/pttry/alta, "
    "commit 5a2f91d"
)
#: The last division of NACE 2 that belongs to each kind.
LAST = {"primary": 9, "manufacturing": 33, "utilities": 43, "services": 82, "public": 99}


def kind(name: str) -> str:
    """The kind of an industry by the division with which its name begins."""
    division = int(name[:2])
    return next(word for word, last in LAST.items() if division <= last)


def flows(file: Path, industries: list[str]) -> pd.DataFrame:
    """Products bought by industries, from the long form; with regions as a first row level."""
    table = pd.read_csv(file)
    table = table[table["COM"].isin(industries) & table["IND"].isin(industries)]
    rows = ["REG", "COM"] if "REG" in table else ["COM"]
    wide = table.pivot(index=rows, columns="IND", values="value")
    if wide.isna().any(axis=None):
        raise ValueError(f"{file.name}: cells are missing")
    return wide[industries]


def references(folder: Path) -> References:
    """The nation and the regions whose tables are whole.

    A national home coefficient is own supply plus supply of other regions, summed over all
    regions; a regional one is own supply alone.
    """
    accounts = pd.read_csv(folder / "accounts_all_regions.csv.gz")
    output = accounts[accounts["ACCOUNT"] == "Tuotos perushintaan"]
    outputs = output.pivot(index="REG", columns="IND", values="value")
    industries = sorted(outputs.columns)
    outputs, nation = outputs[industries], outputs[industries].sum()
    own = flows(folder / "io2014_nation.csv.gz", industries).loc[industries]
    others = flows(folder / "io_reg2014_nation.csv.gz", industries).loc[industries]
    regional = flows(folder / "io2014_long.csv.gz", industries)
    names = list(regional.index.get_level_values(0).unique())
    tables = {name: regional.loc[name].loc[industries] / outputs.loc[name] for name in names}
    kinds = pd.Series({name: kind(name) for name in industries})
    return References((own + others) / nation, nation, tables, outputs.loc[names], kinds)


def toml(model: ErrorModel) -> str:
    """The parameters as text, six significant digits."""
    lines = ["# Written by tools/fit_regional_error.py; see docs/decisions/0008-regional-error.md."]

    def shown(value: object) -> str:
        if isinstance(value, str):
            return f'"{value}"'
        if isinstance(value, list):
            return "[" + ", ".join(map(shown, value)) + "]"
        return str(value) if isinstance(value, int) else repr(float(f"{value:.6g}"))

    for key, value in as_data(model).items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *(f"{name} = {shown(v)}" for name, v in value.items())]
        elif key == "covariance":
            lines += ["covariance = [", *(f"  {shown(row)}," for row in value), "]"]
        else:
            lines.append(f"{key} = {shown(value)}")
    return "\n".join(lines) + "\n"


def differences(given: References, delta: float) -> pd.DataFrame:
    """FLQ coefficients beside the references': by the coefficient's size, quotient and kind.

    Mean and deviation of ln(reference / FLQ) over the cells that both have.
    """
    rows = []
    for region, table in given.tables.items():
        estimate = flq(given.A, given.outputs.loc[region], given.national_output, delta)
        both = (estimate > 0) & (table > 0)
        log = np.log(table[both].stack() / estimate[both].stack())
        national = given.A.stack().reindex(log.index)
        share = estimate.stack().reindex(log.index) / national
        sellers = given.kinds.reindex(log.index.get_level_values(0)).to_numpy()
        rows.append(
            pd.DataFrame({"log": log, "coefficient": national, "quotient": share, "kind": sellers})
        )
    cells = pd.concat(rows)
    groups = {
        "coefficient": pd.cut(cells["coefficient"], [0, 0.001, 0.01, 0.05, 1]).astype(str),
        "quotient": pd.cut(cells["quotient"], [0, 0.25, 0.5, 0.999, 1]).astype(str),
        "kind": cells["kind"],
    }
    return pd.concat(
        {
            name: cells.groupby(by.to_numpy())["log"].agg(["count", "mean", "std"])
            for name, by in groups.items()
        }
    )


def main(folder: Path, target: Path) -> None:
    """Fit, score, write, print."""
    given = references(folder)
    model = fit(given, STUDY, SOURCE, np.random.default_rng(SEED))
    target.joinpath("finland_2014.toml").write_text(toml(model), "utf-8")
    scores = leave_one_out(given, np.random.default_rng(SEED))
    scores.index.name = "region"
    target.joinpath("finland_2014_scores.csv").write_text(scores.round(4).to_csv(), "utf-8")
    sys.stdout.write(toml(model) + scores.round(3).to_string() + "\n")
    low, high = region_bootstrap(scores["covered"], np.random.default_rng(SEED))
    pooled = scores["covered"].mean()
    sys.stdout.write(f"pooled coverage {pooled:.3f}, regions drawn anew {low:.3f} to {high:.3f}\n")
    sys.stdout.write(scores.mean().round(4).to_string() + "\n")
    sys.stdout.write(differences(given, model.delta).round(2).to_string() + "\n")


if __name__ == "__main__":
    package = Path(str(files("songhua.maths.regional_error")))
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else package)
