"""Readers of a workbench at once, in a process of their own: each asks page after page for a while.

    python benchmarks/_readers.py PORT TOKEN READERS SECONDS ADDRESS...

Connections are kept as browsers keep them. One thread waits for all of them; requests are written
in advance, and only the head of an answer is read. The system counts and discards the rest, so that
asking costs a small part of answering. The last line says how many answers and errors there were,
the processor seconds of the asking, the longest wait, and the answers a second in each quarter of
the time.
"""

from __future__ import annotations

import select
import socket
import sys
import time
from dataclasses import dataclass

HEAD = bytearray(4096)
#: Most bytes that are let go at once: no more are copied than fit.
REST = bytearray(1 << 22)
#: The unread bytes of a connection: an answer comes in few pieces.
HELD = 1 << 21


@dataclass
class Reader:
    """One connection: how much of its answer is still to come, and when it asked."""

    connection: socket.socket
    left: int = 0
    asked: float = 0.0
    last: bool = False


class Readers:
    """All of them, and what they were answered."""

    def __init__(self, port: int, token: str, addresses: list[str], lasts: float) -> None:
        self.port, self.polled = port, select.epoll()
        self.asks = [
            f"GET {one} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"x-songhua-token: {token}\r\n\r\n".encode()
            for one in addresses
        ]
        self.began = time.monotonic()
        self.end = self.began + lasts
        self.open: dict[int, Reader] = {}
        self.asked, self.errors, self.longest = 0, 0, 0.0
        self.quarters = [0, 0, 0, 0]

    def come(self) -> None:
        """One reader more, who asks at once."""
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, HELD)
        made.connect(("127.0.0.1", self.port))
        made.setblocking(False)
        self.open[made.fileno()] = reader = Reader(made)
        self.polled.register(made.fileno(), select.EPOLLIN)
        self.ask(reader)

    def ask(self, reader: Reader) -> None:
        reader.asked = time.monotonic()
        reader.connection.send(self.asks[self.asked % len(self.asks)])
        self.asked += 1

    def go(self, reader: Reader) -> None:
        """One leaves; another comes while there is time."""
        self.polled.unregister(reader.connection.fileno())
        del self.open[reader.connection.fileno()]
        reader.connection.close()
        if time.monotonic() < self.end:
            self.come()

    def read(self, reader: Reader) -> None:
        """The part of an answer that has arrived; the next request is sent at its end."""
        try:
            if reader.left:
                reader.left -= reader.connection.recv_into(REST, 0, socket.MSG_TRUNC)
            elif not self.head(reader):
                raise ConnectionError
        except OSError:
            self.errors += 1
            self.go(reader)
            return
        if reader.left:
            return
        now = time.monotonic()
        self.longest = max(self.longest, now - reader.asked)
        self.quarters[min(3, int(4 * (now - self.began) / (self.end - self.began)))] += 1
        if reader.last or now >= self.end:
            self.go(reader)
        else:
            self.ask(reader)

    def head(self, reader: Reader) -> bool:
        """The start of a good answer: its length to come, and if it is the last."""
        got = reader.connection.recv_into(HEAD)
        end = HEAD.find(b"\r\n\r\n", 0, got)
        length = HEAD.find(b"content-length: ", 0, end)
        if end < 0 or length < 0 or not HEAD.startswith(b"HTTP/1.1 200"):
            return False
        told = int(HEAD[length + 16 : HEAD.find(b"\r", length)])
        reader.left = told - (got - end - 4)
        reader.last = HEAD.find(b"connection: close", 0, end) >= 0
        return True


def main(port: int, token: str, readers: int, seconds: float, addresses: list[str]) -> None:
    all_of_them = Readers(port, token, addresses, seconds)
    for _ in range(readers):
        all_of_them.come()
    while all_of_them.open:
        for number, _ in all_of_them.polled.poll(60) or sys.exit("no answer for a minute"):
            all_of_them.read(all_of_them.open[number])
    rates = [f"{one / seconds * 4:.0f}" for one in all_of_them.quarters]
    own = f"{time.process_time():.3f} {all_of_them.longest:.2f}"
    print(sum(all_of_them.quarters), all_of_them.errors, own, *rates)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.argv[5:])
