"""Spoil folders and files that are handed in: each gives a result or faults, never anything else.

A folder is mutated, read, checked and, if it has no fault, studied whole; a file is read as what it
was. An exception, a warning, an abort, more than 2 GB or more than 20 seconds is a failure.

    python tests/fuzz.py --folders 1000 --imports 1000 --seed 1
    python tests/fuzz.py --only folders-1234 --seed 1      (one again, with its traceback)
"""

from __future__ import annotations

import argparse
import faulthandler
import multiprocessing
import resource
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from ctypes import c_int64
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import handed_in
from mutations import mutate
from slices import FOLDERS
from songhua import store
from songhua.errors import Fault, SonghuaError
from songhua.session import session
from songhua.store.folder import Folder, assembled
from songhua.store.source import NEEDED, Raw, parsed

SECONDS, BYTES = 20, 2 * 2**30
CHUNK = 250


@dataclass(frozen=True)
class Memory:
    """A folder that stands in memory."""

    files: Mapping[str, bytes]

    def read(self) -> Raw:
        """Its files, parsed."""
        gone = [Fault("file_missing", name) for name in NEEDED if name not in self.files]
        return parsed(self.files, gone)


@dataclass
class Found:
    """How often each outcome, and the first case of each sort of failure."""

    outcomes: Counter[str] = field(default_factory=Counter)
    odd: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, other: Found) -> None:
        self.outcomes += other.outcomes
        self.odd = other.odd | self.odd


def spoiled(index: int, seed: int) -> dict[str, bytes]:
    """A folder of which one to three files are other than they should be, or gone."""
    rng = Random(f"{seed}-{index}")
    files = dict(FOLDERS[rng.choice(("made_up", "made_up", *FOLDERS))])
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        name = rng.choice(sorted(files))
        if rng.random() < 0.02:
            del files[name]
        else:
            files[name] = mutate(rng, name, files[name])
    return files


def folders(index: int, seed: int) -> str:
    """What a session makes of a spoiled folder."""
    read: Folder = assembled(Memory(spoiled(index, seed)))
    opened = session._session(Path("/nowhere"), read, None, store.Shelf())
    opened.warnings()
    opened.run_all()
    return "result"


def imports(index: int, seed: int) -> str:
    """What the readers make of a spoiled file that is handed in."""
    return handed_in.read(Random(f"{seed}-{index}"))


WORKS: dict[str, Callable[[int, int], str]] = {"folders": folders, "imports": imports}


def _late(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


@contextmanager
def limited() -> Iterator[None]:
    """No warning, and an end after twenty seconds."""
    before = signal.signal(signal.SIGALRM, _late)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def judged(work: str, index: int, seed: int) -> str:
    """The outcome of one case: a result, or faults that have words."""
    with limited():
        try:
            return WORKS[work](index, seed)
        except SonghuaError as error:
            assert error.faults
            for lang in ("en", "zh"):
                [fault.words(lang) for fault in error.faults[:500]]
            return "faults"


def many(work: str, start: int, end: int, seed: int, at: Any = None) -> Found:
    """A stretch of cases; `at` is told which one is being read."""
    found = Found()
    for index in range(start, end):
        if at is not None:
            at.value = index
        try:
            found.outcomes[judged(work, index, seed)] += 1
        except Exception as error:  # every sort of it is what is looked for
            found.outcomes["FAILURE"] += 1
            last = list(traceback.extract_tb(error.__traceback__))
            own = [one for one in last if "/songhua/" in one.filename] or last
            where = f"{type(error).__name__} at {Path(own[-1].filename).name}:{own[-1].lineno}"
            found.odd.setdefault(where, (f"{work}-{index}", str(error)[:200]))
    return found


def _child(work: str, start: int, end: int, seed: int, at: Any, pipe: Any) -> None:
    """A stretch in a process of its own, with two gigabytes more than it has."""
    faulthandler.disable()  # an abort is told by its case
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + BYTES, used + BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pipe.send(many(work, start, end, seed, at))


def run(work: str, n: int, seed: int, told: Callable[[str], None] = lambda text: None) -> Found:
    """So many cases, each stretch of them in a process of its own: an abort ends that one alone."""
    found, start = Found(), 0
    context = multiprocessing.get_context("fork")
    while start < n:
        at = context.Value(c_int64, start)
        mine, theirs = context.Pipe()
        end = min(start + CHUNK, n)
        child = context.Process(target=_child, args=(work, start, end, seed, at, theirs))
        child.start()
        theirs.close()
        part = Found()
        try:
            part = mine.recv()
        except EOFError:
            end = at.value + 1
            part.outcomes.update(FAILURE=1, lost=end - start - 1)
            part.odd[f"abort {work}-{at.value}"] = (f"{work}-{at.value}", "the process ended")
        child.join()
        for where, (case, text) in part.odd.items():
            if where not in found.odd:
                told(f"{where}: {case} {text}")
        found.add(part)
        start = end
        told(f"{start} {work}: {dict(found.outcomes)}")
    return found


@cache
def _printed(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    """Spoil, count, print; the exit code is 1 when there was a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folders", type=int, default=1000)
    parser.add_argument("--imports", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    chosen = parser.parse_args()
    if chosen.only:
        work, _, index = chosen.only.partition("-")
        print(judged(work, int(index), chosen.seed))
        return 0
    began = time.perf_counter()
    both = {"folders": chosen.folders, "imports": chosen.imports}
    found = [run(work, n, chosen.seed, _printed) for work, n in both.items()]
    print(f"{both}, seed {chosen.seed}, {time.perf_counter() - began:.0f} s")
    return int(any(one.odd for one in found))


if __name__ == "__main__":
    sys.exit(main())
