"""Nothing in the code is of one system alone: it runs on Windows as on others."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

import package_source

#: Modules and functions that Windows does not have.
MODULES = {
    "fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog", "crypt", "spwd",
    "readline", "curses", "nis",
}  # fmt: skip
FUNCTIONS = {
    "fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "mkfifo", "mknod", "chown",
    "lchown", "fchmod", "fchown", "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK", "killpg", "getpgid",
    "setsid", "sysconf", "uname", "nice", "sched_getaffinity", "sync", "fdatasync", "statvfs",
    "SIGKILL", "SIGHUP", "SIGALRM", "alarm", "WNOHANG", "waitpid", "get_blocking",
}  # fmt: skip
PLACES = ("/dev/", "/proc/", "/tmp", "/etc/")
#: The program that bounds itself where the system can, and imports what bounds it in a `try`.
BOUNDED = {"reading/sheets/old/extraction.py": ["resource"]}
#: Calls that read or write text in the system's own encoding unless another is named.
TEXT = {"read_text": 0, "write_text": 1, "open": 1}


def of_posix(tree: ast.AST) -> Iterator[str]:
    """Dependences of a module on a system other than Windows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from {one.name.partition(".")[0] for one in node.names} & MODULES
        elif isinstance(node, ast.ImportFrom):
            yield from {(node.module or "").partition(".")[0]} & MODULES
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in ("os", "signal") and node.attr in FUNCTIONS:
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Constant) and str(node.value).startswith(PLACES):
            yield str(node.value)


def without_encoding(tree: ast.AST) -> Iterator[int]:
    """The lines of calls that read or write text without naming its encoding."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        func = node.func
        name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
        if name not in TEXT or any(key.arg == "encoding" for key in node.keywords):
            continue
        method = isinstance(func, ast.Attribute)
        if name == "open":
            mode = node.args[0 if method else 1 :][:1]
            said = mode[0].value if mode and isinstance(mode[0], ast.Constant) else "r"
            if method and not isinstance(said, str):
                continue
            home = func.value if method else None  # a case, an archive or a workbook is opened too
            if home is not None and not (
                isinstance(home, ast.Name) and home.id in ("file", "path")
            ):
                continue
            if not method or "b" in str(said):
                continue
            yield node.lineno
        elif len(node.args) <= TEXT[name]:
            yield node.lineno


def test_no_module_needs_one_system_or_the_encoding_of_one() -> None:
    calls = {
        name: [*of_posix(tree), *without_encoding(tree)]
        for name, tree in package_source.trees().items()
    }
    assert {name: found for name, found in calls.items() if found} == BOUNDED


@pytest.mark.parametrize("code", [
    "import fcntl", "from resource import getrusage", "import os\nos.fork()",
    "import os\nos.open(x, os.O_NOFOLLOW)", "open('/dev/null')",
])  # fmt: skip
def test_what_is_of_one_system_is_found(code: str) -> None:
    assert list(of_posix(ast.parse(code)))


@pytest.mark.parametrize("code", ["file.read_text()", "file.write_text('x')", "file.open('w')"])
def test_text_without_an_encoding_is_found(code: str) -> None:
    assert list(without_encoding(ast.parse(code))) == [1]
    named = code.replace(")", ", encoding='utf-8')").replace("(,", "(")
    assert list(without_encoding(ast.parse(named))) == []
