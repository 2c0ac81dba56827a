"""A workbench to ask, in the same process: its pages once its studies have run."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from songhua.web.app import app

TOKEN = "token-of-the-test"
HOME = "http://127.0.0.1:8321"


def client(folder: Path, read_only: bool = False) -> TestClient:
    """Someone who asks the workbench of a folder; a fault of its own is an answer, as for a browser."""
    return TestClient(
        app(folder, TOKEN, read_only), HOME, raise_server_exceptions=False, follow_redirects=False
    )


def page(asked: TestClient, address: str, headers: Mapping[str, str] | None = None) -> Any:
    """What an address answers once nothing is computed any more."""
    for _ in range(600):
        answer = asked.get(address, headers=dict(headers or {}))
        if "data-events" not in answer.text and answer.status_code != 202:
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{address} still waits")
