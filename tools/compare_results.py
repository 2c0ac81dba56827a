"""Compare every result table of two versions of songhua, names mapped.

    python tools/compare_results.py dump OUT.json          in the checkout of each version
    python tools/compare_results.py compare OLD.json NEW.json

`dump` runs all studies of the built-in cases, the invented register, review sheets and a small
folder with something for every part of an evaluation, and writes their tables as JSON.
`compare` maps the names of the older version to those of the newer one and lists what differs.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

# What 0.1 called otherwise: tables by study, then columns by table (or of every table).
TABLES: dict[str, dict[str, str]] = {
    "certify": {"lapses": "expiring_certificates", "lapsing": "expiry_counts"},
    "diagnose": {
        "chains": "supply_chains",
        "choices": "choice_effects",
        "coverage": "availability",
        "grouped": "grouping_members",
        "pulls": "growth_contributions",
        "quotients": "location_quotients",
        "shifts": "shift_share",
        "turns": "turning_points",
    },
    "month": {"beside": "comparison", "seen": "view"},
    "track": {"seen": "view"},
}
COLUMNS: dict[str, dict[str, str]] = {
    "": {},
    "diagnose.growth_contributions": {
        "pull": "contribution_pp",
        "contribution": "share_of_growth",
        "contribution_low": "share_of_growth_low",
        "contribution_high": "share_of_growth_high",
    },
    "diagnose.output_change": {"from": "table_before", "to": "table_after"},
    "diagnose.supply_chains": {
        "from": "origin",
        "to": "destination",
    },
    "simulate.outputs": {"here": "bought_in_region"},
    "claims.claims": {"kind": "estimate"},
    "track.targets": {"class": "progress_class"},
    "track.classes": {"class": "progress_class"},
}
WORDED = (
    "says", "premise", "uncheckable", "name", "task", "evidence", "from_name", "to_name",
)  # fmt: skip
PARAMS = {"pull": "contribution_pp", "from": "table_before", "to": "table_after"}
BY_LANGUAGE = {"study": "error_study"}
VALUES: dict[str, dict[str, str]] = {
    "indicator": {
        f"{what}_growth_{old}": f"{what}_{new}"
        for what in ("gdp", "secondary", "fai", "industry", "output")
        for old, new in (("contribution", "share_of_growth"), ("pull", "contribution_pp"))
    }
}
VALUES["other"] = VALUES["indicator"]
VALUES["code"] = {"perimeters_differ": "coverage_differs"}
VALUES["claim"] = {
    "pulls-2020": "contributions-2020",
    "pulls-rest-2020": "contributions-rest-2020",
    "fai-pull-2020": "fai-contribution-2020",
}
VALUES["name"] = {"pull": "contribution"}
TEXTS = {  # words that were rewritten, or are looked up by their label
    "says_en", "says_zh", "list_en", "list_zh", "table_industries", "relation",
}  # fmt: skip
SORTED = {
    "diagnose.availability": ("indicator", "region", "industry"),
    "diagnose.figures": ("indicator", "region", "industry", "entity", "observation"),
}
CODES = {
    "pulls_against_growth": "contributions_against_growth",
    "n_perimeters_differ": "n_coverage_differs",
}
# What is looked up by its label today: it stands in the folder, and is no result.
GONE: dict[str, set[str]] = {
    "": {f"{name}_{lang}" for name in WORDED for lang in ("en", "zh")},
}
ADDED = {"table"}  # of an industry's code


def main(arguments: list[str]) -> int:
    """Dump the tables of this version, or compare two dumps."""
    match arguments:
        case ["dump", out]:
            Path(out).write_text(json.dumps(dump(), ensure_ascii=False, indent=1), "utf-8")
            return 0
        case ["compare", old, new]:
            return compare(*(json.loads(Path(one).read_text("utf-8")) for one in (old, new)))
    print(__doc__)
    return 2


def dump() -> dict[str, Any]:
    """Every result of every case, by a name that both versions share."""
    from songhua.messages import LANGUAGES

    made: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as text:
        for label, results, ids, _ in cases(Path(text)):
            for study, result in results.items():
                made[f"{label}/{study}"] = {
                    "tables": {name: rows(frame, ids) for name, frame in result["tables"].items()},
                    "findings": [
                        [found["code"], found["params"], [ids.get(s, s) for s in found["sources"]]]
                        for found in result["findings"]
                    ],
                }
        made["sheets"] = {lang: sheets(Path(text), lang) for lang in LANGUAGES}
    return made


def rows(frame: list[dict[str, Any]], ids: dict[str, str]) -> list[dict[str, Any]]:
    """The rows with observations by their place."""
    return [
        {
            name: " ".join(ids.get(part, part) for part in value.split(" "))
            if name in ("observations", "observation") and isinstance(value, str)
            else value
            for name, value in row.items()
        }
        for row in frame
    ]


Case = tuple[str, dict[str, Any], dict[str, str], Any]


def cases(home: Path) -> Iterator[Case]:
    """Label, results, the place of each observation by its id, and the region."""
    import evaluated

    try:
        from songhua import session
    except ImportError:
        session = None
    ways = old_ways() if session is None else new_ways()
    run, month, evaluation, register, example, new = ways
    for name in ("harbin", "washington"):
        yield f"{name}", *run(example(name))
    yield "harbin 2021-03-09", *run(example("harbin"), as_of="2021-03-09")
    for scenario in scenarios(example("washington")):
        yield f"washington {scenario}", *run(example("washington"), scenario=scenario)
    yield "harbin Q1", *month(example("harbin"), "2021-Q1")
    yield "harbin 2020", *month(example("harbin"), "2020")
    yield "harbin annual 2021", *evaluation(example("harbin"), "2021")
    yield "harbin annual 2020", *evaluation(example("harbin"), "2020")
    invented = new(home / "register", "register")
    yield "register", *register(invented)
    yield "register cells", *register(invented, small_cells=True)
    folder = evaluated.case(home)
    yield "evaluated", *run(folder)
    yield "evaluated 2023", *evaluation(folder, "2023")


def scenarios(path: Path) -> list[str]:
    """The scenarios of a case."""
    return sorted(file.stem for file in (path / "plan" / "scenarios").glob("*.toml"))


def plain(result: Any) -> dict[str, Any]:
    """A result as plain data."""
    return json.loads(result.to_json())


def places(region: Any) -> dict[str, str]:
    """File and row of each observation by its id."""
    frame = region.figures.observations.frame
    where = [f"{file}:{row}" for file, row in zip(frame["file"], frame["row"], strict=True)]
    return dict(zip(frame["id"], where, strict=True)) if "id" in frame else {}


def old_ways() -> tuple[Callable[..., Any], ...]:
    """How 0.1 is asked."""
    from songhua import workbench

    def packed(done: Any) -> tuple[dict[str, Any], dict[str, str], Any]:
        return {n: plain(r) for n, r in done.results.items()}, places(done.region), done.region

    def run(path: Path, **asked: Any) -> Any:
        return packed(workbench.run(path, **asked))

    def month(path: Path, period: str) -> Any:
        return packed(workbench.month(path, period))

    def evaluation(path: Path, period: str) -> Any:
        return packed(workbench.evaluation(path, period))

    def register(path: Path, **asked: Any) -> Any:
        return {"certify": plain(workbench.certify_register(path, asked))}, {}, None

    return run, month, evaluation, register, workbench.example, workbench.new


def new_ways() -> tuple[Callable[..., Any], ...]:
    """How this version is asked."""
    import songhua
    from songhua import session
    from songhua.render import files

    def packed(results: Any, region: Any) -> tuple[dict[str, Any], dict[str, str], Any]:
        return {n: plain(r) for n, r in results.items()}, places(region), region

    def run(path: Path, as_of: str | None = None, scenario: str = "") -> Any:
        opened = songhua.open(path, as_of)
        results = dict(opened.run_all().results)
        if scenario:
            results["simulate"] = opened.run("simulate", scenario=scenario)
        return packed(results, opened.region)

    def month(path: Path, period: str) -> Any:
        done = files.contents(songhua.open(path), "monthly", period)
        return packed(done.results, done.region)

    def evaluation(path: Path, period: str) -> Any:
        done = files.contents(songhua.open(path), "annual", period)
        return packed(done.results, done.region)

    def register(path: Path, small_cells: bool = False) -> Any:
        found = session.open_register(path).run("certify", small_cells=small_cells)
        return {"certify": plain(found)}, {}, None

    return run, month, evaluation, register, session.example, session.new


def sheets(home: Path, lang: str) -> dict[str, list[list[str]]]:
    """The cells of the review sheets of two cases."""
    import openpyxl

    import evaluated

    try:
        from songhua import session as ways
    except ImportError:
        from songhua import workbench as ways  # pyright: ignore[reportAttributeAccessIssue]
    made = {}
    for name, path, period in (
        ("harbin", ways.example("harbin"), "2021"),
        ("evaluated", evaluated.case(home / f"sheets-{lang}"), "2023"),
    ):
        issued = ways.review(path, period, home / f"review-{name}-{lang}", lang)
        for file in getattr(issued, "files", issued):  # once a list of files
            book = openpyxl.load_workbook(file)
            for page in book.worksheets:
                cells = [[str(c) if c is not None else "" for c in row] for row in page.values]
                made[f"{name} {file.name} {page.title}"] = cells
    return made


def compare(old: dict[str, Any], new: dict[str, Any]) -> int:
    """Print what differs, and how much was compared."""
    found = [f"only in one: {label}" for label in sorted(old.keys() ^ new.keys())]
    tables = cells = findings = 0
    for label in sorted(old.keys() & new.keys()):
        if label == "sheets":
            found += [
                f"sheets {lang}" for lang in old[label] if old[label][lang] != new[label][lang]
            ]
            continue
        study = label.rpartition("/")[2]
        mine = {TABLES.get(study, {}).get(n, n): t for n, t in old[label]["tables"].items()}
        theirs = new[label]["tables"]
        if study == "track":
            mine, theirs = reshaped_track(mine, theirs)
        found += [f"{label}: table only in one: {n}" for n in sorted(mine.keys() ^ theirs.keys())]
        for name in sorted(mine.keys() & theirs.keys()):
            tables += 1
            cells += sum(len(row) for row in theirs[name])
            found += list(differing(f"{label} {name}", f"{study}.{name}", mine[name], theirs[name]))
        findings += len(new[label]["findings"])
        found += list(differing_findings(label, old[label]["findings"], new[label]["findings"]))
    for line in found[:200]:
        print(line)
    print(f"{tables} tables, {cells} cells, {findings} findings; {len(found)} differences")
    return 1 if found else 0


def split_driver(row: dict[str, Any]) -> dict[str, Any]:
    """An assumption and its project were one text."""
    driver, _, project = str(row["driver"]).partition(".")
    return row | {"driver": driver, "project": project}


CHANGED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "simulate.drivers": split_driver,
}


Tables = dict[str, list[dict[str, Any]]]


def reshaped_track(old: Tables, new: Tables) -> tuple[Tables, Tables]:
    """Track's tables in shapes that can be compared.

    The old calendar gets the columns of the new one, and the new readings become the text
    `code=value` that stood in the old column `assumptions` of the targets.
    """
    if old["calendar"] and "id" in old["calendar"][0]:
        old = old | {"calendar": [calendar_row(row) for row in old["calendar"]]}
    if "readings" in old or "readings" not in new:
        return old, new
    said: dict[str, list[str]] = {}
    for row in new["readings"]:
        said.setdefault(row["target"], []).append(reading_text(row))
    old_targets = [
        {**row, "assumptions": numbers_alike(row["assumptions"])} for row in old["targets"]
    ]
    new_targets = [
        {**row, "assumptions": " ".join(said.get(row["target"], []))} for row in new["targets"]
    ]
    rest = {name: rows for name, rows in new.items() if name != "readings"}
    return old | {"targets": old_targets}, rest | {"targets": new_targets}


def calendar_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the old calendar by the new columns."""
    which = {"target": "target", "measure": "measure"}.get(row["what"], "entity")
    how = "progress_class" if row["what"] == "target" else "state"
    blank = dict.fromkeys(("target", "measure", "entity", "progress_class", "state"), "")
    kept = {name: row[name] for name in ("due", "what", "item", "owner")}
    return kept | blank | {which: row["id"], how: row["state"]}


