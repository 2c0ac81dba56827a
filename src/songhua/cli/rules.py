"""songhua rules: the law as data — which rulebooks there are, what they ask, whether they hold."""

from __future__ import annotations

import json
import sys

import click

from songhua import messages
from songhua.cli.calls import Verbs
from songhua.cli.shared import as_json, faults_as_json, guarded, lang, print_faults

book_names = click.argument("names", nargs=-1, metavar="[NAME]...")


@click.group(cls=Verbs)
def rules() -> None:
    """The law as data: list, show, test or lint the rulebooks, or one in a folder of your own."""


@rules.command("list")
@as_json
@lang
@guarded
def list_(as_json: bool, lang: str) -> None:
    """List the rulebooks, with their law and the days on which they are in force."""
    from songhua.store import rulebooks

    books = [rulebooks.load(name) for name in rulebooks.names()]
    if as_json:
        rows = [{"name": b.id, **b.words.texts, "law": b.law} for b in books]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for book in books:
        partly = f" {messages.word('rules_incomplete', lang)}"
        spans = messages.language(lang).comma.join(
            f"{s.start}..{s.end or ''}{'' if s.complete else partly}" for s in book.versions
        )
        click.echo(f"{book.id:26} {book.words(lang)}  {book.law}  {spans}")


@rules.command()
@click.argument("name")
@as_json
@lang
@guarded
def show(name: str, as_json: bool, lang: str) -> None:
    """Show what a rulebook asks: its clauses, and its facts with type, unit and words."""
    from songhua.format.numbers import unit_name
    from songhua.store import rulebooks

    book = rulebooks.load(name)
    written = messages.language(lang)
    if as_json:
        facts = [
            {
                "name": f.id,
                "type": f.type,
                "unit": f.unit,
                **f.words.texts,
                "choices": list(f.choices),
            }
            for f in book.facts.values()
        ]
        clauses = [{"id": c.id, "ref": c.ref, **c.words.texts} for c in book.clauses.values()]
        click.echo(json.dumps({"facts": facts, "clauses": clauses}, ensure_ascii=False, indent=1))
        return
    click.echo(f"{book.id}  {book.words(lang)}  {book.law}")
    for clause in book.clauses.values():
        judged = messages.word("verdict_judged", lang) if clause.judged else ""
        click.echo(f"  {clause.id:18} {clause.ref}  {clause.words(lang)}{judged}")
    for id, words in book.not_modelled.items():
        click.echo(f"  {id:18} {messages.word('rules_not_modelled', lang)}{words(lang)}")
    click.echo("")
    click.echo(messages.word("rules_facts", lang))
    for fact in book.facts.values():
        unit = unit_name(fact.unit, lang) if fact.unit else "–"
        kind = messages.choice("fact_type", fact.type, lang)
        choices = written.bracketed(written.joined(fact.choices)) if fact.choices else ""
        about = f"{kind}{written.comma}{unit}{written.colon}{fact.words(lang)}{choices}"
        click.echo(f"  {fact.id:24} {about}")


@rules.command()
@book_names
@lang
@guarded
def test(names: tuple[str, ...], lang: str) -> None:
    """Try the cases of rulebooks (all, if none is named); exit code 1 where one differs."""
    from songhua.rules import cases
    from songhua.store import rulebooks

    bad = 0
    for name in names or rulebooks.names():
        results = cases.run(rulebooks.load(name))
        differ = [result for result in results if result.differences]
        bad += len(differ)
        click.echo(messages.word("rules_tested", lang, book=name, n=len(results), bad=len(differ)))
        for result in differ:
            place = f"{result.case.place}: {result.case.name}"
            for difference in result.differences:
                click.echo(
                    f"  {place}: {difference.what}: {difference.expected} | {difference.found}"
                )
    sys.exit(1 if bad else 0)


@rules.command()
@book_names
@as_json
@lang
@guarded
def lint(names: tuple[str, ...], as_json: bool, lang: str) -> None:
    """Say what rulebooks lack (all, if none is named): exit code 2 where something is missing."""
    from songhua.rules import lint as linter
    from songhua.store import rulebooks

    books = map(rulebooks.load, names or rulebooks.names())
    gaps = [fault for book in books for fault in linter.lint(book)]
    if gaps:
        sys.exit((faults_as_json if as_json else print_faults)(gaps, lang))
    click.echo('{"faults": []}' if as_json else messages.word("rules_whole", lang))
