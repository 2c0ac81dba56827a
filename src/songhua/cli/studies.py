"""songhua STUDY DIR: a verb for each study of the registry, with the options that it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field
from typing import Any, cast

import click

from songhua.cli.calls import Verb
from songhua.cli.shared import (
    answer,
    as_data,
    as_of,
    draws,
    folder,
    guarded,
    lang,
    limit,
    replace,
    xlsx,
)
from songhua.studies.registry import Study, studies


def verbs(reserved: Sequence[str]) -> list[click.Command]:
    """The verbs of all studies but those whose names have a verb already."""
    return [verb_of(study) for name, study in studies().items() if name not in reserved]


def verb_of(study: Study[Any]) -> click.Command:
    """The verb of one study."""

    def verb(
        folder: str,
        as_of: str | None,
        as_json: str | None,
        xlsx: str | None,
        limit: int,
        **options: Any,
    ) -> None:
        tongue = options.pop("lang")
        over, bulk = options.pop("replace"), bool(options.pop("draws_too", False))
        answer(study.name, folder, as_of, as_json, xlsx, tongue, options, limit, over, bulk)

    verb.__doc__ = study.summary
    command: Callable[..., Any] = guarded(verb)
    for decorate in (
        lang,
        replace,
        *([draws] if study.bulk else []),
        xlsx,
        as_data,
        as_of,
        limit,
        *(_option(field) for field in reversed(study.fields()) if field.metadata["help"]),
        folder,
    ):
        command = decorate(command)
    return click.command(study.name, cls=Verb)(command)


def _option(field: Field[Any]) -> Callable[..., Any]:
    """The option of a field: a flag, a text, a number, or texts."""
    about, kind = field.metadata, str(field.type)
    names = ("--" + (about["flag"] or field.name).replace("_", "-"), field.name)
    if kind == "bool":
        return click.option(*names, is_flag=True, help=about["help"])
    many = kind.startswith("tuple")
    given = {"required": True} if field.default is MISSING else {"default": field.default}
    return click.option(
        *names,
        help=about["help"],
        metavar=about["metavar"],
        multiple=many,
        type=click.IntRange(about["least"]) if kind == "int" else str,
        **cast(dict[str, Any], given),
    )
