"""The address of a page: language, day and scenario are part of its address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from songhua import results


@dataclass(frozen=True)
class Address:
    """Language, day and scenario that all pages of a reader share.

    `as_of` is a day as the reader wrote it, `scenario` one of the plan's; both may be blank. In
    an address they begin with an underscore, as all that is about a page; what does not is a
    column of its table.
    """

    lang: str
    as_of: str = ""
    scenario: str = ""

    def to(self, page: str = "", **words: str) -> str:
        """The address of a page in this language, on this day and in this scenario.

        >>> Address("en", scenario="late").to("figures", indicator="gdp")
        '/en/figures?_scenario=late&indicator=gdp'
        >>> Address("zh").to("figures/a#row")
        '/zh/figures/a#row'
        """
        page, mark, place = page.partition("#")
        shared = {"_as_of": self.as_of, "_scenario": self.scenario}
        query = urlencode({name: value for name, value in (shared | words).items() if value})
        path = f"/{self.lang}/{quote(page)}"
        return path + (f"?{query}" if query else "") + mark + quote(place, safe="")

    def place(self, anchor: str) -> str:
        """The address of an entry by its anchor in the report: its own page, or one that finds it.

        >>> Address("en").place("obs-k3vq"), Address("en").place("target-growth")
        ('/en/figures/k3vq', '/en/at/target-growth')
        >>> Address("en").place("figures"), Address("en").place("track")
        ('/en/figures', '/en/at/track')
        >>> Address("en").place("rests-track-targets-k3vq")
        '/en/tables/track/targets?observations=k3vq'
        >>> Address("en").place("rests-accounts-cells-k3vq")
        '/en/tables/accounts/cells?rests_on=k3vq'
        """
        if anchor in APART:
            return self.to(anchor)
        kind, _, id = anchor.partition("-")
        if id and kind in PAGE_OF:
            return self.to(f"{PAGE_OF[kind]}/{id}")
        if kind == "whatif" and id:
            return self.to("what-if", _project=id)
        if kind == "rests" and id.count("-") >= 2:
            study, table, of = id.split("-", 2)
            return self.to(f"tables/{study}/{table}", **{_resting(study, table): of})
        if kind == "table" and "-" in id:
            return self.to("tables/" + id.replace("-", "/", 1))
        return self.to(f"at/{anchor}")


def _resting(study: str, table: str) -> str:
    """The column of a result's table that names the observations that a row rests on."""
    columns = results.tables(study)[table].columns
    return next(column.name for column in columns if column.type == "observations")


#: Sections whose things have pages of their own: they are on no chapter's page, but lists.
APART = ("figures", "industries")
#: Kinds of anchors whose things have a page of their own, and the page that lists them.
PAGE_OF = {
    "obs": "figures",
    "src": "sources",
    "industry": "industries",
    "firm": "firms/register",
    "project": "projects",
}
