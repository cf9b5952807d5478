"""Security headers on every answer, French as the page's language, and doors of Streamlit that stay closed."""

import base64
import hashlib
import re
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

CLOSED = ("/_stcore/metrics", "/_stcore/agent")
"""Answer 200 to anybody in Streamlit 1.67, and nobody needs them here."""


def script_hash(script: str) -> str:
    """The source that a content security policy allows this one script by."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def inline_scripts(index_html: Path) -> list[str]:
    """The scripts written into Streamlit's own page, as installed."""
    return re.findall(r"<script>(.*?)</script>", index_html.read_text(encoding="utf-8"), flags=re.DOTALL)


def content_security_policy(scripts: list[str]) -> str:
    """No script but ours and Streamlit's, nothing from or to another place."""
    allowed = " ".join(script_hash(script) for script in scripts)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {allowed}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


NO_SCRIPT = "<noscript><p>Cette application a besoin de JavaScript : activez-le puis rechargez la page.</p></noscript>"


def same_origin(headers: Headers) -> bool:
    """A browser names the page that asks; another site's page may not speak for whoever is signed in here.

    Streamlit would first ask an address service on the Internet whether that site is this machine, and wait.
    """
    origin = headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == headers.get("host", "")


class SecurityHeaders:
    """ASGI middleware: closes doors, adds headers, and rewrites the page's language and title."""

    def __init__(self, app: ASGIApp, policy: str, title: str, secure: bool) -> None:
        self.app, self.title = app, title
        self.headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if secure:
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not same_origin(Headers(scope=scope)):
            await WebSocketClose(code=1008)(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith(CLOSED):
            await PlainTextResponse("", status_code=404)(scope, receive, send)
            return
        if "text/html" in Headers(scope=scope).get("accept", ""):
            scope = _plain_and_whole(scope)
        await self.app(scope, receive, _Rewriting(send, self.headers, self.title).send)


def _plain_and_whole(scope: Scope) -> Scope:
    """The page must come uncompressed and never as 304, for it is rewritten on its way."""
    unwanted = (b"accept-encoding", b"if-none-match", b"if-modified-since")
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in unwanted]}


class _Rewriting:
    """Holds an HTML answer until it is whole, then sends it rewritten; everything else passes as it is."""

    def __init__(self, send: Send, headers: dict[str, str], title: str) -> None:
        self._send, self.added, self.title = send, headers, title
        self.start: Message | None = None
        self.body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish()
        else:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self.added.items():
            headers[name] = value
        if headers.get("content-type", "").startswith("text/html"):
            self.start = message
        else:
            await self._send(message)

    async def _finish(self) -> None:
        assert self.start is not None
        page = self.body.decode("utf-8")
        page = page.replace('<html lang="en">', '<html lang="fr">', 1)
        page = re.sub(r"<title>.*?</title>", f"<title>{self.title}</title>", page, count=1)
        page = re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, page, count=1, flags=re.DOTALL)
        page = re.sub(r'<link\s[^>]*(?:as="font"|rel="service-desc")[^>]*>', "", page)
        body = page.encode()
        headers = MutableHeaders(scope=self.start)
        headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        del headers["etag"]
        await self._send(self.start)
        await self._send({"type": "http.response.body", "body": body})
