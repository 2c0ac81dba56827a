"""The workbench opens folders, orders studies, runs and re-runs them. It alone wires the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import escape
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from songhua import report, store
from songhua.errors import Fault, SonghuaError
from songhua.examples import FIRST as FIRST_EXAMPLE
from songhua.examples import register as invented
from songhua.labels import parse_period
from songhua.messages import LANGUAGES
from songhua.plan import Plan
from songhua.region import Region
from songhua.results import Finding, Recipe, Result
from songhua.rules import Rulebook, load, nearest
from songhua.rules.frames import facts_of, read_firm
from songhua.rules.nearest import Way
from songhua.rules.register import Register, spoken_to
from songhua.studies import certify as certified
from songhua.studies.certify import certify
from songhua.studies.claims import claims
from songhua.studies.diagnose import diagnose
from songhua.studies.month import month as month_study
from songhua.studies.month import until
from songhua.studies.simulate import simulate
from songhua.studies.simulate.regional import lacks
from songhua.studies.track import track
from songhua.version import VERSION

Progress = Callable[[int, int, str], None]
MANY_DRAWS = 2000  # from here on starting processes is worth it
STUDIES: Mapping[str, Callable[..., Result]] = {
    "diagnose": diagnose,
    "simulate": simulate,
    "claims": claims,
    "track": track,
    "certify": certify,
}
MADE: Mapping[str, Callable[[], Mapping[str, bytes]]] = {"register": invented.files}


@dataclass(frozen=True)
class Run:
    """All that a folder has data for: region, plan, a Result a study, and what was skipped."""

    region: Region
    plan: Plan | None
    results: Mapping[str, Result]
    skipped: tuple[Finding, ...]

    def show(self, *sections: str, lang: str = "en") -> Shown:
        """The report, or some of its sections with their charts, where a notebook can show it.

        Raises:
            SonghuaError: `section_unknown`, or `section_empty` where there is nothing to show.
        """
        page = report.html(self.region, self.plan, self.results, self.skipped, lang, sections)
        return Shown(page)


@dataclass(frozen=True)
class Shown:
    """A page of the report that a notebook shows in its place.

    >>> Shown("<p>1 &lt; 2</p>")._repr_html_()
    '<iframe srcdoc="&lt;p&gt;1 &amp;lt; 2&lt;/p&gt;" title="songhua" width="100%" height="640" style="border: 0"></iframe>'
    """  # noqa: E501

    html: str

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that its style and the notebook's stay apart."""
        inside = escape(self.html, quote=True)
        frame = 'title="songhua" width="100%" height="640" style="border: 0"'
        return f'<iframe srcdoc="{inside}" {frame}></iframe>'


def open(path: str | Path, as_of: str | date | None = None) -> Region:
    """Read and check a region's folder; `as_of` shows it as it was known on that day.

    Raises:
        SonghuaError: with all faults of the folder.

    >>> region = open(example(), as_of="2021-03-09")
    >>> float(region.figure("gdp_growth_real", "2020")["number"])
    0.6
    """
    return open_folder(path, as_of).region


def open_folder(path: str | Path, as_of: str | date | None = None) -> store.Folder:
    """The same with the plan and the digests of the files read."""
    folder = store.read(Path(path))
    if as_of is None:
        return folder
    return replace(folder, region=folder.region.view(_day(as_of)))


def _day(text: str | date) -> date:
    try:
        return text if isinstance(text, date) else date.fromisoformat(text)
    except ValueError:
        raise SonghuaError(Fault("date_unreadable", params={"text": str(text)[:80]})) from None


def run(
    path: str | Path,
    studies: tuple[str, ...] = (),
    as_of: str | date | None = None,
    progress: Progress | None = None,
    scenario: str = "",
    draws: int = 0,
    workers: int = 0,
    certify: Mapping[str, Any] | None = None,
) -> Run:
    """Run the named studies, or all that the folder has data for.

    `scenario` names one of the plan's; `draws` is for `simulate`, which has its own number of
    them if it is zero. `workers` are its processes: if zero, one, or one a core for many draws;
    the numbers do not depend on it. `certify` may hold `on`, `statuses` and `small_cells` for
    that study; otherwise the register says, or the day of the view and the register's columns.

    >>> sorted(run(example()).results)
    ['certify', 'claims', 'diagnose', 'simulate', 'track']
    """
    folder = open_folder(path, as_of)
    results: dict[str, Result] = {}
    skipped: list[Finding] = []
    for name in studies or tuple(STUDIES):
        lacks = _lacks(name, folder)
        if lacks is not None and not studies:
            skipped.append(Finding("study_skipped", {"study": name, "lacks": lacks}))
            continue
        arguments: dict[str, Any] = {"folder": str(path), "as_of": str(folder.region.as_of or "")}
        if name == "simulate":
            arguments |= {"scenario": scenario, "draws": draws}
        if name == "certify":
            arguments |= _certifying(folder, certify or {})
        recipe = Recipe(name, VERSION, arguments, folder.digests)
        results[name] = _one(recipe, folder, results, progress, workers)
    return Run(folder.region, folder.plan, results, tuple(skipped))


