"""Targets that are set against another's figure: an average, or the whole economy's growth."""

from __future__ import annotations

import re
from dataclasses import replace

from songhua.errors import SonghuaError
from songhua.grammar.times import Token
from songhua.plan.fault_kinds import TargetConflict, TargetNumbers, TargetUnit, TargetUnread
from songhua.plan.target_reader import Reader
from songhua.plan.targets import Target
from songhua.plan.vocabulary import Bound, HoldKind, Pace, Quantity, Relation, Sense

ECONOMY = "economy"
OF_BOUND = {
    Bound.AT_LEAST: Relation.FLOOR,
    Bound.MORE_THAN: Relation.EXCEED,
    Bound.AT_MOST: Relation.CEILING,
    Bound.LESS_THAN: Relation.BELOW,
}
LIFTED = re.compile(r"(?:rais|lift|boost|bring|reduc|cut|lower)", re.I)
MARGINS = (Bound.NONE, Bound.AT_LEAST, Bound.MORE_THAN, Bound.ABOUT)


def with_relation(reader: Reader, target: Target) -> Target:
    """To reach another's figure, a share of it, to exceed it, not to fall below it.

    >>> from songhua.plan import parse_target
    >>> texts = ("达到全国平均水平的80%以上", "增速高于全省平均水平1个百分点")
    >>> read = [parse_target(t) for t in texts]
    >>> [(t.relation, t.peer, t.sense, t.bound, t.low, t.unit) for t in read]
    [('share', 'nation', '', 'at_least', '80', '%'), ('exceed', 'province', 'rise', '', '1', 'pp')]
    """
    peer = reader.of("peer", "peer_growth")[-1]
    name = reader.single_meaning("peer", "peer_growth")
    within = [t for t in reader.of("bound") if reader.text[t.start : t.end].lower() == "within"]
    if within or target.course or len(reader.numbers) > 1 or reader.has("addition", "start"):
        raise SonghuaError(TargetConflict(text=target.course or peer.says))
    comparison = _relation_token(reader, peer)
    target = replace(
        target,
        quantity=Quantity.RELATION,
        peer=name,
        sense=_sense(reader, comparison, name),
        held=HoldKind.NONE,
    )
    if target.pace == Pace.IN_ALL:
        raise SonghuaError(TargetConflict(text=target.pace))
    loose = [t for t in reader.of("bound") if t is not comparison]
    multiple = reader.single_meaning("multiple")
    if multiple and reader.numbers:
        raise SonghuaError(TargetNumbers(n=2))
    if not reader.numbers and not multiple:
        relation = _relation(reader, comparison, peer)
        if relation == Relation.SHARE:
            raise SonghuaError(TargetNumbers(n=0))
        if relation == Relation.REACH and [t.says for t in loose] == [Bound.AT_LEAST]:
            relation = Relation.FLOOR
        elif loose:
            raise SonghuaError(TargetConflict(text=peer.says))
        return replace(target, relation=relation)
    bound = Bound(loose[0].says) if loose else Bound.NONE
    if len(loose) > 1 or _apart(reader, peer):
        raise SonghuaError(TargetConflict(text=" · ".join(t.says for t in loose)))
    unit, low = ("x", multiple) if multiple else (reader.unit(), reader.numbers[0].says)
    target = replace(target, low=low, unit=unit, bound=bound)
    return _with_amount(reader, target, comparison, peer)


def _with_amount(reader: Reader, target: Target, comparison: Token | None, peer: Token) -> Target:
    """A share of the figure, or by how many points it is to be exceeded."""
    relation = _relation(reader, comparison, peer) if comparison is not None else Relation.REACH
    if target.unit == "pp" and relation in (Relation.EXCEED, Relation.BELOW):
        if target.bound not in MARGINS:
            raise SonghuaError(TargetConflict(text=target.bound))
        return replace(target, relation=relation)
    of_it = relation == Relation.REACH or (comparison is not None and comparison.says == "as_share")
    if target.unit not in ("%", "x") or not of_it or reader.has("with") or target.sense:
        raise SonghuaError(TargetUnit(unit=target.unit))
    return replace(target, relation=Relation.SHARE)


