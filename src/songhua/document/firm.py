"""One firm by law: by status the verdict, its clauses, what is missing, the remediation plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from songhua import messages
from songhua.document.blocks import Block, Document, Facts, Heading, Paragraph, Points, Section
from songhua.document.tables import grid
from songhua.format import reasons
from songhua.format.language import Language
from songhua.format.text import Break, Code, Foreign, Link, Mark, Small, Strong, Text, joined
from songhua.format.view import anchor
from songhua.messages import Words
from songhua.rules import RemediationPlan, Rulebook, Verdict
from songhua.rules.verdict import ClauseVerdict

SIGNS = {
    "met": "✓",
    "not_met": "✗",
    "unknown": "?",
    "possible": "~",
    "not_in_force": "–",
    "no_text": "–",
}
LOOKS = {"met": "consistent", "not_met": "inconsistent", "possible": "consistent_if"}


def firm(
    name: str,
    books: Mapping[str, Rulebook],
    plans: Mapping[str, RemediationPlan],
    lang: str = "en",
    invented: bool = False,
    left_out: Sequence[Words] = (),
    known_since: date | None = None,
    typed: bool = False,
) -> Document:
    """The page of one firm; an `invented` one is labelled so in every heading and table.

    It says which facts were `left_out`, for they became known after the day, and since when the
    register's facts are `known`, where that is later. Where facts are `typed` into a file, those
    that are missing have the names that they have there.
    """
    maker = _Maker(Language(lang), invented, typed)
    days = sorted({plan.verdict.on.isoformat() for plan in plans.values()})
    facts: list[tuple[Text, Text]] = []
    if days:
        facts.append((maker.say("firm_day"), maker.words.period(days[0])))
    for id, plan in plans.items():
        link = Link(books[id].words(lang), anchor("status", id))
        facts.append(((link,), (maker.standing(plan.verdict),)))
    head: list[Block] = [Paragraph(maker.say("firm_invented"), "plan")] if invented else []
    if left_out:
        names = messages.language(lang).joined(words(lang) for words in left_out)
        head.append(Paragraph(maker.say("firm_left_out", facts=names), "plan"))
    if known_since is not None:
        since = maker.words.period(known_since.isoformat())
        head.append(Paragraph(maker.say("firm_known_later", day=since), "plan"))
    sections = [maker.section(books[id], plan) for id, plan in plans.items()]
    title = maker.title("firm_title", firm=name)
    return Document(title, sections, [*head, Facts(facts, kind="facts")])


class _Maker:
    """A page under way: its language, and whether the firm is invented."""

    def __init__(self, words: Language, invented: bool, typed: bool) -> None:
        self.words, self.lang, self.invented, self.typed = words, words.lang, invented, typed
        self.say = words.say

    def fact(self, book: Rulebook, id: str) -> Text:
        """A fact by its name, and by that in a file where it is typed into one."""
        name = book.facts[id].words(self.lang)
        return (f"{name} ", Small(("(", Code(id), ")"))) if self.typed else name

    def title(self, key: str, **params: object) -> str:
        """The title of a table, which says so where the firm is invented."""
        title = self.say(key, **params)
        return self.say("invented_title", title=title) if self.invented else title

    def badge(self, outcome: str) -> Mark:
        """An outcome as a badge; its sign tells it without colour."""
        label = self.words.choice("standing", outcome)
        return Mark("verdict", LOOKS.get(outcome, "not_checkable"), label, SIGNS[outcome])

    def standing(self, verdict: Verdict) -> Mark:
        """The verdict as a badge; where no text is held, since which day."""
        return replace(self.badge(verdict.outcome), text=reasons.standing(verdict, self.lang))

    def foreign(self, text: str) -> Text:
        """A reference of the law, marked where it is in another script than the page."""
        if self.words.reads(text) or text.isascii():
            return text
        return (Foreign.of(text),)

    def section(self, book: Rulebook, plan: RemediationPlan) -> Section:
        """The section of one status."""
        return Section(
            anchor("status", book.id), book.words(self.lang), list(self._blocks(book, plan))
        )

    def _blocks(self, book: Rulebook, plan: RemediationPlan) -> Iterator[Block]:
        verdict, say = plan.verdict, self.say
        outcome: list[Text] = [(self.standing(verdict),)]
        if verdict.score:
            score = reasons.span(verdict.score, "", book, self.lang)
            outcome.append(say("firm_score", score=score))
        yield Paragraph(joined(outcome, " · "))
        for id in verdict.categories:
            yield Paragraph(say("firm_class", text=book.clauses[id].words(self.lang)))
        if verdict.category_missing:
            needed = reasons.needed_facts(book, verdict.category_missing, self.lang)
            yield Paragraph(say("firm_class_needs", facts=needed))
        if verdict.refused:
            yield Paragraph((Strong(verdict.refused.words(self.lang)),))
        if decided := verdict.clauses.get(verdict.deciding):
            ref = self.foreign(decided.clause.ref)
            decision = self.words.written.colon + decided.clause.words(self.lang)
            yield Paragraph(joined([say("firm_decided_by"), (*joined([ref]), decision)]))
        yield Paragraph(self.foreign(book.law), "lede")
        if verdict.missing:
            yield Heading(2, say("firm_missing"))
            yield Points(
                [self.fact(book, id) for id in verdict.missing],
                ordered=True,
            )
        yield from self._remediation(book, plan)
        yield from self._values(book, verdict)
        yield from self._clauses(book, verdict)

    def _clauses(self, book: Rulebook, verdict: Verdict) -> Iterator[Block]:
        """A row a clause: its reference, what it demands, its outcome, numbers and evidence."""
        rows = [
            self._clause(book, ruling, id == verdict.deciding)
            for id, ruling in verdict.clauses.items()
        ]
        if rows:
            heads = ("law_reference", "law_asks", "outcome_column", "numbers_decided")
            title = self.title("firm_clauses")
            yield Heading(2, title)
            yield grid(title, self.words.heading(*heads), rows, kind="clauses bare")

    def _clause(self, book: Rulebook, ruling: ClauseVerdict, decided: bool) -> list[Text]:
        asks = ruling.clause.words(self.lang)
        demand: Text = asks
        if ruling.clause.judged:
            demand = (asks, Break(), Small(self.say("firm_judged")))
        badge: Text = (self.badge(ruling.outcome),)
        if decided:
            badge = (self.badge(ruling.outcome), Break(), Strong(self.say("firm_decided")))
        lines: list[Text] = []
        for reason in ruling.reasons:
            line = f"{SIGNS[reason.outcome]} {reasons.words(book, reason.text, self.lang)}"
            compared = reasons.numbers(book, reason, self.lang)
            lines.append((line, self.words.written.colon, Strong(compared)) if compared else line)
        for fact, evidence in ruling.evidence.items():
            rests = self.words.join(evidence.values())
            label = book.facts[fact].words(self.lang)
            lines.append((Small(self.say("firm_evidence", fact=label, evidence=rests)),))
        return [self.foreign(ruling.clause.ref), demand, badge, joined(lines, Break())]

    def _values(self, book: Rulebook, verdict: Verdict) -> Iterator[Block]:
        """The numbers that the rulebook shows, money that the status brings apart."""
        rows = [
            [book.values[id].words(self.lang), self._amount(book, id, ends)]
            for id, ends in verdict.values.items()
            if book.values[id].role == "shown"
        ]
        if rows:
            title = self.title("firm_values")
            yield Heading(2, title)
            yield grid(title, self.words.heading("number_worked", "value"), rows, {1}, kind="bare")

    def _amount(self, book: Rulebook, id: str, ends: tuple[float, float]) -> str:
        return reasons.span(ends, book.values[id].unit, book, self.lang)

    def _remediation(self, book: Rulebook, plan: RemediationPlan) -> Iterator[Block]:
        """The least costly changes with which the firm would qualify: steps, cost beside worth."""
        say, money = self.say, reasons.money(book)
        if plan.state not in ("met", "not_in_force", "no_text"):
            yield Heading(2, say("firm_plan"))
            yield Paragraph(say(f"firm_plan_{plan.state}"), "lede")
            yield from self._steps(book, plan, money)
        facts: list[tuple[Text, Text]] = []
        if plan.state == "found":
            facts.append((say("firm_cost"), reasons.amount(plan.cost, money, self.lang)))
        for id, ends in plan.worth.items():
            label = book.values[id].words(self.lang)
            facts.append((say("firm_worth", what=label), self._amount(book, id, ends)))
        if facts:
            yield Facts(facts, kind="facts")
        if plan.state == "found":
            doubt = "" if plan.proven else f" {say('firm_unproven')}"
            yield Paragraph(say("firm_cost_note") + doubt, "note")

    def _steps(self, book: Rulebook, plan: RemediationPlan, money: str) -> Iterator[Block]:
        steps = [
            [
                plan.actions[id].words(self.lang),
                str(n),
                reasons.amount(plan.actions[id].cost, money, self.lang),
                reasons.amount(plan.actions[id].cost * n, money, self.lang),
            ]
            for id, n in plan.steps.items()
        ]
        if steps:
            heads = self.words.heading("step_to_take", "how_many", "cost_each", "cost_all")
            yield grid(self.title("firm_steps"), heads, steps, {1, 2, 3})
        changes = [
            [book.facts[id].words(self.lang), *(self._fact(book, id, v) for v in pair)]
            for id, pair in plan.changes.items()
        ]
        if changes:
            heads = self.words.heading("fact", "now", "then")
            yield grid(self.title("firm_changes"), heads, changes, {1, 2})

    def _fact(self, book: Rulebook, id: str, value: object) -> str:
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        assert isinstance(value, (int, float))
        return reasons.amount(float(value), book.facts[id].unit, self.lang)
