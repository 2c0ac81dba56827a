"""The description of the addresses: it is whole, and whatever is asked is answered as it says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bare import bare_charts
from examples import examples
from small import write
from songhua import session
from songhua.web import guard
from web_work import HOME, TOKEN, client, page, routes

MAY = {"origin": HOME, guard.HEADER: TOKEN}
ODD = (
    "", "-", "0", "1", "-1", "1e999", "nan", "gdp", "rivertown", "2020", "2020-01-01", "9999-12-31",
    "0000-01-01", "value", "-value", "id", "\0", "\n", "../", "a" * 300, "𠀀", "²", "'\"><script>",
    "actual", "bulletin-2020", "track", "targets", "monthly", "brief", "docx", "html", "take", "look",
)  # fmt: skip
ANY = st.sampled_from(ODD) | st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.fixture(scope="module", params=["rivertown", "empty"])
def bench(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Any:
    """A workbench whose studies have run: of a small region, and of one without any figure."""
    folder = tmp_path_factory.mktemp("described") / "region"
    asked = client(write(folder) if request.param == "rivertown" else session.new(folder))
    for lang in ("en", "zh"):
        page(asked, f"/{lang}/")
    return asked


@cache
def description() -> Any:
    """The description of all addresses: of any folder the same."""
    return client(session.example()).get("/openapi.json").json()


def test_every_address_is_described() -> None:
    for path, methods in description()["paths"].items():
        for told in methods.values():
            names = [(one["in"], one["name"]) for one in told["parameters"]]
            assert len(names) == len(set(names))
            assert all(
                f"{{{one['name']}}}" in path for one in told["parameters"] if one["in"] == "path"
            )
            assert told.get("summary")
            for status in ("400", "404", "409", "421", "422"):
                assert told["responses"][status]["content"]
            assert told["security"] == [{"token": []}]
            for one in told["responses"].values():
                assert one["description"]
    figures = description()["paths"]["/{lang}/figures.csv"]["get"]
    assert "text/csv" in figures["responses"]["200"]["content"]
    columns = next(one for one in figures["parameters"] if one["name"] == "columns")
    assert "indicator" in columns["schema"]["properties"]


def test_what_is_described_is_what_is_taken() -> None:
    for route in routes(session.example()):
        for method in (route.methods or ()) if route.include_in_schema else ():
            told = description()["paths"][route.path][method.lower()]["parameters"]
            query = {one["name"]: one["schema"] for one in told if one["in"] == "query"}
            open_ = [query.pop(name) for name in ("columns", "words") if name in query]
            names = {*query}.union(*(one.get("properties", ()) for one in open_))
            stars = sum(len(one.get("patternProperties", ())) for one in open_)
            taken = route.words({"study": "", "name": ""})
            assert names == {one for one in taken if "*" not in one}, route.path
            assert stars == sum("*" in one for one in taken), route.path


def test_what_it_refers_to_is_there() -> None:
    def refer(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if "$ref" in part else []
            return own + [ref for one in part.values() for ref in refer(one)]
        return [ref for one in part for ref in refer(one)] if isinstance(part, list) else []

    named = refer(description())
    assert named
    for ref in named:
        assert ref.rpartition("/")[2] in description()["components"]["schemas"]


def test_a_method_that_is_not_to_be_had_says_which_are(bench: Any) -> None:
    for address, which in (
        ("/en/figures", "GET"),
        ("/en/stop", "POST"),
        ("/en/import", "GET, POST"),
    ):
        answer = bench.request("DELETE", address, headers=MAY)
        assert (answer.status_code, answer.headers["allow"]) == (405, which)


def test_a_list_may_be_asked_by_all_that_is_described_of_it(bench: Any) -> None:
    for name in ("figures", "cells", "sources"):
        told = description()["paths"][f"/{{lang}}/{name}.csv"]["get"]["parameters"]
        of = {one["name"]: one["schema"] for one in told}
        for sort in of["_sort"]["enum"]:
            answer = bench.get(f"/en/{name}.csv?_sort={sort}")
            assert answer.status_code == 200, sort
            assert answer.text.splitlines()[0].lstrip("\ufeff").split(",")[
                -len(of["columns"]["properties"]) :
            ] == [*of["columns"]["properties"]]


def test_a_day_that_is_none_is_refused_before_anything_is_done(bench: Any) -> None:
    pasted = {"text": "a\tb\n1\t2"}
    for address in ("/en/stop", "/en/import/paste", "/zh/firms/judge"):
        answer = bench.post(f"{address}?_as_of=2021-13-45", headers=MAY, data=pasted)
        assert answer.status_code == 400
    assert bench.post("/en/import/paste?_scenario=none", headers=MAY, data=pasted).status_code in (
        404,
        409,
    )


@pytest.mark.parametrize(
    "end", ["look?_kind=letter", "look?_kind=monthly", "annual.pdf", "look?_kind=brief&_period=x"]
)
def test_no_study_is_run_for_what_is_no_document(bench: Any, end: str) -> None:
    assert bench.get(f"/en/documents/{end}").status_code in (400, 404)


def test_a_form_without_what_it_needs_is_refused(bench: Any) -> None:
    for name in ("figure", "sources", "places"):
        answer = bench.post(f"/zh/write/{name}", headers=MAY, data={"_what": "", "note": "x"})
        assert answer.status_code == 422
    sent = {"what": "something"}
    assert bench.post("/en/import/0123456789abcdef", headers=MAY, data=sent).status_code == 422


def test_what_is_refused_of_a_document_as_data_is_data(bench: Any) -> None:
    answer = bench.get("/en/documents/brief.json?_period=never")
    told = description()["paths"]["/{lang}/documents/{kind}.{form}"]["get"]["responses"]["400"]
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/json")
    assert {"application/json", "text/html"} <= {*told["content"]}


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, str, Asked]:
    """Any address with what it takes and with what it does not: its own path, method, and request."""
    path, method, parameters, fields = operations()[draw(st.integers(0, len(operations()) - 1))]
    address, query = path, list[str]()
    for name, where, choices, columns in parameters:
        if where == "path":
            value = draw(st.sampled_from(["en", "zh"]) if name == "lang" else ANY.filter(bool))
            address = address.replace(f"{{{name}}}", quote(value, safe=""))
        elif draw(st.integers(0, 3)) == 0:
            key = draw(st.sampled_from(columns)) if columns else name
            value = draw(st.sampled_from(choices) | ANY if choices else ANY)
            query.append(f"{quote(key)}={quote(value)}")
    headers = draw(st.sampled_from([MAY, MAY, {"origin": HOME}, {}]))
    sent = None
    if method == "post":
        sent = draw(st.dictionaries(st.sampled_from([*fields, "_what", "other"]), ANY, max_size=6))
    return path, method, Asked("?".join(filter(None, (address, "&".join(query)))), headers, sent)


@dataclass(frozen=True)
class Asked:
    address: str
    headers: dict[str, str]
    sent: dict[str, str] | None


@cache
def operations() -> list[tuple[str, str, list[Any], list[str]]]:
    """The addresses that answer at once: path, method, the words and the fields that each takes."""
    return [
        (path, method, [
            (one["name"], one["in"], one["schema"].get("enum", ()), sorted(one["schema"].get("properties", ())))
            for one in one_told["parameters"] if one["name"] != "_as_of"
        ], fields_of(one_told))
        for path, methods in description()["paths"].items() for method, one_told in methods.items()
        if not path.endswith((".{form}", ".xlsx", "/events"))
    ]  # fmt: skip


def fields_of(operation: Any) -> list[str]:
    """The fields of the form that an address takes."""
    kinds = operation.get("requestBody", {}).get("content", {})
    schemas = [one["schema"] for one in kinds.values()]
    parts = description()["components"]["schemas"]
    whole = [parts[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in schemas]
    return sorted(name for one in whole for name in one["properties"])


def answered_as_described(bench: Any, request: tuple[str, str, Asked]) -> None:
    """One request: its answer is none of a fault, and one of those that are described."""
    path, method, asked = request
    answer = bench.request(method, asked.address, headers=asked.headers, data=asked.sent)
    assert answer.status_code < 500, asked
    kinds = description()["paths"][path][method]["responses"].get(str(answer.status_code))
    assert kinds is not None, (asked, answer.status_code)
    kind = answer.headers.get("content-type", "").partition(";")[0]
    assert not answer.content or kind in kinds.get("content", {}), (asked, kind)


QUIET = {"suppress_health_check": [*HealthCheck]}


@examples(7.5, **QUIET)
@given(request=requests())
def test_what_is_asked_is_answered_as_described(
    bench: Any, request: tuple[str, str, Asked]
) -> None:
    with bare_charts():
        answered_as_described(bench, request)


@pytest.mark.exhaustive
@examples(25, **QUIET)
@given(request=requests())
def test_what_is_asked_twenty_thousand_times(bench: Any, request: tuple[str, str, Asked]) -> None:
    with bare_charts():
        answered_as_described(bench, request)
