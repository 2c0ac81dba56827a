"""Every letter that a page shows is in a font that it names, in whatever language it was printed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from songhua import session
from web_work import client, page

FACE = re.compile(r"@font-face\{[^}]*url\((/font/[^)]+)\)[^}]*?(?:unicode-range:([^}]*))?\}")
TITLE = "河镇统计公报鑫垚"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = session.new(tmp_path_factory.mktemp("fonts") / "town", "skeleton")
    file = home / "sources.toml"
    text = re.sub(r'(?m)^(title|title_zh) = ".*"$', rf'\1 = "{TITLE}"', file.read_text("utf-8"))
    assert TITLE in text
    file.write_text(text, "utf-8")
    return home


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_title_in_another_script_is_drawn(lang: str, folder: Path) -> None:
    with client(folder) as asked:
        answer = page(asked, f"/{lang}/sources")
        assert TITLE in answer.text
        faces = FACE.findall(answer.text)
        drawn: set[str] = set()
        for address, letters in faces:
            font = TTFont(io.BytesIO(asked.get(address).content))
            codes = set(map(chr, font.getBestCmap()))
            if letters:
                named = {chr(int(one[2:], 16)) for one in letters.split(",")}
                assert named <= codes
                codes &= named
            drawn |= codes
        assert set(TITLE) <= drawn
        assert len(faces) == 2


def test_a_page_without_other_letters_has_one_font(folder: Path) -> None:
    with client(folder) as asked:
        assert len(FACE.findall(page(asked, "/en/import").text)) == 1