def _apart(reader: Reader, peer: Token) -> bool:
    """True where a comma parts the number from the figure: two targets in one."""
    at = reader.numbers[0] if reader.numbers else peer
    low, high = sorted((at.start, peer.start))
    return any(
        low < t.start < high and reader.text[t.start] in ",;。"
        for t in reader.of("plain")
        if t.says == "stop"
    )


def _relation_token(reader: Reader, peer: Token) -> Token | None:
    """The word for the relation: before the figure, or behind it (以上, 同步)."""
    before, after = reader.before(peer), reader.after(peer)
    for token in (before, after):
        if token is None:
            continue
        if token.kind in ("faster", "relation"):
            return token
        if token.kind == "bound" and (token is before or not reader.numbers):
            return token
    if before is not None and before.kind == "with":
        steps = [t for t in reader.of("relation") if t.says == "in_step"]
        return steps[-1] if steps else None
    return before if before is not None and before.kind in ("hold", "to", "separator") else None


def _relation(reader: Reader, comparison: Token | None, peer: Token) -> Relation:
    """The relation to the peer's figure that the word of comparison demands."""
    if comparison is None:
        raise SonghuaError(TargetUnread(text=reader.text[peer.start : peer.end]))
    if comparison.kind == "bound":
        relation = OF_BOUND.get(Bound(comparison.says))
        if relation is None:
            raise SonghuaError(TargetConflict(text=comparison.says))
        return relation
    if comparison.kind == "faster":
        return Relation.EXCEED
    if comparison.kind == "relation" and comparison.says == "in_step":
        with_economy = reader.single_meaning("peer", "peer_growth") == ECONOMY
        return Relation.IN_STEP if with_economy else Relation.REACH
    if comparison.kind in ("hold", "to", "separator") or comparison.says == "reach":
        if peer.says == ECONOMY:  # growth is kept in step with, or exceeded; it is not reached
            raise SonghuaError(TargetUnread(text=reader.text[peer.start : peer.end]))
        if comparison.kind == "hold" and comparison.says != "reach":
            raise SonghuaError(TargetConflict(text=comparison.says))
        return Relation.REACH
    return Relation.SHARE


def _sense(reader: Reader, comparison: Token | None, peer: str) -> Sense:
    """Rise or fall where growth or a fall is compared; blank for levels and the economy."""
    if peer == ECONOMY:
        if any(t.says == Sense.FALL for t in reader.of("sense", "rate")):
            raise SonghuaError(TargetConflict(text=Sense.FALL))
        return Sense.NONE
    if comparison is not None and comparison.kind in ("to", "separator"):
        return Sense.NONE
    spoken = reader.of("sense", "rate", "faster")
    if comparison is not None and comparison.kind in ("bound", "hold"):
        # "raise incomes above the average" is of the level, "grow above the average" of growth
        spoken = [t for t in spoken if not LIFTED.match(reader.text, t.start)]
    senses = {t.says for t in spoken}
    if reader.has("peer_growth"):
        senses.add(Sense.RISE)
    if len(senses) > 1:
        raise SonghuaError(TargetConflict(text=" · ".join(sorted(senses))))
    return Sense(senses.pop()) if senses else Sense.NONE


def with_rank(reader: Reader, target: Target) -> Target:
    """A rank among places: which, and among whom it is counted.

    >>> from songhua.plan import parse_target
    >>> target = parse_target("力争进入全国前十")
    >>> target.quantity, target.bound, target.low, target.peer, target.direction
    ('rank', 'at_most', '10', 'nation', 'lower')
    """
    excluded = (
        "number",
        "bound",
        "sense",
        "rate",
        "multiple",
        "addition",
        "relation",
        "course",
        "faster",
        "with",
        "peer_growth",
    )
    mean = any("average" in reader.word(t) or "平均" in reader.word(t) for t in reader.of("plain"))
    clash = mean or target.pace or target.base or target.held == HoldKind.CEILING
    if clash or reader.has(*excluded, "to", "start", "peer", "unit"):
        raise SonghuaError(TargetConflict(text=reader.words_of("rank")))
    bound, low, peer = reader.single_meaning("rank").split(" ", 2)
    return replace(target, quantity=Quantity.RANK, bound=Bound(bound), low=low, peer=peer)
