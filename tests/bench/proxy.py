"""Between the application and PostgreSQL: counts what goes over the wire, and can make it slow."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HEADER = 5
CHUNK = 65_536
TRANSACTION = ("begin", "commit", "rollback")


@dataclass
class Trip:
    """One round trip: what was asked together and answered together."""

    statements: list[str] = field(default_factory=list)
    rows: int = 0
    received: int = 0

    @property
    def asked(self) -> list[str]:
        """The statements without those that open, name and close the transaction."""
        return [one for one in self.statements if not one.startswith(TRANSACTION) and "set_config" not in one]

    @property
    def data(self) -> list[str]:
        """The statements that read or write study data: not the session's check, not the revision's poll."""
        return [one for one in self.asked if "access." not in one and "pilot.revision" not in one]


class Frames:
    """Cuts a stream of PostgreSQL messages; a client's stream begins with one message without a type."""

    def __init__(self, with_start: bool) -> None:
        self._kept = bytearray()
        self._start = with_start

    def feed(self, chunk: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The whole messages so far: type and body; the first of a client has type b''."""
        self._kept += chunk
        while True:
            lead = 0 if self._start else 1
            if len(self._kept) < lead + 4:
                return
            size = lead + int.from_bytes(self._kept[lead : lead + 4], "big")
            if len(self._kept) < size:
                return
            kind, body = bytes(self._kept[:lead]), bytes(self._kept[lead + 4 : size])
            del self._kept[:size]
            self._start = False
            yield kind, body


class Proxy:
    """Listens on this machine and passes everything on to the socket of an embedded server."""

    def __init__(self, target: Path, latency: float = 0.0) -> None:
        self.latency = latency
        self.connections = 0
        self._target = str(target)
        self._trips: list[Trip] = []
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True, name="bench-proxy")
        self._thread.start()

    def url(self, database: str, user: str) -> str:
        """The address that goes through here, as configuration has it."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}?sslmode=disable&gssencmode=disable"

    def take(self) -> list[Trip]:
        """The round trips since the last time."""
        with self._lock:
            taken, self._trips = self._trips, []
        return taken

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._connected, sock=self._listening))
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._listening.close()
        self._loop.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        onward_reader, onward_writer = await asyncio.open_unix_connection(self._target)
        talk = _Talk(self._finished)
        try:
            await asyncio.gather(
                self._pass(reader, onward_writer, talk.said),
                self._pass(onward_reader, writer, talk.answered),
            )
        except (OSError, asyncio.CancelledError):
            return
        finally:
            writer.close()
            onward_writer.close()

    def _finished(self, trip: Trip) -> None:
        with self._lock:
            self._trips.append(trip)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, note) -> None:
        """Pass one direction on, each piece half a latency after it came, none waiting for another."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, piece = await on_the_way.get()
                if (wait := due - self._loop.time()) > 0:
                    await asyncio.sleep(wait)
                writer.write(piece)
                await writer.drain()
                if not piece:
                    return

        delivery = asyncio.ensure_future(deliver())
        while piece := await reader.read(CHUNK):
            note(piece)
            on_the_way.put_nowait((self._loop.time() + self.latency / 2, piece))
        on_the_way.put_nowait((self._loop.time(), b""))
        await delivery
        writer.close()


class _Talk:
    """One connection: what the client says belongs to the round trip that its answer ends."""

    def __init__(self, finished) -> None:
        self._finished = finished
        self._from_client, self._from_server = Frames(True), Frames(False)
        self._trip = Trip()
        self._ready = False

    def said(self, chunk: bytes) -> None:
        for kind, body in self._from_client.feed(chunk):
            if kind == b"P":
                self._trip.statements.append(body.split(b"\0")[1].decode(errors="replace").strip().lower())
            elif kind == b"Q":
                self._trip.statements.append(body.rstrip(b"\0").decode(errors="replace").strip().lower())

    def answered(self, chunk: bytes) -> None:
        for kind, body in self._from_server.feed(chunk):
            self._trip.received += HEADER + len(body)
            self._trip.rows += kind == b"D"
            if kind == b"Z":
                trip, self._trip = self._trip, Trip()
                if self._ready:
                    self._finished(trip)
                self._ready = True


@contextmanager
def counting(target: Path, latency: float = 0.0) -> Iterator[Proxy]:
    """A proxy while it is needed."""
    proxy = Proxy(target, latency)
    yield proxy
    proxy.stop()
