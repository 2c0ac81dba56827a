"""One firm's page: by status the verdict, its clauses, missing facts and the remediation plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from songhua import messages
from songhua.report import reasons
from songhua.report.numbers import entry
from songhua.report.templating import render
from songhua.report.view import Table, anchor
from songhua.report.words import period
from songhua.rules import RemediationPlan, Rulebook, Verdict
from songhua.rules.verdict import ClauseVerdict

SIGNS = {"met": "✓", "not_met": "✗", "unknown": "?", "possible": "~", "not_in_force": "–"}
LOOKS = {"met": "consistent", "not_met": "inconsistent", "possible": "consistent_if"}


@dataclass(frozen=True)
class Sheet:
    """The words of one firm's page in one language."""

    lang: str
    invented: bool

    def say(self, key: str, **params: object) -> str:
        """A text of the report."""
        return entry("report", key, self.lang, **params)

    def title(self, key: str, **params: object) -> str:
        """The title of a table, which says so where the firm is invented."""
        said = self.say(key, **params)
        return self.say("invented_title", title=said) if self.invented else said

    def heads(self, *keys: str) -> list[str]:
        """Names of columns."""
        return [entry("columns", key, self.lang) for key in keys]

    def badge(self, outcome: str) -> Markup:
        """An outcome as a badge; its sign tells it without colour."""
        markup = Markup('<span class="verdict v-{}"><b aria-hidden="true">{}</b> {}</span>')
        look = LOOKS.get(outcome, "not_checkable")
        said = messages.choice("standing", outcome, self.lang)
        return markup.format(look, SIGNS[outcome], said)


def page(
    name: str,
    books: Mapping[str, Rulebook],
    plans: Mapping[str, RemediationPlan],
    lang: str,
    invented: bool,
) -> str:
    """The page as HTML."""
    sheet = Sheet(lang, invented)
    parts = [_part(sheet, books[id], plan) for id, plan in plans.items()]
    days = sorted({plan.verdict.on.isoformat() for plan in plans.values()})
    return render(
        "firm.html", v=sheet, say=sheet.say, lang=lang, parts=parts, invented=invented, name=name,
        title=sheet.title("firm_title", firm=name), day=period(days[0], lang) if days else "",
    )  # fmt: skip


def _part(sheet: Sheet, book: Rulebook, plan: RemediationPlan) -> dict[str, Any]:
    verdict, lang = plan.verdict, sheet.lang
    decided = verdict.clauses.get(verdict.deciding)
    return {
        "id": anchor("status", book.id),
        "name": book.words(lang),
        "law": _foreign(book.law, lang),
        "badge": sheet.badge(verdict.outcome),
        "outcome": messages.choice("standing", verdict.outcome, lang),
        "refused": verdict.refused.words(lang) if verdict.refused else "",
        "score": reasons.span(verdict.score, "", book, lang) if verdict.score else "",
        "classes": [book.clauses[id].words(lang) for id in verdict.categories],
        "decided": decided.clause.words(lang) if decided else "",
        "decided_ref": _foreign(decided.clause.ref, lang) if decided else "",
        "clauses": _clauses(sheet, book, verdict),
        "worked": _values(sheet, book, verdict),
        "missing": [(book.facts[id].words(lang), id) for id in verdict.missing],
        "plan": _plan(sheet, book, plan),
    }


def _clauses(sheet: Sheet, book: Rulebook, verdict: Verdict) -> Table:
    """A row a clause: its reference, what it demands, its outcome, the numbers, the evidence."""
    rows = [_clause(sheet, book, clause, id == verdict.deciding)
            for id, clause in verdict.clauses.items()]  # fmt: skip
    heads = sheet.heads("law_reference", "law_asks", "outcome_column", "numbers_decided")
    return Table(sheet.title("firm_clauses"), heads, rows)


