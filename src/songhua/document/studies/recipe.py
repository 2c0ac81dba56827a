"""The recipe of the results, to make them again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from songhua.document.blocks import Block, Facts, Fold, Heading, Paragraph
from songhua.document.studies import listing
from songhua.format.text import Code
from songhua.format.view import View

BLOCKS = listing("recipe", 740, "")


@BLOCKS("full")
def recipe(view: View) -> Iterator[Block]:
    """The command, then each study with its version, its arguments and what was read."""
    say, folder, as_of = view.say, "DIR", ""
    studies: list[Block] = []
    for name, result in view.results.items():
        recipe = result.recipe
        if recipe is None:
            continue
        arguments = {key: str(value) for key, value in recipe.arguments.items() if value}
        if "folder" in arguments:
            folder = arguments["folder"] = PurePath(arguments["folder"]).name
        as_of = arguments.get("as_of", as_of)
        summary = f"{view.choice('study', name)} · {say('version', version=recipe.version)}"
        pairs = [((Code(key),), (Code(value),)) for key, value in sorted(arguments.items())]
        digests = [(key, (Code(value),)) for key, value in sorted(recipe.inputs.items())]
        studies.append(
            Fold(
                summary,
                [
                    Facts(pairs, kind="args"),
                    Heading(2, say("digests")),
                    Facts(digests, kind="digests"),
                ],
            )
        )
    command = f"songhua run {folder}" + (f" --as-of {as_of}" if as_of else "")
    yield Paragraph(say("recipe_intro"), "lede")
    yield Paragraph((say("how_to_rerun") + view.written.colon, Code(command)))
    yield from studies
