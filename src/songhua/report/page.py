"""The report: its parts are gathered, and a template lays them out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.plan import Plan
from songhua.region import GRADES, Region
from songhua.report.charts.svg import expect
from songhua.report.sections.beside import any_beside, beside
from songhua.report.sections.certify import any_certify, certify
from songhua.report.sections.chains import any_chains, chains
from songhua.report.sections.claims import claims
from songhua.report.sections.coverage import coverage
from songhua.report.sections.figures import figures
from songhua.report.sections.findings import findings
from songhua.report.sections.glance import glance
from songhua.report.sections.growth import growth
from songhua.report.sections.indices import any_indices, indices
from songhua.report.sections.peers import any_peers, peers
from songhua.report.sections.recipe import recipe
from songhua.report.sections.seed import seed
from songhua.report.sections.simulate import any_simulate, simulate
from songhua.report.sections.sizes import sizes
from songhua.report.sections.track import any_track, track
from songhua.report.templating import render
from songhua.report.view import ESTIMATE_SIGNS, View
from songhua.results import Finding, Result

SECTIONS: dict[str, Callable[[View], dict[str, Any]]] = {
    "glance": glance,
    "findings": findings,
    "growth": growth,
    "sizes": sizes,
    "beside": beside,
    "peers": peers,
    "indices": indices,
    "chains": chains,
    "simulate": simulate,
    "track": track,
    "certify": certify,
    "claims": claims,
    "coverage": coverage,
    "seed": seed,
    "figures": figures,
    "recipe": recipe,
}
# Sections that are left out where there is nothing to show.
ANY: dict[str, Callable[[View], bool]] = {
    "beside": any_beside,
    "peers": any_peers,
    "indices": any_indices,
    "chains": any_chains,
    "simulate": any_simulate,
    "track": any_track,
    "certify": any_certify,
}


def page(
    region: Region,
    plan: Plan | None,
    results: Mapping[str, Result],
    skipped: Sequence[Finding],
    lang: str,
    sections: Sequence[str] = (),
) -> str:
    """The whole report in one language, or some of its sections by themselves."""
    view = View(region, plan, results, tuple(skipped), lang)
    expect(view.letters)
    shown = _shown(view, sections)
    parts = {name: SECTIONS[name](view) for name in shown}
    nav = [(name, view.say(f"section_{name}")) for name in shown]
    legends = {
        "grades": [view.grade(grade) for grade in GRADES],
        "estimates": [
            (sign, view.choice("estimate", kind), view.choice("covers", kind))
            for kind, sign in ESTIMATE_SIGNS.items()
        ],
    }
    text = render(
        "report.html", v=view, say=view.say, parts=parts, nav=nav, legends=legends, lang=lang,
        title=view.say("report_title", region=region.name[lang]), whole=not sections,
    )  # fmt: skip
    return _unlinked(text) if sections else text


def _shown(view: View, sections: Sequence[str]) -> list[str]:
    """The sections asked for, or all, as far as there is something to show in them."""
    wrong = [name for name in sections if name not in SECTIONS]
    if wrong:
        params = {"names": ", ".join(wrong), "known": ", ".join(SECTIONS)}
        raise SonghuaError(Fault("section_unknown", params=params))
    wanted = sections or SECTIONS
    shown = [name for name in SECTIONS if name in wanted and (name not in ANY or ANY[name](view))]
    if not shown:
        raise SonghuaError(Fault("section_empty", params={"names": ", ".join(sections)}))
    return shown


def _unlinked(text: str) -> str:
    """The page without links to what is not on it: their words stay."""
    held = set(re.findall(r' id="([^"]+)"', text))
    link = re.compile(r'<a\b[^>]*\bhref="#([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
    return link.sub(lambda found: found[0] if found[1] in held else found[2], text)
