"""A plugin of pytest that writes which lines each test executes, and how long it takes.

    LINES_OF_TESTS=out.json python -m pytest -n0 -p lines_of_tests …

It needs the package `coverage`, in the environment or in any folder of PYTHONPATH. The file is
JSON: `tests`, the seconds of each passed test; `lines`, by file and line the tests that run it.
What stands in it of other tests stays.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage  # pyright: ignore[reportMissingImports]
import pytest

OUT = Path(os.environ["LINES_OF_TESTS"])
SOURCE = "src/songhua"

Tests = dict[str, float]
Lines = dict[str, dict[int, list[str]]]

_seen = coverage.Coverage(
    data_file=None, source=[SOURCE], config_file=False, messages=False, timid=False
)
_seconds: dict[str, float] = {}
_not_passed: set[str] = set()
_seen.start()
for _module in pkgutil.walk_packages([SOURCE], "songhua."):
    if not _module.name.endswith("__main__"):  # what runs on import is no test's
        importlib.import_module(_module.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What runs from here on is this test, its fixtures among it."""
    _seen.switch_context(item.nodeid)
    yield
    _seen.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """The time of its three parts; a test that failed or was skipped tells nothing."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0.0) + report.duration
    if not report.passed:
        _not_passed.add(report.nodeid)


def _merged(before: dict[str, Any], tests: Tests, lines: Lines) -> tuple[Tests, Lines]:
    """What is known, with these tests in place of what was known of them."""
    for file, of in before["lines"].items():
        here = lines.setdefault(file, {})
        for text, names in of.items():
            kept = {name for name in names if name not in tests}
            here[int(text)] = sorted({*kept, *here.get(int(text), ())})
    return before["tests"] | tests, lines


def pytest_sessionfinish() -> None:
    """Write what was seen."""
    _seen.stop()
    data, root = _seen.get_data(), Path.cwd()
    tests = {name: round(s, 4) for name, s in _seconds.items() if name not in _not_passed}
    lines: Lines = {}
    for file in sorted(data.measured_files()):
        found = {
            line: sorted(tests.keys() & set(names))
            for line, names in sorted(data.contexts_by_lineno(file).items())
        }
        lines[Path(file).relative_to(root).as_posix()] = found
    if OUT.exists():
        before = json.loads(OUT.read_text("utf-8"))
        tests, lines = _merged(before, tests, lines)
    OUT.write_text(json.dumps({"tests": tests, "lines": lines}, ensure_ascii=False), "utf-8")
