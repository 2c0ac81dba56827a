"""The report in a real browser: it fits a phone, draws Chinese, and can be read."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no headless Chromium"),
]
PROBE = """
<script>
document.fonts.ready.then(() => {
  const wide = document.documentElement.scrollWidth, view = document.documentElement.clientWidth;
  const past = [...document.querySelectorAll("main *, header *, nav *")].filter(e =>
    !e.closest(".scroll, .canvas") && e.getBoundingClientRect().right > view + 1);
  const pen = (font, text) => {
    const c = Object.assign(document.createElement("canvas"), {width: 80, height: 40});
    const g = c.getContext("2d"); g.font = "30px " + font; g.fillText(text, 4, 32);
    return c.toDataURL();
  };
  const bad = [];
  const lum = rgb => { const [r, g, b] = rgb.map(v => v / 255).map(
      v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const nums = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const under = e => { for (; e; e = e.parentElement) {
    const n = nums(getComputedStyle(e).backgroundColor);
    if (n.length === 3 || n[3] > 0) return n.slice(0, 3); } return [255, 255, 255]; };
  for (const e of document.querySelectorAll("body *:not(svg *)")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const a = lum(nums(getComputedStyle(e).color).slice(0, 3)), b = lum(under(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(e.className + " " + ratio.toFixed(2));
  }
  const said = {wide, view, past: past.slice(0, 5).map(e => e.tagName + "." + e.className),
    font: document.fonts.check('16px "Songhua Sans"', "哈"),
    differ: pen('"Songhua Sans"', "哈尔") !== pen('"Songhua Sans"', "滨江"),
    drawn: pen('"Songhua Sans"', "哈") !== pen('"Songhua Sans"', "\\u{10FFFD}"),
    bad: [...new Set(bad)]};
  const text = btoa(unescape(encodeURIComponent(JSON.stringify(said))));
  document.body.innerHTML = "<pre id=said>" + text + "</pre>";
});
</script>
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, pages: dict[str, str]) -> Path:
    """Both pages, with a probe that says what the browser made of them."""
    path = tmp_path_factory.mktemp("report")
    for lang, html in pages.items():
        (path / f"{lang}.html").write_text(html.replace("</body>", PROBE + "</body>"), "utf-8")
        frame = (
            f'<iframe id="f" src="{lang}.html" style="width:390px;height:800px;border:0"></iframe>'
        )
        copy = """<script>f.onload = () => setTimeout(() => {
          document.body.innerHTML = f.contentDocument.body.innerHTML; }, 1500);</script>"""
        (path / f"phone-{lang}.html").write_text(
            f"<!doctype html><body>{frame}{copy}</body>", "utf-8"
        )
    return path


def _said(folder: Path, name: str, tmp_path: Path) -> dict[str, object]:
    import base64

    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,900",
        "--allow-file-access-from-files", "--virtual-time-budget=20000",
        f"--user-data-dir={tmp_path}", "--dump-dom", (folder / f"{name}.html").as_uri(),
    ]  # fmt: skip
    out = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout
    found = re.search(r'<pre id="said">([^<]+)</pre>', out)
    assert found, out[-500:]
    return json.loads(base64.b64decode(found[1]))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_renders_and_can_be_read(folder: Path, tmp_path: Path, lang: str) -> None:
    said = _said(folder, lang, tmp_path)
    assert said["bad"] == [], "text with a contrast below 4.5"
    assert said["font"] is True
    assert said["differ"] is True
    assert said["drawn"] is True
    assert said["past"] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_phone_shows_it_without_scrolling_sideways(
    folder: Path, tmp_path: Path, lang: str
) -> None:
    said = _said(folder, f"phone-{lang}", tmp_path)
    assert said["view"] == 390 or said["view"] == 375
    assert said["past"] == []
    assert said["wide"] == said["view"]
