"""How the results were made, and how to make them again."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from songhua.format.view import View


def recipe(view: View) -> dict[str, Any]:
    """Each study with its version, its arguments and the digests of what was read."""
    studies = []
    folder, as_of = "DIR", ""
    for name, result in view.results.items():
        made = result.recipe
        if made is None:
            continue
        arguments = {key: str(value) for key, value in made.arguments.items() if value}
        if "folder" in arguments:
            folder = arguments["folder"] = PurePath(arguments["folder"]).name
        as_of = arguments.get("as_of", as_of)
        studies.append(
            {
                "name": view.choice("study", name),
                "version": view.say("version", version=made.version),
                "arguments": sorted(arguments.items()),
                "inputs": sorted(made.inputs.items()),
            }
        )
    command = f"songhua run {folder}" + (f" --as-of {as_of}" if as_of else "")
    return {"studies": studies, "command": command}
