"""Claims of sentences on likely entries and losses, and on the industries of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sentence_audit.choose import RULES, about, measure, odds_of, two_digits
from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import known, rows, sole, unequal

#: The most industries that a list names, and that the brief names.
LISTED, NAMED = 3, 2
KINDS = {"entry": "enter", "exit": "at_risk"}


def _kind(sentence: Sentence) -> str:
    return sentence.code.rsplit("_", 1)[1]


def _candidates(sentence: Sentence, kind: str) -> pd.DataFrame:
    """Candidates of a kind, the likeliest first."""
    frame = rows(sentence, "choose.candidates", kind=kind)
    return frame.sort_values("odds", ascending=False, kind="stable")


def _usual(sentence: Sentence, kind: str) -> Iterator[str]:
    """The number of candidates, the usual rate, and the years that odds are of."""
    row = about(sentence, kind)
    computed = {
        "n": len(_candidates(sentence, kind)),
        "years": row["years"],
        "period": row["after"],
        **measure(row),
        "rate": two_digits(100 * row["came"] / row["n"]),
        "least": RULES["candidates"],
    }
    yield from unequal(sentence, computed)


@claim(
    "choose_none_entry",
    "choose_none_exit",
    words="of no candidate of the kind does the band lie above the usual rate",
)
def none(sentence: Sentence) -> Iterator[str]:
    """The greatest odds of all."""
    yield from _usual(sentence, _kind(sentence))
    frame = _candidates(sentence, _kind(sentence))
    likelier = frame[frame["odds_low"] > frame["base_rate"]]
    yield from (f"{industry} has higher odds" for industry in likelier["industry"])


@claim(
    "choose_list_entry",
    "choose_list_exit",
    words="of so many of n candidates the band lies above the usual rate; the likeliest by name, "
    "with the odds of the first",
)
def listed(sentence: Sentence) -> Iterator[str]:
    """Candidates above the rate, in order of their odds, and the figures of those named."""
    kind = _kind(sentence)
    yield from _usual(sentence, kind)
    frame = _candidates(sentence, kind)
    likelier = frame[frame["odds_low"] > frame["base_rate"]]
    top = likelier.head(LISTED)
    computed = {"listed": len(likelier), "industries": list(top["industry"])}
    yield from unequal(sentence, computed | _beside_usual(top.iloc[0].to_dict()))
    yield from odds_of(top.iloc[0].to_dict())
    if {id for cell in top["observations"] for id in cell.split()} != set(sentence.observations):
        yield "the figures are others"


def _of_plan(sentence: Sentence, *verdicts: str) -> pd.DataFrame:
    """Industries of the plan with these verdicts, by verdict and then as the table has them."""
    frame = rows(sentence, "choose.plan_choices")
    return pd.concat([frame[frame["verdict"] == verdict] for verdict in verdicts])


@claim(
    "choose_plan_secure",
    "choose_plan_at_risk",
    "choose_plan_bet",
    "choose_plan_long_shot",
    "choose_plan_unnamed",
    words="all industries of the plan, or that it does not name, of a verdict; each is specialised "
    "or not, and likelier than usual or not, as the verdict says; the end of the panel and the years of the odds",
)
def of_plan(sentence: Sentence) -> Iterator[str]:
    """Quotients and odds beside the lines."""
    verdict = sentence.code.removeprefix("choose_plan_")
    frame = _of_plan(sentence, verdict)
    specialised, likely = verdict in ("secure", "at_risk"), verdict not in ("secure", "long_shot")
    row = about(sentence, "exit" if specialised else "entry")
    computed = {"n": len(frame), "industries": list(frame["industry"])}
    yield from unequal(sentence, computed | {"period": row["after"], "years": row["years"]})
    line = row["above"] if specialised else row["below"]
    for choice in frame.to_dict("records"):
        if (choice["quotient"] >= line) != specialised:
            yield f"the quotient of {choice['industry']} is {choice['quotient']}"
        if (choice["odds_low"] > choice["base_rate"]) != likely:
            yield f"the odds of {choice['industry']} are {choice['odds']}"
        if known(choice["role"]) != (verdict != "unnamed"):
            yield f"the role of {choice['industry']} is {choice['role'] or 'none'}"


@claim(
    "choose_plan_secure",
    "choose_plan_at_risk",
    "choose_plan_bet",
    "choose_plan_long_shot",
    "choose_plan_unnamed",
    "choose_crossed",
    words="the series that industries are judged by is named",
)
def judged_by(sentence: Sentence) -> Iterator[str]:
    """The series of the panel."""
    yield from unequal(sentence, measure(about(sentence)))


@claim(
    "choose_crossed",
    words="all industries that crossed a line, so lately that they are no candidates",
)
def crossed(sentence: Sentence) -> Iterator[str]:
    """Rows of the list, which have no odds."""
    frame = rows(sentence, "choose.candidates", list="crossed")
    yield from unequal(sentence, {"n": len(frame), "industries": list(frame["industry"])})
    if frame["odds"].notna().any():
        yield "some have odds"


@claim("choose_few_candidates", words="the candidates of a kind are fewer than so many")
def few(sentence: Sentence) -> Iterator[str]:
    """Their number."""
    n = len(_candidates(sentence, sentence.params["choice_kind"]))
    yield from unequal(sentence, {"n": n, "least": RULES["candidates"]})
    if n >= RULES["candidates"]:
        yield "there are enough"


def _beside_usual(first: dict[str, Any]) -> dict[str, float]:
    """The odds as a multiple of the usual rate, and their band."""
    return {
        "times": two_digits(first["odds"] / first["base_rate"]),
        "left": two_digits(first["odds_low"]),
        "right": two_digits(first["odds_high"]),
    }


def _numbers(sentence: Sentence, first: dict[str, Any]) -> Iterator[str]:
    """The odds of one industry with their band, beside the usual rate, and their years."""
    row = about(sentence, first["kind"])
    computed = {
        "industry": first["industry"],
        "years": row["years"],
        **measure(row),
        "period": row["after"],
        "rate": two_digits(first["base_rate"]),
    }
    yield from unequal(sentence, computed | _beside_usual(first))
    yield from odds_of(first)


@claim(
    "brief_choose_enter",
    "brief_choose_lose",
    words="the likeliest of a kind by name, the odds of the first with their band, the usual rate",
)
def likeliest(sentence: Sentence) -> Iterator[str]:
    """Candidates above the rate in order of their odds."""
    kind = "entry" if sentence.code == "brief_choose_enter" else "exit"
    frame = _candidates(sentence, kind)
    likelier = frame[frame["odds_low"] > frame["base_rate"]]
    named = list(likelier.head(NAMED)["industry"])
    yield from unequal(sentence, {"n": len(likelier), "industries": named})
    if len(likelier):
        yield from _numbers(sentence, likelier.iloc[0].to_dict())


@claim(
    "brief_plan_at_risk",
    words="the plan names the industry, and it is likelier than usual to be lost, with these odds",
)
def plan_at_risk(sentence: Sentence) -> Iterator[str]:
    """Its row, its role and its odds beside the rate."""
    row = sole(sentence, "choose.candidates", industry=sentence.params["industry"], kind="exit")
    if row is None:
        yield "it is no candidate"
        return
    yield from _numbers(sentence, row)
    yield from unequal(sentence, {"n": 1, "industries": [row["industry"]]})
    if not known(row["role"]) or row["odds_low"] <= row["base_rate"]:
        yield "the plan does not name it, or its odds are not higher"
    if set(row["observations"].split()) != set(sentence.observations):
        yield "the figures are others"
