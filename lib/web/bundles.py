"""Streamlit serves its scripts uncompressed; here each is compressed once and then served from memory."""

import asyncio
import gzip
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
A_YEAR = "public, max-age=31536000, immutable"


class CompressedBundles:
    """ASGI middleware for `/static/`: hashed file names never change their content, so they are kept for good."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app, self.folder = app, folder.resolve()
        self.kept: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self._file(scope)
        if file is None:
            await self.app(scope, receive, send)
            return
        if scope["path"] not in self.kept:
            self.kept[scope["path"]] = await asyncio.to_thread(_compressed, file)
        headers = {"content-encoding": "gzip", "cache-control": A_YEAR, "vary": "accept-encoding"}
        body = self.kept[scope["path"]]
        await Response(body, headers=headers, media_type=TYPES[file.suffix])(scope, receive, send)

    def _file(self, scope: Scope) -> Path | None:
        """The bundle that is asked for, when it is one and the browser can unpack it."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith("/static/"):
            return None
        if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return None
        file = (self.folder / scope["path"].lstrip("/")).resolve()
        inside = file.is_relative_to(self.folder) and file.suffix in TYPES and file.is_file()
        return file if inside else None


def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)
