"""Small folders to spoil: one made up, and slices of the cases that are built in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import evaluated
from small import FILES
from songhua import session
from songhua.examples import register as invented

_CLAIMS, _ROWS, _FILES, _PLAN = 3, 5, 4, 8
#: Parts that need more of a case than a slice has; parts that a slice has whole.
_LINKED = ("plan/operation", "plan/spending", "plan/scenarios", "plan/programmes")
_WHOLE = ("plan/assumptions.csv", "plan/projects.csv", "plan/targets.csv", "plan/measures.csv")
_PARTS = {"plan/projects.csv": ("star-valley island-valley-park",)}
_HEAD = re.compile(r"^\[\s*\"?([^\].\"]+)", re.MULTILINE)


def _made_up() -> dict[str, bytes]:
    """The folder of the tests, with claims, a plan, entities and figures left out."""
    extra = {
        "entities.toml": '[mill]\nname = { en = "Mill", zh = "磨坊" }\ntype = "firm"\n',
        "left_out.csv": "what,reason_en,reason_zh,source\nx,no source,无来源,paper\n",
        "claims.toml": _MADE_UP_CLAIMS,
        "panels/gdp.csv": _made_up_panel(),
        "plan/plan.toml": (
            '[plan]\nname = { en = "P", zh = "规划" }\nperiod = "plan:2021..2025"\n'
            'base_year = 2020\npurpose = { en = "To grow.", zh = "增长。" }\nsource = "paper"\n'
        ),
        "plan/industries.csv": (
            "role,industry,scheme,code,inclusion,reason,support,basis\n"
            "leading,food,isic4,10,whole,,,own\nadvantageous,tools,,,,,,own\n"
        ),
        "tables.toml": _MADE_UP_TABLES,
        "tables/here.csv": _MADE_UP_NUMBERS,
        "tables/here_industries.csv": "code,en,zh,note\nfood,Food,食品,\ntools,Tools,工具,\n",
        "tables/here_parts.csv": (
            "industry,code,measure,low,high,basis,source,note\n"
            "tools,food,,0,0.5,definition,,\ntools,food,output,0.1,0.4,assumed,paper,A guess.\n"
        ),
        "indices.toml": _MADE_UP_INDICES,
        "reviews/one.csv": _MADE_UP_REVIEWS,
        "plan/targets.csv": (
            "id,indicator,region,period,text,nature,base_period,owner,source,recorded,note\n"
            "grow,gdp,rivertown,2025,about 15 bn EUR,anticipatory,2020,office,paper,2026-01-02,\n"
            "pace,gdp_growth,rivertown,2021..2025,5% a year,,,,paper,2026-01-02,\n"
        ),
        "plan/measures.csv": (
            "id,task_en,task_zh,lead,due,status,done_on,source,recorded\n"
            "road,Build a road,修路,office,2022,planned,,paper,2026-01-02\n"
        ),
        "plan/scenarios/late.toml": (
            '[scenario]\nname = { en = "Late", zh = "延后" }\n'
            '[changes.one]\nname = "delay"\nvalue = 1\nunit = "x"\n'
        ),
        "plan/seed_map.csv": (
            "n,says_en,says_zh,study,table,state,note_en,note_zh\n1,It grew,增长,diagnose,system,answered,,\n"
        ),
    }
    return {name: text.lstrip("\n").encode() for name, text in {**FILES, **extra}.items()}


def _made_up_panel() -> str:
    """Two places, two industries and their sum, two years; one cell is suppressed."""
    rows = ["indicator,region,industry,period,value,unit,status,kind,source,recorded"]
    for place, size in (("rivertown", 10), ("upland", 100)):
        for year in (2019, 2020):
            for industry, share in (("all", 1.0), ("food", 0.4), ("tools", 0.6)):
                value = f"{size * share * (1 + (year - 2019) / 20):.1f}"
                status = (
                    "suppressed" if (place, year, industry) == ("upland", 2020, "tools") else ""
                )
                value = "" if status else value
                rows.append(
                    f"gdp,{place},{industry},{year},{value},bn EUR,{status},actual,paper,2026-01-02"
                )
    return "\n".join(rows) + "\n"


_MADE_UP_TABLES = """
[here]
name = { en = "Here", zh = "本地" }
region = "rivertown"
year = 2020
unit = "m EUR"
source = "paper"
kind = "domestic"
decimals = 0
known = { output = 180 }
"""
_MADE_UP_NUMBERS = """
part,code,food,tools,households,exports,output
domestic,food,10,20,50,20,100
domestic,tools,30,10,30,10,80
imported,food,5,1,4,0,
imported,tools,0,9,3,0,
value_added,labour,40,30,,,
value_added,surplus,15,10,,,
total,output,100,80,,,
"""
_BUILT_NUMBERS = """
part,code,food,tools,households,fixed_capital,exports,output
domestic,food,10,20,50,5,15,100
domestic,tools,30,10,20,15,5,80
imported,food,5,1,4,0,0,
imported,tools,0,9,1,2,0,
value_added,labour,40,30,,,,
value_added,surplus,15,10,,,,
total,output,100,80,,,,
"""
_PLANT = """
[plant]
name = { en = "Plant", zh = "工厂" }
type = "project"
"""
_OPERATION = """
project,field,value,unit,source,recorded,note
plant,industry,food,,,2026-01-02,
plant,start,2023,,paper,2026-01-02,
plant,output,10,m EUR,paper,2026-01-02,
plant,jobs,50,persons,paper,2026-01-02,
"""
_SPENDING = """
project,good,period,value,unit,local,source,recorded,note
plant,total,2021..2022,25,m EUR,,paper,2026-01-02,
plant,equipment,2023,3,m EUR,50,paper,2026-01-02,
"""
_MADE_UP_INDICES = """
[size]
name = { en = "Size", zh = "规模" }
definition = { en = "How large.", zh = "规模大小。" }
[size.parts.a]
name = { en = "A", zh = "甲" }
[size.members.gdp]
name = { en = "Product", zh = "产值" }
part = "a"
indicator = "gdp"
weight = 2
"""
_MADE_UP_REVIEWS = """
department,review,sort,indicator,region,industry,item,value,unit,kind,state,evidence,reporter,received
office,2021,figure,gdp,rivertown,all,,11.0,bn EUR,actual,,,A. Person,2022-01-05T10:00:00Z
office,2021,task,,,,road,,,,under_way,,A. Person,2022-01-05
"""
_MADE_UP_CLAIMS = """
[grew]
source = "paper"
says = { en = "It grew by 5 %.", zh = "增长5%。" }
relation = "now / before - 1 == growth"
premise = { en = "Same perimeter.", zh = "口径相同。" }
frees = ["before"]

