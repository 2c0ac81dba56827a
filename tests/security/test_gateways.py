"""Code that reads, writes, moves, removes or starts anything is in the gateways alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import package_source

HOME = Path(str(files("songhua")))
#: The gateways: reading, writing, the user's own place, git, and what is installed.
GATEWAYS = {
    "store/disk.py", "store/writing.py", "store/steps.py", "store/exchange.py", "store/user_home.py", "store/repository.py",
    "shipped/installed.py",
}  # fmt: skip
#: Modules whose functions read, write or start something; and calls of `os` that do.
MODULES = {
    "shutil", "subprocess", "tempfile", "multiprocessing", "ctypes", "socket", "sqlite3", "duckdb",
    "glob", "fileinput", "mmap", "pickle", "shelve", "zipfile", "tarfile", "urllib.request", "http",
}  # fmt: skip
OF_OS = {
    "open", "remove", "unlink", "rename", "replace", "renames", "link", "symlink", "mkdir",
    "makedirs", "rmdir", "removedirs", "listdir", "scandir", "walk", "chmod", "chown", "utime",
    "truncate", "system", "popen", "startfile", "mkfifo", "mknod", "readlink", "fork",
}  # fmt: skip
#: Methods of a path, and functions of pandas, numpy and pyarrow that take one.
OF_PATHS = {
    "read_bytes", "read_text", "write_bytes", "write_text", "unlink", "rmdir", "mkdir", "iterdir",
    "glob", "rglob", "touch", "symlink_to", "hardlink_to", "chmod", "walk", "open", "read_csv",
    "read_excel", "read_parquet", "read_table", "read_json", "read_pickle", "to_csv", "to_parquet",
    "to_excel", "to_pickle", "ParquetFile", "write_table", "memory_map", "OSFile", "fromfile",
    "tofile", "loadtxt", "savetxt", "genfromtxt", "memmap", "savez", "read_sql", "from_file",
}  # fmt: skip
#: What stands elsewhere, each with what it is given: never a name that a folder brings.
ELSEWHERE = {
    "cli/__init__.py": {"os.open": "the device of the system that holds nothing"},
    "cli/console.py": {"ctypes": "the code page of the terminal"},
    "cli/serve.py": {"socket": "the port of this machine"},
    "render/charts/drawing.py": {
        "tempfile": "the font of charts, for the renderer", ".write_bytes": "the same",
    },
    "examples/register/__init__.py": {".to_csv": "text"},
    "maths/accounts/prior/parameters.py": {".read_csv": "text of what is installed"},
    "maths/ensemble/pool.py": {"multiprocessing": "more of this process"},
    "maths/odds/shipped.py": {".read_csv": "text of what is installed"},
    "maths/regional_error/parameters.py": {".read_csv": "text of what is installed"},
    "render/docx/__init__.py": {"zipfile": "bytes"},
    "render/docx/template.py": {"zipfile": "bytes", ".open": "a part of bytes"},
    "session/cache.py": {".read_table": "bytes", ".write_table": "bytes"},
    "session/folder.py": {"open": "the session's own"},
    "reading/csv_rows.py": {".read_csv": "bytes"},
    "store/digests.py": {"os.listdir": "Python's own search path"},
    "reading/parquet.py": {".ParquetFile": "bytes"},
    "reading/plan_tables/table.py": {".open": "bytes"},
    "store/rulebooks.py": {
        ".read_text": "what is installed", ".iterdir": "a rulebook that a person named",
        ".read_bytes": "what is installed",
    },
    "reading/sheets/raw.py": {".read_csv": "bytes"},
    "reading/sheets/books.py": {".open": "bytes"},
    "reading/sheets/old/process.py": {"subprocess": "its own program, on bytes"},
    "reading/sheets/workbook/__init__.py": {".open": "a part of bytes"},
    "reading/sheets/workbook/package.py": {"zipfile": "bytes", ".open": "a part of bytes"},
    "studies/simulate/structure_record.py": {".read_csv": "text of what is installed"},
    "web/apart.py": {"multiprocessing": "more of this process"},
    "web/serving.py": {"multiprocessing": "more of this process", "socket": "the port"},
    "store/reviews/sheet_import.py": {".to_csv": "text"},
    "web/lists.py": {".to_csv": "text"},
}  # fmt: skip


def _session(function: ast.Attribute) -> bool:
    """True where a call opens a session: that reads through the gateways."""
    of = function.value.id if isinstance(function.value, ast.Name) else ""
    return function.attr == "open" and of in ("session", "sessions", "songhua")


def calls(tree: ast.AST) -> Iterator[str]:
    """Acts of a module that a gateway is for."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = (
                [one.name for one in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
            )
            yield from (
                name.partition(".")[0] for name in names if {name, name.partition(".")[0]} & MODULES
            )
            if isinstance(node, ast.ImportFrom) and node.module == "os":
                yield from (f"os.{one.name}" for one in node.names if one.name in OF_OS)
        elif isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id in (
                "open",
                "eval",
                "exec",
                "compile",
                "__import__",
            ):
                yield function.id
            elif isinstance(function, ast.Attribute):
                of_os = isinstance(function.value, ast.Name) and function.value.id == "os"
                name = function.attr
                if of_os and (name in OF_OS or name.startswith(("exec", "spawn", "posix_spawn"))):
                    yield f"os.{name}"
                elif not of_os and name in OF_PATHS and not _session(function):
                    yield f".{name}"


def test_no_call_stands_outside_the_gateways() -> None:
    found = {}
    for name, tree in package_source.trees().items():
        made = {*calls(tree)}
        if name not in GATEWAYS and made:
            found[name] = made
    assert found == {name: {*why} for name, why in ELSEWHERE.items()}


def test_the_scan_sees_what_it_is_for() -> None:
    """Each gateway holds such calls, and each way to make one is seen."""
    for name in GATEWAYS:
        assert {*calls(ast.parse((HOME / name).read_text("utf-8")))}, name
    ways = "import subprocess\nfrom os import unlink\nopen('a')\nos.replace(a, b)\np.unlink()\npd.read_csv(p)"
    assert {*calls(ast.parse(ways))} == {
        "subprocess",
        "os.unlink",
        "open",
        "os.replace",
        ".unlink",
        ".read_csv",
    }
