"""The index of decisions names each record by its own title."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"


def test_the_index_lists_every_record_under_its_title() -> None:
    titles = {
        file.name: file.read_text("utf-8").splitlines()[0].removeprefix("# ")
        for file in FOLDER.glob("0*.md")
    }
    index = (FOLDER / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| \[(.+)\]\((0.+\.md)\) \| (.+) \|$", index, re.MULTILINE)
    assert {file: title for title, file, _ in rows} == titles
    replaced = {file for _, file, status in rows if status.startswith("replaced")}
    first_lines = {file: (FOLDER / file).read_text("utf-8")[:400] for file in titles}
    assert replaced == {file for file, text in first_lines.items() if "\nReplaced by" in text}
