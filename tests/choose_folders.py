"""A small folder with a panel of jobs, of which choose learns."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import small

INDUSTRIES = tuple(f"i{at:02}" for at in range(20))
OWN = "rivertown"


def places(n: int) -> list[str]:
    """Names of so many regions, the folder's own first."""
    return [OWN, *(f"p{at:03}" for at in range(1, n))]


def rows(levels: np.ndarray, first: int = 2018, regions: int | None = None) -> str:
    """A panel of jobs as `panels/*.csv` has it; with `regions` only the first of them."""
    names = places(levels.shape[1])[:regions]
    lines = ["indicator,region,industry,period,value,unit,kind,source,recorded"]
    lines += [
        f"jobs,{name},{industry},{first + t},{levels[t, r, i]:.0f},persons,actual,paper,2026-01-02"
        for t in range(len(levels)) for r, name in enumerate(names)
        for i, industry in enumerate(INDUSTRIES)
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def folder(home: Path, levels: np.ndarray, regions: int | None = None) -> Path:
    """A small folder with a panel of jobs."""
    names = places(levels.shape[1])[:regions]
    others = "".join(
        f'\n[places.{one}]\nname = {{ en = "{one}", zh = "{one}" }}\nrole = "comparison"\n'
        for one in names[1:]
    )
    industries = "".join(
        f'\n[{one}]\nname = {{ en = "{one}", zh = "{one}" }}\nparent = "all"\npartition = "fine"\n'
        for one in INDUSTRIES
    )
    jobs = '\n[jobs]\nname = { en = "Jobs", zh = "就业" }\nunit = "persons"\nform = "level"\n'
    jobs += 'measure = "employment"\ndefinition = { en = "Persons.", zh = "人数。" }\n'
    text = {
        "region_toml": small.FILES["region.toml"] + others,
        "industries_toml": small.FILES["industries.toml"] + industries,
        "indicators_toml": small.FILES["indicators.toml"] + jobs,
    }
    written = small.write(home, **text)
    (home / "panels").mkdir()
    (home / "panels" / "jobs.csv").write_text(rows(levels, regions=regions), "utf-8")
    return written
