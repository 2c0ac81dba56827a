"""Small wrong changes of a source text: one operator, constant, condition or call each.

Docstrings, texts, annotations, decorators, assertions, `__repr__`, blocks for the type checker and
`strict=`, and how much of a long text a message shows, are left as they are: no run could tell, or
only a reader.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_PAIRS = (
    ("min", "max"), ("any", "all"), ("minimum", "maximum"), ("fmin", "fmax"), ("floor", "ceil"),
    ("argmin", "argmax"), ("idxmin", "idxmax"), ("startswith", "endswith"),
    ("removeprefix", "removesuffix"), ("partition", "rpartition"), ("lstrip", "rstrip"),
)  # fmt: skip
NAMED = {**dict(_PAIRS), **{b: a for a, b in _PAIRS}}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A stretch of a file (offsets in its text), and what stands there instead.

    `line` to `last` are the lines of the stretch, `around` those of its statement.
    """

    file: str
    line: int
    last: int
    around: tuple[int, int]
    start: int
    end: int
    before: str
    after: str

    def applied(self, text: str) -> str:
        """The file's text with the change."""
        return text[: self.start] + self.after + text[self.end :]

    @property
    def told(self) -> str:
        """The change in one line."""
        return f"{' '.join(self.before.split())}  →  {self.after}"


def mutants(root: Path, file: Path) -> list[Mutant]:
    """Every mutant of a file, in the order of its text.

    >>> import tempfile
    >>> root = Path(tempfile.mkdtemp())
    >>> _ = (root / "a.py").write_text("def f(a: int) -> bool:\\n    return a < 2\\n")
    >>> [one.after for one in mutants(root, root / "a.py")]
    ['return None', '(a <= 2)', '(a >= 2)', '3', '1']
    """
    text = file.read_text("utf-8")
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = text.splitlines()

    def at(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    found: list[Mutant] = []
    for node, around, after in _changes(ast.parse(text)):
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = at(node.lineno, node.col_offset)
        end = at(node.end_lineno, node.end_col_offset)
        name = file.relative_to(root).as_posix()
        before = text[start:end]
        found.append(Mutant(name, node.lineno, node.end_lineno, around, start, end, before, after))
    return found


Located = ast.expr | ast.stmt
Change = tuple[Located, tuple[int, int], str]


def _changes(tree: ast.Module) -> Iterator[Change]:
    for statement in tree.body:
        yield from _inside(statement, (1, 1))


def _inside(node: ast.AST, around: tuple[int, int]) -> Iterator[Change]:
    """The changes of a node and of all below it that counts."""
    if isinstance(node, ast.stmt):
        simple = not hasattr(node, "body")
        last = node.end_lineno if simple and node.end_lineno else node.lineno
        around = (node.lineno, last)
    if isinstance(node, ast.expr | ast.stmt):
        for after in _of(node):
            yield node, around, after
    for test in _tests(node):
        yield test, around, f"(not {ast.unparse(test)})"
    for child in _kept(node):
        yield from _inside(child, around)


def _tests(node: ast.AST) -> Iterator[ast.expr]:
    """Conditions that no change of an operator turns round."""
    tests = [node.test] if isinstance(node, ast.If | ast.While | ast.IfExp) else []
    tests = node.ifs if isinstance(node, ast.comprehension) else tests
    for test in tests:
        checked = isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"
        if not checked and not isinstance(test, ast.Compare | ast.UnaryOp | ast.BoolOp):
            yield test


def _kept(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that a run can tell."""
    match node:
        case ast.FunctionDef(name="__repr__") | ast.Assert() | ast.JoinedStr():
            pass
        case ast.Raise():
            yield from [node.exc] if node.exc is not None else []
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from (one for one in (*node.args.defaults, *node.args.kw_defaults) if one)
            yield from node.body
        case ast.ClassDef():
            yield from node.body
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            pass
        case ast.AnnAssign():
            yield from [node.value] if node.value is not None else []
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            yield from node.orelse
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            pass
        case ast.keyword(arg="strict"):
            pass
        case ast.Call(func=ast.Name(id="TypeVar" | "cast" | "NewType")):
            pass
        case ast.Subscript(slice=ast.Slice(lower=None, upper=ast.Constant(value=int(n)))) if n > 39:
            yield node.value  # how much of a text a message shows
        case _:
            yield from ast.iter_child_nodes(node)


def _of(node: Located) -> Iterator[str]:
    """What may stand in place of a node."""
    match node:
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield "return None"
        case ast.Expr(value=ast.Call()):
            yield "pass"
        case ast.Continue():
            yield "break"
        case ast.AugAssign() if type(node.op) in COUNTED:
            op = COUNTED[type(node.op)]()
            yield ast.unparse(ast.AugAssign(node.target, op, node.value))
        case ast.expr():
            yield from _of_expression(node)
        case _:
            pass


def _of_expression(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Compare():
            for at, op in enumerate(node.ops):
                for other in COMPARED[type(op)]:
                    ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
                    yield f"({ast.unparse(ast.Compare(node.left, ops, node.comparators))})"
        case ast.BinOp() if type(node.op) in COUNTED and not (_text(node.left) | _text(node.right)):
            op = COUNTED[type(node.op)]()
            yield f"({ast.unparse(ast.BinOp(node.left, op, node.right))})"
        case ast.BoolOp():
            op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield f"({ast.unparse(ast.BoolOp(op, node.values))})"
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield f"({ast.unparse(node.operand)})"
        case ast.Constant(value=bool()):
            yield str(not node.value)
        case ast.Constant(value=int() | float() as number):
            for changed in (one for one in (number + 1, number - 1) if one != number):
                yield f"({changed!r})" if changed < 0 else repr(changed)
        case ast.Call(func=ast.Name(id=name)) if name in NAMED:
            yield ast.unparse(ast.Call(ast.Name(NAMED[name]), node.args, node.keywords))
        case ast.Call(func=ast.Attribute(value=of, attr=name)) if name in NAMED:
            turned = ast.Attribute(of, NAMED[name])
            yield ast.unparse(ast.Call(turned, node.args, node.keywords))
        case ast.Subscript(slice=ast.Slice() as cut):
            yield from _of_slice(node, cut)
        case _:
            pass


def _of_slice(node: ast.Subscript, cut: ast.Slice) -> Iterator[str]:
    """An end of a slice one further; where it is a number, the number's own change does it."""
    for name in ("lower", "upper"):
        end = getattr(cut, name)
        if end is not None and not isinstance(end, ast.Constant | ast.UnaryOp):
            turned = ast.Slice(cut.lower, cut.upper, cut.step)
            setattr(turned, name, ast.BinOp(end, ast.Add(), ast.Constant(1)))
            yield ast.unparse(ast.Subscript(node.value, turned))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _text(node: ast.expr) -> bool:
    """Whether it is a text, which is not reckoned with."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
