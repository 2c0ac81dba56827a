"""The page of one project: what is known of it, and its own fan, when its draws are there."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi.responses import Response

from songhua.document.project import project, project_ids
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.labels.lookup import refuse_absent
from songhua.studies.simulate.rows import Driver
from songhua.web import answers
from songhua.web.address import Address
from songhua.web.pages import Page
from songhua.web.what_if import PROJECTS
from songhua.web.workbench import Waiting, Workbench


def page(bench: Workbench, at: Address, id: str, as_json: bool) -> Response:
    """A project's page, or that its draws are made.

    Raises:
        SonghuaError: `label_unknown`, where the plan has no such project.
    """
    name = f"{PROJECTS}/{id}"
    view = bench.view(at)
    if isinstance(view, Waiting):
        return answers.waiting(bench, at, name, view.job, as_json)
    refuse_absent("projects", project_ids(view), id)
    drivers: Sequence[Driver] = ()
    try:
        plan = bench.what_if(at)
        if isinstance(plan, Waiting):
            return answers.waiting(bench, at, name, plan.job, as_json)
        if id in plan.base.flows.projects:
            drivers = plan.drivers(id)
    except SonghuaError as error:
        if {fault.code for fault in error.faults} != {"what_if_lacks"}:
            raise

    def make(view: View) -> Page:
        section = project(view, id, drivers)
        return Page(section.title, section.blocks)

    return answers.answer(bench, at, name, make, as_json)
