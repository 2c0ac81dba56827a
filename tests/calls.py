"""Verbs called with odd words on a folder whose place is odd: an answer or faults, and no more.

A verb leaves unchanged the files that it only reads; a refusal leaves everything unchanged.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import chdir, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import asked
import handed_in
import taught
from bare import bare_charts
from commands import songhua
from mutations import CELLS, mutate
from slices import FOLDERS

#: Of each verb, with how many of a hundred: the options that take a word, and those that take none.
VERBS: dict[str, tuple[int, tuple[str, ...], tuple[str, ...]]] = {
    "check": (14, (), ("--json",)),
    "import": (18, ("--answers", "--picture", "--to", "--source", "--recorded"), ("--dry-run", "--forget")),
    "correct": (8, ("--place", "--industry", "--source", "--row", "--published", "--recorded", "--note"), ("--dry-run",)),
    "run": (10, ("--as-of", "--out", "--xlsx"), ("--fresh", "--json", "--replace")),
    "report": (10, ("--kind", "--period", "--format", "--peer", "--since", "--as-of", "--out"), ("--json", "--replace")),
    "review": (8, ("--period", "--out"), ("--replace",)),
    "new": (6, ("--example",), ()),
    "new ": (8, ("--country", "--like", "--name", "--currency", "--base-year", "--plan"), ()),
    "pack": (8, (), ()),
    "choose": (8, ("--indicator", "--step", "--below", "--learn-from", "--recorded", "--as-of", "--xlsx"), ("--json", "--blocks")),
    "brief": (3, ("--as-of",), ("--json", "--blocks")),
    "accounts": (3, ("--as-of", "--until"), ("--json", "--blocks")),
    "certify": (8, ("--status", "--on", "--firm", "--html"), ("--small-cells", "--json", "--blocks", "--replace")),
    "diagnose": (6, ("--as-of", "--until", "--xlsx"), ("--json", "--blocks")),
    "track": (6, ("--as-of", "--until", "--xlsx"), ("--json", "--blocks")),
    "claims": (3, ("--as-of", "--width"), ("--json", "--blocks")),
    "month": (6, ("--as-of", "--period", "--peer", "--since"), ("--json", "--blocks")),
    "simulate": (2, ("--as-of", "--scenario", "--draws"), ("--json",)),
    "upgrade": (3, (), ("--dry-run", "--json")),
}  # fmt: skip
USUAL = {
    "--period": asked.PERIODS, "--as-of": asked.DAYS, "--since": asked.DAYS, "--on": asked.DAYS,
    "--until": asked.PERIODS, "--kind": ("monthly", "annual", "midterm"),
    "--format": ("html", "json", "docx"), "--peer": ("upland", "rivertown"), "--lang": ("en", "zh"),
    "--example": ("skeleton", ""), "--status": ("cn/size-class", "eu/sme", "cn/sci-tech-sme"),
    "--firm": ("X00001", "x"), "--width": ("1", "3", "0"), "--draws": ("40", "45", "1"),
    "--scenario": ("late", ""),
}  # fmt: skip
USUAL |= {
    "--place": ("rivertown", "高地", "upland"), "--industry": ("all", "food", "tools"), "--row": ("economy.csv:3", "x:1"),
    "--source": ("paper", "A paper"), "--published": asked.DAYS, "--recorded": asked.DAYS, "--note": ("why, so", "故"),
}  # fmt: skip
#: What is corrected, usually: an indicator, a period and a number.
FIGURES = (
    ("gdp", "生产总值", "gdp_growth", "firms"),
    asked.PERIODS,
    ("10.2", "-3", "约12", "5 bn EUR", *asked.NUMBERS),
)
USUAL |= {
    "--country": ("cn", "us", "generic", "Germany", "美国"), "--like": ("changchun", "长春", "utah", "rivertown"),
    "--name": ("Rivertown", "河城", ""), "--currency": ("EUR", "CHF"), "--base-year": ("2020", "2025"),
    "--plan": ("Plan 2026 to 2030", "规划"), "--indicator": ("gdp", "firms"), "--step": ("0", "1", "5"), "--below": ("0.8", "0.5"),
    "--to": ("observations", "targets"),
}  # fmt: skip
PLACES = ("--out", "--xlsx", "--html", "--answers", "--picture", "--learn-from")
#: The usual values of options.
HANDED = {"--answers": "answers.toml", "--learn-from": "panel.csv"}
#: Verbs that write into the folder they are given.
WRITE = ("import", "correct", "upgrade", "new")
#: What a terminal would take for a command.
UNSEEN = ("\x1b", "\x07", "\x9b", "\u202e", "\r")
NAMES = ("out", "a b", "河城", "-", "--", "~", ".", "..", "a\nb", "\x1b[31m", "\udcff", "{x}", "[red]x[/]",
         "a" * 300, "x/y/z", "con", "x.csv", "x.xlsx", "x.html", "loop", "gone", "pipe", "file", "closed",
         "one/region.toml", "one/observations", "one", "one/.songhua", "/dev/null", "/dev/zero/x", "\u202ex")  # fmt: skip


def _spot(rng: Random, one: Path) -> None:
    """A name of the folder, or a new one, stands for what it should not."""
    held = sorted(file for file in one.rglob("*") if not file.is_symlink())
    news = (b"observations/\xff.csv", b"observations/a\nb.csv", b"observations/\x1b[2J.csv",
            b"observations/X.CSV", b"observations/.csv", b"panels/" + b"p" * 240 + b".csv",
            "observations/\u202evsc.csv".encode(), b"observations/[red]{x}.csv", b"reviews/x.csv",
            b"plan/scenarios/x.toml", b".songhua/x", b".git", b"tables/x.xlsx", b"register/secret.txt",
            b"plan/plan.toml", b"observations/x.parquet", b".songhua", b"reviews", b"plan/scenarios")  # fmt: skip
    spot = rng.choice(held) if held and rng.random() < 0.5 else one / os.fsdecode(rng.choice(news))
    _odd_at(rng, spot, one)


def _odd_at(rng: Random, spot: Path, one: Path) -> None:
    """A name stands for a link, a pipe, a folder, or a file of another content."""
    with suppress(OSError):
        spot.parent.mkdir(parents=True, exist_ok=True)
        if spot.exists() and spot.is_file() and rng.random() < 0.9:
            spot.unlink()
        elif spot.is_dir():
            spot.rename(spot.with_name(f"{spot.name}-old"))
        others = sorted(file for file in one.rglob("*") if not file.is_symlink())
        rng.choice((
            lambda: spot.symlink_to(spot), lambda: spot.symlink_to(one / "gone"),
            lambda: spot.symlink_to("/dev/zero"), lambda: spot.symlink_to(one),
            lambda: spot.symlink_to(rng.choice(others)), lambda: os.mkfifo(spot), spot.mkdir,
            lambda: spot.write_bytes(b""), lambda: spot.write_bytes(rng.randbytes(300)),
            lambda: spot.write_text(rng.choice(CELLS), errors="surrogatepass"),
            lambda: (spot.mkdir(), (spot / "deeper").mkdir()),
            lambda: (spot.write_bytes(b"x\n"), spot.chmod(0)), lambda: (spot.mkdir(), spot.chmod(0)),
        ))()  # fmt: skip


def _pack(rng: Random, home: Path) -> None:
    """A pack to be added; often with a part that is other than it should be."""
    for name, data in taught.PACK.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(mutate(rng, name, data) if rng.random() < 0.1 else data)
    if rng.random() < 0.3:
        _odd_at(rng, home / rng.choice((*taught.PACK, "like/panels/x.csv", "x.toml")), home)


def _beside(rng: Random, home: Path) -> None:
    """Other files in the folder where the verbs are called."""
    (home / "loop").symlink_to(home / "loop")
    (home / "gone").symlink_to(home / "nowhere")
    os.mkfifo(home / "pipe")
    (home / "file").write_text("a file of somebody")
    (home / "closed").mkdir()
    name = rng.choice(sorted(handed_in.originals()))
    whole = handed_in.originals()[name]
    (home / f"in.{name.rpartition('.')[2]}").write_bytes(
        whole if rng.random() < 0.4 else handed_in.spoiled(rng, name)
    )
    (home / "answers.toml").write_text(handed_in.ANSWERS, "utf-8")
    panel = "panel.csv"
    spoiled = rng.random() < 0.5
    (home / panel).write_bytes(
        handed_in.spoiled(rng, panel) if spoiled else handed_in.originals()[panel]
    )
    _pack(rng, home / "rivers")


def words(rng: Random, home: Path) -> list[str]:
    """A verb and what it is given."""
    verb = rng.choices(list(VERBS), [weight for weight, *_ in VERBS.values()])[0]
    _, taking, flags = VERBS[verb]
    given = [verb.strip(), "fresh" if verb.startswith("new") else "one"]
    if verb == "pack":
        given[1:] = [rng.choice(("add", "add", "add", "show", "list"))]
        given += ["rivers"] if given[1] != "list" else []
    if rng.random() < 0.1 and given[-1] != "list":
        given[-1] = rng.choice(NAMES)
    if verb == "import":
        (handed,) = home.glob("in.*")
        given.append(handed.name if rng.random() < 0.85 else rng.choice(NAMES))
    if verb == "correct":
        given += [rng.choice(CELLS if rng.random() < 0.1 else usual) for usual in FIGURES]
    for option in (*taking, "--lang"):
        if rng.random() < (0.9 if option == "--period" else 0.4):
            usual = NAMES if option in PLACES else USUAL[option]
            odd = (*CELLS, *NAMES) if rng.random() < 0.3 and option not in PLACES else usual
            given += [
                option,
                rng.choice((HANDED[option], rng.choice(odd)))
                if option in HANDED
                else rng.choice(odd),
            ]
    given += [flag for flag in flags if rng.random() < 0.25]
    return [one.replace("\0", "") for one in given if len(one) < 5000]


def state(one: Path) -> dict[str, str]:
    """Every file of a folder with its content, except results kept there."""
    found = {}
    for file in sorted(one.rglob("*")):
        name = os.fsencode(file.relative_to(one)).decode("utf-8", "backslashreplace")
        if name.startswith((".songhua", "register/secret")):
            continue
        kind = stat.S_IFMT(file.lstat().st_mode)
        open_ = stat.S_ISREG(kind) and os.access(file, os.R_OK)
        data = file.read_bytes() if open_ else b""
        found[name] = f"{kind} {hashlib.sha256(data).hexdigest()}"
    return found


def call(rng: Random) -> str:
    """One verb, called where something is odd."""
    with TemporaryDirectory() as place, chdir(place), bare_charts():
        home = Path(place)
        one = home / "one"
        files = FOLDERS[rng.choices(("made_up", "evaluated", "register", "built"), (5, 3, 2, 1))[0]]
        for name, data in files.items():
            (one / name).parent.mkdir(parents=True, exist_ok=True)
            (one / name).write_bytes(data)
        _beside(rng, home)
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            _spot(rng, one)
        asked_for = words(rng, home)
        before, beside = state(one), (home / "file").read_bytes()
        done = songhua(*asked_for, SONGHUA_PACKS=str(home / "packs"))
        same = state(one) == before
        assert done.code in (0, 2), f"exit code {done.code}: {asked_for}"
        assert "Traceback" not in done.out + done.err, asked_for
        told = {"--json", "--blocks"} & set(asked_for)
        assert done.code == 0 or done.err or told, f"silent: {asked_for}"
        seen = [repr(sign) for sign in UNSEEN if sign in done.out + done.err]
        assert told or not seen, f"{seen} printed: {asked_for}"  # data says what it is
        inside = any(word.startswith("one") for word in asked_for[2:])
        writes = asked_for[0] in WRITE or inside or "--learn-from" in asked_for
        assert same or (writes and done.code == 0), f"the folder changed: {asked_for}"
        assert (home / "file").read_bytes() == beside or "--replace" in asked_for, asked_for
        for closed in home.rglob("*"):
            if not closed.is_symlink() and (closed.is_dir() or closed.is_file()):
                closed.chmod(0o700)
        return f"{asked_for[0]} {done.code}"
