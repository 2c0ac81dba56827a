"""A target's values written as text: its own words, or plain ones of a language's catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from songhua import messages
from songhua.errors import SonghuaError
from songhua.grammar.lexicon import words
from songhua.grammar.names import Names
from songhua.plan.fault_kinds import TargetUnwritable
from songhua.plan.target_parser import parse_target
from songhua.plan.targets import Target, number
from songhua.plan.vocabulary import Bound, Quantity, Relation

_MONTHS = tuple(month.capitalize() for month in words()["months"])
Show = Callable[[float, str], str]


def format_target(target: Target, lang: str = "") -> str:
    """The text of a target in plain words, made from its fields alone; it reads back to them.

    Without a language, that of the name of what is measured is taken, else English.

    Raises:
        SonghuaError: `target_unwritable`, where the fields do not go together, so that words
            would say less than they do.

    >>> format_target(parse_target("地区生产总值年均增长5.5%—6%"))
    '地区生产总值年均增长5.5%—6%'
    >>> format_target(parse_target("年均增长5.5%—6%"), "en")
    'grow by 5.5 to 6 % a year'
    >>> format_target(replace(parse_target("6%左右"), low="7"), "zh")
    '7%左右'
    """
    names = [field.name for field in fields(target) if getattr(target, field.name)]
    try:
        text = written(target, lang or messages.language_of(target.subject))
        again = parse_target(text, Names((target.subject,), (target.peer,)))
        if again == target:
            return text
        names = [name for name in names if getattr(again, name) != getattr(target, name)] or names
    except (SonghuaError, KeyError):
        pass
    settings = tuple(f"{name} = {getattr(target, name)}" for name in names)
    raise SonghuaError(TargetUnwritable(text=settings))


def written(target: Target, lang: str, show: Show | None = None) -> str:
    """The target in plain words of one language, whatever words it came with.

    `show` writes a number with its unit as a reader likes it; such words may not read back.

    >>> written(parse_target("at least 6 % a year"), "zh")
    '年均6%以上'
    """
    text = _Writer(lang, messages.catalogue(lang)["target"], show).text(target)
    nature = messages.choice("nature", target.nature, lang) if target.nature else ""
    return text + messages.language(lang).bracketed(nature) if nature else text


@dataclass(frozen=True)
class _Writer:
    """The words for targets in one language (section `target` of its catalogue)."""

    lang: str
    words: Mapping[str, Any]
    show: Show | None

    @property
    def gap(self) -> str:
        """The gap between two words in the language."""
        return messages.language(self.lang).gap

    def fill(self, pattern: str, params: Mapping[str, object]) -> str:
        """A pattern with its parameters filled in."""
        return messages.fill(pattern, params, self.lang)

    def text(self, target: Target) -> str:
        """All parts of a target in the order of the language."""
        parts = {
            "subject": self.subject(target.subject) if target.subject else "",
            "when": self.when(target.by),
            "span": self.span(target.span),
            "base": self.one_of("base", target.base, year=target.base),
            "pace": self.words["pace"].get(target.pace, ""),
            "prices": self.words["prices"].get(target.prices, ""),
            "effort": "" if target.stretch else self.words["effort"].get(target.effort, ""),
            "core": self.core(target),
        }
        joined = self.gap.join(parts[name] for name in self.words["order"] if parts[name])
        if not target.stretch:
            return joined
        amount = self.amount(_plain(target, target.stretch))
        return self.say("stretch", target=joined, amount=amount)

    def subject(self, text: str) -> str:
        """The name of what is measured, set apart where it runs into what follows."""
        apart = bool(self.gap) or text[-1].isascii()
        return self.say("subject_apart" if apart else "subject", text=text)

    def when(self, by: str) -> str:
        """By when: a year, a part of one, a fiscal year, the plan's end."""
        year, _, part = by.partition("-")
        if by.startswith("FY"):
            return self.one_of("when", "fiscal", text=by, year=by[2:])
        if "/" in by:
            return self.one_of("when", "season", text=by)
        if not part:
            return self.one_of("when", by, year=by)
        if part[0] == "Q":
            return self.one_of("when", "quarter", year=year, n=part[1])
        if part[0] == "H":
            name = self.words["halves"][int(part[1]) - 1]
            return self.one_of("when", "half", year=year, name=name)
        return self.one_of("when", "month", month=self.month(by))

    def month(self, text: str) -> str:
        """A month of a year: March 2026, 2026年3月."""
        year, _, part = text.partition("-")
        return self.say("month", year=year, month=int(part), name=_MONTHS[int(part) - 1])

    def span(self, span: str) -> str:
        """Over which time: years, a number of years, the plan."""
        first, _, last = span.partition("..")
        if "-" in first:
            ends = zip(("first", "last"), (first, last), strict=True)
            return self.one_of("span", "months", **{name: self.month(end) for name, end in ends})
        if last:
            return self.one_of("span", "years", first=first, last=last)
        return self.one_of("span", "long" if span.endswith("y") else span, n=span.rstrip("y"))

    def say(self, key: str, **params: object) -> str:
        """A pattern of the section, filled."""
        return self.fill(self.words[key], params)

    def one_of(self, group: str, key: str, **params: object) -> str:
        """The pattern of a group for a key, or that for any other; blank for no key."""
        patterns = self.words[group]
        return self.fill(patterns.get(key, patterns["other"]), params) if key else ""

    def amount(self, target: Target) -> str:
        """The number with its unit and the word beside it."""
        low, high = target.low, target.high
        percent = "%" if target.unit == "%" and not self.gap else ""
        joined = self.say("range", low=low + percent, high=high) if high else low
        part = target.unit == "x" and "/" in low and target.quantity != Quantity.MULTIPLE
        amount = f"{joined}{self.gap}{self.unit('' if part else target.unit)}".strip()
        if self.show is not None and target.unit not in ("", "%", "pp", "x") and low and not high:
            amount = self.show(number(low), target.unit)
        if not self.gap and amount[-1:].isascii() and amount[-1:].isalpha():
            amount += " "
        return self.fill(self.words["bound"].get(_bound(target), "{n}"), {"n": amount})

    def unit(self, unit: str) -> str:
        """A unit in words, where the language writes its units so and has a word for this one."""
        spoken = self.words["unit"].get(unit)
        if spoken is not None:
            return str(spoken)
        if not self.words["unit_words"] or unit in ("%", "‰"):
            return unit
        words = messages.catalogue(self.lang)["units"].get(unit)
        return words[0] if words else f" {unit}" if unit else ""

    def core(self, target: Target) -> str:
        """The verb and the number, or the words without one."""
        match target.quantity:
            case Quantity.RELATION:
                return self.relation(target)
            case Quantity.RANK:
                peers = self.words["rank_peer"]
                peer = peers.get(target.peer, peers["other"]) if target.peer else ""
                key = f"{target.held}_{target.bound}".strip("_") or "other"
                peer = self.fill(peer, {"name": target.peer})
                ranked = self.fill(self.words["rank"][key], {"peer": peer, "n": target.low})
                return ranked.strip()
            case Quantity.COURSE:
                parts = (
                    self.words["verb"].get(target.sense, ""),
                    messages.choice("course", target.course, self.lang),
                )
                return self.gap.join(filter(None, parts))
            case Quantity.MULTIPLE:
                return self.multiple(target)
            case Quantity.ADDITION:
                return self.say("addition", amount=self.amount(target))
        amount = self.amount(target)
        if target.held:
            patterns, rates = self.words["held"], target.quantity == Quantity.GROWTH
            pattern = patterns.get(f"{target.held}_{_bound(target)}") or patterns[target.held]
            parts = (
                self.words["rate"][target.sense] if rates and target.sense else "",
                self.fill(pattern, {"amount": amount}),
            )
            return self.gap.join(filter(None, parts))
        group = "reach" if target.quantity == Quantity.LEVEL else "move"
        if not target.start:
            pattern = self.words[group].get(target.sense, "{amount}")
            return self.fill(pattern, {"amount": amount})
        start = self.amount(replace(_plain(target, target.start), soft=False))
        return self.one_of("reach_from", target.sense or "other", start=start, amount=amount)

    def multiple(self, target: Target) -> str:
        """A doubling or halving in a word, any other as so many times the base."""
        words, bound = self.words["multiple"], _bound(target)
        if target.sense and not target.high and target.low in words:
            plain = words[target.low]
            return self.fill(self.words["bound"].get(bound, "{n}"), {"n": plain})
        return self.one_of("multiple", target.sense or "other", amount=self.amount(target))

    def relation(self, target: Target) -> str:
        """The words of a relation to another's figure."""
        words = self.words["relation"]
        peer = self.one_of("peer", target.peer, name=target.peer)
        rate = self.words["rate"][target.sense] if target.sense else ""
        if target.relation == Relation.SHARE:
            compared = self.fill(words["share"], {"peer": peer, "amount": self.amount(target)})
        else:
            compared = self.fill(words[target.relation], {"peer": peer})
            if target.low:
                amount = self.amount(target)
                compared = self.fill(words["by"], {"said": compared, "amount": amount})
        return self.gap.join(filter(None, (rate, compared)))


def _bound(target: Target) -> Bound:
    """The word beside the number: a range with "about" has that."""
    return Bound.ABOUT if target.soft else target.bound


def _plain(target: Target, low: str) -> Target:
    """The target with a number of its own and no word beside it."""
    return replace(target, low=low, high="", bound=Bound.NONE)
