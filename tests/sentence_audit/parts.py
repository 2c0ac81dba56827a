"""Claims of sentences on parts of the region."""

from __future__ import annotations

from collections.abc import Iterator

from sentence_audit.claims import Sentence, claim
from sentence_audit.evidence import rows, unequal


@claim(
    "parts_change",
    words="of so many parts so many gained, the sum of all changed so; the highest and the lowest "
    "change by name, from the levels of both periods",
)
def change(sentence: Sentence) -> Iterator[str]:
    """Levels of the table, in both periods."""
    frame = rows(sentence, "diagnose.parts", indicator=sentence.params["indicator"])
    if not len(frame):
        yield "no part has that indicator"
        return
    changes = 100 * (frame["level"] / frame["level_before"] - 1)
    computed = {
        "region": sentence.region.code,
        "start": frame["before"].iloc[0],
        "end": frame["period"].iloc[0],
        "n": len(frame),
        "grew": int((changes > 0).sum()),
        "together": round(100 * (frame["level"].sum() / frame["level_before"].sum() - 1), 1),
        "place": frame["place"][changes.idxmax()],
        "highest": round(changes.max(), 1),
        "other_place": frame["place"][changes.idxmin()],
        "lowest": round(changes.min(), 1),
    }
    yield from unequal(sentence, computed)
    if any(sentence.region.places[place]["role"] != "part" for place in frame["place"]):
        yield "some are no parts of the region"


@claim("parts_special", words="the part and the industry with the highest quotient among all parts")
def special(sentence: Sentence) -> Iterator[str]:
    """The row with the highest quotient."""
    frame = rows(sentence, "diagnose.parts", indicator=sentence.params["indicator"])
    frame = frame[frame["quotient"].notna()] if len(frame) else frame
    if not len(frame):
        yield "no part has an industry that stands out"
        return
    top = frame.loc[frame["quotient"].idxmax()]
    computed = {
        "place": top["place"], "industry": top["special"], "period": top["period"],
        "times": round(top["quotient"], 1),
    }  # fmt: skip
    yield from unequal(sentence, computed)
