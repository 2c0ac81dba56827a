"""Made-up folders without a fault (but one), each with the requested amount of one content."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
from _figures import INDICATORS, INDUSTRIES, NAMES, catalogues, indicators_of, observations, write

from songhua import session

FEW = 2_000
NAME = 'name = { en = "N", zh = "名" }\n'


def figures(root: Path, rows: int) -> Path:
    """Observations, and a plan with a target for each fourth of 200 indicators."""
    home = root / f"rows-{rows}"
    catalogues(home, max(INDICATORS, indicators_of(rows)))
    write(observations(rows), home / "observations" / "rows.csv")
    return _planned(home, INDICATORS // 4)


def targets(root: Path, count: int) -> Path:
    """Targets, each of an indicator in an industry, with few observations."""
    home = root / f"targets-{count}"
    catalogues(home)
    write(observations(FEW), home / "observations" / "rows.csv")
    return _planned(home, count)


def tasks(root: Path, count: int) -> Path:
    """Tasks, each blocked by the one before."""
    home = figures(root, FEW)
    with (home / "plan" / "measures.csv").open("w", encoding="utf-8") as file:
        file.write("id,task_en,task_zh,status,blocked_by,source,recorded\n")
        for at in range(count):
            before = f"m{at - 1}" if at else ""
            file.write(f"m{at},Task,任务,planned,{before},s1,2026-01-02\n")
    return home


def _planned(home: Path, count: int) -> Path:
    (home / "plan").mkdir()
    plan = f'[plan]\n{NAME}period = "plan:2021..2025"\n'
    more = 'base_year = 2020\npurpose = { en = "P", zh = "目的" }\nsource = "s1"\n'
    (home / "plan" / "plan.toml").write_text(plan + more, "utf-8")
    heads = "id,indicator,industry,period,text,source,recorded\n"
    line = "t{0},i{1},n{2},2025,reach 900 m EUR by 2025,s1,2026-01-02\n"
    each = INDICATORS // 4  # money in m EUR
    lines = (line.format(at, at % each * 4, (1 + at // each) % INDUSTRIES) for at in range(count))
    (home / "plan" / "targets.csv").write_text(heads + "".join(lines), "utf-8")
    return home


def one_row(home: Path) -> Path:
    """A file with one row that a folder of figures lacks."""
    row = observations(1, seed=2).to_pydict()
    row |= {"period": ["1999"], "indicator": ["i3"], "unit": ["persons"], "value": ["7"]}
    file = home.parent / "one.csv"
    write(pa.table({name: row[name] for name in NAMES}), file)
    return file


def claims(root: Path, count: int) -> Path:
    """Claims over few observations."""
    home = figures(root, FEW)
    claim = '[c{0}]\nsource = "s1"\nsays = {{ en = "Over nine.", zh = "超过九。" }}\n'
    form = 'relation = "a > b"\n[c{0}.numbers.a]\nindicator = "i{1}"\nperiod = "2020-01"\n'
    other = '[c{0}.numbers.b]\nvalue = "9"\nunit = "m EUR"\n\n'
    text = "".join((claim + form + other).format(at, 4 * (at % 50)) for at in range(count))
    (home / "claims.toml").write_text(text, "utf-8")
    return home


def projects(root: Path, count: int) -> Path:
    """The second case with as many further projects: its own, under other names."""
    home = session.new(root / "projects", "washington")
    own = ("lamb-weston-richland", "boeing-wing-centre")
    with (home / "entities.toml").open("a", encoding="utf-8") as entities:
        for at in range(count):
            entities.write(
                f'\n[p{at}]\nname = {{ en = "P{at}", zh = "甲{at}" }}\ntype = "project"\n'
            )
    with (home / "plan" / "projects.csv").open("w", encoding="utf-8") as file:
        file.write("project,kind,item,name_en,name_zh,planned,state,period,planned_value,unit,")
        file.write("source,recorded\n")
        for at in range(count):
            file.write(f"p{at},milestone,complete,Finished,建成,2027,unknown,,,,")
            file.write("songhua-illustration,2026-11-25\n")
            file.write(f"p{at},value,investment,Investment,投资,,,2024..2027,25,m USD,")
            file.write("songhua-illustration,2026-11-25\n")
    for name in ("spending", "operation", "assumptions"):
        file = home / "plan" / f"{name}.csv"
        lines = file.read_text("utf-8").splitlines()
        of = {one: [line for line in lines if one in line] for one in own}
        first = max(of.values(), key=len) if name != "assumptions" else of["lamb-weston-richland"]
        for at in range(count):
            for line in first:
                lines.append(re.sub("|".join(own), f"p{at}", line, count=1))
        file.write_text("\n".join(lines) + "\n", "utf-8")
    return home


def places(root: Path, count: int) -> Path:
    """The second case with as many further places, each with the product of one of its own."""
    home = session.new(root / "places", "washington")
    file = home / "panels" / "gdp.csv"
    own = [line for line in file.read_text("utf-8").splitlines() if ",kansas," in line]
    with (home / "region.toml").open("a", encoding="utf-8") as region:
        for at in range(count):
            region.write(f'\n[places.p{at}]\n{NAME}role = "comparison"\nnote = "Made up."\n')
    with file.open("a", encoding="utf-8") as panel:
        for at in range(count):
            panel.writelines(line.replace(",kansas,", f",p{at},", 1) + "\n" for line in own)
    return home


def sources(root: Path, count: int) -> Path:
    """Further sources, each of two observations."""
    entry = '[x{0}]\ntitle = "T"\npublisher = "P"\ngrade = "official"\npublished = "2020-01"\n'
    return _catalogued(root, count, "sources", entry + "\n", "x{0}", "i0")


def indicators(root: Path, count: int) -> Path:
    """Further indicators, each with two observations, one a year after the other."""
    entry = f'[x{{0}}]\n{NAME.replace("{", "{{").replace("}", "}}")}unit = "m EUR"\n'
    more = 'form = "level"\nmeasure = "x{0}"\ndefinition = {{ en = "D", zh = "定义" }}\n\n'
    return _catalogued(root, count, "indicators", entry + more, "s1", "x{0}")


def _catalogued(root: Path, count: int, name: str, entry: str, source: str, indicator: str) -> Path:
    home = figures(root, FEW)
    with (home / f"{name}.toml").open("a", encoding="utf-8") as file:
        file.writelines(entry.format(at) for at in range(count))
    return _rows(home, count, source, indicator)


def faults(root: Path, count: int) -> Path:
    """Observations and claims of indicators that the folder does not have, units that misfit."""
    home = claims(root, count)
    text = (home / "claims.toml").read_text("utf-8")
    (home / "claims.toml").write_text(text.replace('"i', '"wrong'), "utf-8")
    with (home / "plan" / "targets.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"x{at},i3,n1,2025,soon,s{at},never\n" for at in range(count))
    return _rows(home, count, "s1", "wrong{0}")


def misfits(root: Path, count: int) -> Path:
    """Observations of which every cell is sound, in a unit that does not fit the indicator."""
    return _rows(figures(root, FEW), count, "s1", "i3", value="7")


def _rows(home: Path, count: int, source: str, indicator: str, value: str = "{0}.5") -> Path:
    """A further file of observations: for each of a count a year and the next."""
    heads = "indicator,region,industry,entity,period,value,unit,qualifier,kind,vintage,scope,"
    line = f"{indicator},here,n{{1}},,{{2}},{value},m EUR,,actual,v,,{source},,2026-01-02,\n"
    with (home / "observations" / "more.csv").open("w", encoding="utf-8") as file:
        file.write(heads + "source,published,recorded,note\n")
        for at in range(count):
            industry, year = at % INDUSTRIES, 1700 + at // INDUSTRIES % 300
            file.writelines(line.format(at, industry, one) for one in (year, year + 1))
    return home
