"""The command line: one file a verb. It shows Results and computes nothing."""

from __future__ import annotations

import gc
import os
import sys

import click

from songhua.cli import (
    brief,
    calls,
    certify,
    check,
    choose,
    console,
    correct,
    demo,
    imports,
    new,
    packs,
    report,
    review,
    rules,
    run,
    serve,
    studies,
    upgrade,
)
from songhua.cli.fault_kinds import Unexpected
from songhua.cli.shared import lang, language, print_faults
from songhua.errors import SonghuaError, where_raised
from songhua.reading.file_fault_kinds import SystemRefused
from songhua.version import VERSION

VERBS = (
    new.new,
    packs.pack,
    check.check,
    imports.imports,
    correct.correct,
    upgrade.upgrade,
    run.run,
    brief.brief,
    certify.certify,
    rules.rules,
    choose.verb(),
    review.review,
    report.report,
    serve.serve,
    demo.demo,
)


@click.group(
    cls=calls.Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(VERSION, prog_name="songhua", message="%(prog)s %(version)s")
@lang
def songhua(lang: str | None) -> None:
    """An open workbench for a city's or region's industrial system.

    A folder of published figures and a plan goes in; what the system is, and how the printed
    sentences hold up, comes out. Begin with `songhua demo`.
    """


for verb in (*VERBS, *studies.verbs([str(verb.name) for verb in VERBS])):
    songhua.add_command(verb)


def main() -> None:
    """Run a command; whatever goes wrong is told with its place and remedy (exit code 2)."""
    # matrices are small here: threads of a sum would wait for one another, and order it anew
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # pages are long lists of values without cycles, which need not be searched for every 700 values
    gc.set_threshold(50_000)
    console.prepare(sys.argv)
    try:
        sys.exit(songhua(prog_name="songhua", standalone_mode=False))
    except click.UsageError as error:
        sys.exit(calls.print_refusal(error))
    except click.Abort:
        sys.exit(1)
    except SonghuaError as error:
        sys.exit(print_faults(error.faults, language()))
    except OSError as error:
        if console.broken_pipe(error):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        why = error.strerror or type(error).__name__
        sys.exit(print_faults((SystemRefused(str(error.filename or ""), why=why),), language()))
    except Exception as error:
        fault = Unexpected(kind=type(error).__name__, where=where_raised(error))
        sys.exit(print_faults((fault,), language()))
