"""Readers of a workbench at once, in a process of their own: each asks page after page for a while.

    python benchmarks/_readers.py PORT READERS SECONDS ADDRESS...

One thread and no library between, so that asking costs a small part of answering. The last line
says how many answers and errors there were, and the processor time that the asking took.
"""

from __future__ import annotations

import selectors
import socket
import sys
import time

BUFFER = bytearray(1 << 20)


def main(port: int, readers: int, seconds: float, addresses: list[str]) -> None:
    chosen = selectors.DefaultSelector()
    asks = [
        f"GET {one} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
        for one in addresses
    ]
    heads: dict[socket.socket, bytes] = {}
    end, asked, answers, errors = time.monotonic() + seconds, 0, 0, 0
    longest = 0.0
    begun: dict[socket.socket, float] = {}

    def ask() -> None:
        nonlocal asked
        made = socket.create_connection(("127.0.0.1", port))
        made.sendall(asks[asked % len(asks)])
        made.setblocking(False)
        heads[made], begun[made] = b"", time.monotonic()
        asked += 1
        chosen.register(made, selectors.EVENT_READ)

    for _ in range(readers):
        ask()
    while heads:
        for key, _ in chosen.select(60) or sys.exit("no answer for a minute"):
            got = key.fileobj
            assert isinstance(got, socket.socket)
            n = got.recv_into(BUFFER)
            if n:
                heads[got] = heads[got] or bytes(BUFFER[:12])
                continue
            chosen.unregister(got)
            got.close()
            longest = max(longest, time.monotonic() - begun.pop(got))
            if heads.pop(got) == b"HTTP/1.1 200":
                answers += 1
            else:
                errors += 1
            if time.monotonic() < end:
                ask()
    print(answers, errors, f"{time.process_time():.3f} {longest:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:])
