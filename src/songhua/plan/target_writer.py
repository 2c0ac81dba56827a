"""A target's values written as text: its own words, or plain ones of a language's catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from songhua import messages
from songhua.errors import SonghuaError
from songhua.plan.target_parser import parse_target
from songhua.plan.targets import Target, number
from songhua.plan.vocabulary import Bound, Quantity

Show = Callable[[float, str], str]


def format_target(target: Target, lang: str = "") -> str:
    """The text of a target: its own words where they still say what the values say.

    A target whose values were changed, or that has no words yet, or a language that is asked
    for, gets plain words; these read back to the same values.

    >>> text = "地区生产总值年均增长5.5%—6%"
    >>> format_target(parse_target(text)) == text
    True
    >>> format_target(parse_target("年均增长5.5%—6%"), "en")
    'grow by 5.5 to 6 % a year'
    >>> format_target(replace(parse_target("6%左右"), low="7"))
    '7%左右'
    """
    if target.words and not lang:
        text = "".join(str(getattr(target, slot)) if slot else word for slot, word in target.words)
        if _same(text, target):
            return text
    return written(target, lang or _language(target))


def _same(text: str, target: Target) -> bool:
    try:
        return parse_target(text) == target
    except SonghuaError:
        return False


def _language(target: Target) -> str:
    """The language of the words that the target came with."""
    return messages.language_of("".join(word for slot, word in target.words if not slot))


def written(target: Target, lang: str, show: Show | None = None) -> str:
    """The target in plain words of one language, whatever words it came with.

    `show` writes a number with its unit as a reader likes it; such words may not read back.

    >>> written(parse_target("at least 6 % a year"), "zh")
    '年均6%以上'
    """
    made = _Writer(lang, messages.catalogue(lang)["target"], show).text(target)
    nature = messages.choice("nature", target.nature, lang) if target.nature else ""
    return made + messages.language(lang).bracketed(nature) if nature else made


@dataclass(frozen=True)
class _Writer:
    """The words for targets in one language (section `target` of its catalogue)."""

    lang: str
    words: Mapping[str, Any]
    show: Show | None

    @property
    def gap(self) -> str:
        """What stands between two words."""
        return messages.language(self.lang).gap

    def text(self, target: Target) -> str:
        """All parts of a target in the order of the language."""
        first, _, last = target.span.partition("..")
        parts = {
            "subject": self.say("subject", text=target.subject) if target.subject else "",
            "when": self.one_of("when", target.by, year=target.by),
            "span": self.one_of("span", "years" if last else target.span, first=first, last=last),
            "base": self.one_of("base", target.base, year=target.base),
            "pace": self.words["pace"].get(target.pace, ""),
            "effort": "" if target.stretch else self.words["effort"].get(target.effort, ""),
            "core": self.core(target),
        }
        made = self.gap.join(parts[name] for name in self.words["order"] if parts[name])
        if not target.stretch:
            return made
        return self.say("stretch", target=made, amount=self.amount(_plain(target, target.stretch)))

    def say(self, key: str, **params: object) -> str:
        """A pattern of the section, filled."""
        return messages.fill(self.words[key], params)

    def one_of(self, group: str, key: str, **params: object) -> str:
        """The pattern of a group for a key, or that for any other; blank for no key."""
        patterns = self.words[group]
        return messages.fill(patterns.get(key, patterns["other"]), params) if key else ""

    def amount(self, target: Target) -> str:
        """The number with its unit and the word beside it."""
        low, high = target.low, target.high
        joined = self.say("range", low=low, high=high) if high else low
        amount = f"{joined}{self.gap}{self.unit(target.unit)}".strip()
        if self.show is not None and target.unit not in ("", "%", "pp", "x") and low and not high:
            amount = self.show(number(low), target.unit)
        return messages.fill(self.words["bound"].get(_bound(target), "{n}"), {"n": amount})

    def unit(self, unit: str) -> str:
        """A unit in words, where the language writes its units so and has a word for this one."""
        if not self.words["unit_words"] or unit in ("%", "‰"):
            return unit
        words = messages.catalogue(self.lang)["units"].get(unit)
        return words[0] if words else f" {unit}" if unit else ""

    def core(self, target: Target) -> str:
        """The verb and the number, or the words without one."""
        if target.margin:
            course = self.words["course"][target.course]
            amount = self.amount(replace(target, low=target.margin, soft=False))
            return self.say("margin", course=course, amount=amount)
        if target.quantity == Quantity.COURSE:
            parts = self.words["verb"].get(target.sense, ""), self.words["course"][target.course]
            return self.gap.join(filter(None, parts))
        amount = self.amount(target)
        if target.quantity == Quantity.MULTIPLE:
            fixed = target.low if target.sense and not target.bound else "other"
            return self.one_of("multiple", fixed, amount=amount)
        if target.held:
            held, rates = self.words["held"], target.quantity == Quantity.GROWTH
            pattern = held.get(f"{target.held}_{_bound(target)}") or held[target.held]
            parts = (
                self.words["rate"][target.sense] if rates else "",
                messages.fill(pattern, {"amount": amount}),
            )
            return self.gap.join(filter(None, parts))
        group = "reach" if target.quantity == Quantity.LEVEL else "move"
        if not target.start:
            pattern = self.words[group].get(target.sense, "{amount}")
            return messages.fill(pattern, {"amount": amount})
        start = self.amount(replace(_plain(target, target.start), soft=False))
        return self.one_of(f"{group}_from", target.sense or "other", start=start, amount=amount)


def _bound(target: Target) -> Bound:
    """The word beside the number: a range with "about" has that."""
    return Bound.ABOUT if target.soft else target.bound


def _plain(target: Target, low: str) -> Target:
    """The target with a number of its own and no word beside it."""
    return replace(target, low=low, high="", bound=Bound.NONE)
