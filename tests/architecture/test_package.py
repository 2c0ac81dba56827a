"""The package as it is built: its files, and the types of its public names."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from types import ModuleType

import pytest

import songhua
from songhua import store

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "songhua"
if not (ROOT / "pyproject.toml").exists():
    pytest.skip("the sources are not in this copy", allow_module_level=True)


def test_a_wheel_holds_every_file_of_the_package_and_says_that_it_is_typed() -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel").WheelBuilder(str(ROOT))
    built = {Path(one.distribution_path) for one in wheel.recurse_included_files()}
    kept = [file for file in PACKAGE.rglob("*") if file.is_file() and file.suffix != ".pyc"]
    assert built == {file.relative_to(PACKAGE.parent) for file in kept}
    assert Path("songhua/py.typed") in built
    assert {"LICENSE", "LICENSE-UNICODE", "NOTICE"} <= set(wheel.metadata.core.license_files)
    assert "Typing :: Typed" in wheel.metadata.core.classifiers
    assert wheel.metadata.version == songhua.__version__


def test_an_archive_of_the_sources_holds_what_the_builds_and_the_readme_name() -> None:
    archive = pytest.importorskip("hatchling.builders.sdist").SdistBuilder(str(ROOT))
    held = {one.distribution_path for one in archive.recurse_included_files()}
    top = {file.name for file in ROOT.iterdir() if file.is_file()} - {".git", ".gitignore"}
    assert top <= held | {"pyproject.toml"}  # which it holds always


@pytest.mark.parametrize("package", [songhua, store], ids=lambda one: one.__name__)
def test_each_name_that_is_typed_is_had_by_that_name(package: ModuleType) -> None:
    tree = ast.parse(Path(package.__file__ or "").with_suffix(".pyi").read_text("utf-8"))
    origins = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    typed = [(alias.name, alias.asname) for node in origins for alias in node.names]
    assert all(hasattr(package, name) for name, _ in typed)
    assert all(name == own for name, own in typed)  # another would be had by its first name


def _untyped(value: object, name: str) -> list[str]:
    """The parameters and results without a type, of a function or of a class's methods."""
    if inspect.isclass(value):
        methods = {n: m for n, m in vars(value).items() if not n.startswith("_")}
        return [one for n, m in methods.items() for one in _untyped(m, f"{name}.{n}")]
    if isinstance(value, property):
        value = value.fget
    if isinstance(value, (classmethod, staticmethod)):
        value = value.__func__
    if not inspect.isfunction(value):
        return []
    signature = inspect.signature(value)
    wanted = [n for n in signature.parameters if n not in ("self", "cls")]
    return [f"{name}: {n}" for n in [*wanted, "return"] if n not in value.__annotations__]


def test_every_public_name_has_its_types() -> None:
    assert [one for name in songhua.__all__ for one in _untyped(getattr(songhua, name), name)] == []


def test_a_name_without_types_is_seen() -> None:
    class Odd:
        def f(self, a: int, b) -> int:
            return a

        @property
        def g(self):
            return 1

    assert _untyped(Odd, "Odd") == ["Odd.f: b", "Odd.g: return"]
