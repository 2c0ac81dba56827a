"""The name of what a target measures, from the tokens that are no other words."""

from __future__ import annotations

import re

from songhua.errors import SonghuaError
from songhua.messages import script_of
from songhua.plan.fault_kinds import TargetCompared, TargetUnit, TargetUnjoined, TargetUnread
from songhua.plan.target_names import same_thing, share_of
from songhua.plan.target_phrases import unreadable, vocabulary
from songhua.plan.target_reader import Reader
from songhua.plan.target_times import Token

# What behind a number is a unit or a scale that is not known: MW, 万亿.
UNIT_LIKE = re.compile(r"[A-Za-z]{1,3}\b|[A-Za-z]*[A-Z]|[\u4e07\u4ebf\u5343\u767e]|[^\w\s]")
# A share of the task, not of a thing.
OF_TASK = re.compile(
    r"[%\d]\s*of (?:the |its |this )?(?:\w+ )?(?:target|goal|task|plan)s?\b"
    r"|完成[^,。;]{0,12}%的?[^,。;]{0,4}(?:目标|任务)",
    re.I,
)
# Whose figure it is, before a verb and its object: 全省压减煤炭消费量.
AREA = re.compile(r"[全本我][国省市区县]|[\u4e00-\u9fff]{2,7}[省市县区州盟旗]")
# What may stand within a name: 城镇新增就业, 技术市场交易累计总额.
WITHIN = ("addition", "pace", "effort")
# What is counted: the plural in English.
PLURAL = re.compile(r"[^s\W]s\b|\b(?:\w*(?:wo)?men|\w*children|people|staff|sheep|fish)\b", re.I)
SPOKEN = ("sense", "rate", "addition", "course", "peer", "multiple", "whole")


def subject_of(reader: Reader) -> str:
    """The one name of what is measured.

    >>> from songhua.plan import parse_target
    >>> [parse_target(t).subject for t in ("城镇新增就业8万人", "reach two thirds of households")]
    ['城镇就业', 'share of households']
    """
    names, whole = reader.of("name"), reader.single_meaning("whole")
    if task := OF_TASK.search(reader.text):
        raise SonghuaError(TargetCompared(text=task[0]))
    for name in names:
        if fault := unreadable(name.says):
            raise SonghuaError(fault)
    for name in names:
        if not _of_which(reader, name):
            _check_behind(reader, name)
    all_names = names
    if len(names) == 2:
        names = _of_two(reader, names)
    if len(names) > 1:
        raise SonghuaError(TargetUnread(text=names[1].says[:80]))
    for name in all_names:
        _check_joined(reader, name)
    subject = names[0].says if names else ""
    subject += ")" * (subject.count("(") - subject.count(")"))
    if names and _of_which(reader, names[0]):
        return share_of(subject)
    if whole.endswith("的"):
        return f"{subject}占{whole[:-1]}比重"
    return f"{subject or 'share'} {whole}" if whole else subject


def _of_two(reader: Reader, names: list[Token]) -> list[Token]:
    """Two names as one, where they are: about a word, a part and its whole, or the same thing."""
    first, second = names
    between = {t.kind for t in reader.tokens if first.end <= t.start < second.start}
    joined = first.says + second.says
    acted = between <= {"sense", "plain"} and "sense" in between and script_of(joined) == "zh"
    future = any(reader.text[t.start : t.end] == "将" for t in reader.of("plain"))
    if acted and (future or AREA.fullmatch(first.says)):
        return [Token("name", joined, first.start, second.end)]
    if between == {"addition"} or (between and between <= set(WITHIN) and script_of(joined)):
        return [Token("name", joined, first.start, second.end)]
    if between == {"whole"}:
        return [first]
    if reader.has("peer", "peer_growth"):
        if not same_thing(first.says, second.says):
            raise SonghuaError(TargetCompared(text=second.says))
        return [first]  # "GDP growth faster than the national economy"
    if _of_which(reader, second) and not script_of(joined):
        return [Token("name", f"{first.says} of {second.says}", first.start, first.end)]
    return names


def _of_which(reader: Reader, name: Token) -> bool:
    """True for a name behind a part that is its whole: "two thirds of households"."""
    counted = [t for t in reader.numbers if t.end <= name.start]
    if (
        not counted
        or counted != reader.numbers
        or not (any("/" in number.says for number in counted) or reader.unit() in ("%", "‰"))
    ):
        return False
    spoken = (*SPOKEN, "to", "sense") if not reader.aimed else SPOKEN[1:]
    between = [t for t in reader.tokens if counted[-1].end <= t.start < name.start]
    if reader.has(*spoken) or any(t.kind not in ("unit", "bound", "plain") for t in between):
        return False
    if any(reader.text[t.start] == "(" for t in between):
        return False
    words = {reader.text[t.start : t.end].lower() for t in between if t.kind == "plain"}
    return bool(words & {"of", "的"}) or (len(counted) == 1 and script_of(name.says) == "zh")


def _check_behind(reader: Reader, name: Token) -> None:
    """A name right behind a number may be no unit that is not known, and no whole of a part."""
    earlier = [t for t in reader.tokens if t.end <= name.start]
    last = earlier[-1] if earlier else None
    if last is None:
        return
    if last.kind == "number" and UNIT_LIKE.match(name.says):
        raise SonghuaError(TargetUnit(unit=name.says.split()[0]))
    behind = any(t.end <= name.start for t in reader.numbers)
    share = behind and last.kind == "unit" and last.says in ("%", "pp")
    moved = earlier[0].kind == "sense" and not reader.of("name")[0].end <= last.start
    share = share and not moved
    if share or (behind and script_of(name.says) and last.kind not in ("unit", "addition")):
        raise SonghuaError(TargetUnread(text=name.says[:80]))
    part = any("/" in t.says and t.end <= name.start for t in reader.numbers)
    if part and not reader.has("sense", "peer"):
        raise SonghuaError(TargetCompared(text=name.says))


def _check_joined(reader: Reader, name: Token) -> None:
    """A name and its number are joined by a word or a mark, or stand as heading or things counted.

    Of "humble 5 %", "grow humble 5 %" and "500 humble" nobody knows whether the word is a name. A
    heading begins the text with a capital, what is counted stands in the plural, and in Chinese
    only what takes an object is followed by one (压减产能, but not 增长产能).
    """
    earlier = [t for t in reader.tokens if t.end <= name.start]
    later = [t for t in reader.tokens if t.start >= name.end]
    if script_of(name.says):
        verb = reader.text[earlier[-1].start : earlier[-1].end] if earlier else ""
        if verb.removeprefix("再") in vocabulary()["grammar"]["intransitive"]:
            raise SonghuaError(TargetUnjoined(text=name.says[:80]))
        return
    if later and later[0].kind == "number":
        heading = not earlier and name.says[0].isupper()
        compared = any(t.start > later[0].end for t in reader.of("base"))
        if not (heading or compared or reader.text[later[0].start - 1] in ",;:)"):
            raise SonghuaError(TargetUnjoined(text=name.says[:80]))
    bare = bool(earlier) and earlier[-1].kind in ("number", "scale") and not reader.has("unit")
    if bare and "/" not in earlier[-1].says and not PLURAL.search(name.says):
        raise SonghuaError(TargetUnjoined(text=name.says[:80]))
