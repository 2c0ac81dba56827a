"""Every address of the workbench that runs, by method and by way of asking: none is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bare import bare_charts
from small import write
from songhua.messages import LANGUAGES
from songhua.web import guard
from web_work import HOME, TOKEN, address, client, page, routes

#: Addresses that write, with the answer to an empty request.
WRITES = {
    "/{lang}/stop": 200,
    "/{lang}/what-if/save": 409,
    "/{lang}/import": 400,
    "/{lang}/import/paste": 400,
    "/{lang}/import/{id}": 422,
    "/{lang}/write/figure": 422,
    "/{lang}/write/sources": 422,
    "/{lang}/write/indicators": 422,
    "/{lang}/write/industries": 422,
    "/{lang}/write/places": 422,
    "/{lang}/figures/{id}/correct": 404,
    "/{lang}/firms/judge": 200,
    "/{lang}/departments/{id}": 404,
    "/{lang}/plan/rows/{table}/{id}": 404,
}
#: Addresses that are read; a name with `.*` also as data.
CHAPTERS = ("industries", "choose", "plan", "projects", "firms", "comparison", "method")
READS = {
    "/", *(f"/{lang}" for lang in LANGUAGES), "/openapi.json", "/favicon.ico", "/static/{digest}/{name}", "/font/{name}.woff2",
    "/{lang}/", "/{lang}/brief.json", "/{lang}/events", "/{lang}/at/{anchor}", "/{lang}/tables",
    *(f"/{{lang}}/{one}{form}" for one in CHAPTERS for form in ("", ".json")),
    *(f"/{{lang}}/{one}/{{id}}{form}" for one in ("industries", "figures", "sources", "projects")
      for form in ("", ".json")),
    *(f"/{{lang}}/{one}{form}" for one in ("figures", "cells", "sources", "tables/{study}/{name}",
      "firms/register", "what-if") for form in ("", ".json", ".csv")),
    "/{lang}/firms/register/{id}", "/{lang}/what-if/answer", "/{lang}/departments",
    "/{lang}/departments/{id}/sheet.xlsx", "/{lang}/documents", "/{lang}/documents/tables.xlsx",
    "/{lang}/documents/{kind}.{form}", "/{lang}/documents/look", "/{lang}/plan/rows",
    *(one for one in WRITES if one.count("/") > 1 and one not in (
        "/{lang}/stop", "/{lang}/what-if/save")),
}  # fmt: skip
#: What is read of a workbench that is for reading alone: the forms are not there.
FORMS = {"/{lang}/plan/rows", *WRITES} - {"/{lang}/departments/{id}"}
METHODS = ("GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE", "BREW")
OWN, HEADER = {"origin": HOME}, {guard.HEADER: TOKEN}
COOKIE = {"cookie": f"{guard.cookie(HOME)}={TOKEN}"}
#: Ways of asking that may write, that have no token, that may only read, and others with the answer.
MAY = {"token": OWN | HEADER, "cookie": OWN | COOKIE}
NO_TOKEN: dict[str, dict[str, str]] = {
    "nothing": {},
    "no token": OWN,
    "another token": OWN | {guard.HEADER: "another"},
    "another cookie": OWN | {"cookie": f"{guard.cookie(HOME)}=another"},
    "the cookie of another port": OWN | {"cookie": f"{guard.cookie('127.0.0.1:1')}={TOKEN}"},
    "no cookie among others": OWN | {"cookie": "a=b; ;;=;"},
}
MAY_READ = {
    "no origin": HEADER,
    "foreign origin": {"origin": "http://evil.example"} | COOKIE,
    "another port": {"origin": "http://127.0.0.1:1"} | COOKIE,
    "another scheme": {"origin": HOME.replace("http", "https")} | COOKIE,
    "origin of a frame": {"origin": "null"} | COOKIE,
}
MAY_NOTHING = {
    "foreign host": (421, OWN | HEADER | {"host": "evil.example:8321"}),
    "its own foreign host": (421, {"host": "evil.example", "origin": "http://evil.example"} | COOKIE),
    "fetched from elsewhere": (403, OWN | HEADER | {"sec-fetch-site": "cross-site", "sec-fetch-dest": "image"}),
    "fetched from another port": (403, OWN | HEADER | {"sec-fetch-site": "same-site", "sec-fetch-dest": "empty"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("addresses") / "rivertown")


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[Any]:
    """Someone who asks a workbench whose studies have run."""
    with bare_charts():
        asked = client(folder, token="")
        page(asked, "/en/", HEADER)
        yield asked


@pytest.mark.parametrize("read_only", [False, True])
def test_the_table_has_every_address(folder: Path, read_only: bool) -> None:
    reads = {one for one in READS if not (read_only and one in FORMS)}
    kept = {"/{lang}/stop", "/{lang}/what-if/save"}  # refused by the guard where nothing is written
    writes = {one for one in WRITES if not read_only or one in kept}
    told = {("GET", one) for one in reads} | {("POST", one) for one in writes}
    found = {
        (one, route.path) for route in routes(folder, read_only) for one in route.methods or ()
    }
    assert found ^ told == ({("POST", "/{lang}/what-if/save")} if read_only else set())


@pytest.mark.parametrize("path", sorted(READS | {*WRITES}))
def test_no_way_of_asking_goes_past_the_guard(asked: Any, path: str) -> None:
    for method in METHODS:
        reading = method in ("GET", "HEAD", "OPTIONS")
        for way, (status, headers) in MAY_NOTHING.items():
            found = asked.request(method, address(path), headers=headers).status_code
            assert found == status, (method, way)
        for way, headers in (NO_TOKEN if reading else NO_TOKEN | MAY_READ).items():
            if not (reading and path == "/favicon.ico"):
                found = asked.request(method, address(path), headers=headers).status_code
                assert found == 403, (method, way)
        for way, headers in (MAY_READ if reading else MAY).items():
            found = asked.request(method, address(path), headers=headers).status_code
            if method in ("GET", "HEAD") and path in READS:
                assert found in (200, 202, 303, 308, 400, 404, 409), (method, way)
            else:
                usual = WRITES.get(path, 405) if method == "POST" else 405
                assert found == usual, (method, way)


def test_where_nothing_is_written_every_address_refuses_to(folder: Path) -> None:
    asked = client(folder, read_only=True)
    for path in sorted(READS | {*WRITES}):
        for method in METHODS[3:]:
            found = asked.request(method, address(path), headers=OWN | HEADER).status_code
            assert found == 403, (method, path)
