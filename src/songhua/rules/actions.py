"""Actions of a firm: steps that change facts together, at an assumed cost (§11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from songhua.errors import Fault, SonghuaError
from songhua.messages import LANGUAGES, Words
from songhua.rules.fault_kinds import ActionUnreadable, CostUnknown

KEYS = {*LANGUAGES, "adds", "makes", "within", "cost", "most"}


@dataclass(frozen=True)
class Action:
    """One thing that a firm can do, in whole steps.

    `adds` says what a step adds to facts, `makes` which flags it sets (then once at most);
    `within` names facts that may not come to exceed another, as sci-tech staff all staff.
    `cost` is that of a step, `most` the most steps.
    """

    id: str
    words: Words
    adds: Mapping[str, float]
    makes: Mapping[str, bool]
    within: Mapping[str, str]
    cost: float
    most: int

    @property
    def changes(self) -> set[str]:
        """The facts that it changes."""
        return {*self.adds, *self.makes}


def parse_actions(data: Mapping[str, object], file: str) -> tuple[dict[str, Action], list[Fault]]:
    """The actions of a country's `actions.toml`, and those that cannot be read as faults.

    >>> entry = {"en": "Hire", "zh": "招聘", "adds": {"staff": 1}, "cost": 20, "most": 500}
    >>> known, faults = parse_actions({"hire": entry, "fire": {"cost": 0}}, "actions.toml")
    >>> known["hire"].adds, [fault.code for fault in faults]
    ({'staff': 1.0}, ['action_unreadable'])
    """
    actions: dict[str, Action] = {}
    faults: list[Fault] = []
    for id, entry in data.items():
        try:
            actions[id] = _action(id, entry)
        except (KeyError, TypeError, ValueError):
            faults.append(ActionUnreadable(file=file, column=id))
    return actions, faults


def _action(id: str, entry: object) -> Action:
    if not isinstance(entry, Mapping):
        raise TypeError(entry)
    adds, makes, within = (_mapping(entry.get(key, {})) for key in ("adds", "makes", "within"))
    words, cost = Words.of(entry), float(entry["cost"])
    if set(entry) - KEYS or cost <= 0 or not (adds or makes) or not words.complete:
        raise ValueError(entry)
    return Action(
        id,
        words,
        {fact: float(step) for fact, step in adds.items()},
        {fact: bool(flag) for fact, flag in makes.items()},
        {fact: str(cap) for fact, cap in within.items()},
        cost,
        1 if makes else int(entry["most"]),
    )


def _mapping(raw: object) -> dict:
    if not isinstance(raw, Mapping):
        raise TypeError(raw)
    return {str(key): value for key, value in raw.items()}


def priced(actions: Mapping[str, Action], costs: Mapping[str, float] | None) -> dict[str, Action]:
    """The actions at costs of one's own: by action, or by a fact that an action changes.

    An infinite cost takes an action out.

    Raises:
        SonghuaError: `cost_unknown`, for a name that is neither, or a cost that is not above 0.

    >>> hire = Action("hire", Words(), {"staff": 1.0}, {}, {}, 20.0, 500)
    >>> priced({"hire": hire}, {"staff": 5.0})["hire"].cost
    5.0
    """
    repriced = dict(actions)
    for name, cost in (costs or {}).items():
        hit = [action for action in actions.values() if name in (action.id, *action.changes)]
        if not hit or not cost > 0:
            raise SonghuaError(CostUnknown(name=name, names=tuple(actions)))
        for action in hit:
            if cost == float("inf"):
                repriced.pop(action.id, None)
            elif action.id in repriced:
                repriced[action.id] = replace(action, cost=float(cost))
    return repriced
