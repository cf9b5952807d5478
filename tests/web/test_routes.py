"""The session's cookie is given once, to our own page, and health tells of the database."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import URL, Engine, text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lib.accounts.commands import fingerprint, session_of_token
from lib.accounts.rules import COOKIE
from lib.db.engine import make_engine, use_engine
from lib.web.routes import routes


@pytest.fixture
def client(database: URL) -> TestClient:
    return TestClient(Starlette(routes=routes(secure_cookie=True)), base_url="https://pilote.test")


@pytest.fixture
def ticket(owner: Engine) -> Callable[..., str]:
    def make(seconds: int = 30) -> str:
        with owner.begin() as connection:
            account = connection.scalar(
                text("insert into access.account (login, name, role) values ('a', 'A', 'admin') returning id")
            )
            connection.execute(
                text(
                    "insert into access.session (account_id, ticket_hash, ticket_expires_at, expires_at) "
                    "values (:account, :ticket, now() + make_interval(secs => :seconds), now() + interval '1 hour')"
                ),
                {"account": account, "ticket": fingerprint("billet"), "seconds": seconds},
            )
        return "billet"

    return make


def test_a_ticket_becomes_a_cookie_once(client: TestClient, ticket: Callable[..., str]) -> None:
    answer = client.post("/auth/open", content=ticket())
    again = client.post("/auth/open", content="billet")

    assert answer.status_code == 204
    flags = answer.headers["set-cookie"].lower()
    assert all(flag in flags for flag in ("httponly", "samesite=lax", "secure", "path=/"))
    assert session_of_token(answer.cookies[COOKIE]) is not None
    assert again.status_code == 403
    assert "set-cookie" not in again.headers


def test_an_old_ticket_opens_nothing(client: TestClient, ticket: Callable[..., str]) -> None:
    assert client.post("/auth/open", content=ticket(seconds=-1)).status_code == 403


def test_another_site_cannot_post_a_ticket(client: TestClient, ticket: Callable[..., str]) -> None:
    name = ticket()

    refused = client.post("/auth/open", content=name, headers={"origin": "https://ailleurs.test"})
    ours = client.post("/auth/open", content=name, headers={"origin": "https://pilote.test"})

    assert (refused.status_code, ours.status_code) == (403, 204)


def test_health_follows_the_database(client: TestClient) -> None:
    well = client.get("/healthz")
    away = make_engine("postgresql+psycopg://pilote_app@127.0.0.1:9/none")
    former = use_engine(away)
    ill = client.get("/healthz")
    use_engine(former)
    away.dispose()

    assert (well.status_code, well.json()) == (200, {"status": "ok"})
    assert ill.status_code == 503


def test_fonts_are_served_to_anybody(client: TestClient) -> None:
    answer = client.get("/fonts/pilote-hyperlegible-400.woff2")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "font/woff2"


def test_no_more_than_a_ticket_is_read(client: TestClient) -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(1_000):
            taken += 1
            yield b"x" * 1_000

    assert client.post("/auth/open", content=b"x" * 201).status_code == 413
    assert client.post("/auth/open", content=endless()).status_code == 413
