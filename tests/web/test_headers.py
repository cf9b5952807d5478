"""No script but ours runs, no other site frames or posts, and the page says which language it speaks."""

from contextlib import nullcontext
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from lib.ui.browser import SCRIPT
from lib.web.bundles import CompressedBundles
from lib.web.headers import SecurityHeaders, content_security_policy, inline_scripts, script_hash

STATIC = Path(streamlit.__file__).parent / "static"
PAGE = '<html lang="en"><head><title>Streamlit</title></head><body>à demain</body></html>'


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[
            Route("/", lambda _request: HTMLResponse(PAGE)),
            Route("/_stcore/metrics", lambda _request: PlainTextResponse("secret")),
            Route("/_stcore/health", lambda _request: PlainTextResponse("ok")),
        ]
    )
    policy = content_security_policy([SCRIPT])
    return TestClient(SecurityHeaders(app, policy=policy, title="Pilote Bilan", secure=True))


def test_the_page_is_french_and_named(client: TestClient) -> None:
    answer = client.get("/", headers={"accept": "text/html"})

    assert '<html lang="fr">' in answer.text
    assert "<title>Pilote Bilan</title>" in answer.text
    assert "à demain" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_scripts_are_allowed_by_hash_only(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))

    assert script_hash(SCRIPT) in scripts
    assert "unsafe" not in scripts
    assert "frame-ancestors 'none'" in policy


def test_other_answers_carry_the_headers_too(client: TestClient) -> None:
    headers = client.get("/_stcore/health").headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"].startswith("max-age=")


def test_metrics_are_nobodys_business(client: TestClient) -> None:
    assert client.get("/_stcore/metrics").status_code == 404
    assert client.get("/_stcore/agent/openapi.json").status_code == 404


def test_streamlits_own_page_has_scripts_that_we_find() -> None:
    assert inline_scripts(STATIC / "index.html")


def test_bundles_come_compressed_and_unchanged() -> None:
    bundle = max((STATIC / "static" / "js").glob("*.js"), key=lambda file: file.stat().st_size)
    app = CompressedBundles(Starlette(), folder=STATIC)
    path = f"/static/js/{bundle.name}"

    answer = TestClient(app).get(path)

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == bundle.read_bytes()
    assert len(app.kept[path]) < bundle.stat().st_size / 2


@pytest.mark.parametrize(
    "path", ["/static/js/none.js", "/static/../index.html", "/static/..%2f..%2f__init__.py"]
)
def test_nothing_else_is_served_from_there(path: str) -> None:
    assert TestClient(CompressedBundles(Starlette(), folder=STATIC)).get(path).status_code == 404


@pytest.mark.parametrize(
    ("headers", "reached"),
    [
        ({"origin": "https://ailleurs.test"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://testserver"}, True),
        ({}, True),
    ],
)
def test_another_site_s_page_reaches_no_websocket(headers: dict[str, str], reached: bool) -> None:
    asked = []

    async def streamlit(scope: Scope, _receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await send({"type": "websocket.accept"})

    client = TestClient(SecurityHeaders(streamlit, policy="", title="", secure=False))
    refused = nullcontext() if reached else pytest.raises(WebSocketDisconnect)
    with refused, client.websocket_connect("/_stcore/stream", headers=headers):
        pass
    assert bool(asked) is reached
