"""Compare two versions of songhua: every result table, every sentence and every page.

    python tools/compare_results.py dump OUT.json          in the checkout of each version
    python tools/compare_results.py compare OLD.json NEW.json

`dump` opens the built-in cases, the invented register, a region begun from a pack and a small
folder with something for every part of an evaluation. It writes the tables of all studies, the
findings in words, the cells of review sheets, and the outputs for readers: the documents, the
screens of the commands and the pages of the workbench, each as text and as a digest of its markup.
`compare` lists differences; it lists separately a page that differs only in its markup.
"""

from __future__ import annotations

import hashlib
import html
import json
import math
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: A column's name of today by that of the older version, of a table `study.table`.
RENAMED: dict[str, dict[str, str]] = {}

#: The cases whose pages are read: the documents of each as kind and period, and where to ask too.
DOCUMENTS = {
    "harbin": (("brief", ""), ("monthly", "2021-Q1"), ("annual", "2021"), ("midterm", "2023")),
    "washington": (("brief", ""), ("monthly", "2023-Q1"), ("annual", "2024")),
    "evaluated": (("brief", ""), ("monthly", "2023"), ("annual", "2023"), ("midterm", "2023")),
    "register": (("brief", ""),),
    "changchun": (("brief", ""), ("annual", "2025")),
}
ASKED = {
    "harbin": ("", "plan", "figures", "tables/diagnose/availability"),
    "washington": ("?_scenario={scenario}", "plan?_scenario={scenario}"),
}
AS_OF = "?_as_of=2021-03-09"
LISTS = (
    "figures?_q=gdp&_sort=-value&_size=20", "figures?_sort=period&_page=2", "cells?_size=40",
    "tables/diagnose/growth?_sort=-value&_size=30", "tables/track/targets?_q=20",
    "documents/look?_kind=brief", "firms/register",
)  # fmt: skip
#: Most pages that are read of a kind, such as `figures/`, beside those that every page leads to.
MOST, MANY = 6, {"tables": 200, "industries": 10, "projects": 10}
STUDIES = ("diagnose", "choose", "simulate", "track", "claims", "accounts", "brief", "certify")
BULLETIN = """长春市2025年主要经济指标,,,,
指标,单位,2024年,2025年,比上年增长（%）
地区生产总值,亿元,7132.2,7500.5,5.6
第一产业增加值,亿元,460.2,480.1,4.9
第二产业增加值,亿元,2650.9,2800.2,6.1
第三产业增加值,亿元,4021.1,4220.2,5.3
规模以上工业增加值,亿元,,,7.2
固定资产投资,亿元,,,3.4
社会消费品零售总额,亿元,2010.0,2100.4,4.5
常住人口,万人,908.72,910.19,
"""
PLAN = """“十五五”时期经济社会发展主要指标,,,,,
指标,单位,2025年,2030年,年均增速[累计],属性
地区生产总值增长,%,5.6,,5.5左右,预期性
常住人口,万人,910.19,920,,预期性
全社会研发经费投入强度,%,2.6,3.0,,预期性
"""

Rows = list[dict[str, Any]]
Pages = dict[str, dict[str, str]]
Made = dict[str, dict[str, Any]]


def main(arguments: list[str]) -> int:
    """Dump what this version gives, or compare two dumps."""
    match arguments:
        case ["dump", out]:
            text = json.dumps(dump(), ensure_ascii=False, indent=0, sort_keys=True)
            Path(out).write_text(text, "utf-8")
            return 0
        case ["compare", old, new]:
            return compare(*(json.loads(Path(one).read_text("utf-8")) for one in (old, new)))
    print(__doc__)
    return 2


