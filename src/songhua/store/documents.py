"""Documents of a case: TOML files parsed, with the rows on which their tables and keys stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.store.encoding import clean


@dataclass(frozen=True)
class Document:
    """A TOML file read: its tables, and its text for finding the rows that faults name."""

    file: str
    data: Mapping[str, Any]
    text: str

    def row(self, *keys: str) -> int | None:
        """The row on which a table (and a key in it) stands; the file's row numbers from 1.

        >>> Document("a.toml", {}, "# note\\n[b.c]\\nd = 1\\n").row("b", "c", "d")
        3
        """
        for depth in range(len(keys), 0, -1):
            heading = r"\s*\.\s*".join(rf'["\']?{re.escape(key)}["\']?' for key in keys[:depth])
            if found := re.search(rf"^[ \t]*\[\s*{heading}\s*\]", self.text, re.MULTILINE):
                start = found.start()
                if depth < len(keys):
                    start = self._key_after(found.end(), keys[depth]) or start
                return self.text.count("\n", 0, start) + 1
        return None

    def _key_after(self, start: int, key: str) -> int | None:
        section = re.compile(r"^[ \t]*\[", re.MULTILINE).search(self.text, start)
        end = section.start() if section else len(self.text)
        pattern = re.compile(rf'^[ \t]*["\']?{re.escape(key)}["\']?\s*[.=]', re.MULTILINE)
        found = pattern.search(self.text, start, end)
        return found.start() if found else None


def parse(data: bytes, file: str) -> tuple[Document | None, list[Fault]]:
    """A TOML file, or the fault that makes it unreadable."""
    try:
        text = clean(data, file).decode("utf-8")
        return Document(file, tomllib.loads(text), text), []
    except SonghuaError as error:
        return None, list(error.faults)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        row = int(found[1]) if found else None
        why = re.sub(r" \(at .*\)", "", str(error))[:200]
        return None, [Fault("toml_unreadable", file=file, row=row, params={"why": why})]
    except (RecursionError, ValueError) as error:
        why = type(error).__name__
        return None, [Fault("toml_unreadable", file=file, params={"why": why})]
