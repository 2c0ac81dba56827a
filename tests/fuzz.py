"""Spoil folders and files that are handed in: each gives a result or faults, never anything else.

A folder is mutated, read, checked and, if it has no fault, asked for one of all results that
songhua can show (`asked.py`); a file is read by its original kind. An exception, a warning, an
abort, more than 2 GB or more than 20 seconds of a processor is a failure. Most folders are small;
two in a hundred are the large examples whole.

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

import asked
import calls
import handed_in
from mutations import mutate
from slices import FOLDERS, WHOLE
from songhua import store
from songhua.errors import SonghuaError
from songhua.fault_kinds import FileMissing
from songhua.maths.accounts import sampler
from songhua.messages import LANGUAGES
from songhua.session import session
from songhua.store.case import assembled
from songhua.store.source import NEEDED, Raw, parsed

SECONDS, PATIENCE, BYTES = 20, 200, 2 * 2**30
#: The rounds after which mixing of the chains of accounts is first tested, and the steps after
#: which they are refused, with those for each cell: more of them would not test more.
EFFORT = 80, 20_000, 0
CHUNK = 250
#: The share of folders, of a hundred, made from each base.
SHARES = {
    "made_up": 24, "built": 12, "evaluated": 12, "skeleton": 8, "harbin": 16, "washington": 12,
    "register": 14, "whole harbin": 1, "whole washington": 1,
}  # fmt: skip
EVERY = FOLDERS | {f"whole {name}": files for name, files in WHOLE.items()}


def memory(files: Mapping[str, bytes]) -> Raw:
    """A folder that stands in memory."""
    return parsed(files, [FileMissing(name) for name in NEEDED if name not in files])


@dataclass
class Found:
    """Counts of outcomes, the first case of each sort of failure, the slowest and the peak."""

    outcomes: Counter[str] = field(default_factory=Counter)
    odd: dict[str, tuple[str, str]] = field(default_factory=dict)
    slowest: tuple[float, str] = (0.0, "")
    peak: int = 0

    def add(self, other: Found) -> None:
        self.outcomes += other.outcomes
        self.odd = other.odd | self.odd
        self.slowest = max(self.slowest, other.slowest)
        self.peak = max(self.peak, other.peak)


def spoiled(index: int, seed: int) -> dict[str, bytes]:
    """A folder of which one to three files are other than they should be, or gone."""
    rng = Random(f"{seed}-{index}")
    files = dict(EVERY[rng.choices(list(SHARES), list(SHARES.values()))[0]])
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        name = rng.choice(sorted(files))
        if rng.random() < 0.02:
            del files[name]
        else:
            files[name] = mutate(rng, name, files[name])
    return files


def folders(index: int, seed: int) -> str:
    """The answer of a session to a spoiled folder and a request."""
    rng = Random(f"{seed}-{index}-asked")
    read = assembled(memory(spoiled(index, seed)))
    try:
        opened = session.session_of(Path("/nowhere"), read, asked.day(rng), store.Shelf())
        opened.warnings()
        return asked.ask(rng, opened)
    except SonghuaError as error:
        told(error)
        return "refused"


def imports(index: int, seed: int) -> str:
    """The outcome of reading a spoiled file that is handed in."""
    return handed_in.read(Random(f"{seed}-{index}"))


def told(error: SonghuaError) -> None:
    """Its faults have words."""
    assert error.faults
    for lang in LANGUAGES:
        assert all(fault.words(lang) for fault in error.faults[:500])


def called(index: int, seed: int) -> str:
    """The output of a verb that is called with odd words in an odd place."""
    return calls.call(Random(f"{seed}-{index}"))


WORKS: dict[str, Callable[[int, int], str]] = {
    "folders": folders, "imports": imports, "calls": called,
}  # fmt: skip


def _late(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


@contextmanager
def limited() -> Iterator[None]:
    """No warning, and an end after twenty seconds of the processor, or when nothing moves."""
    usual = sampler.FIRST, sampler.MOST, sampler.FOR_EACH
    sampler.FIRST, sampler.MOST, sampler.FOR_EACH = EFFORT
    clocks = ((signal.SIGPROF, signal.ITIMER_PROF), (signal.SIGALRM, signal.ITIMER_REAL))
    before = [signal.signal(name, _late) for name, _ in clocks]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for (_, clock), seconds in zip(clocks, (SECONDS, PATIENCE), strict=True):
            signal.setitimer(clock, seconds)
        try:
            yield
        finally:
            sampler.FIRST, sampler.MOST, sampler.FOR_EACH = usual
            for (name, clock), handler in zip(clocks, before, strict=True):
                signal.setitimer(clock, 0)
                signal.signal(name, handler)


def judged(work: str, index: int, seed: int) -> str:
    """The outcome of one case: a result, or faults that have words."""
    with limited():
        try:
            return WORKS[work](index, seed)
        except SonghuaError as error:
            told(error)
            return "faults"


def many(work: str, start: int, end: int, seed: int, at: Any = None) -> Found:
    """A stretch of cases; `at` is told which one is being read."""
    found = Found()
    for index in range(start, end):
        if at is not None:
            at.value = index
        began = time.process_time()
        try:
            found.outcomes[judged(work, index, seed)] += 1
        except Exception as error:  # every sort of it is what is looked for
            found.outcomes["FAILURE"] += 1
            last = list(traceback.extract_tb(error.__traceback__))
            own = [one for one in last if "/songhua/" in one.filename] or last
            where = f"{type(error).__name__} at {Path(own[-1].filename).name}:{own[-1].lineno}"
            found.odd.setdefault(where, (f"{work}-{index}", str(error)[:200]))
        took = time.process_time() - began
        found.slowest = max(found.slowest, (round(took, 1), f"{work}-{index}"))
    found.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def warm() -> None:
    """Load what most cases need, once for all processes."""
    for files in FOLDERS.values():
        opened = session.session_of(Path("/nowhere"), assembled(memory(files)), None, store.Shelf())
        opened.run_all()
    handed_in.originals()


def _child(work: str, start: int, end: int, seed: int, at: Any, pipe: Any) -> None:
    """A stretch in a process of its own, with two gigabytes more than it has."""
    faulthandler.disable()  # an abort is told by its case
    # what is written to counts: a program of charts reserves more addresses than it uses
    used = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_DATA, (used + BYTES, used + BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pipe.send(many(work, start, end, seed, at))


def run(work: str, n: int, seed: int, say: Callable[[str], None] = lambda text: None) -> Found:
    """So many cases, each stretch of them in a process of its own: an abort ends that one alone."""
    warm()
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
                say(f"{where}: {case} {text}")
        found.add(part)
        start = end
        say(f"{start} {work}: {dict(found.outcomes)}, {found.slowest}, {found.peak} MB")
    return found


@cache
def _printed(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    """Spoil, count, print; the exit code is 1 when there was a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    for work in WORKS:
        parser.add_argument(f"--{work}", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    chosen = parser.parse_args()
    if chosen.only:
        work, _, index = chosen.only.partition("-")
        print(judged(work, int(index), chosen.seed))
        return 0
    began = time.perf_counter()
    many = {work: getattr(chosen, work) for work in WORKS}
    found = [run(work, n, chosen.seed, _printed) for work, n in many.items()]
    print(f"{many}, seed {chosen.seed}, {time.perf_counter() - began:.0f} s")
    return int(any(one.odd for one in found))


if __name__ == "__main__":
    sys.exit(main())
