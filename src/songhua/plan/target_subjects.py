"""The name of what a target measures, from the tokens that are no other words."""

from __future__ import annotations

import re

from songhua.errors import SonghuaError
from songhua.messages import script_of
from songhua.plan.target_names import same_thing, share_of
from songhua.plan.target_phrases import unreadable
from songhua.plan.target_reader import Reader, fail
from songhua.plan.target_times import Token

# What behind a number is a unit or a scale that is not known: MW, 万亿.
UNIT_LIKE = re.compile(r"[A-Za-z]{1,3}\b|[A-Za-z]*[A-Z]|[\u4e07\u4ebf\u5343\u767e]|[^\w\s]")
# A share of the task, not of a thing.
OF_TASK = re.compile(
    r"[%\d]\s*of (?:the |its |this )?(?:\w+ )?(?:target|goal|task|plan)s?\b"
    r"|完成[^,。;]{0,12}%的?[^,。;]{0,4}(?:目标|任务)", re.I
)  # fmt: skip
# What may stand within a name: 城镇新增就业, 技术市场交易累计总额.
WITHIN = ("addition", "pace", "effort")
SPOKEN = ("sense", "rate", "addition", "course", "peer", "multiple", "whole")


def subject_of(reader: Reader) -> str:
    """The one name of what is measured.

    >>> from songhua.plan import parse_target
    >>> [parse_target(t).subject for t in ("城镇新增就业8万人", "reach two thirds of households")]
    ['城镇就业', 'share of households']
    """
    names, whole = reader.of("name"), reader.only("whole")
    if task := OF_TASK.search(reader.text):
        fail("target_compared", text=task[0])
    for name in names:
        if fault := unreadable(name.says):
            raise SonghuaError(fault)
        if not _of_which(reader, name):
            _check_behind(reader, name)
    if len(names) == 2:
        names = _of_two(reader, names)
    if len(names) > 1:
        fail("target_unread", text=names[1].says[:80])
    said = names[0].says if names else ""
    said += ")" * (said.count("(") - said.count(")"))
    if names and _of_which(reader, names[0]):
        return share_of(said)
    if whole.endswith("的"):
        return f"{said}占{whole[:-1]}比重"
    return f"{said or 'share'} {whole}" if whole else said


def _of_two(reader: Reader, names: list[Token]) -> list[Token]:
    """Two names as one, where they are: about a word, a part and its whole, or the same thing."""
    first, second = names
    between = {t.kind for t in reader.tokens if first.end <= t.start < second.start}
    joined = first.says + second.says
    if between == {"addition"} or (between and between <= set(WITHIN) and script_of(joined)):
        return [Token("name", joined, first.start, second.end)]
    if between == {"whole"}:
        return [first]
    if reader.has("peer", "peer_growth"):
        if not same_thing(first.says, second.says):
            fail("target_compared", text=second.says)
        return [first]  # "GDP growth faster than the national economy"
    if _of_which(reader, second) and not script_of(joined):
        return [Token("name", f"{first.says} of {second.says}", first.start, first.end)]
    return names


def _of_which(reader: Reader, name: Token) -> bool:
    """Whether a name behind a part is what the part is of: "two thirds of households"."""
    counted = [t for t in reader.numbers if t.end <= name.start]
    if len(counted) != 1 or not ("/" in counted[0].says or reader.unit() in ("%", "‰")):
        return False
    spoken = (*SPOKEN, "to", "sense") if not reader.aimed else SPOKEN[1:]
    between = [t for t in reader.tokens if counted[0].end <= t.start < name.start]
    if reader.has(*spoken) or any(t.kind not in ("unit", "bound", "plain") for t in between):
        return False
    words = {reader.text[t.start : t.end].lower() for t in between if t.kind == "plain"}
    return bool(words & {"of", "的"}) or script_of(name.says) == "zh"


def _check_behind(reader: Reader, name: Token) -> None:
    """A name right behind a number may be no unit that is not known, and no whole of a part."""
    told = [t for t in reader.tokens if t.end <= name.start]
    last = told[-1] if told else None
    if last is None:
        return
    if last.kind == "number" and UNIT_LIKE.match(name.says):
        fail("target_unit", unit=name.says.split()[0])
    behind = any(t.end <= name.start for t in reader.numbers)
    share = behind and last.kind == "unit" and last.says in ("%", "pp")
    share = share and not (told[0].kind == "sense" and not reader.of("name")[0].end <= last.start)
    if share or (behind and script_of(name.says) and last.kind not in ("unit", "addition")):
        fail("target_unread", text=name.says[:80])
    part = any("/" in t.says and t.end <= name.start for t in reader.numbers)
    if part and not reader.has("sense", "peer"):
        fail("target_compared", text=name.says)
