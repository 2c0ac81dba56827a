"""Runs of tests on changed code: in a fork of a process that has collected all of them.

A change within a function is put into the function itself, so that nothing is imported anew. Any
other, of a constant or a default, is run by a process of its own.
"""

from __future__ import annotations

import ast
import functools
import gc
import os
import resource
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from mutants import Mutant

ROOT = Path(__file__).resolve().parents[1]
WAIT = 300.0  # seconds of the clock, for a test that waits for ever
OPTIONS = (
    "-o", "addopts=", "--doctest-modules", "--import-mode=importlib", "-m", "not deep", "-x", "-q",
    "-s", "--assert=plain", "-p", "hypothesispytest", "-p", "no:cacheprovider", "--tb=no",
    "-W", "ignore::pytest.PytestAssertRewriteWarning",
    "-W", "ignore::pytest.PytestUnknownMarkWarning",
)  # fmt: skip
KILLED, SURVIVED, LATE = "killed", "survived", "timed out"


def environment(root: Path) -> dict[str, str]:
    """How tests of a copy find its code, and the data beside the checkout."""
    shared = os.environ.get("SONGHUA_SHARED", str(ROOT.parent / "shared"))
    paths = os.pathsep.join(str(root / name) for name in ("src", "tests", "tools"))
    chosen = {"PYTHONPATH": paths, "SONGHUA_SHARED": shared, "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **chosen}


class Collected:
    """A plugin of pytest that hands over the tests instead of running them."""

    def __init__(self, root: Path, work: Callable[[Collected], None]) -> None:
        """Have work done with the tests of a copy."""
        self.root, self.work = root, work
        self.items: dict[str, pytest.Item] = {}
        self.failed = ""
        self.functions: defaultdict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
        self.kept: list[functools._lru_cache_wrapper[object]] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Do the work, and run nothing else."""
        self.items = {item.nodeid: item for item in session.items}
        for one in gc.get_objects():
            if type(one) is FunctionType:
                code = one.__code__
                key = (code.co_filename, code.co_qualname, code.co_firstlineno)
                self.functions[key].append(one)
            elif isinstance(one, functools._lru_cache_wrapper) and _ours(one):
                self.kept.append(one)
        gc.freeze()
        self.work(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what failed."""
        if report.failed:
            self.failed = report.nodeid

    def run(
        self, tests: Sequence[str], seconds: float, one: Mutant | None = None
    ) -> tuple[str, str]:
        """What tests say of a change, or of the code as it is, and which of them failed."""
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
            null = os.open(os.devnull, os.O_RDWR)
            for handle in (0, 1, 2):
                os.dup2(null, handle)
            if one is not None:
                self._put(one)
            items = [self.items[test] for test in tests]
            for item, after in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
                if self.failed:
                    break
            os.write(write, self.failed.encode())
            os._exit(bool(self.failed))
        os.close(write)
        outcome = waited(child)
        with os.fdopen(read, "rb") as pipe:
            return outcome, pipe.read().decode() if outcome == KILLED else ""

    def _put(self, one: Mutant) -> None:
        """Give a function its changed code; what was reckoned with the other is forgotten."""
        for wrapper in self.kept:
            wrapper.cache_clear()
        for function, code in self.changed(one):
            function.__code__ = code

    def changed(self, one: Mutant) -> list[tuple[FunctionType, CodeType]]:
        """The functions that a change is in, with their code; none where it is outside of any."""
        file = self.root / one.file
        text = file.read_text("utf-8")
        where = _function(ast.parse(text), one.line)
        if where is None:
            return []
        whole = compile(one.applied(text), str(file), "exec")
        codes = [code for code in _codes(whole) if (code.co_qualname, code.co_firstlineno) == where]
        return [(f, code) for code in codes for f in self.functions[str(file), *where]]


def _function(tree: ast.AST, line: int, within: str = "") -> tuple[str, int] | None:
    """The outermost function in whose body a line is: its name and its first line."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            if found := _function(node, line, f"{within}{node.name}."):
                return found
        elif isinstance(node, ast.FunctionDef) and _body(node)[0] <= line <= _body(node)[1]:
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            return f"{within}{node.name}", first
    return None


def _body(node: ast.FunctionDef) -> tuple[int, int]:
    return node.body[0].lineno, node.end_lineno or 0


def _ours(one: functools._lru_cache_wrapper[object]) -> bool:
    return one.__module__.startswith("songhua")


def _codes(code: CodeType) -> list[CodeType]:
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]
    return [code, *(deep for one in inner for deep in _codes(one))]


def waited(child: int) -> str:
    """What became of a process that runs tests."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            if os.WIFSIGNALED(status):
                late = os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)
                return LATE if late else KILLED
            return SURVIVED if os.WEXITSTATUS(status) == 0 else KILLED
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return LATE


def run_anew(root: Path, tests: Sequence[str], seconds: float) -> str:
    """What tests say of the files of a copy, in a new process.

    Their names are handed over in a file: together they may be longer than a command can be.
    """
    off = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    named = root / ".tests"
    named.write_text("\n".join(tests), "utf-8")
    command = [sys.executable, "-m", "pytest", *OPTIONS, f"@{named}"]
    null = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=root, env=environment(root) | off, stdin=null, stdout=null, stderr=null,
        start_new_session=True,
    ) as child:  # fmt: skip
        resource.prlimit(child.pid, resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
        outcome = waited(child.pid)
        child.returncode = 0  # it was waited for
    return outcome


def with_tests(root: Path, tests: Sequence[str], work: Callable[[Collected], None]) -> None:
    """Collect tests of a copy in this process, and do something with them."""
    os.chdir(root)
    os.environ.update(environment(root), PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    sys.path[:0] = [str(root / name) for name in ("src", "tests")]
    sys.dont_write_bytecode = True
    temporary = f"--basetemp={root / '.tmp'}"
    pytest.main([*OPTIONS, temporary, *tests], plugins=[Collected(root, work)])
