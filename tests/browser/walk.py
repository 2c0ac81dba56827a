"""A planner at a browser: pages are gone to by what stands on them, and each must be accessible."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from served import Served
from songhua import messages

sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright")
BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .map(one => [one.id, one.nodes.slice(0, 2).map(node => node.html.slice(0, 300))])"""


@dataclass
class Walk:
    """One browser window in a workbench, in a language, with script or without."""

    page: Any
    bench: Served
    lang: str
    script: bool
    kinds: set[str] = field(default_factory=set)

    def word(self, key: str, **params: Any) -> str:
        return messages.word(key, self.lang, **params)

    def go(self, page: str = "") -> None:
        """Open a page of the language by its address."""
        self.page.goto(f"{self.bench.home}/{self.lang}/{page}")
        self.arrived()

    def click(self, found: str | Any) -> None:
        """Click the first that is found, wait for the page it leads to."""
        one = (self.page.locator(found) if isinstance(found, str) else found).first
        with self.page.expect_navigation():
            one.click()
        self.arrived()

    def press(self, value: str, name: str = "_what") -> None:
        """Press a button of a form by its value."""
        self.click(f'main button[name="{name}"][value="{value}"]')

    def arrived(self) -> None:
        """Wait until a page waits no more; it is a page of the workbench, and accessible."""
        for _ in range(400):
            if not self.page.locator("section.waiting").count():
                break
            self.page.wait_for_timeout(500)
            if not self.script:
                self.page.reload()
        self.page.locator("h1").wait_for()  # the last reload may still be under way
        assert self.page.locator("h1").count() == 1
        assert self.page.locator("html").get_attribute("lang") == messages.language(self.lang).tag
        self.axe()

    def axe(self) -> None:
        """Nothing that axe-core finds wrong; of each kind of page once."""
        kind = re.sub(r"\?.*|(?<=/)(?=[^/]*\d)[^/]+", "", self.page.url.partition(self.lang)[2])
        if not self.script or kind in self.kinds:
            return
        self.kinds.add(kind)
        self.page.evaluate(files("axe_core_python").joinpath("axe.min.js").read_text("utf-8"))
        found = self.page.evaluate(AXE)
        assert found == [], f"{self.page.url}: {found}"

    def main(self) -> str:
        """The text of the page."""
        return self.page.locator("main").inner_text()

    def fill(self, name: str, text: str) -> None:
        """Type into a field of the page's own, or choose."""
        one = self.page.locator(f'main [name="{name}"]').first
        if one.evaluate("one => one.tagName") == "SELECT":
            one.select_option(text)
        elif one.get_attribute("type") == "radio":
            self.page.locator(f'main [name="{name}"][value="{text}"]').check()
        else:
            one.fill(text)

    def had(self, found: str) -> bytes:
        """A file that a link leads to, once it is made."""
        one = self.page.locator(found).first
        return self.bench.page(one.get_attribute("href")).content


@contextmanager
def walking(
    bench: Served, lang: str, script: bool = True, width: int = 1400, look: str = "light"
) -> Iterator[Walk]:
    """A browser at the workbench's first address, as `songhua serve` opens it."""
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        try:
            context = browser.new_context(
                java_script_enabled=script, locale=messages.language(lang).tag,
                viewport={"width": width, "height": 900}, color_scheme=look,
            )  # fmt: skip
            page, wrong = context.new_page(), list[str]()
            page.set_default_timeout(60_000)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on(
                "request", lambda one: wrong.append(one.url) if not _own(one.url, bench) else None
            )
            walk = Walk(page, bench, lang, script)
            page.goto(f"{bench.home}/?token={bench.token}")
            walk.arrived()
            yield walk
            assert wrong == [], "a fault of a script, or something fetched from outside"
        finally:
            browser.close()


def _own(address: str, bench: Served) -> bool:
    return address.startswith((bench.home, "data:", "blob:", "about:"))


def copied(folder: Path, place: Path) -> Path:
    """A folder of one's own to write to, with what was computed."""
    return Path(shutil.copytree(folder, place))
