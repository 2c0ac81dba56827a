"""The changelog: what each version brought, the version of the code, and the names before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from songhua.version import VERSION

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / "CHANGELOG.md").exists():
    pytest.skip("the changelog is not in this copy", allow_module_level=True)

TEXT = (ROOT / "CHANGELOG.md").read_text("utf-8")
FORMER = [Path(entry.name).stem for entry in (files("songhua.schema") / "former").iterdir()]
RELEASE = re.compile(r"## (\d+\.\d+\.\d+) — (\d{4}-\d\d-\d\d)")


def numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def faults(text: str, version: str, former: list[str]) -> Iterator[str]:
    """All that does not fit between a changelog, the version, and the versions of former names."""
    headings = [line for line in text.splitlines() if line.startswith("#")]
    if headings[:2] != ["# Changelog", "## Unreleased"]:
        yield "it does not begin with what is unreleased"
    releases = []
    for heading in headings[2:]:
        match = RELEASE.fullmatch(heading)
        try:
            releases.append((numbers(match[1]), date.fromisoformat(match[2])) if match else None)
        except ValueError:
            releases.append(None)
        if releases[-1] is None:
            yield f"{heading}: no version with a day"
    known = [one for one in releases if one]
    if not known or known[0][0] != numbers(version):
        yield f"the newest release is not {version}"
    for (later, day), (earlier, day_before) in pairwise(known):
        if earlier >= later or day_before > day:
            yield f"{earlier} stands below {later}"
    for name in former:
        if not any(numbers(name) == release[:2] for release, _ in known[1:]):
            yield f"former names of {name}, which is no earlier release"
    for heading, below in re.findall(r"^(## \d.*)\n+(.*)", text, re.MULTILINE):
        if not below.startswith("- "):
            yield f"{heading}: nothing below"


def test_the_changelog_fits_the_version_and_the_former_names() -> None:
    assert FORMER
    assert list(faults(TEXT, VERSION, FORMER)) == []


GOOD = "# Changelog\n\n## Unreleased\n\n## 0.10.0 — 2020-03-01\n\n- B\n\n## 0.9.0 — 2020-02-29\n\n- A\n"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("", "", ""),
        ("## Unreleased\n\n", "", "begin with what is unreleased"),
        ("0.10.0", "0.11.0", "the newest release is not 0.10.0"),
        ("0.10.0 — 2020-03-01", "0.10.0", "no version with a day"),
        ("2020-02-29", "2019-02-29", "no version with a day"),
        ("2020-02-29", "2020-03-02", "stands below"),
        ("0.9.0", "0.10.0", "stands below"),
        ("0.9.0", "0.8.0", "former names of 0.9"),
        ("- A\n", "", "nothing below"),
    ],
)
def test_a_spoiled_changelog_is_seen(before: str, after: str, fault: str) -> None:
    found = "; ".join(faults(GOOD.replace(before, after, 1) if before else GOOD, "0.10.0", ["0.9"]))
    assert fault in found if fault else not found


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_readme_names_the_version(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"^- (?:Version |版本 )(\d+\.\d+)", text, re.MULTILINE)
    assert named == [VERSION.rpartition(".")[0]]
