"""Made packs/generic/territories.csv: countries and territories with names and currency.

No user needs to run it; it stands here so that the table can be followed. It needs babel, whose
data are those of the Unicode CLDR (Unicode licence v3):

    python tools/make_territories.py

Left out are territories that a pack of their own answers to, and those without a currency in use.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies

PACKS = Path(__file__).parents[1] / "src" / "songhua" / "packs"


def _own(code: str, others: Sequence[str]) -> Iterator[str]:
    """The names of a country in its own languages, where they are neither of the others."""
    for language in get_official_languages(code, de_facto=True):
        try:
            name = Locale.parse(language).territories.get(code, "")
        except UnknownLocaleError:
            continue
        if name and name not in others:
            yield name


def main() -> None:
    """Write the table, in the order of the codes."""
    named = {code: Locale(code).territories for code in ("en", "zh")}
    own = {
        line.split(",")[0]
        for file in PACKS.glob("*/territories.csv")
        if file.parent.name != "generic"
        for line in file.read_text("utf-8").splitlines()[1:]
    }
    rows = [("code", "en", "zh", "money", "own")]
    for code in sorted(named["en"]):
        used = get_territory_currencies(code) if len(code) == 2 else []
        if used and code not in own and named["zh"].get(code):
            names = (named["en"][code], named["zh"][code])
            rows.append((code, *names, f"m {used[0]}", "; ".join(_own(code, names))))
    with (PACKS / "generic" / "territories.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
