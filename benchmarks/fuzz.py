"""Spoil folders in a hundred thousand ways: each must give a result or faults, never an exception.

Every folder is mutated, read, checked, diagnosed and its claims are checked; a warning counts as
an exception. One in ten is also read as a file to import. All is in memory-backed storage where
there is any.

    python benchmarks/fuzz.py --folders 100000 --seed 1
    python benchmarks/fuzz.py --only 1234 --seed 1      (one folder again, with its traceback)
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from _mutations import mutate
from _small import FOLDERS

from songhua import session
from songhua.errors import SonghuaError

HEADING = {"heading_missing", "column_unknown", "column_repeats", "column_missing"}
UNREADABLE = {
    "toml_unreadable", "csv_unreadable", "not_utf8", "character_odd", "file_missing", "file_unreadable",
}  # fmt: skip
MEMORY = Path("/dev/shm")
CHUNK = 250


def spoiled(index: int, seed: int) -> tuple[str, dict[str, bytes | None]]:
    """Which folder, and the files of it that are other than they should be."""
    rng = Random(f"{seed}-{index}")
    kind = "slice" if rng.random() < 0.3 else "made_up"
    files = FOLDERS[kind]
    changed: dict[str, bytes | None] = {}
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        name = rng.choice(sorted(files))
        changed[name] = (
            None if rng.random() < 0.01 else mutate(rng, name, changed.get(name) or files[name])
        )
    return kind, changed


def outcome(folder: Path) -> str:
    """What a session makes of a folder."""
    try:
        session.open(folder).run_all()
    except SonghuaError as error:
        for lang in ("en", "zh"):
            [fault.words(lang) for fault in error.faults]
        codes = {fault.code for fault in error.faults}
        if codes & UNREADABLE:
            return "faults: a file is unreadable"
        return "faults: a heading" if codes & HEADING else "faults: every file parsed"
    return "result"


def imported(folder: Path, file: Path) -> str:
    """What the import makes of a file, without writing."""
    try:
        session.import_file(folder, file, dry_run=True)
    except SonghuaError as error:
        for lang in ("en", "zh"):
            [fault.words(lang) for fault in error.faults]
        return "import: faults"
    return "import: rows"


def write(folder: Path, files: dict[str, bytes | None]) -> None:
    """Files into a folder; None removes one."""
    for name, data in files.items():
        file = folder / name
        if data is None:
            file.unlink(missing_ok=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def one(homes: dict[str, Path], index: int, seed: int) -> Iterator[str]:
    """The outcomes of one folder; the folder is as it was afterwards."""
    kind, changed = spoiled(index, seed)
    home = homes[kind]
    write(home, changed)
    yield outcome(home)
    csv = next((name for name, data in changed.items() if name.endswith(".csv") and data), "")
    write(home, {name: FOLDERS[kind][name] for name in changed})
    if index % 10 == 0 and csv:
        file = home / "given.csv"
        file.write_bytes(changed[csv] or b"")
        yield imported(home, file)


def many(start: int, seed: int, folders: int) -> tuple[Counter[str], dict[str, tuple[int, str]]]:
    """A stretch of folders: how often each outcome, and every sort of exception once."""
    warnings.simplefilter("error")
    found: Counter[str] = Counter()
    odd: dict[str, tuple[int, str]] = {}
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        homes = {kind: Path(place) / kind for kind in FOLDERS}
        for kind, home in homes.items():
            write(home, dict(FOLDERS[kind]))
        for index in range(start, min(start + CHUNK, folders)):
            try:
                for result in one(homes, index, seed):
                    found[result] += 1
            except Exception as error:  # every sort of it is what this script looks for
                found["EXCEPTION"] += 1
                last = traceback.extract_tb(error.__traceback__)
                own = [frame for frame in last if "songhua" in frame.filename] or list(last)
                where = f"{type(error).__name__} at {Path(own[-1].filename).name}:{own[-1].lineno}"
                odd.setdefault(where, (index, str(error)[:200]))
                for kind, home in homes.items():
                    shutil.rmtree(home)
                    write(home, dict(FOLDERS[kind]))
    return found, odd


def again(index: int, seed: int) -> None:
    """One folder, with the traceback of whatever goes wrong."""
    warnings.simplefilter("error")
    kind, changed = spoiled(index, seed)
    print(kind, {name: data if data is None else data[:2000] for name, data in changed.items()})
    with tempfile.TemporaryDirectory() as place:
        homes = {kind: Path(place)}
        write(Path(place), dict(FOLDERS[kind]))
        print(*one(homes, index, seed), sep="\n")


def main() -> int:
    """Spoil, count, print; the exit code is 1 when there was an exception."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folders", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", type=int)
    chosen = parser.parse_args()
    if chosen.only is not None:
        again(chosen.only, chosen.seed)
        return 0
    began = time.perf_counter()
    total: Counter[str] = Counter()
    odd: dict[str, tuple[int, str]] = {}
    done = 0
    work = partial(many, seed=chosen.seed, folders=chosen.folders)
    with multiprocessing.Pool(chosen.processes) as pool:
        for found, strange in pool.imap_unordered(work, range(0, chosen.folders, CHUNK)):
            total += found
            for where, example in strange.items():
                if where not in odd:
                    print(f"{where}: {example}", flush=True)
                odd.setdefault(where, example)
            done += CHUNK
            if done % 5000 == 0:
                print(f"{done} folders", file=sys.stderr, flush=True)
    print(f"{chosen.folders} folders, seed {chosen.seed}, {time.perf_counter() - began:.0f} s")
    for name, n in sorted(total.items()):
        print(f"  {name:<32}{n:>8}{n / max(chosen.folders, 1):>9.1%}")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main())
