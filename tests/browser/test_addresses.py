"""Every kind of page that links lead to: axe, names of controls, tables, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from browser.walk import BROWSER, Walk, walking
from served import served
from small import write
from songhua import session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no headless Chromium"),
]
#: The controls of a page; each must have a name for screen readers.
WORKED_WITH = {
    "button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "slider",
    "spinbutton", "table", "image", "progressbar",
}  # fmt: skip
#: Pages that are no links of others: faults, and a form with what is missing.
MORE = ("nosuch", "figures?nosuch=1", "figures?_q=nosuchword", "documents/look?_kind=report")
TABLES = """[...document.querySelectorAll("main table")].filter(one => !one.caption
  || !one.caption.textContent.trim() || !one.querySelector("thead th[scope=col]")
  || !one.querySelector("tbody th[scope=row]")).map(one => one.outerHTML.slice(0, 300))"""
CHARTS = """[...document.querySelectorAll("main svg")].filter(one => one.role !== "img"
  && one.getAttribute("role") !== "img").map(one => one.outerHTML.slice(0, 300))"""
LINKS = """[...document.querySelectorAll("a[href]")].map(one => one.getAttribute("href"))"""


def _kind(address: str) -> str:
    """The kind of page of an address: ids stand for one another."""
    parts = address.partition("?")[0].partition("#")[0].split("/")
    if parts[0] in ("figures", "sources", "industries", "projects", "departments", "at"):
        parts[1:2] = ["*"] * len(parts[1:2])
    return "/".join(parts[:1] + ["*"] * len(parts[1:]) if parts[0] == "tables" else parts)


def _unnamed(walk: Walk) -> list[str]:
    """Roles of controls that a person hears no name of."""
    cdp = walk.page.context.new_cdp_session(walk.page)
    nodes: list[dict[str, Any]] = cdp.send("Accessibility.getFullAXTree")["nodes"]
    cdp.detach()
    return [
        one["role"]["value"] for one in nodes
        if not one.get("ignored") and one["role"]["value"] in WORKED_WITH
        and not one.get("name", {}).get("value", "").strip()
    ]  # fmt: skip


def _looked_at(walk: Walk) -> None:
    """The page as it stands, with all that is put away opened."""
    walk.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    walk.kinds.clear()
    walk.axe()
    assert _unnamed(walk) == [], walk.page.url
    assert walk.page.evaluate(TABLES) == [], walk.page.url
    assert walk.page.evaluate(CHARTS) == [], walk.page.url
    wide = walk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{walk.page.url} is {wide} wider than the window"


def _all(walk: Walk, most: int) -> set[str]:
    """One page of each kind that links lead to, from the brief on."""
    seen, left = set[str](), ["", *MORE]
    while left and len(seen) < most:
        address = left.pop(0)
        if _kind(address) in seen and address not in MORE:
            continue
        seen.add(_kind(address))
        walk.go(address)
        _looked_at(walk)
        own = f"/{walk.lang}/"
        left += [
            to.removeprefix(own) for to in walk.page.evaluate(LINKS)
            if to.startswith(own) and not re.search(r"\.(json|csv|docx|pdf|xlsx)\b", to)
        ]  # fmt: skip
    return seen


@pytest.mark.exhaustive
@pytest.mark.parametrize(("look", "width"), [("light", 1400), ("dark", 390)])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", ["harbin", "washington", "-", "rivertown"])
def test_every_address_can_be_heard_seen_and_worked_by_all(
    tmp_path: Path, case: str, lang: str, look: str, width: int
) -> None:
    folder = tmp_path / "case"
    write(folder) if case == "rivertown" else session.new(folder, case.strip("-"))
    with served(folder) as bench, walking(bench, lang, width=width, look=look) as walk:
        seen = _all(walk, 200)
    assert {"import", "write/figure", "write/sources", "firms/judge", "documents/look"} <= seen


def test_forms_by_night_on_a_phone_and_what_is_wrong_in_them(tmp_path: Path) -> None:
    with (
        served(write(tmp_path / "own")) as bench,
        walking(bench, "zh", width=390, look="dark") as w,
    ):
        w.go("write/figure")
        w.page.keyboard.press("Tab")
        assert w.page.evaluate("document.activeElement.className") == "skip"
        w.page.keyboard.press("Enter")
        w.page.keyboard.press("Tab")  # the first thing of the page itself
        assert w.page.evaluate("document.activeElement.closest('main') !== null")
        w.fill("value", "abc")
        w.press("look")
        _looked_at(w)
        wrong = w.page.locator('main [name="value"]')
        assert wrong.get_attribute("aria-invalid") == "true"
        told = wrong.get_attribute("aria-describedby").split()
        assert w.page.locator(f"#{told[-1]}.fault").inner_text().strip()
        assert w.page.locator('main [role="alert"]').inner_text().strip()
