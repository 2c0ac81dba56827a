"""Whether the tests notice small wrong changes of the code.

    pip install --target /tmp/lines coverage        # once; it is no dependency of the project
    python tools/mutate.py lines LINES.json --with /tmp/lines [--tests …]
    python tools/mutate.py run LINES.json OUT.jsonl [--n 300] [--seed 12] [--minutes 60] [--files …]
    python tools/mutate.py show OUT.jsonl

`lines` runs the tests of the packages once and keeps which lines each of them executes. `run`
draws mutants (`mutants.py`), makes each in a copy of the checkout under the system's temporary
folder, and runs the tests that execute its line: those in files named like its module first, of
them the quickest of each test function, at most `TESTS` of them or `SECONDS`. It writes one line
of JSON for each mutant, goes on where it stopped, and tries survivors anew. Each mutant has a lot
of its own, so that a change of the code leaves the rest of a sample as it was. `show` counts them
by package and lists the survivors. What `mutants_left.toml` calls equivalent is not counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mutants import Mutant, mutants
from runs_of_tests import (
    KILLED,
    LATE,
    SURVIVED,
    Collected,
    environment,
    run_anew,
    with_tests,
)  # fmt: skip

ROOT = Path(__file__).resolve().parents[1]
LEFT = Path(__file__).with_name("mutants_left.toml")
PACKAGES = ("maths", "plan", "rules", "labels", "checks", "store")
TESTED = (
    "tests/test_checks.py", "tests/textbook", "tests/security",
    *(folder for one in PACKAGES for folder in (f"tests/{one}", f"src/songhua/{one}")),
)  # fmt: skip
TESTS, SECONDS, FEW = 500, 60.0, 5


@dataclass(frozen=True)
class Tried:
    """A mutant, what became of it, and how many tests ran its line."""

    file: str
    line: int
    told: str
    text: str
    outcome: str
    tests: int

    @property
    def package(self) -> str:
        """The package of its file."""
        return self.file.split("/")[2]


class Lines:
    """Which tests execute a line, and how long each takes."""

    def __init__(self, file: Path) -> None:
        """Read what `lines` wrote."""
        found = json.loads(file.read_text("utf-8"))
        self.seconds: dict[str, float] = found["tests"]
        self.of: dict[str, dict[str, list[str]]] = found["lines"]
        self._sound: dict[str, bool] = {}

    def tests(self, one: Mutant) -> list[str]:
        """The tests for a mutant: of its lines, else of its statement, else of its file.

        Where they are few, those of the file too: what is kept (`@cache`) runs in one test only.
        """
        lines = self.of.get(one.file, {})
        span, around = range(one.line, one.last + 1), range(one.around[0], one.around[1] + 1)
        if not any(str(line) in lines for line in (*span, *around)):
            return []
        found: set[str] = set()
        for some in (span, around):
            found = found or {test for line in some for test in lines.get(str(line), ())}
        every = {test for tests in lines.values() for test in tests} if len(found) < FEW else found
        return [*self._first(found, one.file), *self._first(every - found, one.file)]

    def sound(self, test: str, ready: Collected) -> bool:
        """Whether a test passes by itself on the code as it is."""
        if test not in self._sound:
            outcome, _ = ready.run([test], 15 + self.seconds[test])
            self._sound[test] = outcome == SURVIVED
            if not self._sound[test]:
                print(f"does not pass by itself: {test}", flush=True)
        return self._sound[test]

    def _first(self, tests: set[str], file: str) -> list[str]:
        """Those named like the module, the quickest of each function, then the next of each."""
        by_function: defaultdict[str, list[str]] = defaultdict(list)
        for test in sorted(tests, key=lambda name: (self.seconds[name], name)):
            by_function[test.split("[")[0]].append(test)
        parts = Path(file).with_suffix("").parts[2:]
        ranked = sorted(
            (-sum(part in test.split("::")[0] for part in parts), at, self.seconds[test], test)
            for group in by_function.values() for at, test in enumerate(group)
            if self.seconds[test] <= SECONDS
        )  # fmt: skip
        chosen: list[str] = []
        left = SECONDS
        for _, _, seconds, test in ranked[:TESTS]:
            left -= seconds
            if left < 0:
                break
            chosen.append(test)
        return chosen


def sample(root: Path, n: int, seed: int, files: Sequence[str] = ()) -> list[Mutant]:
    """So many mutants by chance, of the packages or of files that are named below `songhua`.

    The first of them are a sample too.
    """
    drawn: list[tuple[bytes, str, Mutant]] = []
    same = equivalent()
    home = root / "src/songhua"
    every = (f for one in PACKAGES for f in (home / one).rglob("*.py"))
    for file in (home / name for name in files) if files else every:
        lines = file.read_text("utf-8").splitlines()
        again: Counter[tuple[str, str]] = Counter()
        for one in mutants(root, file):
            text = lines[one.line - 1].strip()
            at = again[text, one.told]
            again[text, one.told] += 1
            lot = f"{seed} {at} {one.file} {text} {one.told}"
            drawn.append((hashlib.sha256(lot.encode()).digest(), text, one))
    drawn = sorted(drawn, key=lambda each: each[0])[:n]
    return [one for _, text, one in drawn if (one.file, text, one.told) not in same]


def equivalent() -> set[tuple[str, str, str]]:
    """Mutants that behave as the code does: file, line of code, change."""
    known = tomllib.loads(LEFT.read_text("utf-8")).get("left", []) if LEFT.exists() else []
    return {(one["file"], one["text"], one["told"]) for one in known if one.get("equivalent")}


def line_of(root: Path, one: Mutant) -> str:
    """The line of code of a mutant."""
    return (root / one.file).read_text("utf-8").splitlines()[one.line - 1].strip()


def checkout() -> Path:
    """A copy of what git knows of the checkout, as it stands, and what is new beside it."""
    to = Path(tempfile.mkdtemp(prefix="mutants-"))
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    return to


def write_lines(out: Path, beside: Path | None, tests: Sequence[str]) -> None:
    """Run the tests once, in a copy, and write which lines each executes."""
    root = checkout()
    env = {**environment(root), "LINES_OF_TESTS": str(out.resolve())}
    if beside is not None:
        env["PYTHONPATH"] += os.pathsep + str(beside.resolve())
    options = ("-n0", "-q", "-p", "no:cacheprovider", "-p", "lines_of_tests")
    command = [sys.executable, "-m", "pytest", *options, *tests]
    try:
        subprocess.run(command, cwd=root, env=env, check=False)
    finally:
        shutil.rmtree(root)


def tried(ready: Collected, lines: Lines, one: Mutant, at: int) -> Tried:
    """Make a mutant in the copy, run its tests, and take it back.

    A test that fails by itself on the code as it is kills nothing; the others are run again.
    """
    file = ready.root / one.file
    text, line, stat = file.read_text("utf-8"), line_of(ready.root, one), file.stat()
    within = bool(ready.changed(one))
    known = {test for test in lines.tests(one) if test in ready.items}
    while tests := [test for test in lines.tests(one) if test in known]:
        limit = 15 + sum(lines.seconds[test] for test in tests)
        killer = ""
        if within:
            outcome, killer = ready.run(tests, limit, one)
        else:
            file.write_text(one.applied(text), "utf-8")
            os.utime(file, (at, at))  # kept bytecode is told from it by its time
            outcome = run_anew(ready.root, tests, limit)
            file.write_text(text, "utf-8")
            os.utime(file, (stat.st_atime, stat.st_mtime))
        if killer not in known or lines.sound(killer, ready):
            return Tried(one.file, one.line, one.told, line, outcome, len(tests))
        known.discard(killer)
    return Tried(one.file, one.line, one.told, line, SURVIVED, 0)


def run(
    given: Path, out: Path, n: int, seed: int, minutes: float, files: Sequence[str] = ()
) -> None:
    """Try mutants until the time is over; survivors of an earlier run are tried anew."""
    end = time.monotonic() + minutes * 60
    lines, root, out = Lines(given), checkout(), out.resolve()
    known = {(one.file, one.line, one.told): one for one in read(out)}
    drawn = sample(root, n, seed, files)

    def work(ready: Collected) -> None:
        for at, one in enumerate(drawn):
            before = known.get((one.file, one.line, one.told))
            if before is not None and before.outcome != SURVIVED:
                continue
            if time.monotonic() > end:
                break
            found = tried(ready, lines, one, at + 1)
            with out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(found), ensure_ascii=False) + "\n")
            print(f"{at + 1}/{n} {found.outcome} {one.file}:{one.line} {one.told}", flush=True)

    try:
        command = [sys.executable, "-m", "compileall", "-q", "src", "tests"]
        subprocess.run(command, cwd=root, check=True)
        with_tests(root, TESTED, work)
    finally:
        shutil.rmtree(root)


def read(out: Path) -> Iterator[Tried]:
    """What was tried, the last word on each."""
    last: dict[Any, Tried] = {}
    for text in out.read_text("utf-8").splitlines() if out.exists() else []:
        one = Tried(**json.loads(text))
        last[one.file, one.line, one.told] = one
    yield from last.values()


def show(out: Path) -> None:
    """Counts by package, and the survivors."""
    same = equivalent()
    every = [one for one in read(out) if (one.file, one.text, one.told) not in same]
    print(f"{'':8}{KILLED:>10}{SURVIVED:>10}{LATE:>10}")
    for package in (*PACKAGES, "all"):
        of = [one.outcome for one in every if package in (one.package, "all")]
        counts = "".join(f"{of.count(one):>10}" for one in (KILLED, SURVIVED, LATE))
        noticed = f"{1 - of.count(SURVIVED) / len(of):>8.0%} noticed" if of else ""
        print(f"{package:8}{counts}{noticed}")
    for one in sorted(every, key=lambda one: (one.file, one.line)):
        if one.outcome == SURVIVED:
            print(f"\n{one.file}:{one.line}  ({one.tests} tests)\n    {one.text}\n    {one.told}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("lines", help="keep which lines each test executes")
    one.add_argument("lines", type=Path)
    one.add_argument("--with", dest="beside", type=Path, help="the folder that holds coverage")
    one.add_argument("--tests", nargs="+", default=TESTED, help="only these; the rest stays")
    one = verbs.add_parser("run", help="try mutants")
    one.add_argument("lines", type=Path)
    one.add_argument("out", type=Path)
    one.add_argument("--n", type=int, default=300)
    one.add_argument("--seed", type=int, default=12)
    one.add_argument("--minutes", type=float, default=60.0)
    one.add_argument("--files", nargs="+", default=(), help="only these, as store/writing.py")
    verbs.add_parser("show", help="count them").add_argument("out", type=Path)
    given = parser.parse_args()
    match given.verb:
        case "lines":
            write_lines(given.lines, given.beside, given.tests)
        case "run":
            run(given.lines, given.out, given.n, given.seed, given.minutes, given.files)
        case _:
            show(given.out)


if __name__ == "__main__":
    main()
