"""Claims of sentences on registers of firms: what is judged, by which day, and how exact it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import rows, unequal
from songhua.maths.disclosure import BASE, REACH
from songhua.rules.verdict import refusal
from songhua.store import rulebooks

FIRMS = ("certify.pipeline", "certify.counts", "certify.expiry_counts")
NAMED = ("certify.verdicts", "certify.expiring_certificates")


@claim("register_absent", words="so many published counts are shown, and no firm is judged")
def absent(sentence: Sentence) -> Iterator[str]:
    """Rows of published counts, and none of firms."""
    yield from unequal(sentence, {"n": len(rows(sentence, "certify.published"))})
    yield from (f"{name} has rows" for name in (*FIRMS, *NAMED) if len(rows(sentence, name)))


@claim(
    "register_absent",
    words="each of them says whether it was counted, estimated, aimed at or expected",
)
def counted(sentence: Sentence) -> Iterator[str]:
    """The kind of each row."""
    kinds = rows(sentence, "certify.published")["kind"]
    yield from ("a number has no kind" for kind in kinds if not kind)


@claim("register_invented", words="every firm that is judged is invented")
def invented(sentence: Sentence) -> Iterator[str]:
    """The mark on every row."""
    for name in (*FIRMS, *NAMED):
        frame = rows(sentence, name)
        if len(frame) and not frame["invented"].all():
            yield f"rows of {name} are not"


def _as_of(sentence: Sentence, day: str) -> Iterator[str]:
    """A line where certificates are counted from another day, or until another year."""
    lapsing = rows(sentence, "certify.expiring_certificates")
    for row in lapsing.to_dict("records"):
        if date.fromisoformat(str(row["until"])[:10]) - timedelta(
            row["days"]
        ) != date.fromisoformat(day):
            yield f"certificates until {row['until']} have {row['days']} days"
            break
    years = rows(sentence, "certify.counts", by="year")
    if len(years) and years["group"].max() != day[:4]:
        yield f"the last year is {years['group'].max()}"


@claim("register_judged", words="n firms are judged, by the law of a day")
def judged(sentence: Sentence) -> Iterator[str]:
    """Firms with a verdict, and those at all stages of each status; the day of certificates."""
    n = rows(sentence, "certify.verdicts")["firm"].nunique()
    yield from unequal(sentence, {"n": n})
    stages = rows(sentence, "certify.pipeline").groupby("status")["firms"].sum()
    yield from (
        f"{status} is judged of {firms:g}" for status, firms in stages.items() if firms != n
    )
    yield from _as_of(sentence, sentence.params["as_of"])


@claim("register_judged_about", words="about n firms are judged: a number that may be published")
def judged_about(sentence: Sentence) -> Iterator[str]:
    """A multiple of the base within reach of the stages, and no firm by name."""
    n = sentence.params["n"]
    stages = rows(sentence, "certify.pipeline").groupby("status")[["low", "high"]].sum()
    for status, ends in stages.iterrows():
        if not ends["low"] - REACH <= n <= ends["high"] + REACH:
            yield f"stages of {status} have {ends['low']:g} to {ends['high']:g} firms"
    if n % BASE:
        yield "it is no multiple of the base"
    yield from (f"{name} names firms" for name in NAMED if len(rows(sentence, name)))
    yield from _as_of(sentence, sentence.params["as_of"])


@claim(
    "counts_about", words="numbers of firms are multiples of a base, and lie so far from the true"
)
def about(sentence: Sentence) -> Iterator[str]:
    """The numbers and ends of every row."""
    base, most = sentence.params["base"], sentence.params["most"]
    yield from unequal(sentence, {"base": BASE, "most": REACH})
    for name in FIRMS:
        for row in rows(sentence, name).to_dict("records"):
            firms = row["firms"]
            if firms % base or (row["low"], row["high"]) != (max(0, firms - most), firms + most):
                yield f"{firms:g} in {name} lies between {row['low']:g} and {row['high']:g}"


@claim("register_facts_later", words="facts of the register are of a day after that of the law")
def later(sentence: Sentence) -> Iterator[str]:
    """Both days."""
    if not sentence.params["day"] > sentence.params["as_of"]:
        yield "they are not later"
    yield from _as_of(sentence, sentence.params["as_of"])


@claim("status_no_text", "status_not_in_force", words="a status gives no verdict on a day, and why")
def no_verdict(sentence: Sentence) -> Iterator[str]:
    """The only stage of its firms says so, and the law of a status that comes with songhua."""
    stage, status = sentence.code.removeprefix("status_"), sentence.params["status"]
    stages = rows(sentence, "certify.pipeline", status=status)["stage"]
    yield from (f"firms are {other}" for other in stages if other != stage)
    yield from [] if len(stages) else ["the status has no firms"]
    yield from _as_of(sentence, sentence.params["day"])
    if status in rulebooks.names():
        book, day = rulebooks.load(status), date.fromisoformat(sentence.params["day"])
        refused = refusal(book, day)
        yield from unequal(sentence, {"since": None if refused is None else refused.start})
        if stage == "not_in_force" and book.in_force(day):
            yield "it is in force"


@claim("certificates_without_firm", words="n firms hold a certificate and are not in the register")
def strangers(sentence: Sentence) -> Iterator[str]:
    """No fewer than certificates about to lapse show."""
    firms = set(rows(sentence, "certify.verdicts")["firm"])
    expiring = set(rows(sentence, "certify.expiring_certificates")["firm"]) - firms
    if sentence.params["n"] < max(len(expiring), 1):
        yield f"{len(expiring)} are about to lapse"


@claim("certificates_without_firm_some", words="some do; their number is not published")
def some_strangers(sentence: Sentence) -> Iterator[str]:
    """No firm is named."""
    yield from (f"{name} names firms" for name in NAMED if len(rows(sentence, name)))