def _lacks(study: str, folder: store.Folder) -> str | None:
    """What a study needs and the folder does not have."""
    if study == "claims" and not folder.region.claims:
        return "claims.toml"
    if study == "diagnose" and folder.region.observations.empty:
        return "observations/*.csv"
    if study == "simulate":
        return lacks(folder.region, folder.plan)
    if study == "track" and not (folder.plan and folder.plan.files()):
        return "plan/targets.csv"
    if study == "certify":
        return certified.lacks(folder.region, folder.register)
    return None


def _certifying(folder: store.Folder, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The day, the rulebooks and the wish for small cells: asked for, or of the register."""
    register = folder.register
    if register is None:
        return {}
    recorded = max(map(str, folder.region.observations["recorded"]), default="")
    day = asked.get("on") or folder.region.as_of or register.on or recorded
    if not day:
        raise SonghuaError(Fault("register_day", file=store.REGISTER))
    statuses = asked.get("statuses")
    return {
        "on": _day(day).isoformat(),
        "statuses": list(statuses or _statuses(register)),
        "small_cells": bool(asked.get("small_cells")),
    }


def _one(
    recipe: Recipe,
    folder: store.Folder,
    evidence: Mapping[str, Result],
    progress: Progress | None,
    workers: int = 0,
) -> Result:
    rng = np.random.default_rng(recipe.seed)
    plan, draws = folder.plan, recipe.arguments.get("draws")
    if plan is not None:
        plan = plan.with_scenario(str(recipe.arguments.get("scenario", "")))
    own: dict[str, Any] = {"draws": int(draws)} if draws else {}
    if recipe.study == "simulate":
        own["workers"] = workers or (os.cpu_count() or 1 if int(draws or 0) >= MANY_DRAWS else 1)
    if recipe.study == "certify" and folder.register is not None:
        arguments = recipe.arguments
        small = bool(arguments["small_cells"])
        own = {
            "register": folder.register,
            "rulebooks": [load(name) for name in arguments["statuses"]],
            "on": _day(arguments["on"]),
            "small_cells": small,
            "each": small,
        }
    result = STUDIES[recipe.study](folder.region, plan, evidence, rng, progress, **own)
    return replace(result, recipe=recipe)


def rerun(recipe: Recipe | Mapping[str, Any], path: str | Path | None = None) -> Result:
    """Make a result again from its recipe; `path` names the folder if it has moved.

    With the same lock on the same machine the result has the same bytes.

    Raises:
        SonghuaError: `recipe_changed`, when the folder's files are not those of the recipe.

    >>> first = run(example(), studies=("claims",)).results["claims"]
    >>> rerun(first.recipe).to_json() == first.to_json()
    True
    """
    recipe = recipe if isinstance(recipe, Recipe) else Recipe.from_dict(recipe)
    folder = open_folder(path or recipe.arguments["folder"], recipe.arguments["as_of"] or None)
    now, then = folder.digests, recipe.inputs
    changed = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    if changed:
        raise SonghuaError(Fault("recipe_changed", params={"files": ", ".join(changed)}))
    return _one(recipe, folder, {}, None)


def register(path: str | Path) -> Register:
    """The register of a folder, or of one file of firms with `certificates.csv` beside it.

    Raises:
        SonghuaError: `register_missing`, `file_missing`, or every fault of its files.
    """
    return store.read_register(Path(path))


def certify_register(
    path: str | Path, asked: Mapping[str, Any] | None = None, today: date | None = None
) -> Result:
    """The study `certify` on a register alone: a file of firms, or a folder that is no region's.

    `asked` as in `run`; the day is the one asked for, else the register's, else `today`.

    Raises:
        SonghuaError: as `register`; `register_day` where no day is known.
    """
    asked, found = asked or {}, register(path)
    day = asked.get("on") or found.on or today
    if not day:
        raise SonghuaError(Fault("register_day", file=Path(path).name))
    small = bool(asked.get("small_cells"))
    books = [load(name) for name in asked.get("statuses") or _statuses(found)]
    return certify(
        None, register=found, rulebooks=books, on=_day(day), small_cells=small, each=small
    )


@dataclass(frozen=True)
class Firm:
    """One firm judged: its name, the rulebooks and the nearest way by each, by name."""

    name: str
    books: Mapping[str, Rulebook]
    ways: Mapping[str, Way]
    invented: bool = False


def firm(
    path: str | Path,
    id: str | None = None,
    statuses: Sequence[str] = (),
    on: str | date | None = None,
    today: date | None = None,
) -> Firm:
    """One firm: of a TOML file of facts, or with its `id` of a register.

    The day is the one asked for, else the register's, else `today`.

    Raises:
        SonghuaError: `firm_unknown`, `register_day`, or what is wrong with the facts.
    """
    path = Path(path)
    facts, found = _given(path, id)
    day = on or (found.on if found else None) or today
    if day is None:
        raise SonghuaError(Fault("register_day", file=path.name))
    named = statuses or (_statuses(found) if found else spoken_to(facts))
    books = [load(name) for name in named]
    name = str(facts.get("name") or id or path.stem)
    return Firm(
        f"{name} ({id})" if id and name != id else name,
        {book.id: book for book in books},
        {book.id: nearest(book, _facts(facts, book), _day(day)) for book in books},
        found.invented if found else "invented" in facts,
    )


def _given(path: Path, id: str | None) -> tuple[dict[str, Any], Register | None]:
    """A firm's facts, and the register that they stand in if it is one's."""
    if id is None:
        if not path.is_file():
            raise SonghuaError(Fault("file_missing", file=path.name))
        return read_firm(path), None
    found = register(path)
    rows = found.enterprises[found.enterprises["firm"].astype(str) == id]
    if rows.empty:
        raise SonghuaError(Fault("firm_unknown", file=path.name, params={"firm": id[:80]}))
    return {str(key): value for key, value in rows.iloc[0].to_dict().items()}, found


def _statuses(found: Register) -> tuple[str, ...]:
    return found.statuses or spoken_to(map(str, found.enterprises.columns))


def _facts(given: Mapping[str, Any], book: Rulebook) -> dict[str, Any]:
    return {**facts_of(given, book), **({"links": given["links"]} if "links" in given else {})}


def write_firm(page: Firm, target: str | Path, lang: str = "en") -> Path:
    """Write the page of one firm as HTML; an older page there is replaced."""
    text = report.firm_html(page.name, page.books, page.ways, lang, page.invented)
    return store.write_new(Path(target), text.encode())


def examples() -> tuple[str, ...]:
    """The names of the built-in cases.

    >>> FIRST_EXAMPLE in examples()
    True
    """
    found = (entry.name for entry in files("songhua.examples").iterdir() if entry.is_dir())
    return tuple(sorted(name for name in found if not name.startswith("_") and name != "skeleton"))


def example(name: str = "") -> Path:
    """The folder of a built-in case (the first one, if none is named): to be read, not written.

    Raises:
        SonghuaError: `example_unknown`.

    >>> example().name == FIRST_EXAMPLE
    True
    """
    name = name or FIRST_EXAMPLE
    if name not in (*examples(), "skeleton"):
        params = {"name": name, "names": ", ".join(examples())}
        raise SonghuaError(Fault("example_unknown", params=params))
    with as_file(files("songhua.examples") / name) as path:
        return path


def new(path: str | Path, name: str = "") -> Path:
    """Write a commented skeleton of a folder, or a built-in case, to a new place.

    What a case makes from a seed (the firms of the invented register) is written beside it.

    Raises:
        SonghuaError: `folder_not_empty` or `example_unknown`; nothing is written then.
    """
    written = store.copy(example(name or "skeleton"), Path(path))
    for file, data in MADE[name]().items() if name in MADE else ():
        store.write_new(written / file, data)
    return written


def holds(path: str | Path) -> dict[str, int]:
    """Check a folder and count what it holds.

    Raises:
        SonghuaError: with all faults of the folder.

    >>> holds(example())["plan"]
    1
    """
    folder = open_folder(path)
    region = folder.region
    return {
        "observations": len(region.observations),
        "panels": len(region.panels),
        "tables": len(region.tables),
        "sources": len(region.sources),
        "indicators": len(region.indicators),
        "industries": len(region.industries),
        "places": len(region.places) + 1,
        "entities": len(region.entities),
        "firms": 0 if folder.register is None else len(folder.register.enterprises),
        "claims": len(region.claims),
        "left_out": len(region.left_out),
        "plan": int(folder.plan is not None),
        "targets": 0 if folder.plan is None else len(folder.plan.targets),
    }


def import_file(
    path: str | Path,
    file: str | Path,
    map_file: str | Path | None = None,
    dry_run: bool = False,
    now: datetime | None = None,
) -> store.Import:
    """Add the rows of a CSV, XLSX or Parquet file to a folder: all or none.

    A filled review sheet is known by its hidden sheet and goes to `reviews/`, marked with the
    time `now` (the clock's, if none is given).

    Raises:
        SonghuaError: every fault of the folder, the map and the file; nothing is written then.
    """
    data = b"" if map_file else store.content_of(Path(file))
    if store.reviews.recognised(data):
        received = now or datetime.now(UTC)
        return store.reviews.take(Path(path), data, Path(file).name, received, dry_run)
    return store.add(Path(path), Path(file), Path(map_file) if map_file else None, dry_run)


def month(
    path: str | Path,
    period: str,
    as_of: str | date | None = None,
    peers: tuple[str, ...] = (),
    since: str | date | None = None,
) -> Run:
    """Diagnose, track and `month` of a folder, with the figures up to the end of a period.

    What is due is judged on the period's last day. `as_of` leaves out what was published later.

    Raises:
        SonghuaError: the folder's faults; `period_unreadable`, `period_not_in_year`,
            `label_unknown` (of a peer), `date_unreadable`.

    >>> sorted(month(example(), "2021-Q1").results)
    ['diagnose', 'month', 'track']
    """
    folder = open_folder(path, as_of)
    asked = parse_period(period)
    region, plan = until(folder.region, asked), folder.plan
    rng = np.random.default_rng(0)
    results = {"diagnose": diagnose(region, plan, {}, rng, None)}
    if plan is not None and plan.files():
        results["track"] = track(replace(region, as_of=asked.end), plan)
    after = None if since is None else _day(since)
    results["month"] = month_study(region, plan, results, period, peers, after)
    return Run(region, plan, results, ())


def evaluation(path: str | Path, period: str, as_of: str | date | None = None) -> Run:
    """Track of a folder with the figures and reports up to the end of a period.

    What is due is judged on the period's last day. `as_of` leaves out what was published later.

    Raises:
        SonghuaError: the folder's faults; `evaluation_no_plan`, `period_unreadable`,
            `period_open`, `date_unreadable`.

    >>> sorted(evaluation(example(), "2021").results)
    ['track']
    """
    folder = open_folder(path, as_of)
    asked = parse_period(period)
    if asked.open:
        raise SonghuaError(Fault("period_open", params={"text": period}))
    region, plan = until(folder.region, asked), folder.plan
    if plan is None or not plan.files():
        raise SonghuaError(Fault("evaluation_no_plan", "plan/targets.csv"))
    results = {"track": track(replace(region, as_of=asked.end), plan)}
    return Run(region, plan, results, ())


def write_document(
    done: Run,
    period: str,
    target: str | Path,
    lang: str = "en",
    form: str = "html",
    kind: str = "monthly",
) -> Path:
    """Write the report of a period to `target/KIND-PERIOD-LANG.FORM`.

    `kind` is monthly (see `month`), annual or midterm (see `evaluation`).

    Raises:
        SonghuaError: `extra_missing`, for a DOCX or PDF without the extra `report`.
    """
    day = parse_period(period).end
    data = report.document(done.region, done.plan, done.results, day, lang, form, kind, period)
    name = period.replace(":", "-").replace("..", "-")
    return store.write_new(Path(target) / f"{kind}-{name}-{lang}.{form}", data)


def write_tables(done: Run, file: str | Path, lang: str = "en") -> Path:
    """Write all tables of a run to an XLSX, a sheet a table.

    Raises:
        SonghuaError: `extra_missing`, without the extra `excel`; `sheet_too_long`.
    """
    data = report.tables(done.region, done.plan, done.results, done.skipped, lang)
    return store.write_new(Path(file), data)


def review(path: str | Path, period: str, target: str | Path, lang: str = "en") -> list[Path]:
    """Write a sheet a department to `target`: what it is asked to report for a period.

    Raises:
        SonghuaError: the folder's faults; `review_no_plan`, `review_nothing_asked`,
            `period_unreadable`, or `extra_missing` without the extra `excel`.
    """
    folder = open_folder(path)
    return store.reviews.issue(folder.region, folder.plan, period, Path(target), lang)


def write_report(done: Run, target: str | Path, progress: Progress | None = None) -> list[Path]:
    """Write the report in every language to `target`; an older report there is replaced."""
    written: list[Path] = []
    for at, lang in enumerate(LANGUAGES):
        if progress is not None:
            progress(at, len(LANGUAGES), "report")
        page = report.html(done.region, done.plan, done.results, done.skipped, lang)
        written.append(store.write_new(Path(target) / f"report-{lang}.html", page.encode()))
    return written
