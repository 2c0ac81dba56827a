"""One industry of the system: all that is known of it, with where each number is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from songhua.document import account_words as words
from songhua.document import choices, targets
from songhua.document.blocks import Block, Figure, Paragraph, Points, Section, Table
from songhua.document.charts import chains
from songhua.document.studies.growth import contributor
from songhua.document.tables import grid
from songhua.format.numbers import known
from songhua.format.text import Link, Text, joined
from songhua.format.view import DASH, View, anchor
from songhua.studies.accounts.rows import Industry
from songhua.studies.certify.counts import FirmCount
from songhua.studies.claims.rows import CheckedClaim
from songhua.studies.diagnose.availability import BestFigure
from songhua.studies.diagnose.growth_contributions import Contribution
from songhua.studies.diagnose.linkages import Linkage, case_industries
from songhua.studies.diagnose.location_quotients import LocationQuotient
from songhua.studies.diagnose.supply_chains import ChainFlow
from songhua.studies.diagnose.system import IndustrySize
from songhua.studies.simulate.rows import TotalImpact
from songhua.studies.track.rows import TargetRow

#: Measures of a project that stand on the page of its industry.
GAINS = ("value_added", "jobs")


def industries(view: View) -> list[Section]:
    """A section for each industry of the plan's system, in the order of the plan."""
    if view.plan is None:
        return []
    return [industry(view, id, role) for id, role in view.plan.roles().items()]


def industry(view: View, id: str, role: str = "") -> Section:
    """All that is known of an industry: what it is, numbers, chain, projects, targets, claims."""
    page = _Industry(view, id)
    lede = Paragraph(view.choice("role_group", role) if role else "", "lede")
    parts = (page.numbers(), page.figures(), page.firms(), page.projects(), page.targets())
    blocks: list[Block] = [part for part in parts if part.rows]
    blocks += page.chances()
    blocks += page.chain()
    blocks += page.claims()
    blocks += page.sources()
    if not blocks:
        blocks.append(Paragraph(view.choice("system_state", "missing"), "empty"))
    return Section(place(id), view.name("industries", id), [lede, *blocks])


def place(id: str) -> str:
    """Where an industry stands in the report."""
    return anchor("industry", id)


