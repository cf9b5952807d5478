"""One browser tab without a browser: Streamlit's own messages over its websocket."""

import asyncio
import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

DATA = {"table", "dataframe", "vega_lite_chart", "metric", "json"}
ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
SECONDS = 60.0


@dataclass
class Answer:
    """What one run brought: when its last message came, how many bytes, of which data, and what went wrong."""

    ms: float = 0.0
    sent: int = 0
    data: int = 0
    elements: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Chooser:
    """A select box that was shown: its identity, what it offers and the part of the address bound to it."""

    id: str
    options: tuple[str, ...]
    key: str


class Viewer:
    """A tab: it remembers its page, its widgets, its address and the messages that need not be sent again."""

    def __init__(self, url: str, cookie: str = "", page: str = "", query: str = "") -> None:
        self._address = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._headers = {"Cookie": cookie} if cookie else {}
        self._origin = url
        self._socket: ClientConnection | None = None
        self._page, self._script = page, ""
        self._query = query
        self._widgets: dict[str, str] = {}
        self._known: set[str] = set()
        self.choosers: dict[str, Chooser] = {}
        self.repeats: dict[str, float] = {}

    async def __aenter__(self) -> "Viewer":
        self._socket = await connect(
            self._address,
            origin=self._origin,  # type: ignore[arg-type]  # a plain text serves
            additional_headers=self._headers,
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
        )
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def choose(self, label: str, option: str) -> Answer:
        """Change a select box, as a person does."""
        self._widgets[self.choosers[label].id] = option
        return await self.run()

    async def run(self, fragment: str = "") -> Answer:
        """Have the page's script run and wait for its last message."""
        assert self._socket is not None
        begun = time.perf_counter()
        await self._socket.send(self._rerun(fragment).SerializeToString())
        answer = Answer()
        async with asyncio.timeout(SECONDS):
            while True:
                frame = await self._socket.recv()
                assert isinstance(frame, bytes)
                if self._note(ForwardMsg.FromString(frame), len(frame), answer):
                    break
        answer.ms = (time.perf_counter() - begun) * 1000
        return answer

    def _rerun(self, fragment: str) -> BackMsg:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string = self._query
        state.page_script_hash = self._script
        state.page_name = "" if self._script else self._page
        state.context_info.locale = "fr-FR"
        state.context_info.timezone = "Europe/Paris"
        state.context_info.url = f"{self._origin}/{self._page}"
        state.cached_message_hashes.extend(self._known)
        state.widget_states.SetInParent()
        for name, value in self._widgets.items():
            state.widget_states.widgets.add(id=name, string_value=value)
        if fragment:
            state.fragment_id = fragment
            state.is_auto_rerun = True
        return asked

    def _note(self, message: ForwardMsg, size: int, answer: Answer) -> bool:
        """Take one message in; True when it was the last of the run."""
        kind = message.WhichOneof("type")
        answer.sent += size
        if message.metadata.cacheable:
            self._known.add(message.hash)
        if kind == "new_session":
            self._script = message.new_session.page_script_hash or self._script
        elif kind == "navigation":
            self._script = message.navigation.page_script_hash or self._script
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self.repeats[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "page_not_found":
            answer.problems.append("page not found")
        elif kind == "delta" and message.delta.HasField("new_element"):
            self._element(message, size, answer)
        return kind == "script_finished" and message.script_finished in ENDED

    def _element(self, message: ForwardMsg, size: int, answer: Answer) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type") or ""
        answer.elements.append(kind)
        if kind in DATA:
            answer.data += size
        elif kind == "selectbox":
            box = element.selectbox
            self.choosers[box.label] = Chooser(box.id, tuple(box.options), box.query_param_key)
        elif kind == "exception":
            answer.problems.append(element.exception.message[:200])
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            answer.problems.append(element.alert.body[:200])
