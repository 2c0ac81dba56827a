"""Packs, wider panels and files of `learnt/`: spoiled, and read as songhua reads them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from mutations import mutate
from slices import WHOLE
from songhua import session
from songhua.messages import Words
from songhua.region.learnt import read as read_learnt
from songhua.region.learnt import written
from songhua.store import learnt, packs

LEARNT = WHOLE["washington"]["learnt/gdp-5.json"]
#: A pack that adds one place with its panel.
PACK = {
    "pack.toml": b"""[pack]
name = { en = "Towns on rivers", zh = "\xe6\xb2\xbf\xe6\xb1\x9f" }
about = { en = "One invented town.", zh = "\xe8\x99\x9a\xe6\x9e\x84" }
licence = { en = "Invented.", zh = "\xe8\x99\x9a\xe6\x9e\x84" }
base_year = 2025
""",
    "territories.csv": "code,en,zh,money,own\nXA,Alpha,甲国,m EUR,\nXB,Beta,乙国,100m CHF,Bé; Bö\n".encode(),
    "places.toml": '[rivertown]\nname = { en = "Rivertown", zh = "河城" }\nrole = "comparison"\n'.encode(),
    "README.md": b"Invented, to show the form.\n",
    "folder/sources.toml": b'[book]\ntitle = "Yearbook of $name_en"\npublisher = "Nobody"\ngrade = "weak"\n',
    "like/sources.toml": b'[rivers]\ntitle = "Yearbook"\npublisher = "Nobody"\ngrade = "weak"\n',
}  # fmt: skip
PLAIN_VALUES = (
    math.nan, math.inf, -math.inf, 1e308, -1e308, 1e-308, 0, -1, 1, 10**18, 10**400, "", "x", "food", True, False,
    None, [], {}, [1], {"a": 1}, "\u202e", "2021", "9999", "0001", "2020-Q1", "entry", "plain",
)  # fmt: skip
BEGUN = packs.Beginning(
    "rivertown", Words({"en": "Rivertown", "zh": "河城"}), "alpha", Words({"en": "Alpha"}), (),
    "m EUR", 2025, Words({"en": "Plan of $name_en"}), "rivertown",
)  # fmt: skip


def wider(data: bytes, region: Any) -> str:
    """A panel of more places than a folder knows, read."""
    learnt.wider_panel(data, "panel.csv", region)
    return "panel"


def learnt_file(rng: Random) -> str:
    """A file of `learnt/` with other values, often sealed anew: its digest is then right."""
    text = LEARNT.decode()
    if rng.random() < 0.3:
        text = mutate(rng, "learnt.json", text.encode()).decode("utf-8", "replace")
    else:
        content = json.loads(text)
        del content["digest"]
        for _ in range(rng.choice((1, 1, 2, 5))):
            other_value(rng, content)
        text = written(content)
    read_learnt(text, "learnt/x.json").text()
    return "learnt"


def other_value(rng: Random, content: Any) -> None:
    """One value of plain data becomes another, goes, or stands twice."""
    at: Any = content
    while True:
        key = rng.choice(sorted(at) if isinstance(at, dict) else range(len(at)))
        if not isinstance(at[key], dict | list) or not at[key] or rng.random() < 0.1:
            break
        at = at[key]
    if rng.random() < 0.2:
        del at[key]
    elif isinstance(at, list) and rng.random() < 0.2:
        at.insert(key, at[key])
    elif type(at[key]) is float and rng.random() < 0.4:
        at[key] = float(at[key]) * rng.choice((-1, 0, 1000, 1e-9, 1e200, 1.01))
    else:
        at[key] = rng.choice(PLAIN_VALUES)


def pack(rng: Random) -> str:
    """A pack of which a file is other than it should be."""
    with TemporaryDirectory() as place:
        home = Path(place) / "rivers"
        spoils = rng.choice(sorted(PACK))
        for name, data in PACK.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes(mutate(rng, name, data) if name == spoils else data)
        found = packs.read_pack(home)
        packs.composed(found, [], BEGUN, session.example("skeleton"))
    return "pack"
