"""Who may read and who may write: every way of asking is in one table."""

from pathlib import Path

import pytest

from songhua.web import guard
from web_work import HOME, TOKEN, client, page

OWN = {"origin": HOME}
COOKIE = {"cookie": f"{guard.cookie('127.0.0.1:8321')}={TOKEN}"}
HEADER = {guard.HEADER: TOKEN}
FOREIGN = {"origin": "http://evil.example"}
#: What writes, and what an empty request is answered that may write.
ADDRESSES = {
    "/en/stop": 200, "/zh/stop": 200, "/en/write/figure": 422, "/zh/write/sources": 422, "/en/write/places": 422, "/en/write/industries": 422,
    "/zh/write/indicators": 422, "/en/import": 400, "/en/import/0123456789abcdef": 422,
    "/en/departments/Works": 404, "/zh/import/paste": 400,
    "/en/figures/none/correct": 404, "/en/firms/judge": 200,
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        (OWN, 403),
        (COOKIE, 403),
        (HEADER, 403),
        (OWN | {guard.HEADER: "another"}, 403),
        (OWN | {"cookie": f"{guard.cookie(HOME)}=another"}, 403),
        (OWN | {"cookie": "a=b; ;;=;"}, 403),
        (FOREIGN | COOKIE, 403),
        ({"origin": "null"} | COOKIE, 403),
        ({"origin": "http://127.0.0.1:1"} | COOKIE, 403),
        ({"origin": "https://127.0.0.1:8321"} | COOKIE, 403),
        (OWN | COOKIE, None),
        (OWN | HEADER, None),
        ({"host": "evil.example:8321", "origin": "http://evil.example:8321"} | COOKIE, 421),
    ],
)
def test_writing_takes_a_page_of_its_own_and_the_token(
    rivertown: Path, address: str, headers: dict[str, str], status: int | None
) -> None:
    found = client(rivertown).post(address, headers=headers).status_code
    assert found == (status or ADDRESSES[address])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_written_where_it_is_for_reading_alone(rivertown: Path, method: str) -> None:
    asked = client(rivertown, read_only=True)
    for address in ("/", "/en/", *ADDRESSES, "/en/figures"):
        assert asked.request(method, address, headers=OWN | COOKIE).status_code == 403


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


def test_the_token_of_the_opened_address_is_put_away(rivertown: Path) -> None:
    asked = client(rivertown)
    answer = asked.get(f"/?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]
    assert "set-cookie" not in asked.get("/?token=another").headers
    assert asked.get("/", headers={"accept-language": "zh-CN,en"}).headers["location"] == "/zh/"
