"""Claims on the terminal: how many have each verdict, then each with what arithmetic gives."""

from __future__ import annotations

from songhua.cli.screen import Row, Screen
from songhua.report.numbers import span
from songhua.session import Run

VERDICTS = ("inconsistent", "consistent_if", "consistent", "not_checkable")
BRIEF = VERDICTS[:2]


def show(done: Run, lang: str, brief: bool = False) -> None:
    """How many claims have each verdict, then the claims, in brief those that do not hold."""
    screen = Screen(done, lang)
    frame = done.results["claims"].tables["claims"]
    counts = [
        f"{screen.choice('verdict', v)} {int((frame['verdict'] == v).sum())}" for v in VERDICTS
    ]
    screen.title(f"{screen.word('title_claims')} {' · '.join(counts)}")
    for verdict in BRIEF if brief else VERDICTS:
        rows = frame[frame["verdict"] == verdict].to_dict("records")
        if rows:
            screen.console.print(
                f" {screen.choice('verdict', verdict)}", style="italic", markup=False
            )
        for row in rows:
            claim = done.region.claims[row["claim"]]
            said = [claim["says"][lang], _computed(screen, row)]
            premise = (claim.get("premise") or {}).get(lang)
            if premise:
                said.append(screen.word("only_if") + premise)
            screen.item(" ".join(part for part in said if part))


def _computed(screen: Screen, row: Row) -> str:
    """What arithmetic gives: the two sides, or the number that was unknown."""
    sides = [
        span(row[f"{side}_low"], row[f"{side}_high"], row["unit"], screen.lang)
        for side in ("left", "right", "implied")
    ]
    if "–" not in sides[:2]:
        return screen.word("claim_sides", left=sides[0], right=sides[1])
    return "" if sides[2] == "–" else screen.word("claim_implied", value=sides[2])