def dump() -> Made:
    """Everything of all cases by a name that both versions share; nothing kept before is read."""
    began = time.monotonic()

    def told(label: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {label}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as text:
        home = Path(text).resolve()
        os.environ["XDG_CACHE_HOME"] = str(home / "cache")
        os.environ["TZ"] = "UTC"
        sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
        known = normaliser(home)
        made: Made = {"results": {}, "pages": {}, "sheets": {}}
        folders = dict(written(home, made["pages"], known))
        for label, study, result in results(folders, told):
            made["results"][f"{label}/{study}"] = plain(result, known)
        for name, folder in folders.items():
            made["pages"] |= screens(name, folder, known)
            told(f"{name}: screens")
            made["pages"] |= documents(name, folder, known)
            told(f"{name}: documents")
            made["pages"] |= workbench(name, folder, known)
            told(f"{name}: workbench")
        for name, period in (("harbin", "2021"), ("evaluated", "2023")):
            made["sheets"] |= sheets(name, folders[name], period, home)
        told("review sheets")
    return made


def normaliser(home: Path) -> Callable[[str], str]:
    """Make a function that takes place, day and version out of a text."""
    from songhua.version import VERSION

    places = re.compile("|".join(re.escape(str(one)) for one in (home, ROOT)))
    passing = re.compile(
        r"(?<=/static/)\w+|(?<=/font/)\w+|(?<=_job=)\w+|(?<=base64,)[\w+/=]+"
        rf"|(?<![\d.]){re.escape(VERSION)}(?![\d.])|{date.today()}"
    )
    return lambda text: passing.sub("*", places.sub("*", text))


def written(home: Path, pages: Pages, known: Callable[[str], str]) -> Iterator[tuple[str, Path]]:
    """The folders of the cases, each a copy under the same home."""
    import evaluated
    from songhua import session

    for name in ("harbin", "washington"):
        shutil.copytree(session.example(name), home / name)
        yield name, home / name
    yield "evaluated", evaluated.case(home)
    yield "register", session.new(home / "register", "register")
    at = home / "changchun"
    said = [call("new", at, "--country", "cn", "--like", "changchun")]
    for source, text in (("bulletin", BULLETIN), ("plan-text", PLAN)):
        file = home / f"{source}.csv"
        file.write_text(text, "utf-8")
        said.append(call("import", at, file, "--source", source, "--recorded", "2026-04-01"))
    pages["changchun begun"] = page("\n".join(said), known)
    yield "changchun", at


def call(*arguments: object) -> str:
    """The output of a command, its faults among it."""
    import commands

    done = commands.songhua(*arguments)
    return f"{done.out}\n{done.err}\n{done.code}"


def results(
    folders: Mapping[str, Path], told: Callable[[str], None]
) -> Iterator[tuple[str, str, Any]]:
    """Label, study and result of each way of asking."""
    import songhua
    from songhua.render import files

    def packed(label: str, done: Any) -> Iterator[tuple[str, str, Any]]:
        told(label)
        for study, result in done.results.items():
            yield label, study, result

    for name, folder in folders.items():
        yield from packed(name, songhua.open(folder).run_all())
    yield from packed("harbin 2021-03-09", songhua.open(folders["harbin"], "2021-03-09").run_all())
    opened = songhua.open(folders["washington"])
    for scenario in scenarios(folders["washington"]):
        yield "washington", f"simulate {scenario}", opened.run("simulate", scenario=scenario)
        changed = opened.change(scenario=scenario)
        yield "washington", f"track {scenario}", changed.run("track")
    for name, kind, period in (
        ("harbin", "monthly", "2021-Q1"), ("harbin", "monthly", "2020"),
        ("harbin", "annual", "2021"), ("harbin", "annual", "2020"), ("evaluated", "annual", "2023"),
    ):  # fmt: skip
        done = files.contents(songhua.open(folders[name]), kind, period)
        yield from packed(f"{name} {kind} {period}", done)
    exact = songhua.open(folders["register"]).run("certify", small_cells=True)
    yield "register cells", "certify", exact


def scenarios(folder: Path) -> list[str]:
    """The scenarios of a case."""
    return sorted(file.stem for file in (folder / "plan" / "scenarios").glob("*.toml"))


def plain(result: Any, known: Callable[[str], str]) -> dict[str, Any]:
    """A result's tables, its findings as data, and as sentences in every language."""
    from songhua.messages import LANGUAGES

    data = json.loads(known(result.to_json()))
    findings = [
        [found["code"], found["params"], found["sources"]] for found in data["findings"]
    ]  # fmt: skip
    sentences = {
        lang: [known(found.words(lang)) for found in result.findings] for lang in LANGUAGES
    }
    return {"tables": data["tables"], "findings": findings, "sentences": sentences}


def page(markup: str, known: Callable[[str], str]) -> dict[str, str]:
    """A page as its text, words of attributes among it, and the digest of its markup."""
    markup = known(markup)
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->", " ", markup)
    text = re.sub(r'\b(?:alt|title|aria-label|placeholder|value|content)="([^"]*)"', r">\1<", text)
    text = " ".join(html.unescape(re.sub(r"(?s)<[a-zA-Z/!][^<>]*>|<$", " ", text)).split())
    return {"text": text, "markup": hashlib.sha256(markup.encode()).hexdigest()}


def screens(name: str, folder: Path, known: Callable[[str], str]) -> Pages:
    """The output of the commands, in words."""
    from songhua.messages import LANGUAGES

    calls = {study: (study, folder) for study in STUDIES} | {"check": ("check", folder)}
    return {
        f"{name} {said} {lang}": page(call(*asked, "--lang", lang), known)
        for lang in LANGUAGES for said, asked in calls.items()
    }  # fmt: skip


def documents(name: str, folder: Path, known: Callable[[str], str]) -> Pages:
    """The report's pages, and the documents of periods."""
    import songhua
    from songhua.messages import LANGUAGES
    from songhua.render import files

    opened = songhua.open(folder)
    done, target = opened.run_all(), folder.parent / f"out-{name}"
    files.write_report(done, target)
    for lang in LANGUAGES:
        for kind, period in DOCUMENTS[name]:
            if kind == "brief":
                files.write_brief(done, target, lang)
            else:
                contents = files.contents(opened, kind, period)
                files.write_document(contents, period, target, lang, kind=kind)
    found = sorted(target.glob("*.html"))
    return {f"{name} {file.name}": page(file.read_text("utf-8"), known) for file in found}


def workbench(name: str, folder: Path, known: Callable[[str], str]) -> Pages:
    """The pages of the workbench that its links lead to, and the data behind each."""
    import web_work
    from songhua.messages import LANGUAGES

    made: Pages = {}
    asked = web_work.client(folder, token=web_work.TOKEN)
    scenario = "".join(scenarios(folder)[:1])
    for lang in LANGUAGES:
        more = [one.format(scenario=scenario) for one in (*ASKED.get(name, ()), *LISTS)]
        if name == "harbin":
            more += [one + AS_OF for one in ASKED[name]]
        for address in (*walked(asked, lang), *(f"/{lang}/{one}" for one in more)):
            made[f"{name} {address}"] = answered(asked, address, known)
            path, mark, query = address.partition("?")
            forms = (".json",) if mark or lang != LANGUAGES[0] else (".json", ".csv")
            for form in forms:  # a CSV has no words
                data = answered(asked, f"{path.rstrip('/')}{form}{mark}{query}", known)
                if data["text"].startswith("200"):
                    made[f"{name} {address} {form}"] = data
    return made


def answered(asked: Any, address: str, known: Callable[[str], str]) -> dict[str, str]:
    """The answer of an address after all computation has ended, with its status first."""
    import web_work

    answer = web_work.page(asked, address)
    return page(f"{answer.status_code} {answer.text}", known)


def walked(asked: Any, lang: str) -> Iterator[str]:
    """The addresses of the first pages of each kind, breadth first."""
    import web_work

    queue, taken = [f"/{lang}/"], {f"/{lang}/"}
    kinds: dict[str, int] = {}
    for address in queue:
        yield address
        text = web_work.page(asked, address).text
        for link in re.findall(rf'href="(/{lang}/[^"#?]*)', text):
            path = html.unescape(link)
            kind, _, rest = path.removeprefix(f"/{lang}/").partition("/")
            at_hand = path not in taken and not re.search(r"\.(json|csv|xlsx|docx|pdf)$", path)
            if at_hand and kind != "at" and (not rest or kinds.get(kind, 0) < MANY.get(kind, MOST)):
                taken.add(path)
                queue.append(path)
                kinds[kind] = kinds.get(kind, 0) + bool(rest)


def sheets(name: str, folder: Path, period: str, home: Path) -> dict[str, list[list[str]]]:
    """The cells of the review sheets of a case in every language."""
    import openpyxl

    from songhua import session
    from songhua.messages import LANGUAGES

    made = {}
    for lang in LANGUAGES:
        for file in session.review(folder, period, home / f"review-{name}-{lang}", lang).files:
            for sheet in openpyxl.load_workbook(file).worksheets:
                cells = [["" if one is None else str(one) for one in row] for row in sheet.values]
                made[f"{name} {lang} {file.name} {sheet.title}"] = cells
    return made


def compare(old: Made, new: Made) -> int:
    """Print what differs, and how much was compared."""
    found = [
        f"only in one: {label}"
        for part in new for label in sorted(old[part].keys() ^ new[part].keys())
    ]  # fmt: skip
    counts = {"tables": 0, "cells": 0, "sentences": 0}
    for label in sorted(old["results"].keys() & new["results"].keys()):
        before, after = old["results"][label], new["results"][label]
        found += differing_tables(label, before["tables"], after["tables"])
        found += differing_findings(label, before, after)
        counts["tables"] += len(after["tables"])
        counts["cells"] += sum(len(row) for rows in after["tables"].values() for row in rows)
        counts["sentences"] += sum(map(len, after["sentences"].values()))
    shared = sorted(old["sheets"].keys() & new["sheets"].keys())
    found += [f"sheet {one}" for one in shared if old["sheets"][one] != new["sheets"][one]]
    pages = sorted(old["pages"].keys() & new["pages"].keys())
    texts = [
        one for one in pages if not alike(old["pages"][one]["text"], new["pages"][one]["text"])
    ]
    markup = [
        one for one in pages
        if one not in set(texts) and old["pages"][one]["markup"] != new["pages"][one]["markup"]
    ]  # fmt: skip
    for one in texts:
        found.append(f"{one}: {parting(old['pages'][one]['text'], new['pages'][one]['text'])}")
    for line in [*found[:200], *(f"markup alone: {one}" for one in markup[:50])]:
        print(line)
    counts |= {"pages": len(pages), "sheets": len(shared)}
    print(", ".join(f"{n} {name}" for name, n in counts.items()))
    print(f"{len(found)} differences, {len(markup)} pages of which the markup alone is another")
    return 1 if found or markup else 0


def alike(old: str, new: str) -> bool:
    """Two texts are the same, their decimal numbers as `same` compares them."""
    if old == new:
        return True
    decimal = r"-?\d+\.\d+(?:e[+-]?\d+)?"
    if re.split(decimal, old) != re.split(decimal, new):
        return False
    numbers = (list(map(float, re.findall(decimal, text))) for text in (old, new))
    return same(*numbers)


def parting(old: str, new: str) -> str:
    """Where two texts part, with some words of each."""
    alike = (one == other for one, other in zip(old, new, strict=False))
    at = next((at for at, equal in enumerate(alike) if not equal), min(len(old), len(new)))
    start = max(0, at - 40)
    return f"{old[start : at + 60]!r}, now {new[start : at + 60]!r}"


def differing_tables(label: str, old: Mapping[str, Rows], new: Mapping[str, Rows]) -> Iterator[str]:
    """The cells of a result's tables that are not the same."""
    study = label.rpartition("/")[2].partition(" ")[0]
    yield from (f"{label}: table only in one: {name}" for name in sorted(old.keys() ^ new.keys()))
    for name in sorted(old.keys() & new.keys()):
        names = RENAMED.get(f"{study}.{name}", {})
        if len(old[name]) != len(new[name]):
            yield f"{label} {name}: {len(old[name])} rows, now {len(new[name])}"
            continue
        for at, (row, after) in enumerate(zip(old[name], new[name], strict=True)):
            before = {names.get(column, column): value for column, value in row.items()}
            yield from (
                f"{label} {name} row {at} {one}: {before.get(one, 'no column')!r}, "
                f"now {after.get(one, 'no column')!r}"
                for one in sorted(before.keys() | after.keys())
                if one not in before or one not in after or not same(before[one], after[one])
            )


def differing_findings(label: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """The findings that are not the same, as data or in words."""
    if len(old["findings"]) != len(new["findings"]):
        yield f"{label}: {len(old['findings'])} findings, now {len(new['findings'])}"
    for before, after in zip(old["findings"], new["findings"], strict=False):
        if not same(before, after):
            yield f"{label}: finding {before}, now {after}"
    for lang in old["sentences"]:
        said = zip(old["sentences"][lang], new["sentences"].get(lang, ()), strict=False)
        yield from (f"{label}: {one!r}, now {other!r}" for one, other in said if one != other)


def same(one: Any, other: Any) -> bool:
    """Equal, or numbers that differ by no more than what another order of sums leaves."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
