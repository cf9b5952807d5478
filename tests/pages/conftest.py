"""Pages as a person of any role opens them: through Home.py, with a real session in a real database."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from lib.access import Role
from lib.accounts.commands import fingerprint
from lib.accounts.rules import COOKIE
from lib.config import PROJECT

OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def whole_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest hides the text of an error as the product does, unless told otherwise."""
    monkeypatch.setenv("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full")


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The browser's cookies: AppTest's own stand-in claims to hold every cookie there is."""
    jar: dict[str, str] = {}
    headers: Mapping[str, str] = {"User-Agent": "Firefox Linux"}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _self: jar))
    monkeypatch.setattr(ContextProxy, "headers", property(lambda _self: headers))
    monkeypatch.setattr(ContextProxy, "locale", property(lambda _self: "fr-FR"))
    return jar


@pytest.fixture
def sign_in_as(owner: Engine, cookies: dict[str, str]) -> Callable[..., int]:
    """Give the browser the cookie of a session of a new account; returns the account's id."""

    def sign_in(role: Role, scope_id: int | None = None, language: str = "fr") -> int:
        token = secrets.token_urlsafe(32)
        with owner.begin() as connection:
            account = connection.scalar(
                text(
                    "insert into access.account (login, name, role, scope_id, language, password_hash) "
                    "values (:login, :name, :role, :scope, :language, 'x') returning id"
                ),
                {
                    "login": f"{role.value}-{token[:8].lower()}",
                    "name": "Camille Essai",
                    "role": role.value,
                    "scope": scope_id,
                    "language": language,
                },
            )
            connection.execute(
                text(
                    "insert into access.session (account_id, token_hash, ticket_expires_at, expires_at) "
                    "values (:account, :token, now(), now() + interval '1 hour')"
                ),
                {"account": account, "token": fingerprint(token)},
            )
        cookies[COOKIE] = token
        return int(account or 0)

    return sign_in


@pytest.fixture
def open_page(sign_in_as: Callable[..., int], cookies: dict[str, str]) -> OpenPage:
    """`open_page(Role.COORDINATOR, "pages/sites/list.py", region="84")`: the page as that role sees it.

    A page outside the role's menu raises ValueError when it is opened, which is what tests of menus expect.
    `role=None` opens it signed out.
    """

    def open_(
        role: Role | None, page: str = "", scope_id: int | None = None, language: str = "fr", **query: Any
    ) -> AppTest:
        cookies.clear()
        if role is not None:
            needs_scope = role in {Role.SITE_REFERENT, Role.COUNSELLOR, Role.PARTNER}
            sign_in_as(role, scope_id if scope_id is not None else (1 if needs_scope else None), language)
        app = AppTest.from_file(str(PROJECT / "Home.py"), default_timeout=30)
        app.run()
        if page:
            app.switch_page(page)
            for name, value in query.items():
                app.query_params[name] = str(value)
            app.run()
        assert not app.exception, [error.value for error in app.exception]
        return app

    return open_