def _clause(sheet: Sheet, book: Rulebook, verdict: ClauseVerdict, decided: bool) -> list[Any]:
    lang = sheet.lang
    asks = Markup("{}").format(verdict.clause.words(lang))
    if verdict.clause.judged:
        asks += Markup('<br><small class="also">{}</small>').format(sheet.say("firm_judged"))
    badge = sheet.badge(verdict.outcome)
    if decided:
        badge += Markup("<br><strong>{}</strong>").format(sheet.say("firm_decided"))
    items = []
    for reason in verdict.reasons:
        said = reasons.words(book, reason.text, lang)
        compared = reasons.numbers(book, reason, lang)
        sign = Markup('<span class="sign" aria-hidden="true">{}</span>').format(
            SIGNS[reason.outcome]
        )
        outcome = Markup('<span class="unseen">{}</span>').format(
            messages.choice("standing", reason.outcome, lang)
        )
        number = Markup(' <b class="fig">{}</b>').format(compared) if compared else Markup("")
        items.append(Markup("<li>{}{} {}{}</li>").format(sign, outcome, said, number))
    for fact, evidence in verdict.evidence.items():
        rests = entry("report", "list_comma", lang).join(evidence.values())
        what = sheet.say("firm_evidence", fact=book.facts[fact].words(lang), evidence=rests)
        items.append(Markup('<li class="also">{}</li>').format(what))
    shown = Markup('<ul class="reasons">{}</ul>').format(Markup("").join(items))
    return [_foreign(verdict.clause.ref, lang), asks, badge, shown if items else ""]


def _foreign(text: str, lang: str) -> Markup:
    """A reference of the law, marked as Chinese where it is and the page is not."""
    if lang == "zh" or not any(ord(letter) > 0x2E80 for letter in text):
        return escape(text)
    return Markup('<span lang="zh-Hans">{}</span>').format(text)


def _values(sheet: Sheet, book: Rulebook, verdict: Verdict) -> Table:
    """The numbers that the rulebook shows, money that the status brings apart."""
    rows = [
        [book.values[id].words(sheet.lang), _amount(sheet, book, id, ends)]
        for id, ends in verdict.values.items()
        if book.values[id].role == "shown"
    ]
    heads = sheet.heads("number_worked", "value")
    return Table(sheet.title("firm_values"), heads, rows, frozenset({1}))


def _amount(sheet: Sheet, book: Rulebook, id: str, ends: tuple[float, float]) -> str:
    return reasons.span(ends, book.values[id].unit, book, sheet.lang)


def _plan(sheet: Sheet, book: Rulebook, plan: RemediationPlan) -> dict[str, Any]:
    """The remediation plan: what it takes, what changes, cost beside worth."""
    lang = sheet.lang
    money = reasons.money(book)
    steps = [
        [plan.actions[id].words(lang), str(n), reasons.amount(plan.actions[id].cost, money, lang),
         reasons.amount(plan.actions[id].cost * n, money, lang)]
        for id, n in plan.steps.items()
    ]  # fmt: skip
    changes = [
        [book.facts[id].words(lang), _fact(sheet, book, id, before), _fact(sheet, book, id, after)]
        for id, (before, after) in plan.changes.items()
    ]
    numeric, right = frozenset({1, 2, 3}), frozenset({1, 2})
    wanted = plan.state not in ("met", "not_in_force")
    return {
        "said": sheet.say(f"firm_plan_{plan.state}") if wanted else "",
        "steps": Table(sheet.title("firm_steps"),
                       sheet.heads("step_to_take", "how_many", "cost_each", "cost_all"),
                       steps, numeric),
        "changes": Table(sheet.title("firm_changes"),
                         sheet.heads("fact", "now", "then"), changes, right),
        "cost": reasons.amount(plan.cost, money, lang) if plan.state == "found" else "",
        "worth": [(book.values[id].words(lang), _amount(sheet, book, id, ends))
                  for id, ends in plan.worth.items()],
        "proven": plan.proven,
    }  # fmt: skip


def _fact(sheet: Sheet, book: Rulebook, id: str, value: Any) -> str:
    if isinstance(value, bool):
        return sheet.say("yes" if value else "no")
    return reasons.amount(float(value), book.facts[id].unit, sheet.lang)
