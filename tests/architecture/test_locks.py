"""The locks: each holds what it is for and nothing else, and no two differ on a version."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / "requirements.lock").exists():
    pytest.skip("the locks are not in this copy", allow_module_level=True)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN, DEV, BUILD = (f"requirements{kind}.lock" for kind in ("", "-dev", "-build"))
RUNS = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["web"]]
FOR = {
    RUN: RUNS,
    DEV: [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]],
    BUILD: [*PROJECT["build-system"]["requires"], "editables"],
}


def pins(lock: str) -> dict[str, set[str]]:
    """The packages of a lock, each with the versions that it names."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==([^ ;]+)", line):
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


def _installed(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:  # asked for on another system
        return []


def needed(wanted: Iterable[str], of: Mapping[str, list[str]] | None = None) -> Iterator[str]:
    """The packages that some need on any system, and those that these need.

    >>> sorted(needed(["a[x]"], {"a": ["b; extra=='x'", "c; extra=='y'"], "b": ["d; os_name=='nt'"]}))
    ['a', 'b', 'd']
    """
    seen: set[tuple[str, frozenset[str]]] = set()
    ahead = [Requirement(one) for one in wanted]
    while ahead:
        one = ahead.pop()
        name, extras = canonicalize_name(one.name), frozenset({"", *one.extras})
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        yield name
        for text in _installed(name) if of is None else of.get(name, []):
            each = Requirement(text)
            extra = "extra" in str(each.marker)
            if not extra or any(each.marker.evaluate({"extra": e}) for e in extras if each.marker):
                ahead.append(each)


@pytest.mark.parametrize("lock", FOR)
def test_a_lock_holds_what_is_asked_for_and_nothing_that_nobody_needs(lock: str) -> None:
    asked = {canonicalize_name(Requirement(one).name) for one in FOR[lock]}
    assert asked <= set(pins(lock))
    assert set(pins(lock)) <= set(needed(FOR[lock]))


def test_what_only_builds_is_no_part_of_what_runs() -> None:
    assert {"hatchling", "editables", "trove-classifiers"} <= set(pins(BUILD)) - set(pins(RUN))


def test_no_two_locks_differ_on_a_version() -> None:
    held = {lock: pins(lock) for lock in FOR}
    for one in held.values():
        for other in held.values():
            assert {n: one[n] for n in one.keys() & other} == {
                n: other[n] for n in one.keys() & other
            }
