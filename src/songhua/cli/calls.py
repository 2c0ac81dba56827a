"""Calls of the verbs: their help, and the faults of a call, in the user's language.

In English the words are those of the code; other languages have them in `help.<language>.toml` of
the messages, by verb and by parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

from songhua import messages
from songhua.cli.fault_kinds import (
    CallChoice,
    CallLacks,
    CallNumber,
    CallOptionBare,
    CallOptionTwice,
    CallOptionUnknown,
    CallOptionValue,
    CallTooLong,
    VerbUnknown,
)
from songhua.cli.shared import TONGUE, language
from songhua.errors import Fault
from songhua.format.lines import wrapped


class OptionTwice(click.UsageError):
    """An option that takes one value was given two."""

    def __init__(self, name: str, ctx: click.Context) -> None:
        """The option's name, and the call that it stands in."""
        super().__init__(name, ctx)
        self.option_name = name


class _Translated:
    """A command whose help comes in the language that the call asks for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note the language before anything is shown."""
        ctx.meta[TONGUE] = _named_language(args) or ctx.meta.get(TONGUE)
        try:
            _refuse_twice(ctx, args)
            return super().parse_args(ctx, args)  # pyright: ignore[reportAttributeAccessIssue]
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, what the verb does, its options or its verbs."""
        words = messages.help_words(tongue(ctx))
        if not words:
            super().format_help(ctx, formatter)  # pyright: ignore[reportAttributeAccessIssue]
            return
        command = ctx.command
        formatter.write(_usage(ctx, words) + "\n\n")
        about = words["verbs"][ctx.command_path.partition(" ")[2]]
        formatter.write("".join(f"  {line}\n" for line in wrapped(about, formatter.width - 2)))
        _section(
            formatter,
            words["heads"]["options"],
            (
                (spec, words["parameters"][max(param.opts, key=len)])
                for param in command.get_params(ctx)
                if isinstance(param, click.Option)
                for spec, _ in [param.get_help_record(ctx) or ("", "")]
            ),
        )
        if isinstance(command, click.Group):
            path = ctx.command_path.partition(" ")[2]
            _section(
                formatter,
                words["heads"]["verbs"],
                (
                    (name, words["verbs"][f"{path} {name}".strip()])
                    for name in command.list_commands(ctx)
                ),
            )


class Verb(_Translated, click.Command):
    """A verb."""


class Verbs(_Translated, click.Group):
    """A group of verbs."""

    command_class = Verb


def tongue(ctx: click.Context | None) -> str:
    """The language of a call: the requested language, else the system's."""
    return language(None if ctx is None else ctx.meta.get(TONGUE))


def print_refusal(error: click.UsageError) -> int:
    """Say what is wrong with a call and how it is written, and give the exit code."""
    spoken = tongue(error.ctx)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return 2
    words = messages.help_words(spoken)
    if error.ctx is not None:
        usage = _usage(error.ctx, words) if words else error.ctx.get_usage()
        click.echo(usage, err=True)
    click.echo(_fault(error).words(spoken), err=True)
    return 2


def _fault(error: click.UsageError) -> Fault:
    """The fault of a call that was refused."""
    ctx = error.ctx
    path = "songhua" if ctx is None else ctx.command_path
    if isinstance(error, click.exceptions.NoSuchCommand):
        group = None if ctx is None else ctx.command
        names = tuple(group.commands) if isinstance(group, click.Group) else ()
        return VerbUnknown(verb=path, name=error.command_name, names=names)
    if isinstance(error, click.NoSuchOption):
        return CallOptionUnknown(verb=path, name=error.option_name)
    if isinstance(error, OptionTwice):
        return CallOptionTwice(verb=path, name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        bare = _takes_value(ctx, error.option_name)
        return (CallOptionBare if bare else CallOptionValue)(verb=path, name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return CallLacks(verb=path, name=_name(error.param))
    if isinstance(error, click.BadParameter):
        name = _name(error.param)
        kind = None if error.param is None else error.param.type
        if isinstance(kind, click.Choice):
            return CallChoice(verb=path, name=name, names=tuple(kind.choices))
        least = kind.min if isinstance(kind, click.IntRange) else None
        return CallNumber(verb=path, name=name, least=least or 0)
    return CallTooLong(verb=path)


def _refuse_twice(ctx: click.Context, args: Sequence[str]) -> None:
    """Refuse a call in which one of two values of an option would be passed over.

    Raises:
        OptionTwice: an option with a value that is not repeatable stands twice.
    """
    _, _, order = ctx.command.make_parser(ctx).parse_args(list(args))
    for param in order:
        single = isinstance(param, click.Option) and not (
            param.multiple or param.is_flag or param.count
        )
        if single and order.count(param) > 1:
            raise OptionTwice(param.opts[0], ctx)


def _takes_value(ctx: click.Context | None, name: str) -> bool:
    """True for an option of a verb that is followed by a value."""
    params = () if ctx is None else ctx.command.get_params(ctx)
    options = [param for param in params if isinstance(param, click.Option) and name in param.opts]
    return not any(option.is_flag or option.count for option in options)


def _name(param: click.Parameter | None) -> str:
    """A parameter as it is written in a call."""
    if isinstance(param, click.Argument):
        return param.metavar or param.name or ""
    return "" if param is None else param.opts[0]


def _named_language(args: Sequence[str]) -> str | None:
    """The language that a call names."""
    for at, arg in enumerate(args):
        name, has, value = arg.partition("=")
        if name == "--lang":
            value = value if has else "".join(args[at + 1 : at + 2])
            return value if value in messages.LANGUAGES else None
    return None


def _usage(ctx: click.Context, words: dict[str, Any]) -> str:
    """The line that shows how a verb is written."""
    heads = words["heads"]
    translations = {"[OPTIONS]": heads["some_options"], "COMMAND [ARGS]...": heads["some_verb"]}
    pieces = [translations.get(piece, piece) for piece in ctx.command.collect_usage_pieces(ctx)]
    return heads["usage"] + " ".join([ctx.command_path, *pieces])


def _section(formatter: click.HelpFormatter, head: str, rows: Iterable[tuple[str, str]]) -> None:
    """A heading, and below it each name with what it is, broken where the language allows."""
    entries = list(rows)
    wide = max((len(name) for name, _ in entries), default=0) + 4
    formatter.write(f"\n{head}\n")
    for name, text in entries:
        lines = wrapped(text, max(formatter.width - wide, 20))
        formatter.write(f"  {name:<{wide - 2}}{lines[0]}\n")
        for line in lines[1:]:
            formatter.write(" " * wide + line + "\n")