def reading_text(row: dict[str, Any]) -> str:
    """A reading as the old text had it."""
    value = row["word"] or row["unit"]
    if row["value"] is not None:
        value = f"{row['value']:g}"
    return f"{row['reading']}={str(value).replace(' ', '_')}"


def numbers_alike(text: str) -> str:
    """The old text with each number in one form: 1,135 is 1135."""
    parts = [part.partition("=") for part in text.split()]
    return " ".join(f"{code}={number_alike(value)}" for code, _, value in parts)


def number_alike(text: str) -> str:
    """A number without commas, in one form; other texts as they are."""
    try:
        return f"{float(text.replace(',', '').replace('−', '-')):g}"
    except ValueError:
        return text


def differing(
    label: str, key: str, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> Iterator[str]:
    """The cells of a table that are not the same."""
    if len(old) != len(new):
        yield f"{label}: {len(old)} rows, now {len(new)}"
        return
    names = COLUMNS.get("", {}) | COLUMNS.get(key, {})
    if key in CHANGED:
        old = [CHANGED[key](row) for row in old]
    if key in SORTED:  # in order of a name that was changed
        old = sorted(old, key=lambda row: [mapped_value(n, row[n]) for n in SORTED[key]])
        new = sorted(new, key=lambda row: [row[n] for n in SORTED[key]])
    gone = GONE.get("", set()) | GONE.get(key, set())
    for at, (before, after) in enumerate(zip(old, new, strict=True)):
        mapped = {names.get(n, n): mapped_value(n, v) for n, v in before.items() if n not in gone}
        for name in sorted(mapped.keys() | after.keys()):
            if name in ADDED and name not in mapped and key.startswith("simulate."):
                continue
            if name not in after or name not in mapped:
                yield f"{label} row {at}: column only in one: {name}"
            elif name not in TEXTS and not same(mapped[name], after[name]):
                yield f"{label} row {at} {name}: {mapped[name]!r}, now {after[name]!r}"


def mapped_value(column: str, value: Any) -> Any:
    """A value of a closed list by its new name."""
    if column == "list" and isinstance(value, str):
        return ", ".join(VALUES["claim"].get(part, part) for part in value.split(", "))
    return VALUES.get(column, {}).get(value, value) if isinstance(value, str) else value


def differing_findings(label: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    """The findings that are not the same."""
    if len(old) != len(new):
        yield f"{label}: {len(old)} findings, now {len(new)}"
    for before, after in zip(old, new, strict=False):
        code = CODES.get(before[0], before[0])
        if code != after[0] or before[2] != after[2]:
            yield f"{label}: finding {before[0]} {before[2][:3]}, now {after[0]} {after[2][:3]}"
            continue
        given = dict(before[1])
        for name, new_name in BY_LANGUAGE.items():  # a parameter a language became one of words
            if f"{name}_en" in given:
                given[new_name] = {lang: given.pop(f"{name}_{lang}") for lang in ("en", "zh")}
        params = {PARAMS.get(n, n): mapped_value(n, v) for n, v in given.items()}
        for name in sorted(params.keys() | after[1].keys()):
            if name not in TEXTS and not same(params.get(name), after[1].get(name)):
                yield f"{label} {code} {name}: {params.get(name)!r}, now {after[1].get(name)!r}"


def same(one: Any, other: Any) -> bool:
    """Equal to the last digit, or both numbers that differ by what another order of sums leaves."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-15)
    return one == other


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
