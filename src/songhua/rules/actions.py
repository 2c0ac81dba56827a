"""What a firm can do: steps that change facts together, with an assumed cost (§11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.rules.book import Rulebook
from songhua.rules.load import toml

KEYS = {"en", "zh", "adds", "makes", "within", "cost", "most"}


@dataclass(frozen=True)
class Action:
    """One thing that a firm can do, in whole steps.

    `adds` says what a step adds to facts, `makes` which flags it sets (then once at most);
    `within` names facts that may not come to exceed another, as sci-tech staff all staff.
    """

    id: str
    en: str
    zh: str
    adds: Mapping[str, float]
    makes: Mapping[str, bool]
    within: Mapping[str, str]
    cost: float
    most: int

    def words(self, lang: str) -> str:
        """What the action is, in one language."""
        return self.zh if lang == "zh" else self.en


def actions(book: Rulebook) -> dict[str, Action]:
    """The actions of the rulebook's country that touch a fact it asks for.

    Raises:
        SonghuaError: `action_unreadable`.
    """
    country = book.id.split("/")[0]
    if isinstance(book.folder, Path):
        entry: Any = book.folder.parent / "actions.toml"
    else:
        entry = files("songhua") / "rulebooks" / country / "actions.toml"
    if not entry.is_file():
        return {}
    data, faults = toml(entry, f"{country}/actions.toml")
    found: dict[str, Action] = {}
    for id, row in data.items():
        try:
            found[id] = _action(id, row)
        except (KeyError, TypeError, ValueError, AttributeError):
            faults.append(Fault("action_unreadable", file=f"{country}/actions.toml", column=id))
    if faults:
        raise SonghuaError(*faults)
    return {
        id: act
        for id, act in found.items()
        if (act.adds.keys() | act.makes.keys()) & book.facts.keys()
    }


def _action(id: str, row: Mapping[str, Any]) -> Action:
    if set(row) - KEYS or float(row["cost"]) <= 0 or not (row.get("adds") or row.get("makes")):
        raise ValueError(row)
    adds = {str(k): float(v) for k, v in row.get("adds", {}).items()}
    makes = {str(k): bool(v) for k, v in row.get("makes", {}).items()}
    most = 1 if makes else int(row["most"])
    return Action(
        id, row["en"], row["zh"], adds, makes, row.get("within", {}), float(row["cost"]), most
    )


def priced(known: Mapping[str, Action], costs: Mapping[str, float] | None) -> dict[str, Action]:
    """The actions at costs of one's own: by action, or by a fact that an action changes.

    An infinite cost takes an action out.

    Raises:
        SonghuaError: `cost_unknown`, for a name that is neither, or a cost that is not above 0.
    """
    found = dict(known)
    for name, cost in (costs or {}).items():
        hit = [a for a in known.values() if name == a.id or name in a.adds or name in a.makes]
        if not hit or not cost > 0:
            params = {"name": name, "names": ", ".join(known)}
            raise SonghuaError(Fault("cost_unknown", params=params))
        for action in hit:
            if cost == float("inf"):
                found.pop(action.id, None)
            elif action.id in found:
                found[action.id] = replace(action, cost=float(cost))
    return found
