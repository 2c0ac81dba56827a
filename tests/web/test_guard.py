"""Facts a browser tells of itself, and is told: `test_every_address` has who may write."""

import asyncio
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from songhua.web import guard
from web_work import HOME, TOKEN, client, page


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8321", "", "127.0.0.2"]
)
def test_a_foreign_name_for_this_machine_is_refused(rivertown: Path, host: str) -> None:
    answer = client(rivertown).get("/en/", headers={"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9", "[::1]:8321"])
def test_names_of_this_machine_are_answered(rivertown: Path, host: str) -> None:
    assert page(client(rivertown), "/en/", {"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("site", "what", "status"),
    [
        ("cross-site", "image", 403),
        ("cross-site", "iframe", 403),
        ("cross-site", "", 403),
        ("same-site", "image", 403),
        ("same-site", "document", 200),
        ("cross-site", "document", 200),
        ("same-origin", "image", 200),
        ("none", "document", 200),
    ],
)
def test_another_site_may_lead_here_and_fetch_nothing(
    rivertown: Path, site: str, what: str, status: int
) -> None:
    told = {"sec-fetch-site": site, "sec-fetch-dest": what}
    assert client(rivertown).get("/en/figures", headers=told).status_code == status


def test_every_answer_tells_the_browser_to_run_nothing_foreign(rivertown: Path) -> None:
    asked = client(rivertown)
    answers = [page(asked, one) for one in ("/en/", "/en/figures.json", "/nowhere", "/en/?_page=a")]
    answers.append(asked.post("/en/stop"))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("begun", [False, True])
def test_what_is_asked_while_it_ends_is_told_so_without_a_trace(begun: bool) -> None:
    async def ended(scope: guard.Scope, receive: guard.Receive, send: guard.Send) -> None:
        if begun:
            await PlainTextResponse("so far")(scope, receive, send)
        raise asyncio.CancelledError

    asked = TestClient(guard.Guard(ended, TOKEN), HOME, headers={guard.HEADER: TOKEN})
    answer = asked.get("/en/")
    told = (200, "so far") if begun else (503, "The workbench has ended.\n")
    assert (answer.status_code, answer.text) == told


def test_the_token_of_the_opened_address_is_put_away(rivertown: Path) -> None:
    asked = client(rivertown)
    answer = asked.get(f"/?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]
    assert "set-cookie" not in asked.get("/?token=another").headers
    assert asked.get("/", headers={"accept-language": "zh-CN,en"}).headers["location"] == "/zh/"
