"""What was learnt of entries and exits from a panel that the folder does not hold whole.

A file of `learnt/` holds it as text, and at its end the digest of all that stands before: one that
was changed is used in no part. Studies read what it teaches; here stands what it is of.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.labels import Period, parse_period
from songhua.schema.documents import unfit

#: The form of the file; another one is not read. Since 2 it says how long a crossing must hold.
FORM = 2


@dataclass(frozen=True)
class LearntFile:
    """A file of `learnt/`: its name and its content as plain data.

    One learnt `elsewhere` was computed neither by this user's songhua nor by what is installed.
    """

    file: str
    data: Mapping[str, Any]
    elsewhere: bool = False

    @property
    def indicator(self) -> str:
        """What the panel measures."""
        return str(self.data["indicator"])

    @property
    def source(self) -> str:
        """Where its figures come from; blank where that is not told."""
        return str(self.data["source"])

    @property
    def step(self) -> int:
        """Years from one period to the next."""
        return int(self.data["step"])

    @property
    def last(self) -> Period:
        """The last period of the panel."""
        return parse_period(str(self.data["learnt"]["periods"][-1]))

    @property
    def industries(self) -> list[str]:
        """The industries of the panel."""
        return [*map(str, self.data["learnt"]["industries"])]

    def known(self, days: Mapping[str, date | None], day: date) -> bool:
        """Whether it was known on a day: since its source was published, of the days of sources."""
        since = days.get(self.source)
        return since is not None and since <= day


def written(data: Mapping[str, Any]) -> str:
    """The text of a file from its content.

    >>> read(written({**EXAMPLE, "step": 5})).step
    5
    """
    lines = json.dumps(data, ensure_ascii=False, indent=1).splitlines()
    body = "\n".join(lines[:-1])
    return f'{body},\n "digest": "{digest(body)}"\n}}\n'


def digest(text: str) -> str:
    """The digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str, file: str = "") -> LearntFile:
    """A file read, if it is as it was written: written again it is the same, sign by sign.

    Raises:
        SonghuaError: `learnt_unreadable`, with the part that is wrong; `learnt_changed`, for a
            file whose digest is another.

    >>> read(written(EXAMPLE).replace("jobs", "firms"), "learnt/jobs-1.json")
    Traceback (most recent call last):
    ...
    songhua.errors.SonghuaError: learnt/jobs-1.json: It was changed since it was written, or is cut off. Take it from where it came, or write it anew with songhua choose DIR --learn-from FILE.
    """  # noqa: E501
    try:
        data = json.loads(text)
        same = isinstance(data, dict) and text == written(without(data, "digest"))
    except (ValueError, RecursionError) as error:
        row = getattr(error, "lineno", None)
        raise SonghuaError(Fault("learnt_unreadable", file, row, params={"part": "–"})) from None
    if not isinstance(data, dict) or type(data.get("form")) is not int or data["form"] != FORM:
        raise SonghuaError(Fault("learnt_unreadable", file, params={"part": "form"}))
    if not same:
        raise SonghuaError(Fault("learnt_changed", file))
    found = LearntFile(file, without(data, "digest"))
    if (odd := next(unfit(found.data), None)) or not _told(found):
        part = ".".join(odd[0])[:80] if odd else "learnt"
        raise SonghuaError(Fault("learnt_unreadable", file, params={"part": part}))
    return found


def _told(found: LearntFile) -> bool:
    """Whether it says what every file must: texts, a last period, and a step of whole years."""
    try:
        texts = [found.data["indicator"], found.data["source"], *found.data["learnt"]["industries"]]
        _ = found.last
    except (KeyError, TypeError, IndexError, SonghuaError):
        return False
    return type(found.data.get("step")) is int and all(isinstance(one, str) for one in texts)


def without(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Plain data without one name."""
    return {key: value for key, value in data.items() if key != name}


#: The least that a file must say, for examples.
EXAMPLE: Mapping[str, Any] = {
    "form": FORM, "indicator": "jobs", "source": "", "step": 1,
    "learnt": {"periods": ["2021"], "industries": ["food"]},
}  # fmt: skip
