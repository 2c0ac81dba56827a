"""The closed lists that code speaks of by name are those of the schema, and nothing else."""

from __future__ import annotations

import pytest

from songhua import messages, schema
from songhua.plan import delivery_vocabulary as delivery
from songhua.plan import vocabulary
from songhua.plan.vocabulary import Term

LISTS: dict[type[Term], str] = {
    vocabulary.Nature: "nature",
    vocabulary.Direction: "direction",
    vocabulary.TargetPath: "path",
    vocabulary.Qualifier: "qualifier",
    vocabulary.ReadingCode: "assumption",
    vocabulary.Position: "position",
    vocabulary.Missing: "missing",
    vocabulary.Basis: "figure_basis",
    vocabulary.PaceUnit: "pace_unit",
    vocabulary.NoOdds: "no_odds",
    delivery.TaskStatus: "review_state",
    delivery.ProductStage: "rung",
    delivery.ProgrammeMeasure: "programme_measure",
    delivery.DueKind: "due_what",
    delivery.ReportSort: "review_sort",
    delivery.ReportState: "review_state",
    delivery.ReportUse: "report_use",
}
#: Lists that hold a part of a vocabulary, the rest being another study's.
PARTS: dict[type[Term], str] = {
    vocabulary.Outcome: "outcome",
    delivery.DeliveryState: "delivery_state",
    delivery.RungStatus: "delivery_state",
}


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_a_list_in_code_is_the_list_of_the_schema(kind: type[Term]) -> None:
    assert {value for value in kind if value} == set(schema.vocabularies()[LISTS[kind]])


@pytest.mark.parametrize("kind", PARTS, ids=lambda kind: kind.__name__)
def test_a_list_in_code_is_a_part_of_the_schemas(kind: type[Term]) -> None:
    assert {value for value in kind if value} <= set(schema.vocabularies()[PARTS[kind]])


def test_a_value_is_its_text_and_is_shown_as_it() -> None:
    nature = vocabulary.Nature.BINDING
    assert (nature, f"{nature}", str(nature), repr(nature)) == ("binding",) * 3 + ("'binding'",)
    assert not vocabulary.Nature.NOT_STATED


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_writer_has_words_for_every_value(lang: str) -> None:
    words = messages.catalogue(lang)["target"]
    for written, kind in (
        ("bound", vocabulary.Bound), ("pace", vocabulary.Pace),
        ("rate", vocabulary.Sense), ("held", vocabulary.HoldKind), ("effort", vocabulary.Effort),
        ("verb", vocabulary.Sense),
    ):  # fmt: skip
        assert {str(value) for value in kind if value} <= {*words[written], "range"}, written


def test_what_words_without_a_number_ask_for_is_a_list_of_courses_and_relations() -> None:
    asked = {str(value) for kind in (vocabulary.Course, vocabulary.Relation) for value in kind}
    assert set(schema.vocabularies()["course"]) == asked - {""}
