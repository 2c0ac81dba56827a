"""A firm's page on the terminal: verdict, clauses with their numbers, remediation plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from songhua import messages

if TYPE_CHECKING:
    from songhua.rules import RemediationPlan, Rulebook, Verdict

MARKS = {"met": "✓", "not_met": "✗", "unknown": "?", "possible": "~"}


def number(value: float) -> str:
    """A number to six digits; an end that is open as a sign.

    >>> number(0.25), number(1e100)
    ('0.25', '∞')
    """
    if abs(value) >= 1e90:
        return "∞" if value > 0 else "-∞"
    return f"{value:.6g}"


def span(ends: tuple[float, float], lang: str) -> str:
    """An interval, or one number where its ends are the same.

    >>> span((1.0, 1.0), "en"), span((1.0, 2.0), "en")
    ('1', '1 to 2')
    """
    low, high = (number(end) for end in ends)
    return low if low == high else messages.word("from_to", lang, low=low, high=high)


def show_verdict(book: Rulebook, verdict: Verdict, lang: str) -> None:
    """The verdict on one firm, clause by clause."""
    from songhua.format import reasons

    outcome = reasons.standing(verdict, lang)
    click.echo(
        f"{book.words(lang)}{messages.word('colon', lang)}{outcome}  ({verdict.on}, {book.law})"
    )
    if verdict.refused is not None:
        click.echo(f"  {verdict.refused.words(lang)}")
    if verdict.score:
        click.echo(f"  {messages.word('verdict_score', lang, score=span(verdict.score, lang))}")
    if verdict.categories:
        joined = " / ".join(book.clauses[id].words(lang) for id in verdict.categories)
        click.echo(f"  {messages.word('verdict_category', lang, category=joined)}")
    if verdict.category_missing:
        needed = reasons.asked(book, verdict.category_missing, lang)
        click.echo(f"  {messages.word('verdict_class_needs', lang, facts=needed)}")
    for id, value in book.values.items():
        if id in verdict.values:
            shown = reasons.span(verdict.values[id], value.unit, book, lang)
            click.echo(f"    {value.words(lang)}{messages.word('colon', lang)}{shown}")
    for id, found in verdict.clauses.items():
        mark = MARKS[found.outcome]
        judged = messages.word("verdict_judged", lang) if found.clause.judged else ""
        decided = messages.word("verdict_decided", lang) if id == verdict.deciding else ""
        click.echo(f"  {mark} {found.clause.ref}  {found.clause.words(lang)}{judged}{decided}")
        for reason in found.reasons:
            compared = reasons.numbers(book, reason, lang)
            said = reasons.words(book, reason.text, lang) + (f"  [{compared}]" if compared else "")
            click.echo(f"      {MARKS[reason.outcome]} {said}")
        for fact, evidence in found.evidence.items():
            said = messages.word("comma", lang).join(evidence.values())
            click.echo(f"      {book.facts[fact].words(lang)}{messages.word('colon', lang)}{said}")
    if verdict.missing:
        click.echo(f"  {messages.word('verdict_missing', lang)}")
        for id in verdict.missing:
            click.echo(f"    {id}{messages.word('colon', lang)}{book.facts[id].words(lang)}")


def show_plan(book: Rulebook, plan: RemediationPlan, lang: str) -> None:
    """The remediation plan: steps, what changes, cost beside worth."""
    from songhua.format import reasons

    if plan.state in ("met", "not_in_force", "no_text"):
        return
    click.echo(f"  {messages.word(f'remediation_{plan.state}', lang)}")
    for id, n in plan.steps.items():
        click.echo(f"    {n} x {plan.actions[id].words(lang)}")
    for id, (before, after) in plan.changes.items():
        name = book.facts[id].words(lang)
        click.echo(f"      {name}{messages.word('colon', lang)}{_plain(before)} → {_plain(after)}")
    if plan.state == "found":
        cost = reasons.amount(plan.cost, reasons.money(book), lang)
        click.echo(f"    {messages.word('remediation_cost', lang, cost=cost)}")
        if not plan.proven:
            click.echo(f"    {messages.word('remediation_unproven', lang)}")
    for id, ends in plan.worth.items():
        text = messages.word(
            "remediation_worth",
            lang,
            what=book.values[id].words(lang),
            worth=reasons.span(ends, book.values[id].unit, book, lang),
        )
        click.echo(f"    {text}")


def _plain(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value).lower()