[grew.numbers.now]
indicator = "gdp"
period = "2020"
source = "bulletin-2020"

[grew.numbers.before]
indicator = "gdp"
period = "2019"

[grew.numbers.growth]
value = "5.0"
unit = "%"
name = { en = "growth", zh = "增速" }

[firms]
source = "paper"
says = { en = "120 firms, a third more.", zh = "120家，增长三分之一。" }
relation = "firms / (1 + growth) == before"

[firms.numbers.firms]
value = "120"
unit = "count"

[firms.numbers.growth]
value = "33"
unit = "%"
qualifier = "about"

[firms.numbers.before]
unit = "count"

[open]
source = "paper"
says = { en = "It is known for it.", zh = "以此闻名。" }
uncheckable = { en = "An opinion.", zh = "属于看法。" }
"""


def _blocks(text: str) -> dict[str, str]:
    """The text of each entry of a catalogue, with the tables under it."""
    found: dict[str, str] = {}
    marks = [(match.start(), match[1]) for match in _HEAD.finditer(text)]
    ends = [start for start, _ in marks[1:]] + [len(text)]
    for (start, id), end in zip(marks, ends, strict=True):
        found[id] = found.get(id, "") + text[start:end]
    return found


def _slice(name: str) -> dict[str, bytes]:
    """A built-in case cut down: some claims, some rows, some of the plan, and what they name."""
    home = session.example(name)
    texts = {f.relative_to(home).as_posix(): f.read_text("utf-8") for f in home.rglob("*.*")}
    claims = _blocks(texts["claims.toml"])
    step = max(1, len(claims) // _CLAIMS)
    kept = {id: claims[id] for id in list(claims)[::step][:_CLAIMS]}
    named = set(re.findall(r'"([a-z0-9_.-]+)"', " ".join(kept.values())))
    files: dict[str, str] = {
        "region.toml": texts["region.toml"],
        "claims.toml": "".join(kept.values()),
    }
    for file, text in texts.items():
        if file.startswith("observations/"):
            head, *rows = text.splitlines(keepends=True)
            some = [row for row in rows if row.split(",")[0] in named][:_ROWS]
            if some and sum(one.startswith("observations/") for one in files) < _FILES:
                files[file] = head + "".join(dict.fromkeys(some + rows[:1]))
        elif file.startswith(("plan/", "panels/")) and not file.startswith(_LINKED):
            whole = file.endswith(".toml") or file in _WHOLE
            files[file] = text if whole else "".join(text.splitlines(keepends=True)[: _PLAN + 1])
            for part in _PARTS.get(file, ()):  # what stands in a file that is left out
                files[file] = files[file].replace(part, "")
    used = set(re.findall(r"[a-z0-9_.-]+", " ".join(files.values())))
    for file in ("sources.toml", "indicators.toml", "industries.toml", "entities.toml"):
        blocks, wanted = _blocks(texts[file]), used & _blocks(texts[file]).keys()
        wanted = _closed(wanted, blocks)
        files[file] = "".join(block for id, block in blocks.items() if id in wanted)
    return {file: text.encode() for file, text in files.items() if text}


def _register() -> dict[str, bytes]:
    """A register with few firms, and a secret, so that its numbers are the same each time."""
    home = session.example("register")
    files = {f.relative_to(home).as_posix(): f.read_bytes() for f in home.rglob("*.toml")}
    return files | invented.files(1, 12) | {"register/secret.txt": b"5e" * 32 + b"\n"}


def _built() -> dict[str, bytes]:
    """The folder of the tests with a project, whose effects are simulated."""
    files = dict(FOLDERS["made_up"])
    assumed = session.example("washington") / "plan" / "assumptions.csv"
    lines = (
        assumed.read_text("utf-8")
        .replace("k USD", "k EUR")
        .replace("census-areas", "")
        .splitlines(keepends=True)
    )
    return files | {
        "entities.toml": files["entities.toml"] + _PLANT.encode(),
        "tables/here.csv": _BUILT_NUMBERS.lstrip().encode(),
        "plan/operation.csv": _OPERATION.lstrip().encode(),
        "plan/spending.csv": _SPENDING.lstrip().encode(),
        "plan/assumptions.csv": "".join(one for one in lines if ",lamb-" not in one).encode(),
    }


def _whole(home: Path) -> dict[str, bytes]:
    """All that is read of a folder."""
    found = sorted(f for f in home.rglob("*.*") if f.suffix in (".csv", ".toml", ".json"))
    return {f.relative_to(home).as_posix(): f.read_bytes() for f in found}


def _evaluated() -> dict[str, bytes]:
    """A folder with every table of a plan's delivery, and what departments told."""
    with TemporaryDirectory() as place:
        return _whole(evaluated.case(Path(place)))


def _closed(wanted: set[str], blocks: dict[str, str]) -> set[str]:
    """The entries wanted and those that they name."""
    while True:
        texts = " ".join(blocks[id] for id in wanted)
        more = wanted | (set(re.findall(r'"([a-z0-9_.-]+)"', texts)) & blocks.keys())
        if more == wanted:
            return wanted
        wanted = more


FOLDERS = {
    "made_up": _made_up(), "harbin": _slice("harbin"), "washington": _slice("washington"),
    "register": _register(), "evaluated": _evaluated(),
    "skeleton": _whole(session.example("skeleton")),
}  # fmt: skip
FOLDERS["built"] = _built()
#: The large examples as they are.
WHOLE = {name: _whole(session.example(name)) for name in ("harbin", "washington")}
for _files in (*FOLDERS.values(), *WHOLE.values()):
    for _name, _data in _files.items():
        if _name.endswith(".toml"):
            tomllib.loads(_data.decode())
