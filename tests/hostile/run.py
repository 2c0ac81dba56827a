"""Read hostile files one by one, each in a process of its own with little memory and time.

    python tests/hostile/run.py KIND:SEED …        prints a line of JSON for each

A reading is right when it ends: with rows, or with faults. It is wrong when it raises anything
else, is killed, or uses more than 2 GB of addresses or 20 seconds of the processor.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

import small
from hostile import books, old, others
from songhua import messages
from songhua.errors import SonghuaError
from songhua.reading.reviews.sheet_reader import recognised
from songhua.session import folder as session_folder  # noqa: F401  all that a reading loads
from songhua.store import at, imports, parsed_answers
from songhua.store.interindustry import read_table

MEMORY, SECONDS = 2_000_000_000, 20
WIDE = "Industry,2016,2017\nFood,1.5,2\nTools,1.0,3\n"
GIVEN = {"entries": "new", "place": "rivertown", "remarks": "keep", "number": "leave"}
ALL = books.KINDS | old.KINDS | others.KINDS | others.ANSWERS


def in_child(work, *arguments) -> tuple[int, str]:
    """The end of a call in a process of its own: its status, and what it tells."""
    into, out = os.pipe()
    child = os.fork()
    if not child:
        os.close(into)
        code = 1
        try:
            os.write(out, work(*arguments).encode()[:60_000])
            code = 0
        except BaseException as error:
            os.write(out, f"{type(error).__name__}: {error}"[:500].encode())
        finally:
            os._exit(code)
    os.close(out)
    with os.fdopen(into, "rb") as stream:
        told = stream.read().decode("utf-8", "replace")
    return os.waitpid(child, 0)[1], told


def make(kind: str, seed: int, file: Path) -> str:
    file.write_bytes(ALL[kind](Random(seed)))
    return ""


def reading(way: str, file: Path, case: Path) -> str:
    """The outcome of a way of reading: `read`, or the codes of its faults."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        if way == "import":
            imports.add(at(case, dry_run=True), file)
        elif way == "answered":
            imports.add(at(case, dry_run=True), file, GIVEN, {"source": "paper"})
        elif way == "answers":
            answers = parsed_answers(imports.content_of(file), file.name)
            wide = case.with_name("wide.csv")
            wide.write_text(WIDE, "utf-8")
            imports.add(at(case, dry_run=True), wide, answers, {"source": "paper"})
        elif way == "table":
            read_table(file, unit="m EUR")
        else:
            recognised(imports.content_of(file))
    except SonghuaError as error:
        for fault in error.faults:
            for lang in messages.LANGUAGES:
                fault.words(lang)
        return " ".join(dict.fromkeys(fault.code for fault in error.faults))
    return "read"


def main(asked: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        case, file = small.write(Path(place) / "case"), Path(place) / "file"
        for one in asked:
            kind, _, seed = one.partition(":")
            status, told = in_child(make, kind, int(seed), file)
            assert status == 0, (one, told)
            for way in (
                ["answers"] if kind in others.ANSWERS else ["import", "answered", "table", "review"]
            ):
                start = time.perf_counter()
                status, told = in_child(reading, way, file, case)
                seconds = round(time.perf_counter() - start, 1)
                print(
                    json.dumps(
                        {
                            "file": one,
                            "way": way,
                            "status": status,
                            "told": told,
                            "seconds": seconds,
                        }
                    ),
                    flush=True,
                )


if __name__ == "__main__":
    main(sys.argv[1:])
