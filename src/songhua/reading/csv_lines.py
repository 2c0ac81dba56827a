"""One row of a CSV file changed or added, and not a character of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

CELL = re.compile(r'("[^"]*+(?:""[^"]*+)*+"|[^,\r\n]*)(,|\r\n|\n|\r|$)')
_ODD = re.compile(r'[",\r\n]')
_MARK = b"\xef\xbb\xbf"


def cells_of(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Row and column number, text as it stands, and what ends it, of every cell.

    >>> list(cells_of('a,"b"\\n'))
    [(1, 0, 'a', ','), (1, 1, '"b"', '\\n')]
    """
    at, row, column = 0, 1, 0
    while at < len(text):
        match = CELL.match(text, at)
        if match is None or match.end() == at:
            yield row, column, text[at:], ""
            return
        yield row, column, match[1], match[2]
        at = match.end()
        row, column = (row, column + 1) if match[2] == "," else (row + 1, 0)


def plain(cell: str) -> str:
    """The text of a cell, without its quotation marks.

    >>> plain('"a ""b"" c"'), plain("5")
    ('a "b" c', '5')
    """
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def quoted(cell: str) -> str:
    """A cell as it is written: in quotation marks only where it must be.

    >>> quoted("5,183"), quoted("5183")
    ('"5,183"', '5183')
    """
    return '"' + cell.replace('"', '""') + '"' if _ODD.search(cell) else cell


def with_cells(data: bytes, row: int, cells: Mapping[str, str]) -> bytes:
    """The file with these cells in one row; columns that it lacks are added for it.

    Every other cell, byte order mark and line ends stay as they are. The heading is row 1.

    >>> with_cells(b'a,b\\r\\n1,"2"\\r\\n3,4\\r\\n', 3, {"b": "5"})
    b'a,b\\r\\n1,"2"\\r\\n3,5\\r\\n'
    >>> with_cells(b"a\\n1\\n2\\n", 2, {"note": "x, y"})
    b'a,note\\n1,"x, y"\\n2,\\n'
    """
    lines = data.splitlines(keepends=True)
    names = heading(data)
    lacking = [name for name in cells if cells[name] and name not in names]
    if lacking:
        for at, line in enumerate(lines):
            end = _end(line)
            more = lacking if at == 0 else [""] * len(lacking)
            if body := line.removesuffix(end):
                lines[at] = body + "".join(f",{name}" for name in more).encode() + end
        names += lacking
    line = lines[row - 1]
    texts = [text for _, _, text, _ in cells_of(line.decode("utf-8").rstrip("\r\n"))]
    texts += [""] * (len(names) - len(texts))
    for at, name in enumerate(names):
        if name in cells and plain(texts[at]) != cells[name]:
            texts[at] = quoted(cells[name])
    lines[row - 1] = ",".join(texts).encode() + _end(line)
    return b"".join(lines)


def without_row(data: bytes, row: int) -> bytes:
    """The file without one row.

    >>> without_row(b"a,b\\r\\n1,2\\r\\n3,4\\r\\n", 2)
    b'a,b\\r\\n3,4\\r\\n'
    """
    lines = data.splitlines(keepends=True)
    return b"".join(lines[: row - 1] + lines[row:])


def with_row(data: bytes, cells: Mapping[str, str]) -> bytes:
    """The file with a row more at its end, in the order of its heading and with its line ends.

    >>> with_row(b"a,b\\r\\n1,2", {"b": "4", "a": "3"})
    b'a,b\\r\\n1,2\\r\\n3,4\\r\\n'
    """
    end = _end(data.splitlines(keepends=True)[0]) or b"\n"
    gap = b"" if data.endswith((b"\n", b"\r")) else end
    row = ",".join(quoted(cells.get(name, "")) for name in heading(data))
    return data + gap + row.encode() + end


def heading(data: bytes) -> list[str]:
    """The names in the first row.

    >>> heading(b'a,"b c"\\n1,2\\n')
    ['a', 'b c']
    """
    first = (data.removeprefix(_MARK).splitlines() or [b""])[0].decode("utf-8")
    return [plain(text) for _, _, text, _ in cells_of(first)]


def _end(line: bytes) -> bytes:
    """The end of a line: its line break."""
    return line[len(line.rstrip(b"\r\n")) :]
