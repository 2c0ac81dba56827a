"""Killed at any step, a verb leaves every file old or new; called again, it does all it was to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# A folder is copied, a child does the work and is killed at a step of it; then it is done again.
KILLS = """
import hashlib, json, os, random, shutil, signal, sys, zipfile
from pathlib import Path
import evaluated
import later_economy
from bare import bare_charts
from commands import songhua
from songhua.errors import SonghuaError
from songhua.messages import Words
from songhua.plan.assumptions import Scenario
from songhua import store
from songhua.store import writing

verb, home, kills = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
random.seed(int(sys.argv[4]))
base, place = evaluated.case(home / "base"), home / "place"
HEAD = "indicator,region,period,value,unit,kind,source,recorded"
ROWS = [f"firms,rivertown,{year},{year},count,actual,paper,2026-01-02" for year in range(1900, 2000)]
(home / "rows.csv").write_text(chr(10).join([HEAD, *ROWS]) + chr(10))
with (base / "industries.toml").open("a", encoding="utf-8") as held:
    held.write(later_economy.FINE)
(home / "wide.csv").write_text(later_economy.wide("paper"))
PACK = {
    "pack.toml": '[pack]\\nname = { en = "Rivers" }\\nabout = { en = "A." }\\n'
    'licence = { en = "None." }\\nadds_to = "cn"\\n',
    "places.toml": '[riverside]\\nname = { en = "Riverside" }\\nrole = "comparison"\\n',
    "like/sources.toml": '[rivers]\\ntitle = "A"\\npublisher = "B"\\ngrade = "weak"\\n',
    "README.md": "Invented.\\n",
}
for name, text in PACK.items():
    (home / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
    (home / "mine" / name).write_text(text, "utf-8")
os.environ["SONGHUA_PACKS"] = str(place / "packs")
CALLS = {
    "import": ["import", place / "case", home / "rows.csv"],
    "review": ["review", place / "case", "--period", "2023", "--out", place / "sheets"],
    "run": ["run", place / "case", "--out", place / "report", "--xlsx", place / "all.xlsx"],
    "new": ["new", place / "new", "--example", "skeleton"],
    "correct": ["correct", place / "case", "firms", "2020", "815", "--recorded", "2026-03-01"],
    "report": ["report", place / "case", "--kind", "annual", "--period", "2023", "--format", "html",
               "--out", place / "sent"],
    "pack": ["pack", "add", home / "mine"],
    "learn": ["choose", place / "case", "--learn-from", home / "wide.csv",
              "--recorded", "2026-03-01"],
}

WHOLE = ("import", "new", "correct", "pack", "learn", "scenario")
ONCE = ("new", "correct", "pack", "scenario")

def work():
    if verb == "scenario":
        try:
            store.add_scenario(store.at(place / "case"), "less", Scenario(Words({"en": "Less"}), leave_out=("mill",)))
        except SonghuaError:
            return 2
        return 0
    with bare_charts():
        return songhua(*CALLS[verb]).code

def fresh():
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    shutil.copytree(base, place / "case")

def tree():
    found = {}
    for file in sorted(place.rglob("*")):
        name = file.relative_to(place).as_posix()
        if file.is_file() and "/.songhua" not in f"/{name}" and not name.startswith("."):
            found[name] = digest(file)
    return found

def digest(file):
    if file.suffix != ".xlsx":
        return hashlib.sha256(file.read_bytes()).hexdigest()
    with zipfile.ZipFile(file) as package:  # without the time at which it was made
        parts = {one: package.read(one) for one in package.namelist() if "docProps" not in one}
    return hashlib.sha256(repr(sorted(parts.items())).encode()).hexdigest()

sync, steps = os.fsync, []

def counted(step):
    # every call to the system that Python tells of is a step; so is a file being made to last
    def count(event, arguments):
        if event.startswith(("open", "os.", "fcntl.", "shutil.")) and event != "os.kill":
            steps.append(event)
            if len(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)
    def told(handle):
        sys.audit("os.fsync")
        sync(handle)
        sys.audit("os.fsync")
    os.fsync = told
    sys.addaudithook(count)

def child(step):
    into, out = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        counted(step)
        try:
            code = work()
            os.write(out, str(len(steps)).encode())
        finally:
            os._exit(code)
    os.close(out)
    with os.fdopen(into) as told:
        said = told.read()
    return os.waitpid(pid, 0)[1], int(said or 0)

fresh()
assert work() == 0  # everything is loaded
fresh()
before = tree()
status, whole = child(0)
assert status == 0
after = tree()
assert after != before, after
new = {name for name in after if after[name] != before.get(name)}
seen = {"steps": whole, "killed": 0, "none": 0, "all": 0, "some": 0, "half": [], "left": []}
every = list(range(1, whole + 1))
chosen = every if kills >= whole else sorted(random.sample(every, kills))
for step in chosen:
    fresh()
    status, _ = child(step)
    seen["killed"] += os.WIFSIGNALED(status)
    if verb in WHOLE:  # as whoever reads the folder next
        for home in (place, place / "case", place / "packs"):
            writing.finish(home)
    now = tree()
    odd = [n for n in {*now, *before} if now.get(n) not in (before.get(n), after.get(n))]
    there = sum(now.get(name) == after[name] for name in new)
    seen["none" if not there else "all" if there == len(new) else "some"] += 1
    if odd or (verb in WHOLE and 0 < there < len(new)):
        seen["half"].append([step, odd, there])
    status, _ = child(0)
    left = [str(one) for one in (place / "case").rglob(writing.TEMPORARY + "*")]
    stood = verb in ONCE and there == len(new)  # and is not written over
    if bool(status) != stood or tree() != after or left:
        seen["left"].append([step, status, left, sorted(set(tree().items()) ^ set(after.items()))])
print(json.dumps(seen))
"""
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork")


def killed(verb: str, home: Path, kills: int, seed: int = 1) -> dict:
    """The observations of a number of kills of a verb, each at another step."""
    path = os.pathsep.join((str(Path(__file__).parents[1]), *sys.path))
    quiet = ("-W", "ignore::DeprecationWarning")  # a fork beside BLAS's threads
    done = subprocess.run(
        [sys.executable, *quiet, "-c", KILLS, verb, home, str(kills), str(seed)],
        env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


VERBS = ("import", "review", "run", "new", "correct", "report", "pack", "learn", "scenario")


@forks
@pytest.mark.parametrize(
    ("verb", "kills"),
    [("review", 4), ("new", 4), ("scenario", 4), pytest.param("run", 6, marks=pytest.mark.deep),
     *(pytest.param(verb, 4, marks=pytest.mark.deep) for verb in ("correct", "pack", "learn")),
     *(pytest.param(verb, 250, marks=pytest.mark.exhaustive) for verb in VERBS)],
)  # fmt: skip
def test_a_verb_that_is_killed_can_be_called_again(verb: str, kills: int, tmp_path: Path) -> None:
    seen = killed(verb, tmp_path, kills)
    assert (seen["half"], seen["left"]) == ([], []), seen
    assert seen["killed"] == min(kills, seen["steps"])
    if kills > 6:  # kills fell before, while and after the files were written
        assert min(seen["none"], seen["all"]) >= 3, seen
