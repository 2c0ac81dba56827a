"""Forms in the browser as a person fills them in: their contents, sending, and the answers."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from songhua.web import guard
from web_work import HOME, TOKEN

MAY = {"origin": HOME, guard.HEADER: TOKEN}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
SELECT = re.compile(r'<select id="[^"]+" name="([^"]+)".*?>(.*?)</select>', re.DOTALL)


def typed(answer: Any) -> dict[str, str]:
    """The values of a form as they would be sent."""
    text = "".join(re.findall(r'<form[^>]*method="post".*?</form>', answer.text, re.DOTALL))
    found = dict(HIDDEN.findall(text))
    inputs = re.findall(r"<input id=[^>]*>", text)
    for one in inputs:
        name, value = re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)
        assert name
        assert value
        found[name[1]] = value[1]
    for name, body in SELECT.findall(text):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items()}


def posted(asked: TestClient, address: str, cells: dict[str, str], what: str = "look") -> Any:
    return asked.post(address, headers=MAY, data={**cells, "_what": what})


def held(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in folder.rglob("*") if one.is_file()
    }  # fmt: skip


def at_field(text: str, name: str) -> str:
    """The faults beside a field, to which the field refers."""
    found = re.search(rf'<p class="fault" id="e-{name}">(.*?)</p>', text, re.DOTALL)
    assert found, name
    assert re.search(rf'id="f-{name}"[^>]*aria-describedby="[^"]*e-{name}"[^>]*aria-invalid', text)
    return found[1]
