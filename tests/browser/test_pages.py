"""Each page in a real browser: nothing that axe-core finds wrong, by day or by night; and in print."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no headless Chromium"),
    pytest.mark.xdist_group("cases"),  # it asks for their pages by name
]
RUN = """
<script>axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const said = found.violations.map(one => [one.id, one.nodes.slice(0, 2).map(node => node.html)]);
  const text = btoa(unescape(encodeURIComponent(JSON.stringify(said))));
  document.body.innerHTML = "<pre id=said>" + text + "</pre>";
});</script>
"""
exhaustive = pytest.mark.exhaustive


#: The fixture that makes the pages of each case.
MADE = {"harbin": "books", "washington": "western"}


def _page(request: pytest.FixtureRequest, case: str, lang: str, page: str) -> str:
    return request.getfixturevalue(MADE[case])[lang][f"{page}-{lang}.html"]


def _browser(tmp_path: Path, *arguments: str) -> str:
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,900",
        "--virtual-time-budget=60000", f"--user-data-dir={tmp_path / 'profile'}", *arguments,
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False).stdout


@pytest.mark.parametrize(
    ("case", "lang", "page", "look"),
    [
        ("harbin", "zh", "report", "dark"),
        ("washington", "en", "report", "light"),
        *(
            pytest.param(case, lang, page, look, marks=exhaustive)
            for case in ("harbin", "washington")
            for lang in ("en", "zh")
            for page in ("report", "industries", "figures", "tables")
            for look in ("light", "dark")
        ),
    ],
)
def test_axe_finds_nothing_wrong(
    request: pytest.FixtureRequest, tmp_path: Path, case: str, lang: str, page: str, look: str
) -> None:
    axe = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    html = _page(request, case, lang, page)
    html = html.replace("<html ", f'<html data-look="{look}" ', 1)
    file = tmp_path / "page.html"
    file.write_text(html.replace("</body>", f"<script>{axe}</script>{RUN}</body>"), "utf-8")
    out = _browser(tmp_path, "--dump-dom", file.as_uri())
    found = re.search(r'<pre id="said">([^<]+)</pre>', out)
    assert found, out[-500:]
    assert json.loads(base64.b64decode(found[1])) == []


@pytest.mark.parametrize(
    ("case", "lang"),
    [
        ("harbin", "zh"),
        pytest.param("harbin", "en", marks=exhaustive),
        pytest.param("washington", "en", marks=exhaustive),
        pytest.param("washington", "zh", marks=exhaustive),
    ],
)
def test_the_report_prints_on_ten_pages_or_fewer(
    request: pytest.FixtureRequest, tmp_path: Path, case: str, lang: str
) -> None:
    file, made = tmp_path / "page.html", tmp_path / "page.pdf"
    file.write_text(_page(request, case, lang, "report"), "utf-8")
    _browser(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={made}", file.as_uri())
    pages = re.findall(rb"/Type\s*/Page\b", made.read_bytes())
    assert 6 <= len(pages) <= 10
