"""The report of all results: its sections in order, under the names of region and plan."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.document.blocks import Block, Document, Facts, Paragraph
from songhua.document.charts.svg import expect
from songhua.document.sections import makers
from songhua.errors import Fault, SonghuaError
from songhua.format.view import View


def report(view: View, sections: Sequence[str] = ()) -> Document:
    """The whole report, or some of its sections.

    Raises:
        SonghuaError: `section_unknown`, or `section_empty` where there is nothing to show.
    """
    known = makers()
    wrong = [name for name in sections if name not in known]
    if wrong:
        params = {"names": tuple(wrong), "known": tuple(known)}
        raise SonghuaError(Fault("section_unknown", params=params))
    expect(view.letters)
    made = [
        maker.section(view) for name, maker in known.items() if not sections or name in sections
    ]
    shown = [one for one in made if one is not None]
    if not shown:
        raise SonghuaError(Fault("section_empty", params={"names": tuple(sections)}))
    title = view.say("report_title", region=view.region.name(view.lang))
    return Document(title, shown, list(_head(view)))


def _head(view: View) -> Sequence[Block]:
    """What stands under the title: plan, purpose, time, and as of when."""
    plan, say, lang = view.plan, view.say, view.lang
    as_of = view.period(str(view.region.as_of)) if view.region.as_of else say("as_of_latest")
    if plan is None:
        facts = [(say("plan"), say("no_plan")), (say("as_of"), as_of)]
        return [Facts(facts, kind="facts")]
    period = f"{plan.period.start.year}–{plan.period.end.year}"
    facts = [
        (say("period"), period), (say("base_year"), str(plan.base_year)), (say("as_of"), as_of)
    ]  # fmt: skip
    return [
        Paragraph(plan.name(lang), "plan"), Paragraph(plan.purpose(lang), "purpose"),
        Facts(facts, kind="facts"),
    ]  # fmt: skip
