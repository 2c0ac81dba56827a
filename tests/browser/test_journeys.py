"""A planner's work of a week, from page to page in a real browser, with script and without."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from browser.walk import BROWSER, Walk, copied, walking
from served import Served, served
from small import write
from songhua import session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no headless Chromium"),
]
CASES, LANGS = ("harbin", "washington"), ("en", "zh")


def some(*usual: tuple[str, str, bool], script: tuple[bool, ...] = (True, False)) -> Any:
    """A journey's cases, languages, and whether script runs: all in the full number, a few always."""
    full = [one for one in product(CASES, LANGS, script) if one not in usual]
    marked = [pytest.param(*one, marks=pytest.mark.exhaustive) for one in full]
    return pytest.mark.parametrize(("case", "lang", "script"), [*usual, *marked])


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Workbenches by case, each begun when it is first asked for and read from alone."""
    begun: dict[str, tuple[Any, Served]] = {}

    def bench(case: str) -> Served:
        if case not in begun:
            folder = tmp_path_factory.mktemp(case) / case
            write(folder) if case == "rivertown" else session.new(folder, case.strip("-"))
            running = served(folder)
            begun[case] = running, running.__enter__()
        return begun[case][1]

    yield bench
    for running, _ in begun.values():
        running.__exit__(None, None, None)


@some(("rivertown", "zh", False))
def test_from_the_brief_to_a_figure_and_its_source(
    benches: Any, case: str, lang: str, script: bool
) -> None:
    with walking(benches(case), lang, script) as walk:
        if case == "rivertown":  # its brief names no figure
            walk.click(f'nav a[href="/{lang}/figures"]')
        walk.click(f'main a[href^="/{lang}/figures/"]')
        source = walk.page.locator(f'main a[href^="/{lang}/sources/"]').first.get_attribute("href")
        walk.click(f'main a[href="{source}"]')
        text = walk.main()
        assert walk.page.locator('main a[href^="http"]').count() or case == "rivertown", text
        assert walk.page.url == walk.bench.home + source


@some()
def test_from_the_industries_to_one_in_the_other_language(
    benches: Any, case: str, lang: str, script: bool
) -> None:
    other = LANGS[1 - LANGS.index(lang)]
    with walking(benches(case), lang, script) as walk:
        walk.click(f'nav a[href="/{lang}/industries"]')
        walk.click(f'main a[href^="/{lang}/industries/"]')
        here, name = walk.page.url, walk.page.locator("h1").inner_text()
        walk.lang = other
        walk.click(f'header a[hreflang^="{other}"]')
        assert walk.page.url == here.replace(f"/{lang}/", f"/{other}/")
        assert walk.page.locator("h1").inner_text() != name


@some(("rivertown", "en", True))
def test_figures_are_chosen_put_in_order_and_had_as_a_sheet(
    benches: Any, case: str, lang: str, script: bool
) -> None:
    with walking(benches(case), lang, script) as walk:
        walk.click(f'nav a[href="/{lang}/figures"]')
        chosen = walk.page.locator('main select[name="indicator"] option').nth(1)
        indicator, n = (
            chosen.get_attribute("value"),
            int(re.findall(r"\((\d+)\)", chosen.inner_text())[-1]),
        )
        walk.fill("indicator", indicator)
        walk.fill("_sort", "-value")
        walk.click("main form.filters button")
        shown = walk.page.locator("main tbody tr").count()
        assert shown == min(n, 100) > 0
        text = walk.had('footer a[href*=".csv"]').decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows) == n
        assert {row["indicator"] for row in rows} == {indicator}


def _a_workbook(bench: Served) -> tuple[bytes, str, str]:
    """A month's workbook of one figure that the folder has not: its bytes, the value, the source."""
    listed = bench.page("/en/figures.json?kind=actual&_size=1").json()["rows"][0]
    shown = bench.page("/en/figures.json?kind=actual&_size=1").json()["shown"][0]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        [f"{shown['indicator']}, {listed['unit']}"],
        ["Place", "2016", "2017"],
        [shown["region"] or shown["place"], 11.5, 12.25],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "12.25", listed["source"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("lang", LANGS)
def test_a_workbook_is_brought_in_and_its_figures_are_seen(
    benches: Any, tmp_path: Path, lang: str
) -> None:
    with served(write(tmp_path / "own")) as bench, walking(bench, lang) as walk:
        data, value, source = _a_workbook(bench)
        walk.click(f'nav a[href="/{lang}/import"]')
        sent = {"name": "monthly.xlsx", "mimeType": "application/octet-stream", "buffer": data}
        walk.page.locator('main input[type="file"]').set_input_files(sent)
        walk.click("main form button")
        assert value in walk.main()
        walk.fill("source", source)
        walk.press("look", "what")
        walk.press("take", "what")
        walk.go("figures?period=2017")
        assert value in walk.had('footer a[href*=".csv"]').decode("utf-8-sig")


@pytest.mark.exhaustive
@pytest.mark.parametrize("lang", LANGS)
def test_a_figure_is_corrected_and_the_new_row_is_seen(
    benches: Any, tmp_path: Path, lang: str
) -> None:
    with served(write(tmp_path / "own")) as bench, walking(bench, lang) as walk:
        walk.go("figures?kind=actual")
        walk.click(f'main tbody a[href^="/{lang}/figures/"]')
        figure = walk.page.url
        walk.click('main a[href$="/correct"]')
        walk.fill("value", "abc")
        walk.press("look")
        assert walk.page.locator("main [aria-invalid]").count() == 1
        walk.fill("value", "4321")
        walk.press("look")
        walk.press("take")
        walk.page.goto(figure)
        walk.arrived()
        walk.go("figures?_q=4321")
        walk.go("figures?_sort=-value")
        rows = csv.DictReader(io.StringIO(walk.had('footer a[href*=".csv"]').decode("utf-8-sig")))
        assert "4321" in {row["value"] for row in rows}


@pytest.mark.exhaustive
@pytest.mark.parametrize(("case", "lang"), [*product(CASES, LANGS)])
def test_a_project_is_moved_and_kept_as_a_scenario(
    benches: Any, tmp_path: Path, case: str, lang: str
) -> None:
    from_where = benches(case)
    from_where.page(f"/{lang}/what-if")  # what is computed of it is kept
    folder = copied(Path(from_where.process.args[4]), tmp_path / "own")
    with served(folder) as bench, walking(bench, lang) as walk:
        walk.click(f'nav a[href="/{lang}/what-if"]')
        before = walk.page.locator("[data-answer]").inner_text()
        fold = walk.page.locator("main details.fold").filter(
            has=walk.page.locator('[name^="_set.delay."]')
        )
        fold.first.locator("summary").click()
        lever = fold.first.locator('[name^="_set.delay."]')
        lever.fill("3")
        for _ in range(
            120
        ):  # a function of the page may not be waited for: it runs no text as script
            if "_set.delay." in walk.page.url and not walk.page.locator("[aria-busy]").count():
                break
            walk.page.wait_for_timeout(500)
        walk.page.wait_for_timeout(1000)
        after = walk.page.locator("[data-answer]").inner_text()
        assert after != before
        address = walk.page.url
        assert "_set.delay." in address
        walk.axe()
        walk.page.goto(address)  # whoever has the address sees the same
        walk.arrived()
        assert walk.page.locator("[data-answer]").inner_text() == after
        walk.page.locator("[data-answer] details.fold summary").last.click()
        walk.fill("name", "Later")
        walk.fill("id", "later-start")
        walk.click('main form[action*="/save"] button')
        assert (folder / "plan/scenarios/later-start.toml").exists(), walk.main()[:500]
        walk.go()
        walk.page.locator('form.when select[name="_scenario"]').select_option("later-start")
        walk.click("form.when button")
        assert "_scenario=later-start" in walk.page.url


@pytest.mark.exhaustive
@pytest.mark.parametrize(("lang", "script"), [*product(LANGS, (True, False))])
def test_a_firm_is_judged(benches: Any, lang: str, script: bool) -> None:
    with walking(benches("rivertown"), lang, script) as walk:
        walk.click(f'nav a[href="/{lang}/firms"]')
        walk.click(f'main a[href^="/{lang}/firms/judge"]')
        walk.fill("status", "cn/sci-tech-sme")
        walk.fill("day", "2022-06-30")
        walk.press("ask")
        asked = walk.page.locator('main fieldset [name^="fact."]').count()
        assert asked == 1  # what settles most, and nothing else
        assert "fact." not in walk.page.url


@some(script=(True,))
def test_the_months_report_is_looked_at_and_had(
    benches: Any, case: str, lang: str, script: bool
) -> None:
    with walking(benches(case), lang, script) as walk:
        walk.click(f'nav a[href="/{lang}/documents"]')
        walk.fill("_kind", "monthly")
        walk.fill("_period", "2021-Q1")
        walk.click("main form.filters button")
        assert len(walk.main().split("\n\n")) > 5
        assert walk.had('main a[href*=".docx"]').startswith(b"PK")


@pytest.mark.exhaustive
@pytest.mark.parametrize(("lang", "script"), [*product(LANGS, (True, False))])
def test_an_empty_folder_says_what_there_is_to_do(benches: Any, lang: str, script: bool) -> None:
    with walking(benches("-"), lang, script) as walk:
        for one in walk.page.locator("header nav").first.locator("a").all():
            address = one.get_attribute("href").removeprefix(f"/{lang}/")
            walk.go(address)
            assert len(walk.main().split("\n")) > 1, address
            walk.go()


@pytest.mark.exhaustive
@pytest.mark.parametrize(("case", "lang"), [*product(CASES, LANGS)])
def test_every_kind_of_page_fits_a_phone_and_is_accessible(
    benches: Any, case: str, lang: str
) -> None:
    with walking(benches(case), lang, width=390) as walk:
        for one in walk.page.locator("header nav").first.locator("a").all():
            walk.page.evaluate("0")
            address = one.get_attribute("href").removeprefix(f"/{lang}/")
            wide = _wide(walk, address)
            assert wide <= 390, address
            walk.go()


def _wide(walk: Walk, address: str) -> int:
    walk.go(address)
    return walk.page.evaluate("document.documentElement.scrollWidth")