@dataclass
class _Industry:
    """An industry under way, with the observations that it was shown by."""

    view: View
    id: str
    cited: list[str] = field(default_factory=list)

    def numbers(self) -> Table:
        """Size by measure, growth, contribution and quotient: printed, estimated or possible."""
        view = self.view
        rows = [*self._sizes(), *self._accounts(), *self._contributions(), *self._quotients()]
        heads = view.heading("measure", "period", "value", "observations")
        return grid(view.say("industry_numbers"), heads, rows, (2,))

    def _sizes(self) -> Iterator[list[Text]]:
        view = self.view
        for row in view.rows("diagnose", "system", IndustrySize):
            if row.industry != self.id or not row.value.known:
                continue
            of, when = view.choice("measure", row.measure), view.period(row.period)
            yield [of, when, view.amount(row.value, row.unit), self._rests(row.observations)]
            if row.growth.known:
                rate = view.amount(row.growth, "%")
                label = f"{of}{view.written.comma}{view.growth(row.growth_basis)}"
                yield [label, when, rate, self._rests(row.observations[1:])]

    def _accounts(self) -> Iterator[list[Text]]:
        """Sizes estimated or possible where nothing is printed, and beside the nation."""
        view = self.view
        for row in view.rows("accounts", "industries", Industry):
            if row.industry != self.id or known(row.printed):
                continue
            of, when = view.choice("account_measure", row.measure), view.period(row.period)
            if row.value.known:
                text = (words.size(view, row), " ", view.estimate(row.value.kind))
                yield [f"{of}{view.written.comma}{view.say('estimated')}", when, text, ""]
                for part in words.beside_nation(view, row):
                    yield [of, when, part, ""]
            ends = words.possible(view, row.assumed_low, row.assumed_high, row.unit)
            if ends != DASH:
                text = f"{of}{view.written.comma}{view.say('accounts_with_possible')}"
                yield [text, when, ends, ""]

    def _contributions(self) -> Iterator[list[Text]]:
        view = self.view
        rows = [
            row
            for row in view.rows("diagnose", "growth_contributions", Contribution)
            if row.industry == self.id and row.region == view.region.code and not row.verdict
        ]
        for row in rows:
            value = view.amount(row.contribution_pp, "pp")
            of = view.heading("contribution_pp")[0] + view.written.bracketed(
                f"{view.name('indicators', row.indicator)}{view.written.comma}"
                f"{contributor(view, row)}"
            )
            yield [of, view.period(row.period), value, self._rests(row.observations)]

    def _quotients(self) -> Iterator[list[Text]]:
        view = self.view
        for row in view.rows("diagnose", "location_quotients", LocationQuotient):
            if (row.industry, row.region) != (self.id, view.region.code):
                continue
            of = view.heading("quotient")[0] + view.written.bracketed(
                view.name("indicators", row.indicator)
            )
            yield [of, view.period(row.period), view.amount(row.value, ""), ""]

    def figures(self) -> Table:
        """The latest figure of each indicator of the industry in the region."""
        view, latest = self.view, dict[tuple[str, str, str], BestFigure]()
        for row in self._figures:
            key = (row.indicator, row.entity, row.kind)
            if key not in latest or row.period >= latest[key].period:
                latest[key] = row
        rows = [
            [
                view.written.comma.join(filter(None, (
                    view.name("indicators", row.indicator), view.name("entities", row.entity),
                ))),
                view.period(row.period), view.choice("kind", row.kind),
                view.qualified(row.qualifier, view.show(row.value, row.unit)),
                self._rests((row.observation,)),
            ]
            for row in latest.values()
        ]  # fmt: skip
        heads = view.heading("indicator", "period", "kind", "value", "observations")
        return grid(view.say("industry_figures"), heads, rows, (3,))

    @cached_property
    def _figures(self) -> list[BestFigure]:
        view = self.view
        return [
            row
            for row in view.rows("diagnose", "figures", BestFigure)
            if row.industry == self.id and row.region == view.region.code
        ]

    def firms(self) -> Table:
        """Certified firms of the industry by status."""
        view = self.view
        rows: list[list[Text]] = [
            [view.name("rulebooks", row.status), view.show(row.firms.value, "count")]
            for row in view.rows("certify", "counts", FirmCount)
            if (row.by, row.group) == ("industry", self.id)
        ]
        return grid(view.say("section_certify"), view.heading("status", "firms"), rows, (1,))

    def projects(self) -> Table:
        """The projects that produce in the industry, with what they bring once they run."""
        view, plan = self.view, self.view.plan
        operation = plan.operation_rows if plan else ()
        ids = dict.fromkeys(
            row.project for row in operation if row.field == "industry" and row.value in self._codes
        )
        rows = [
            [
                (Link(view.name("entities", row.project), "simulate"),),
                view.choice("gain", row.measure),
                view.period(row.period),
                view.amount(row.value, row.unit, digits=3),
            ]
            for row in view.rows("simulate", "totals", TotalImpact)
            if row.project in ids
            and row.measure in GAINS
            and (row.phase, row.effect) == ("operation", "type_i")
        ]
        heads = view.heading("project", "measure", "period", "value")
        return grid(view.say("section_simulate"), heads, rows, (3,))

    @cached_property
    def _codes(self) -> dict[str, str]:
        """The industries of tables that belong to it, with how."""
        codes: dict[str, str] = {}
        for table in self.view.region.tables.values():
            codes |= case_industries(table).get(self.id, {})
        return codes

    def targets(self) -> Table:
        """The plan's targets for the industry."""
        view = self.view
        rows: list[list[Text]] = [
            [
                (Link(targets.name(view, row), anchor("target", row.target)),),
                targets.text(view, row),
                targets.latest(view, row),
                targets.assessment(view, row),
            ]
            for row in view.rows("track", "targets", TargetRow)
            if row.industry == self.id
        ]
        heads = view.heading("target", "text", "latest", "progress_class")
        return grid(view.say("industry_targets"), heads, rows)

    def chances(self) -> Iterator[Block]:
        """Its odds of entry or exit with the evidence, where it is an industry of the panel."""
        view = self.view
        for row in choices.candidates(view):
            if row.industry == self.id and row.odds.known:
                yield Paragraph((Link(view.say("section_choose"), "choose"),), "sub")
                yield Points([choices.headed(view, row), *choices.lines(view, row)])

    def chain(self) -> Iterator[Block]:
        """Its place in the chain: linkages of what belongs to it, suppliers and buyers."""
        view = self.view
        rows = [
            row for row in view.rows("diagnose", "linkages", Linkage) if row.code in self._codes
        ]
        first = [row for row in rows if row.table == rows[0].table]
        cells: list[list[Text]] = [
            [
                view.name("table_industries", row.code, row.table),
                view.number(row.backward, 2),
                view.number(row.forward, 2),
                view.choice("linkage", row.kind) if row.kind else DASH,
                view.number(row.multiplier, 2),
                f"{view.number(row.imported, 1)}%" if known(row.imported) else DASH,
            ]
            for row in first
        ]
        if cells:
            heads = view.heading(
                "industry", "backward", "forward", "linkage", "multiplier", "imported"
            )
            title = view.say("industry_linkages", table=view.name("tables", first[0].table))
            yield grid(title, heads, cells, (1, 2, 4, 5))
        flows = [
            row
            for row in view.rows("diagnose", "supply_chains", ChainFlow)
            if row.industry == self.id
        ]
        flows = [row for row in flows if row.table == flows[0].table]
        chart = chains.chain(view, flows, self.id) if flows else None
        if chart is not None:
            title = view.say("chart_chain", industry=view.name("industries", self.id))
            part = f" {view.say('in_part')}" if any(row.members_in_part for row in flows) else ""
            yield Figure(title, chart, f"{view.say('chain_legend')}{part}")

    def claims(self) -> Iterator[Block]:
        """Printed sentences that rest on its figures, with their verdicts."""
        view = self.view
        observations = {row.observation for row in self._figures}
        items: list[Text] = [
            (
                view.verdict(row.verdict),
                " ",
                Link(view.name("claims", row.claim), anchor("claim", row.claim)),
            )
            for row in view.rows("claims", "claims", CheckedClaim)
            if observations & set(row.observations)
        ]
        if items:
            yield Paragraph((view.say("section_claims"),), "sub")
            yield Points(items)

    def sources(self) -> Iterator[Block]:
        """The sources of all that was shown."""
        view = self.view
        ids = dict.fromkeys(view.source_of(id) for id in self.cited)
        links = [view.source(id) for id in ids if id]
        if links:
            yield Paragraph(
                joined([view.heading("sources")[0] + view.written.colon, joined(links, " · ")]),
                "note",
            )

    def _rests(self, ids: Iterable[str] | Sequence[str]) -> Text:
        """Links to observations, which are noted for the list of sources."""
        listed = list(ids)
        self.cited += listed
        return self.view.rests(listed)
