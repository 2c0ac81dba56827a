"""The built-in case and its pages, made once for all tests here."""

from __future__ import annotations

import pytest

from songhua import report, workbench
from songhua.workbench import Run


@pytest.fixture(scope="session")
def harbin() -> Run:
    return workbench.run(workbench.example("harbin"))


@pytest.fixture(scope="session")
def pages(harbin: Run) -> dict[str, str]:
    parts = (harbin.region, harbin.plan, harbin.results, harbin.skipped)
    return {lang: report.html(*parts, lang) for lang in ("en", "zh")}
